import { writeFile } from 'node:fs/promises';
import { MiB } from '../../electron/uploads/part-plan.ts';
import { chooseContenders } from '../contenders.ts';
import { list } from '../options.ts';
import { newFolder } from '../programs.ts';
import { say } from '../say.ts';
import { competeChart } from './compete-chart.ts';
import { type Contest, competePage, describeContests } from './compete-report.ts';
import { type RawLane, mergeLanes, runSession } from './link-session.ts';
import { type Link, describeLink } from './links.ts';
import type { RivalWish } from './rival-wish.ts';
import { type LinkSetting, summarizeLink } from './wan-figures.ts';
import { type WanOptions, readWanOptions } from './wan-options.ts';
import { wanChart } from './wan-chart.ts';
import { describeWan, wanPage, wanTables } from './wan-report.ts';
import { docs } from '../report.ts';

export { wanUsage } from './wan-options.ts';

/** `--wan`: the contenders across links. */
export async function measureLinks(args: readonly string[]): Promise<void> {
  const options = readWanOptions(args, { links: null, runs: 3 });
  const folder = await newFolder();
  const settings: LinkSetting[] = [];
  const raw: unknown[] = [];
  for (const link of options.links) {
    say(`\n${describeLink(link)}`);
    const lanes = await lanesAcross(link, options, folder);
    settings.push(summarizeLink(link, lanes, options.sizeMiB * MiB));
    raw.push({ link, lanes });
  }
  process.stdout.write(`\n${describeWan(options)}\n\n${wanTables(settings)}\n`);
  if (options.jsonFile !== null) await writeFile(options.jsonFile, JSON.stringify({ settings, raw }, null, 2));
  if (options.writesDocs) {
    await writeFile(docs('bench-wan.md'), wanPage(settings, options));
    await writeFile(docs('bench-wan.svg'), wanChart(settings, describeWan(options)));
  }
  if (settings.some(({ failures }) => failures.length > 0)) process.exitCode = 1;
}

/** On a link that changes each upload has a link of its own, so that it meets all changes at the same moments. */
async function lanesAcross(link: Link, options: WanOptions, folder: string): Promise<readonly RawLane[]> {
  const maker = { command: options.linkCommand, folder };
  const place = { endpoint: 'http://link', connections: null, partSize: null, givesWay: false };
  const { contenders } = chooseContenders({ ...place, only: options.only === null ? null : list(options.only) });
  const names = contenders.map(({ name }) => name);
  const common = { link, hasRival: false };
  if (link.changes.length === 0) {
    const words = [...options.words, '--runs', `${options.runs}`, '--only', names.join(',')];
    return runSession({ ...common, words, uploads: names.length * options.runs, seed: 1 }, maker);
  }
  const lanes: RawLane[] = [];
  for (let round = 0; round < options.runs; round += 1) {
    for (const name of names) {
      const words = [...options.words, '--runs', '1', '--only', name];
      lanes.push(...(await runSession({ ...common, words, uploads: 1, seed: round + 1 }, maker)));
    }
  }
  return mergeLanes(lanes);
}

const rivals: readonly RivalWish['kind'][] = ['call', 'greedy'];
const rivalSpan = { from: 10, to: 25 };

/** `--compete`: the engine, with and without meeting mode, and somebody else on the link. */
export async function measureCompeting(args: readonly string[]): Promise<void> {
  const options = readWanOptions(args, { links: 'home', runs: 1 });
  const folder = await newFolder();

  const contests: Contest[] = [];
  for (const link of options.links) {
    for (let round = 0; round < options.runs; round += 1) {
      for (const kind of rivals) {
        for (const givesWay of [false, true]) {
          say(`\n${describeLink(link)}; ${kind}; meeting mode ${givesWay ? 'on' : 'off'}`);
          const rival = `${kind}:${rivalSpan.from}-${rivalSpan.to}`;
          const only = options.only ?? 'engine';
          const mode = givesWay ? ['--gives-way'] : [];
          const words = [...options.words, '--runs', '1', '--only', only, '--rival', rival, ...mode];
          const session = { link, words, uploads: 1, hasRival: true, seed: round + 1 };
          const lanes = await runSession(session, { command: options.linkCommand, folder });
          contests.push(...lanes.map((lane): Contest => ({ link, kind, givesWay, lane })));
        }
      }
    }
  }
  const page = competePage(contests, options);
  process.stdout.write(`\n${describeContests(contests)}\n`);
  if (options.jsonFile !== null) await writeFile(options.jsonFile, JSON.stringify({ contests }, null, 2));
  if (options.writesDocs) {
    await writeFile(docs('bench-compete.md'), page);
    await writeFile(docs('bench-compete.svg'), competeChart(contests));
  }
  if (contests.some(({ lane }) => lane.failure !== null)) process.exitCode = 1;
}
