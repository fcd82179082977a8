import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openUploadJournal } from '../../electron/store/upload-journal.ts';
import type { UploadRecord } from '../../electron/uploads/upload-record.ts';
import { makeRecord } from '../../tests/support/builders.ts';
import { median } from '../figures.ts';
import type { Budget } from './budget.ts';

const rounds = 5;
const writesPerRound = 60;
const ratioLimit = 1.5;

/** One write into the journal with one upload in it, and with thousands: taking turns, on the same disk. */
export async function measureJournal(folder: string): Promise<readonly Budget[]> {
  const small = await journalOf(join(folder, 'journal-1'), 1);
  const large = await journalOf(join(folder, 'journal-5000'), 5000);
  const times = { small: [] as number[], large: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    times.small.push(...(await timeWrites(small)));
    times.large.push(...(await timeWrites(large)));
  }
  const [one, many] = [median(times.small), median(times.large)];
  return [
    {
      what: 'one journal write with 5000 uploads, against 1 upload',
      value: many / one,
      unit: '×',
      limit: ratioLimit,
      detail: `medians of ${rounds * writesPerRound} flushed writes: ${many.toFixed(2)} ms and ${one.toFixed(2)} ms`,
    },
  ];
}

interface Filled {
  readonly folder: string;
  readonly record: UploadRecord;
}

/** Behind the journal's back: thousands of flushes are not what is measured. */
export async function fillJournal(folder: string, records: readonly UploadRecord[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const record of records) await writeFile(join(folder, `${record.id}.json`), JSON.stringify(record));
}

async function journalOf(folder: string, count: number): Promise<Filled> {
  const records = Array.from({ length: count }, (_, n) => makeRecord({ id: randomUUID(), position: n }));
  await fillJournal(folder, records);
  const [record] = records;
  if (record === undefined) throw new Error('An empty journal');
  return { folder, record };
}

async function timeWrites({ folder, record }: Filled): Promise<readonly number[]> {
  const journal = openUploadJournal(folder);
  await journal.save(record);
  const times: number[] = [];
  for (let n = 0; n < writesPerRound; n += 1) {
    const began = performance.now();
    await journal.save({ ...record, attempts: n });
    times.push(performance.now() - began);
  }
  return times;
}
