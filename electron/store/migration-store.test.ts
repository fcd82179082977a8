import { appendFile, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { temporaryFolder } from '../../tests/support/sample-video.ts';
import type { MigrationRow } from '../../shared/migration.ts';
import type { MigrationHead } from '../migration/migration-ports.ts';
import { openMigrationStore } from './migration-store.ts';

const head: MigrationHead = {
  request: { source: { kind: 'folder' }, destinationId: 'd-1', onDifferent: 'skip' },
  folder: '/old',
  sourceName: 'old',
  plannedAt: 5,
  phase: 'planning',
};
const row = (path: string, changes: Partial<MigrationRow> = {}): MigrationRow => ({
  id: '1', path, key: `k/${path}`, url: '', size: 3, status: 'new', error: null, ...changes,
});

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let path: string;
beforeEach(async () => {
  folder = await temporaryFolder();
  path = join(folder.path, 'deep/migration.jsonl');
});
afterEach(() => folder.remove());

it('has nothing at first, and then the last word on everything', async () => {
  const store = openMigrationStore(path);
  expect(await store.load()).toBeNull();
  await store.begin(head);
  await store.noteRows([row('a.mp4'), row('b.mp4', { error: { code: 'offline', detail: 'x' } })]);
  await store.noteRows([]);
  await store.noteHead({ ...head, phase: 'running' });
  await store.noteRows([row('a.mp4', { status: 'sent' })]);
  expect(await openMigrationStore(path).load()).toEqual({
    head: { schemaVersion: 1, ...head, phase: 'running' },
    rows: [row('a.mp4', { status: 'sent' }), row('b.mp4', { error: { code: 'offline', detail: 'x' } })],
  });
  expect((await stat(path)).mode & 0o077).toBe(0);
});

it('forgets the one before when another begins', async () => {
  const store = openMigrationStore(path);
  await store.begin(head);
  await store.noteRows([row('a.mp4')]);
  await store.begin({ ...head, sourceName: 'other' });
  expect(await store.load()).toMatchObject({ head: { sourceName: 'other' }, rows: [] });
});

it('leaves out a line that a crash cut short, and what comes after it counts', async () => {
  const store = openMigrationStore(path);
  await store.begin(head);
  await store.noteRows([row('a.mp4'), row('b.mp4')]);
  const text = await readFile(path, 'utf8');
  await writeFile(path, text.slice(0, -9));
  await store.noteRows([row('c.mp4')]);
  await appendFile(path, '\n{"schemaVersion":1,"phase":"flying"}\nnull\n[]');
  const found = await store.load();
  expect(found?.rows.map((each) => each.path)).toEqual(['a.mp4', 'c.mp4']);
  expect(found?.head.phase).toBe('planning');
});
