import { appendFile, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import type * as files from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeRecord, multipart, uuid } from '../../tests/support/builders.ts';
import { openUploadJournal } from './upload-journal.ts';

/** Counts what is written where, and how many files are open at once, beneath the real file system. */
const seen = vi.hoisted(() => ({ written: [] as unknown[], reading: 0, mostReading: 0 }));
vi.mock('node:fs/promises', async (importOriginal) => {
  const real = await importOriginal<typeof files>();
  return {
    ...real,
    open: async (...args: Parameters<typeof real.open>) => {
      if (args[1] === 'w') seen.written.push(args[0]);
      return real.open(...args);
    },
    appendFile: async (...args: Parameters<typeof real.appendFile>) => {
      seen.written.push(args[0]);
      return real.appendFile(...args);
    },
    readFile: async (...args: Parameters<typeof real.readFile>) => {
      seen.reading += 1;
      seen.mostReading = Math.max(seen.mostReading, seen.reading);
      try {
        return await real.readFile(...args);
      } finally {
        seen.reading -= 1;
      }
    },
  };
});

const id = uuid(1);
const record = makeRecord({ transfer: multipart(), state: { status: 'uploading' } });
const parts = [1, 2, 3].map((partNumber) => ({ partNumber, size: 10, etag: `etag-${partNumber}` }));
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'remessa-journal-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** A journal with one upload and its three parts. */
async function filled(): Promise<void> {
  const journal = openUploadJournal(folder);
  await journal.save(record);
  await journal.beginParts(record);
  for (const part of parts) await journal.addPart(id, part);
}

const load = () => openUploadJournal(folder).load();

describe('what was written', () => {
  it('is there again after a restart, to the last field', async () => {
    await filled();
    expect(await load()).toEqual({ entries: [{ record, parts }], setAside: 0 });
  });

  it('is only there once, in its latest form', async () => {
    await filled();
    const journal = openUploadJournal(folder);
    await journal.save({ ...record, state: { status: 'paused' } });
    await journal.addPart(id, { partNumber: 2, size: 10, etag: 'later' });
    const { entries } = await load();
    expect(entries).toHaveLength(1);
    expect(entries[0]?.record.state).toEqual({ status: 'paused' });
    expect(entries[0]?.parts.find(({ partNumber }) => partNumber === 2)?.etag).toBe('later');
  });

  it('is gone after remove, with the parts and the spare copy', async () => {
    await filled();
    await openUploadJournal(folder).remove(id);
    expect(await load()).toEqual({ entries: [], setAside: 0 });
    expect(await readdir(folder)).toEqual([]);
  });

  it('begins with no parts for a new multipart upload', async () => {
    await filled();
    await openUploadJournal(folder).beginParts(record);
    expect((await load()).entries[0]?.parts).toEqual([]);
  });

  it('does not take the parts of an older multipart upload for those of the new one', async () => {
    await filled();
    await openUploadJournal(folder).save({ ...record, transfer: multipart('upload-2') });
    expect((await load()).entries[0]?.parts).toEqual([]);
  });

  it('can be read by nobody else', async () => {
    await filled();
    expect((await stat(join(folder, `${id}.json`))).mode & 0o077).toBe(0);
  });
});

describe('damage', () => {
  it('of the last line of parts costs that line alone, and later ones are kept', async () => {
    await filled();
    await appendFile(join(folder, `${id}.parts`), '\n{"partNumber":4,"si');
    await openUploadJournal(folder).addPart(id, { partNumber: 5, size: 10, etag: 'etag-5' });
    const numbers = (await load()).entries[0]?.parts.map(({ partNumber }) => partNumber);
    expect(numbers).toEqual([1, 2, 3, 5]);
  });

  it.each(['', '{', '{"schemaVersion":1}', '\u0000\u0000\u0000', 'null'])(
    'of a record (%j) sets it aside and rebuilds it from the spare copy',
    async (text) => {
      await filled();
      await writeFile(join(folder, `${id}.json`), text);
      const { entries, setAside } = await load();
      expect(setAside).toBe(0);
      expect(entries).toEqual([
        { record: { ...record, state: { status: 'queued' }, notice: 'rebuilt-from-server' }, parts },
      ]);
      expect(await readFile(join(folder, `${id}.json.damaged`), 'utf8')).toBe(text);
      expect((await load()).entries).toEqual(entries);
    },
  );

  it('of both says how many were set aside, and leaves the others alone', async () => {
    await filled();
    await writeFile(join(folder, `${id}.json`), '{');
    await writeFile(join(folder, `${id}.parts`), 'nonsense\n{');
    await openUploadJournal(folder).save(makeRecord({ id: uuid(2) }));
    const { entries, setAside } = await load();
    expect(setAside).toBe(1);
    expect(entries.map((entry) => entry.record.id)).toEqual([uuid(2)]);
  });

  it('of a write that a crash cut short is not seen', async () => {
    await filled();
    await writeFile(join(folder, `${id}.json.new`), '{"half');
    expect((await load()).entries).toEqual([{ record, parts }]);
  });

  it('of a newer version is set aside and not misread', async () => {
    await filled();
    await writeFile(join(folder, `${id}.json`), JSON.stringify({ ...record, schemaVersion: 2 }));
    await writeFile(join(folder, `${id}.parts`), '');
    expect(await load()).toEqual({ entries: [], setAside: 1 });
  });
});

describe('cost', () => {
  it('of a write is the same with five hundred uploads as with one', async () => {
    const journal = openUploadJournal(folder);
    for (let n = 2; n <= 500; n += 1) await journal.save(makeRecord({ id: uuid(n) }));
    seen.written.length = 0;
    await journal.save(record);
    await journal.beginParts(record);
    await journal.addPart(id, parts[0]!);
    const paths = seen.written.map((path) => basename(path as string));
    expect(paths).toEqual([`${id}.json.new`, `${id}.parts.new`, `${id}.parts`]);
  });

  it('of one part does not grow with the parts before it', async () => {
    await filled();
    const before = (await readFile(join(folder, `${id}.parts`), 'utf8')).length;
    await openUploadJournal(folder).addPart(id, { partNumber: 4, size: 10, etag: 'etag-4' });
    expect((await readFile(join(folder, `${id}.parts`), 'utf8')).length - before).toBeLessThan(60);
  });

  it('of a start keeps few files open at once: a system gives a process some hundreds', async () => {
    for (let n = 1; n <= 300; n += 1) {
      await writeFile(join(folder, `${uuid(n)}.json`), JSON.stringify(makeRecord({ id: uuid(n) })));
    }
    seen.mostReading = 0;
    expect((await load()).entries).toHaveLength(300);
    expect(seen.mostReading).toBeLessThanOrEqual(64);
  });
});

describe('a folder that cannot be written', () => {
  it('refuses everything with journal-unwritable', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    const journal = openUploadJournal(join(file, 'journal'));
    for (const attempt of [
      journal.load(),
      journal.save(record),
      journal.beginParts(record),
      journal.addPart(id, parts[0]!),
      journal.remove(id),
    ]) {
      await expect(attempt).rejects.toMatchObject({ code: 'journal-unwritable' });
    }
  });

  it('refuses a write that becomes impossible later, and works again when it is possible', async () => {
    await filled();
    const journal = openUploadJournal(folder);
    await journal.save(record);
    await rm(folder, { recursive: true });
    await expect(journal.save(record)).rejects.toMatchObject({ code: 'journal-unwritable' });
    await mkdir(folder);
    await journal.save(record);
    expect((await load()).entries).toHaveLength(1);
  });
});
