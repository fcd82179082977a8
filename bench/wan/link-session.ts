import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Run } from '../rounds.ts';
import { runGroup } from '../processes.ts';
import type { Link } from './links.ts';

/** What one contender has done, as the process beyond the link wrote it down. */
export interface RawLane {
  readonly name: string;
  readonly title: string;
  readonly runtime?: string;
  readonly runs: readonly Run[];
  readonly failure: string | null;
}

export interface Session {
  readonly link: Link;
  /** Words for the bench on the near side, such as `--only engine`. */
  readonly words: readonly string[];
  /** Uploads that it will make. */
  readonly uploads: number;
  readonly hasRival: boolean;
  /** Chooses which packets are lost, where the link's maker can. */
  readonly seed: number;
}

export interface LinkMaker {
  /** A shell command that makes a link, runs two commands at its ends and takes it down; null: the kernel's netem. */
  readonly command: string | null;
  readonly folder: string;
}

const port = 9000;
/** When the upload begins on a link that changes: until then programs are built and files written. Seconds. */
const preparedAfter = 15;
/** A client process loads and settles before its first byte. Seconds. */
const settled = 1;
const longestUploadMs = 15 * 60_000;

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;
const bench = [process.execPath, '--import', 'tsx', 'bench/run.ts'].map(quoted).join(' ');
const netem = [process.execPath, '--import', 'tsx', 'bench/wan/netem-link.ts'].map(quoted).join(' ');

/** A link, the bench's server at its far end and the bench at its near end; everything is gone afterwards. */
export async function runSession(session: Session, maker: LinkMaker): Promise<readonly RawLane[]> {
  const { link, words, uploads, hasRival, seed } = session;
  const jsonFile = join(maker.folder, `session-${link.name}-${Date.now()}.json`);
  const isChanging = link.changes.length > 0;
  const begin = isChanging ? ['--begin-at', `${preparedAfter}`] : [];
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    LINK_DELAY_MS: `${link.roundTripMs / 2}`,
    LINK_UP_MBIT: `${link.upMbit}`,
    LINK_LOSS: `${link.loss}`,
    LINK_QUEUE_MS: `${link.queueMs}`,
    LINK_SEED: `${seed}`,
    LINK_CHANGES: link.changes.map(({ at, upMbit }) => `${preparedAfter + settled + at}:${upMbit}`).join(' '),
    LINK_SERVER: `exec ${bench} --serve "$SERVER_IP:${port}"${hasRival ? ' --rival' : ''}`,
    LINK_CLIENT: [
      `exec ${bench} --endpoint "http://$SERVER_IP:${port}" --json ${quoted(jsonFile)} >/dev/null`,
      ...[...words, ...begin].map(quoted),
    ].join(' '),
  };
  let failure: unknown = null;
  await runGroup(maker.command ?? netem, env, uploads * longestUploadMs).catch((error: unknown) => (failure = error));
  // The bench ends with an error also when one contender of several could not be measured.
  const text = await readFile(jsonFile, 'utf8').catch(() => {
    throw failure instanceof Error ? failure : new Error('The bench beyond the link has left no figures');
  });
  return (JSON.parse(text) as { readonly raw: readonly RawLane[] }).raw;
}

/** Several sessions' lanes as one. */
export function mergeLanes(lanes: readonly RawLane[]): readonly RawLane[] {
  const merged = new Map<string, RawLane>();
  for (const lane of lanes) {
    const id = `${lane.runtime ?? ''}/${lane.name}`;
    const known = merged.get(id);
    const failure = known?.failure ?? lane.failure;
    merged.set(id, { ...lane, runs: [...(known?.runs ?? []), ...lane.runs], failure });
  }
  return [...merged.values()];
}
