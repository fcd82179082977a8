import { writeFile } from 'node:fs/promises';
import { MiB } from '../../../electron/uploads/part-plan.ts';
import { type DrillReport, crashDrill, drillLog } from '../../support/crash-drill.ts';
import { openTarget } from '../../support/s3-target.ts';
import { openScratch } from '../scratch.ts';
import { type Options, readOptions, usage } from './options.ts';
import { isClean, toText, writeDocs } from './report.ts';

const say = (line: string): void => void process.stderr.write(`${line}\n`);

async function main(options: Options): Promise<void> {
  const folder = await openScratch('drill');
  const target = await openTarget();
  say(`Crash drill against ${target.name}: ${options.runs} videos, seed ${options.seed}`);
  const from = performance.now();
  const size = 27 * MiB + 4321;
  const report = await crashDrill({ target, folder, size, runs: options.runs, seed: options.seed, onRun: tell });
  await target.stop();
  const drill = { options, report, server: target.name, seconds: (performance.now() - from) / 1000 };
  process.stdout.write(`\n${toText(drill)}\n`);
  if (options.jsonFile !== null) await writeFile(options.jsonFile, `${JSON.stringify(drill, null, 2)}\n`);
  if (options.writesDocs) await writeDocs(drill);
  if (isClean(report)) return;
  say(`\nWhat the engine said last:\n${(await drillLog(folder)).slice(-2000)}`);
  process.exitCode = 1;
}

let told = 0;

/** Every tenth run, and every one that went wrong. */
function tell(number: number, { kills, failures }: DrillReport): void {
  if (failures.length > told) say(`  ${failures.at(-1) ?? ''}`);
  told = failures.length;
  if (number % 10 === 0) say(`  ${number} videos, ${kills} kills, ${failures.length} of them not as they should be`);
}

try {
  if (process.argv.includes('--help')) process.stdout.write(`${usage}\n`);
  else await main(readOptions(process.argv.slice(2)));
} catch (problem) {
  say(problem instanceof Error ? (problem.stack ?? problem.message) : String(problem));
  say(`\n${usage}`);
  process.exitCode = 1;
}
// The SDK keeps its idle connections open.
process.exit();
