import { rename } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { type Change, changeFile } from '../../support/change-file.ts';
import { slowParts } from './decisions.ts';
import { type FaultCase, type Scene, completes } from './fault-case.ts';

const changeHalfWay =
  (how: Change) =>
  async ({ path, arrived }: Scene): Promise<void> => {
    await arrived(0.4);
    changeFile(path, how);
  };

const stopsForChange: FaultCase['expected'] = {
  ending: 'stopped: source-changed', object: 'none', atMost: 1.05, says: ['The file changed'],
};

/** What can happen on the computer itself. */
export const computerCases: readonly FaultCase[] = [
  { name: 'kill-9', title: 'kill -9 at 50 %, and started again', decide: () => slowParts, restart: 'killed', expected: completes(1.5) },
  {
    name: 'journal-damaged', title: 'quit, and the upload’s record damaged while the app is away',
    decide: () => slowParts, restart: 'journal-damaged', isForPeer: false,
    expected: completes(1.5, 'Continued from what the server already had.'),
  },
  {
    name: 'disk-full', title: 'the disk of the journal full for 8 s',
    decide: () => slowParts, isForPeer: false,
    act: async ({ arrived, setJournalFull }) => {
      await arrived(0.3);
      setJournalFull(true);
      await wait(8000);
      setJournalFull(false);
    },
    expected: completes(2, 'Retrying: this computer’s disk is full or protected'),
  },
  { name: 'file-truncated', title: 'the file truncated while it is sent', decide: () => slowParts, act: changeHalfWay('truncate'), expected: stopsForChange },
  { name: 'file-grown', title: 'the file grows while it is sent', decide: () => slowParts, act: changeHalfWay('grow'), expected: stopsForChange },
  {
    name: 'file-rewritten', title: 'the file rewritten with the same size while it is sent',
    decide: () => slowParts, act: changeHalfWay('rewrite'), expected: stopsForChange,
  },
  {
    name: 'drive-unplugged', title: 'the file’s drive unplugged for 6 s',
    decide: () => slowParts,
    act: async ({ path, arrived }) => {
      await arrived(0.3);
      await rename(path, `${path}.away`);
      await wait(6000);
      await rename(`${path}.away`, path);
    },
    expected: completes(1.5, 'Waiting for the file'),
  },
];
