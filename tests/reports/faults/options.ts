import { parseArgs } from 'node:util';
import { allCases } from './cases.ts';
import type { FaultCase } from './fault-case.ts';

export interface Options {
  readonly cases: readonly FaultCase[];
  readonly isWithPeer: boolean;
  readonly lanes: number;
  readonly jsonFile: string | null;
  readonly markdownFile: string | null;
  /** Writes docs/faults.md. */
  readonly writesDocs: boolean;
}

export const usage = `npm run faults -- [options]
  --only a,b         only these faults, by name (--list shows them)
  --peer             also @aws-sdk/lib-storage with default settings
  --lanes N          faults played side by side (4)
  --json FILE        all findings
  --markdown FILE    the tables
  --docs             write docs/faults.md
  --list             the names of all faults
With REMESSA_S3_ENDPOINT, REMESSA_S3_ACCESS_KEY_ID, REMESSA_S3_SECRET_ACCESS_KEY (and REMESSA_S3_REGION) in the
environment a real server stands behind the faults instead of the practice bucket.`;

/** Throws with a sentence for the person when something makes no sense. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      peer: { type: 'boolean', default: false },
      lanes: { type: 'string', default: '4' },
      json: { type: 'string' },
      markdown: { type: 'string' },
      docs: { type: 'boolean', default: false },
    },
  });
  const lanes = Number(values.lanes);
  if (!Number.isInteger(lanes) || lanes < 1) throw new Error(`--lanes ${values.lanes}: a whole number above 0 is meant`);
  return {
    cases: chosen(values.only),
    isWithPeer: values.peer,
    lanes,
    jsonFile: values.json ?? null,
    markdownFile: values.markdown ?? null,
    writesDocs: values.docs,
  };
}

function chosen(only: string | undefined): readonly FaultCase[] {
  if (only === undefined) return allCases;
  const names = only.split(',').map((name) => name.trim());
  const unknown = names.find((name) => allCases.every((fault) => fault.name !== name));
  if (unknown !== undefined) throw new Error(`--only ${unknown}: there is no such fault`);
  return allCases.filter(({ name }) => names.includes(name));
}
