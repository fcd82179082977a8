import { parseArgs } from 'node:util';

export interface Options {
  readonly runs: number;
  readonly seed: number;
  readonly jsonFile: string | null;
  /** Writes docs/drill.md. */
  readonly writesDocs: boolean;
}

export const usage = `npm run drill -- [options]
  --runs N           videos to be sent (50: just enough for every step of the journal)
  --seed N           what happens to them; the same seed, the same drill (20261122)
  --target NAME      practice, or radosgw (Ceph's S3 server; Debian packages as for \`npm run test:rgw\`) (practice)
  --json FILE        all figures
  --docs             write docs/drill.md`;

/** Throws with a sentence for the person when something makes no sense. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      runs: { type: 'string', default: '50' },
      seed: { type: 'string', default: '20261122' },
      json: { type: 'string' },
      // scripts/drill.mjs has seen to it; here it is only known.
      target: { type: 'string' },
      docs: { type: 'boolean', default: false },
    },
  });
  return {
    runs: positive('--runs', values.runs),
    seed: positive('--seed', values.seed),
    jsonFile: values.json ?? null,
    writesDocs: values.docs,
  };
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${name} ${text}: a whole number above 0 is meant`);
  return value;
}
