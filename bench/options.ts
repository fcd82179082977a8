import { parseArgs } from 'node:util';
import { MiB } from '../electron/uploads/part-plan.ts';
import { readSinkKind } from './serve.ts';
import type { SinkKind } from './sink-checksums.ts';
import { type RivalWish, readRival } from './wan/rival-wish.ts';

export type Scheme = 'http' | 'https';
export type Runtime = 'node' | 'electron';
/** A number, or what the contender chooses for itself. */
export type Choice = number | 'auto';

export interface Options {
  readonly sizeMiB: number;
  readonly runs: number;
  readonly jsonFile: string | null;
  /** Names of contenders; null for all. */
  readonly only: readonly string[] | null;
  /** A server that is there already, instead of the sink. */
  readonly endpoint: string | null;
  readonly schemes: readonly Scheme[];
  readonly runtimes: readonly Runtime[];
  /** Null where nothing was said: what fits the place. */
  readonly connections: Choice | null;
  /** The engine's, bytes. */
  readonly partSize: Choice | null;
  /** What the sink understands. */
  readonly server: SinkKind;
  /** A file of holes: quick to make when it is to be huge. */
  readonly isSparse: boolean;
  /** Folder for a CPU profile of each upload in Node. */
  readonly profileFolder: string | null;
  /** Writes docs/bench.md and docs/bench.svg. */
  readonly writesDocs: boolean;
  /** Compares memory at 1 GiB and at 20 GiB as well. */
  readonly comparesMemory: boolean;
  /** The engine's meeting mode. */
  readonly givesWay: boolean;
  /** Somebody else on the link; null: nobody. */
  readonly rival: RivalWish | null;
  /** Begins each upload when the server is so old, seconds: links that change do it by that clock. Null: at once. */
  readonly beginAt: number | null;
}

export const usage = `npm run bench -- [options]
  --size MiB         size of the file (1024)
  --runs N           runs of each contender, alternating (5)
  --only a,b         only these contenders, by name
  --runtime r,r      node, electron (both, where Electron's runtime is there)
  --http, --https    over which (http); both may be given
  --connections N    parts in flight at once (4; with --endpoint what each contender would take);
                     auto: the engine's own choice
  --part-size MiB    of the engine (8; with --endpoint auto); auto: its own choice
  --server KIND      checksums (the server confirms CRC-64/NVME) or plain (it has never heard of it); checksums
  --sparse           a file of holes
  --memory           also the engine's memory with 1 GiB and with 20 GiB
  --endpoint URL     a server that is there already, a real one or --serve; REMESSA_S3_BUCKET, REMESSA_S3_REGION,
                     REMESSA_S3_ACCESS_KEY_ID and REMESSA_S3_SECRET_ACCESS_KEY say the rest (--serve takes any)
  --json FILE        all figures
  --profile FOLDER   a .cpuprofile of each upload in Node
  --docs             write docs/bench.md and docs/bench.svg, with --memory`;

/** Throws with a sentence for the person when something makes no sense. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({ args: [...args], options: known });
  const endpoint = values.endpoint?.replace(/\/+$/, '') ?? null;
  const wanted = { http: values.http || !values.https, https: values.https };
  const isHttpsEndpoint = endpoint?.startsWith('https:');
  const schemes = (['http', 'https'] as const).filter((scheme) =>
    endpoint === null ? wanted[scheme] : isHttpsEndpoint === (scheme === 'https'),
  );
  const partSize = values['part-size'] === undefined ? null : choice('--part-size', values['part-size']);
  return {
    sizeMiB: positive('--size', values.size),
    runs: positive('--runs', values.runs),
    connections: values.connections === undefined ? null : choice('--connections', values.connections),
    partSize: typeof partSize === 'number' ? partSize * MiB : partSize,
    server: readSinkKind(values.server),
    jsonFile: values.json ?? null,
    profileFolder: values.profile ?? null,
    only: values.only === undefined ? null : list(values.only),
    endpoint,
    schemes,
    runtimes: readRuntimes(values.runtime),
    isSparse: values.sparse,
    writesDocs: values.docs,
    comparesMemory: values.memory || values.docs,
    givesWay: values['gives-way'],
    rival: values.rival === undefined ? null : readRival(values.rival),
    beginAt: values['begin-at'] === undefined ? null : positive('--begin-at', values['begin-at']),
  };
}

/** The last three are words between `--wan` and the process that it starts beyond the link. */
const known = {
  size: { type: 'string', default: '1024' },
  runs: { type: 'string', default: '5' },
  connections: { type: 'string' },
  'part-size': { type: 'string' },
  server: { type: 'string', default: 'checksums' },
  json: { type: 'string' },
  profile: { type: 'string' },
  only: { type: 'string' },
  runtime: { type: 'string', default: 'node,electron' },
  endpoint: { type: 'string' },
  http: { type: 'boolean', default: false },
  https: { type: 'boolean', default: false },
  sparse: { type: 'boolean', default: false },
  memory: { type: 'boolean', default: false },
  docs: { type: 'boolean', default: false },
  'gives-way': { type: 'boolean', default: false },
  rival: { type: 'string' },
  'begin-at': { type: 'string' },
} as const;

export const list = (text: string): readonly string[] => text.split(',').map((name) => name.trim());

export function readRuntimes(text: string): readonly Runtime[] {
  return list(text).map((name) => {
    if (name !== 'node' && name !== 'electron') throw new Error(`--runtime ${name}: node or electron is meant`);
    return name;
  });
}

export function positive(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${name} ${text}: a whole number above 0 is meant`);
  return value;
}

const choice = (name: string, text: string): Choice => (text === 'auto' ? 'auto' : positive(name, text));
