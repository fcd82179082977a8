import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MiB } from '../../../electron/uploads/part-plan.ts';
import { bundleForNode } from '../../support/bundle-node.ts';
import { makeVideo, sha256 } from '../../support/sample-video.ts';
import { bundleUploader } from '../../support/uploader-child.ts';
import { openScratch } from '../scratch.ts';
import { allCases } from './cases.ts';
import { playInLanes } from './lanes.ts';
import { type Options, readOptions, usage } from './options.ts';
import { docsFile, summaryOf, toMarkdown, toPage, toText } from './report.ts';

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const size = 42 * MiB + 4321;

async function main(options: Options): Promise<void> {
  const folder = await openScratch('faults');
  const server = process.env['REMESSA_S3_ENDPOINT'] === undefined ? 'the practice bucket' : 'a real S3 server';
  const path = await makeVideo(join(folder, 'pristine.mp4'), size);
  const uploader = await bundleUploader();
  const peer = await bundleForNode(fileURLToPath(new URL('./peer-process.ts', import.meta.url)));
  say(`${options.cases.length} faults against ${server}, ${options.lanes} at a time`);
  const from = performance.now();
  const findings = await playInLanes(options.cases, {
    lanes: options.lanes,
    isWithPeer: options.isWithPeer,
    folder,
    video: { path, size, sha256: await sha256(path) },
    programs: { uploader, peer },
    onFinding: ({ name, problems, engine }) =>
      say(`  ${problems.length === 0 ? '✓' : '✗'} ${name}: ${engine.ending}, ${engine.seconds.toFixed(1)} s`),
  });
  const seconds = (performance.now() - from) / 1000;
  process.stdout.write(`\n${findings.map(toText).join('\n')}\n\n${summaryOf(findings, seconds)}\n`);
  if (options.jsonFile !== null) await writeFile(options.jsonFile, `${JSON.stringify({ server, seconds, findings }, null, 2)}\n`);
  if (options.markdownFile !== null) await writeFile(options.markdownFile, toMarkdown(findings));
  if (options.writesDocs) await writeFile(docsFile, toPage(findings, { server, seconds }));
  if (findings.some(({ problems }) => problems.length > 0)) process.exitCode = 1;
}

try {
  const args = process.argv.slice(2);
  if (args.includes('--help')) process.stdout.write(`${usage}\n`);
  else if (args.includes('--list')) process.stdout.write(`${allCases.map(({ name, title }) => `${name.padEnd(20)} ${title}`).join('\n')}\n`);
  else await main(readOptions(args));
} catch (problem) {
  say(problem instanceof Error ? (problem.stack ?? problem.message) : String(problem));
  say(`\n${usage}`);
  process.exitCode = 1;
}
// Connections that hang by design would keep the process alive.
process.exit();
