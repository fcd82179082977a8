import { runningCrc64 } from '../../electron/digest/running-crc64.ts';
import { copySender } from '../../electron/migration/send-copies.ts';
import type { MigrationSender } from '../../electron/migration/migration-sender.ts';
import type { MigrationRequest, MigrationRow } from '../../shared/migration.ts';
import { ManualClock } from './manual-clock.ts';
import { MemoryPlace } from './memory-place.ts';

type Rule = MigrationRequest['onDifferent'];

/** Two places in memory, and copies between them in a time that does not pass by itself. */
export interface CopyBench {
  readonly clock: ManualClock;
  readonly source: MemoryPlace;
  readonly target: MemoryPlace;
  /** Rows that have ended, in that order. */
  readonly ended: MigrationRow[];
  readonly partial: Array<readonly [path: string, bytes: number]>;
  readonly copies: (rule?: Rule) => MigrationSender;
  readonly progress: (signal?: AbortSignal) => Parameters<MigrationSender['send']>[1];
  /** Copies, and lets as much time pass as it takes. */
  readonly send: (rows: readonly MigrationRow[], rule?: Rule) => Promise<void>;
}

/** A row of ten bytes from `old/` to `new/`. */
export const copyRow = (name: string, changes: Partial<MigrationRow> = {}): MigrationRow => ({
  id: name,
  path: `old/${name}.mp4`,
  key: `new/${name}.mp4`,
  url: '',
  size: 10,
  status: 'new',
  error: null,
  ...changes,
});

export function makeCopyBench(): CopyBench {
  const [clock, source, target] = [new ManualClock(), new MemoryPlace(), new MemoryPlace()];
  const ended: MigrationRow[] = [];
  const partial: Array<readonly [string, number]> = [];
  const copies = (onDifferent: Rule = 'skip'): MigrationSender =>
    copySender({ source, target, clock, onDifferent, urlOf: (key) => `https://v.example/${key}`, newChecksum: runningCrc64 });
  const progress = (signal = new AbortController().signal) => ({
    signal,
    onRow: (row: MigrationRow) => void ended.push(row),
    onPartial: (path: string, bytes: number) => void partial.push([path, bytes]),
  });
  const send = async (rows: readonly MigrationRow[], rule?: Rule): Promise<void> => {
    const sending = copies(rule).send(rows, progress(), true);
    const over = { is: false };
    const end = (): void => void (over.is = true);
    sending.then(end, end);
    for (let n = 0; n < 400 && !over.is; n += 1) await clock.advance(60_000);
    await sending;
  };
  return { clock, source, target, ended, partial, copies, progress, send };
}
