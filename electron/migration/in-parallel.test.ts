import { afterEach, beforeEach, expect, it } from 'vitest';
import { settle } from '../../tests/support/manual-clock.ts';
import { inParallel } from './in-parallel.ts';

const unheard: unknown[] = [];
const note = (reason: unknown): void => void unheard.push(reason);
let others: NodeJS.UnhandledRejectionListener[];
beforeEach(() => {
  unheard.length = 0;
  others = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', note);
});
afterEach(() => {
  process.removeAllListeners('unhandledRejection');
  for (const other of others) process.on('unhandledRejection', other);
});

async function* upTo(n: number): AsyncGenerator<number> {
  for (let item = 1; item <= n; item += 1) yield item;
}

it('rejects with the first failure in the order of the items, and no other goes unheard', async () => {
  const ends = new Map<number, (error: Error) => void>();
  const works = inParallel(upTo(3), 3, (item) => new Promise((_resolve, reject) => void ends.set(item, reject)));
  const first = works.next().catch((error: unknown) => error);
  await settle();
  for (const item of [3, 2]) ends.get(item)?.(new Error(`${item}`));
  await settle();
  ends.get(1)?.(new Error('1'));
  expect(await first).toMatchObject({ message: '1' });
  await settle();
  expect(unheard).toEqual([]);
});
