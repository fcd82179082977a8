import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { BucketClients } from '../../electron/s3/bucket-clients.ts';
import { addressOf } from '../../electron/s3/s3-client.ts';
import { examine } from '../../electron/upkeep/examine.ts';
import { type DoctorReport, isHealthy } from '../../shared/doctor.ts';
import { type Language, languages } from '../../shared/settings.ts';
import type { CheckTexts } from '../../renderer/text/check-words.ts';
import { chooseLanguage } from '../../renderer/text/language.ts';
import { createTexts } from '../../renderer/text/texts.ts';
import { CannotCheck, findDestination } from './destination.ts';
import { checkLines, reportJson, verdictLines } from './print-check.ts';

const usage = `npm run storage:check -- [options]
  --env-file FILE  the settings stand in this file, not in the environment
  --lang LANGUAGE  ${languages.join(' or ')}
  --json           the report as JSON
  --help           this text

Settings: USE_R2_STORAGE, R2_ACCOUNT_ID, R2_ACCESS_KEY_ID, R2_SECRET_ACCESS_KEY, R2_BUCKET_NAME, R2_ENDPOINT_URL,
R2_PUBLIC_URL; or USE_S3_STORAGE, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_S3_BUCKET_NAME,
AWS_S3_REGION. A test file and some parts are sent, and removed again.
Ends with 0 when the destination is healthy, with 1 when something does not work, with 2 when it cannot be told.`;

/** The whole program; returns its exit code. */
async function main(): Promise<0 | 1 | 2> {
  const { values } = parseArgs({
    args: process.argv.slice(process.argv[2] === '--' ? 3 : 2),
    options: {
      'env-file': { type: 'string' },
      lang: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) {
    print(usage);
    return 0;
  }
  const texts = createTexts(languageOf(values.lang));
  const envFile = values['env-file'];
  const { draft, credentials } = await findDestination(envFile === undefined ? undefined : fromHere(envFile));
  const address = addressOf(draft);
  const shown = { kind: draft.kind, endpoint: address.endpoint, bucket: address.bucket, prefix: draft.prefix };
  const clients = new BucketClients(async () => ({ address, credentials }), await ownVersion());
  const upkeep = await clients.upkeepFor({ ...draft, id: 'storage-check' });
  const isJson = values.json === true;
  if (!isJson) print(`${address.endpoint} · ${address.bucket}\n`);
  const report = await examine(upkeep.examination(), { signal: interruption(), tell: isJson ? complete : telling(texts) });
  print(isJson ? reportJson(report, shown, texts) : verdictLines(report, texts));
  if (report.state === 'stopped') return 2;
  return isHealthy(report) ? 0 : 1;
}

type Told = Omit<DoctorReport, 'destinationId' | 'revision'>;

const complete = (told: Told): DoctorReport => ({ ...told, destinationId: 'storage-check', revision: 0 });

/** Prints each check as soon as it is over. */
function telling(texts: CheckTexts): (told: Told) => DoctorReport {
  let printed = 0;
  return (told) => {
    const over = told.checks.findIndex(({ state }) => state === 'waiting' || state === 'running');
    const until = over < 0 ? told.checks.length : over;
    for (const check of told.checks.slice(printed, until)) print(checkLines(check, texts));
    printed = Math.max(printed, until);
    return complete(told);
  };
}

/** Ending is the check's own business then: it has to remove first what it has sent. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => controller.abort(new Error(name)));
  return controller.signal;
}

function languageOf(wanted: string | undefined): Language {
  if (wanted === undefined) return chooseLanguage('system', [Intl.DateTimeFormat().resolvedOptions().locale]);
  const known = languages.find((language) => language.toLowerCase() === wanted.toLowerCase());
  if (known === undefined) throw new CannotCheck(`--lang is ${languages.join(' or ')}.`);
  return known;
}

/** npm goes to the project's folder; paths mean the one that it was called in. */
const fromHere = (path: string): string => resolve(process.env['INIT_CWD'] ?? '.', path);

async function ownVersion(): Promise<string> {
  const manifest = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { readonly version: string }).version;
}

const print = (text: string): void => void process.stdout.write(`${text}\n`);

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}\n`);
  process.exitCode = 2;
}
