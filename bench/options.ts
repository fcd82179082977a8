import { parseArgs } from 'node:util';

export type Scheme = 'http' | 'https';
export type Runtime = 'node' | 'electron';

export interface Options {
  readonly sizeMiB: number;
  readonly runs: number;
  readonly jsonFile: string | null;
  /** Names of contenders; null for all. */
  readonly only: readonly string[] | null;
  /** A real server instead of the sink. */
  readonly endpoint: string | null;
  readonly schemes: readonly Scheme[];
  readonly runtimes: readonly Runtime[];
  readonly connections: number;
  /** A file of holes: quick to make when it is to be huge. */
  readonly isSparse: boolean;
  /** Folder for a CPU profile of each upload in Node. */
  readonly profileFolder: string | null;
  /** Writes docs/bench.md and docs/bench.svg. */
  readonly writesDocs: boolean;
}

export const usage = `npm run bench -- [options]
  --size MiB         size of the file (1024)
  --runs N           runs of each contender, alternating (5)
  --only a,b         only these contenders, by name
  --runtime r,r      node, electron (both, where Electron's runtime is there)
  --http, --https    over which (http); both may be given
  --connections N    parts in flight at once (4)
  --sparse           a file of holes
  --endpoint URL     a real server instead of the bench's own; REMESSA_S3_BUCKET, REMESSA_S3_REGION,
                     REMESSA_S3_ACCESS_KEY_ID and REMESSA_S3_SECRET_ACCESS_KEY say the rest
  --json FILE        all figures
  --profile FOLDER   a .cpuprofile of each upload in Node
  --docs             write docs/bench.md and docs/bench.svg`;

/** Throws with a sentence for the person when something makes no sense. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      size: { type: 'string', default: '1024' },
      runs: { type: 'string', default: '5' },
      connections: { type: 'string', default: '4' },
      json: { type: 'string' },
      profile: { type: 'string' },
      only: { type: 'string' },
      runtime: { type: 'string', default: 'node,electron' },
      endpoint: { type: 'string' },
      http: { type: 'boolean', default: false },
      https: { type: 'boolean', default: false },
      sparse: { type: 'boolean', default: false },
      docs: { type: 'boolean', default: false },
    },
  });
  const endpoint = values.endpoint?.replace(/\/+$/, '') ?? null;
  const wanted = { http: values.http || !values.https, https: values.https };
  const isHttpsEndpoint = endpoint?.startsWith('https:');
  const schemes = (['http', 'https'] as const).filter((scheme) =>
    endpoint === null ? wanted[scheme] : isHttpsEndpoint === (scheme === 'https'),
  );
  const runtimes = list(values.runtime).map((name) => {
    if (name !== 'node' && name !== 'electron') throw new Error(`--runtime ${name}: node or electron is meant`);
    return name;
  });
  return {
    sizeMiB: positive('--size', values.size),
    runs: positive('--runs', values.runs),
    connections: positive('--connections', values.connections),
    jsonFile: values.json ?? null,
    profileFolder: values.profile ?? null,
    only: values.only === undefined ? null : list(values.only),
    endpoint,
    schemes,
    runtimes,
    isSparse: values.sparse,
    writesDocs: values.docs,
  };
}

const list = (text: string): readonly string[] => text.split(',').map((name) => name.trim());

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${name} ${text}: a whole number above 0 is meant`);
  return value;
}
