import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { DrillReport } from '../../support/crash-drill.ts';
import { describeMachine } from '../machine.ts';
import type { Options } from './options.ts';

export interface Drill {
  readonly options: Options;
  readonly server: string;
  readonly seconds: number;
  readonly report: DrillReport;
}

/** What must not be: nothing of it may have happened even once. */
export const isClean = ({ wrongObjects, lostUploads, resentParts, orphans }: DrillReport): boolean =>
  wrongObjects + lostUploads + resentParts + orphans === 0;

type Figure = readonly [name: string, value: string];

const happened = (report: DrillReport): readonly Figure[] => [
  ['Videos sent', String(report.runs)],
  ['Kills (SIGKILL) that hit an upload', String(report.kills)],
  ['… before, after and in the middle of a journal write', `${report.killsAtSteps} (${report.stepsWalked} of ${report.steps} steps)`],
  ['… at random moments', String(report.killsAtRandom)],
  ['Network cut', String(report.networkCuts)],
  ['Disk full', String(report.fullDisks)],
  ['File changed while being sent', String(report.fileChanges)],
];

const mustBeNone = (report: DrillReport): readonly Figure[] => [
  ['Wrong objects', String(report.wrongObjects)],
  ['Lost uploads', String(report.lostUploads)],
  ['Parts sent again beyond those in flight', String(report.resentParts)],
  ['Unfinished uploads left in the bucket', String(report.orphans)],
];

export function toText({ report, seconds }: Drill): string {
  const figures = [...happened(report), ...mustBeNone(report)];
  const width = Math.max(...figures.map(([name]) => name.length));
  const lines = figures.map(([name, value]) => `${name.padEnd(width)}  ${value}`);
  lines.splice(happened(report).length, 0, '');
  return [...lines, '', ...report.failures, verdict(report, seconds)].join('\n');
}

const verdict = (report: DrillReport, seconds: number): string =>
  `${isClean(report) ? 'PASSED' : 'FAILED'} in ${Math.round(seconds)} s`;

/** docs/drill.md. */
export async function writeDocs(drill: Drill): Promise<void> {
  const { options, report, server } = drill;
  const command = `npm run drill -- --runs ${options.runs} --seed ${options.seed}${server === 'radosgw' ? ' --target radosgw' : ''} --docs`;
  const page = [
    '# Crash drill',
    '',
    `Made by \`${command}\`: do not edit.`,
    '',
    'The engine sends a video of 27 MiB in parts of 5 MiB, four at a time, in a process of its own, and is killed with',
    'SIGKILL: before and after every operation of its journal, in the middle of every write (half a line appended, the',
    'temporary file half written, or written and not renamed), and at random moments. Between and beside the kills the',
    'network is cut, the disk of the journal is full (ENOSPC, with half of the bytes written), and the file is',
    'rewritten, truncated or grown: while the app is away, while it sends, and in the moment between its look at the',
    'file and what it reads. After all of that it is started once more and has to end by itself; a changed file has to',
    'stop the upload until the old content is back or the person sends the new one.',
    '',
    `Against ${server === 'radosgw' ? 'Ceph’s radosgw' : 'the practice bucket'}, ${describeMachine()}.`,
    '',
    ...table('What happened', happened(report)),
    ...table('What must not be', mustBeNone(report)),
    ...report.failures.map((failure) => `- ${failure}`),
  ];
  await writeFile(fileURLToPath(new URL('../../../docs/drill.md', import.meta.url)), `${page.join('\n').trimEnd()}\n`);
}

const table = (title: string, figures: readonly Figure[]): readonly string[] => [
  `| ${title} | |`,
  '|---|---:|',
  ...figures.map(([name, value]) => `| ${name} | ${value} |`),
  '',
];
