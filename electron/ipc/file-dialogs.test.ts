import type * as fs from 'node:fs/promises';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { saveFile } from './file-dialogs.ts';

const system = vi.hoisted(() => ({ chosen: '', fails: null as string | null }));
vi.mock('electron', () => ({ dialog: { showSaveDialog: async () => ({ filePath: system.chosen }) } }));
// Whoever may write everywhere (root, in a container) meets no read-only folder.
vi.mock('node:fs/promises', async (load) => {
  const real = await load<typeof fs>();
  const writeFile: typeof real.writeFile = async (...args) => {
    if (system.fails !== null) throw Object.assign(new Error(system.fails), { code: system.fails });
    await real.writeFile(...args);
  };
  return { ...real, writeFile };
});

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'remessa-save-'));
  system.chosen = join(folder, 'list.csv');
  system.fails = null;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const dialogs = { window: () => null, filter: 'table' } as const;
const save = () => saveFile(dialogs, { name: 'remessa.csv', content: () => 'id,path\n' });

it('writes where the person says, and says the name', async () => {
  expect(await save()).toBe('list.csv');
  expect(await readFile(system.chosen, 'utf8')).toBe('id,path\n');
});

it('writes nothing when the person thinks better of it', async () => {
  system.chosen = '';
  expect(await save()).toBeNull();
});

it.each([
  ['EACCES', 'disk-read-only'],
  ['EPERM', 'disk-read-only'],
  ['EROFS', 'disk-read-only'],
  ['ENOSPC', 'disk-full'],
  ['EDQUOT', 'disk-full'],
])('says what is wrong with the place: %s', async (systemCode, code) => {
  system.fails = systemCode;
  await expect(save()).rejects.toMatchObject({ name: 'UploadError', code });
});

it('leaves what it does not know as it is', async () => {
  system.fails = 'EINVAL';
  await expect(save()).rejects.toMatchObject({ name: 'Error', code: 'EINVAL' });
});
