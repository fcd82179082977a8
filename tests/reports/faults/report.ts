import { fileURLToPath } from 'node:url';
import { describeMachine } from '../machine.ts';
import { groups } from './cases.ts';
import type { ObjectState } from './fault-case.ts';
import { type Finding, partsOf } from './verdict.ts';

export const docsFile = fileURLToPath(new URL('../../../docs/faults.md', import.meta.url));

/** Two lines per fault: how it ended, and what the person read. */
export function toText({ title, engine, peer, problems }: Finding): string {
  const { ending, object, ratio, seconds, words, wentBack } = engine;
  const numbers = `${ending}, object ${object}, ${times(ratio)} the file, ${seconds.toFixed(1)} s`;
  const lines = [`${problems.length === 0 ? '✓' : '✗'} ${title}`, `    ${numbers}`, `    ${words.join(' → ')}`];
  if (wentBack.length > 0) lines.push(`    the bar went back: ${wentBack.join(', ')}`);
  if (peer !== null) lines.push(`    lib-storage: ${peer.outcome}, object ${peer.object}, ${times(peer.ratio)}, parts ${partsOf(peer)}`);
  return [...lines, ...problems.map((problem) => `  ✗ ${problem}`)].join('\n');
}

export function summaryOf(findings: readonly Finding[], seconds: number): string {
  const bad = findings.filter(({ problems }) => problems.length > 0);
  const names = bad.length === 0 ? '' : ` (${bad.map(({ name }) => name).join(', ')})`;
  return `${findings.length - bad.length} of ${findings.length} faults ended as expected${names}; ${Math.round(seconds)} s`;
}

export function toMarkdown(findings: readonly Finding[]): string {
  const isWithPeer = findings.some(({ peer }) => peer !== null);
  const heads = ['fault', 'how it ended', 'object', 'bytes ÷ size', 's', 'what the person read', 'as expected'];
  const peerHeads = ['lib-storage', 'its object', 'its bytes ÷ size', 'its parts'];
  const head = [...heads, ...(isWithPeer ? peerHeads : [])];
  return groups
    .map(({ title, cases }) => ({ title, rows: findings.filter(({ name }) => cases.some((fault) => fault.name === name)) }))
    .filter(({ rows }) => rows.length > 0)
    .flatMap(({ title, rows }) => [
      `### ${title}`,
      '',
      line(head),
      `|${head.map((name) => (name.includes('÷') || name === 's' ? '---:' : '---')).join('|')}|`,
      ...rows.map((finding) => line([...engineCells(finding), ...(isWithPeer ? peerCells(finding) : [])])),
      '',
    ])
    .join('\n');
}

function engineCells({ title, engine, problems }: Finding): string[] {
  const { ending, object, ratio, seconds, words, wentBack } = engine;
  const back = wentBack.length > 0 ? `; the bar went back ${wentBack.join(', ')}` : '';
  const verdict = problems.length === 0 ? 'yes' : `**no**: ${problems.join('; ')}`;
  return [title, ending, objectWord[object], ratio.toFixed(2), seconds.toFixed(1), words.join(' → ') + back, verdict];
}

function peerCells({ peer, expected }: Finding): string[] {
  if (peer === null) return ['', '', '', ''];
  const hasReplaced = expected.object === 'foreign' && peer.object === 'right';
  const object = hasReplaced ? '**the other’s, replaced**' : objectWord[peer.object];
  return [peer.outcome, object, peer.ratio.toFixed(2), partsOf(peer)];
}

const objectWord: Readonly<Record<ObjectState, string>> = {
  right: 'right', none: 'none', foreign: 'the other’s, untouched', WRONG: '**WRONG**',
};

const times = (ratio: number): string => `${ratio.toFixed(2)} ×`;
const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

/** docs/faults.md. */
export function toPage(findings: readonly Finding[], about: { readonly server: string; readonly seconds: number }): string {
  const isWithPeer = findings.some(({ peer }) => peer !== null);
  return [
    '# Faults',
    '',
    `Made by \`npm run faults --${isWithPeer ? ' --peer' : ''} --docs\`: do not edit.`,
    '',
    'Each fault is played against the real engine with the real clock: a video of 42 MiB in parts of 5 MiB, four at a',
    'time, through a proxy that misbehaves. *Object*: right when its SHA-256 is the file’s, WRONG when it is that of no',
    'version of the file. *Bytes ÷ size*: part bytes that the proxy saw. *What the person read*: every word of the',
    'window about the upload in the order of first appearance, `▲` for its banner. A full disk is played by the port of',
    'the journal, which answers ENOSPC.',
    ...(isWithPeer
      ? ['', '`@aws-sdk/lib-storage`: `Upload` with default settings; it “hangs” when it is not through after 120 s.']
      : []),
    '',
    `${summaryOf(findings, about.seconds)}. Against ${about.server}, ${describeMachine()}.`,
    '',
    toMarkdown(findings).trimEnd(),
    '',
  ].join('\n');
}
