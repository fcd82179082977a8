import { expect, it } from 'vitest';
import { makeRecord } from '../../tests/support/builders.ts';
import { LedgerOrder } from './ledger-order.ts';
import { type QueueEntry, newEntry } from './queue-entry.ts';
import type { RecordState } from './upload-record.ts';

type Status = 'queued' | 'skipped' | 'canceling';
const stateOf: Readonly<Record<Status, RecordState>> = {
  queued: { status: 'queued' },
  skipped: { status: 'skipped', existing: null },
  canceling: { status: 'canceling' },
};

/** An order of uploads at the places 1, 2, 3… in these states. */
function orderOf(...states: readonly Status[]) {
  const entries = new Map<string, QueueEntry>();
  const order = new LedgerOrder(entries);
  const add = (id: string, position: number, status: Status): void => {
    const entry = newEntry(makeRecord({ id, position, state: stateOf[status] }), []);
    entries.set(id, entry);
    order.added(entry);
  };
  const change = (id: string, changes: { readonly status?: Status; readonly position?: number }): void => {
    const entry = entries.get(id);
    if (entry === undefined) throw new Error(`No ${id}`);
    const before = entry.record;
    const state = changes.status === undefined ? before.state : stateOf[changes.status];
    entry.record = { ...before, state, position: changes.position ?? before.position };
    order.updated(entry, before);
  };
  const remove = (id: string): void => {
    const entry = entries.get(id);
    entries.delete(id);
    if (entry !== undefined) order.removed(entry);
  };
  for (const [n, status] of states.entries()) add(`u${n + 1}`, n + 1, status);
  const idsOf = (list: Iterable<QueueEntry>): readonly string[] => [...list].map(({ record }) => record.id);
  return { add, change, remove, all: () => idsOf(order.all()), live: () => idsOf(order.live()), canceling: () => idsOf(order.canceling()) };
}

it('stands in the order of the places, whenever something came', () => {
  const order = orderOf('queued', 'queued');
  order.add('first', 0.5, 'queued');
  order.add('last', 9, 'queued');
  expect(order.all()).toEqual(['first', 'u1', 'u2', 'last']);
  order.change('u1', { position: 10 });
  order.remove('u2');
  expect(order.all()).toEqual(['first', 'last', 'u1']);
});

it('passes over what is over at its beginning, and comes back to what is begun again', () => {
  const order = orderOf('skipped', 'skipped', 'queued', 'queued');
  expect(order.live()).toEqual(['u3', 'u4']);
  order.change('u3', { status: 'skipped' });
  expect(order.live()).toEqual(['u4']);
  order.change('u1', { status: 'queued' });
  expect(order.live()).toContain('u1');
  expect(order.live()).toContain('u4');
});

it('passes over nothing that has moved to the front', () => {
  const order = orderOf('skipped', 'queued', 'queued');
  expect(order.live()).toEqual(['u2', 'u3']);
  order.change('u3', { position: 0.5 });
  expect(order.live()).toEqual(['u3', 'u1', 'u2']);
});

it('is asked for new uploads after everything there was is over', () => {
  const order = orderOf('skipped', 'skipped');
  expect(order.live()).toEqual([]);
  order.add('u3', 3, 'queued');
  expect(order.live()).toEqual(['u3']);
});

it('knows what is being canceled', () => {
  const order = orderOf('queued', 'canceling', 'queued');
  order.change('u3', { status: 'canceling' });
  expect(order.canceling()).toEqual(['u2', 'u3']);
  order.change('u2', { status: 'skipped' });
  order.remove('u3');
  expect(order.canceling()).toEqual([]);
});
