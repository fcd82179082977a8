import { appendFileSync } from 'node:fs';
import type { UploadJournal } from '../../electron/uploads/ports.ts';
import { changeFile } from './change-file.ts';
import { watchDisk } from './doomed-disk.ts';
import type { JournalStep, Noted } from './journal-steps.ts';
import type { UploaderJob } from './uploader-job.ts';
import { watchedJournal } from './watched-journal.ts';

/** Puts into this process whatever its job says has to happen to it. Returns the journal to be used. */
export function meetDoom(job: UploaderJob, journal: UploadJournal): UploadJournal {
  const counts = { operation: 0, write: 0, look: 0 };
  let fullSince: number | null = null;
  const note = (what: Noted): void => {
    if (job.stepsFile !== undefined) appendFileSync(job.stepsFile, `${what}\n`);
  };
  const dieAt = (of: JournalStep['of'], moment: JournalStep['moment'], beforeDeath?: () => void): void => {
    const doom = job.diesAt;
    if (doom === undefined || doom.of !== of || doom.moment !== moment || doom.number !== counts[of]) return;
    beforeDeath?.();
    process.kill(process.pid, 'SIGKILL');
  };
  const isDiskFull = (): boolean => {
    if (job.fullDisk === undefined || counts.write < job.fullDisk.fromWrite) return false;
    fullSince ??= Date.now();
    return Date.now() - fullSince < job.fullDisk.ms;
  };
  watchDisk(job.journalFolder, job.file, {
    onWrite: (kind, tear) => {
      counts.write += 1;
      note(kind);
      dieAt('write', 'before');
      dieAt('write', 'torn', tear);
      if (kind === 'remove' || !isDiskFull()) return;
      tear();
      throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    },
    onLook: () => {
      counts.look += 1;
      note('look');
      if (job.changesFile?.afterLook === counts.look) changeFile(job.file, job.changesFile.how);
    },
  });
  return watchedJournal(journal, {
    before: () => {
      counts.operation += 1;
      note('operation');
      dieAt('operation', 'before');
    },
    after: () => dieAt('operation', 'after'),
  });
}
