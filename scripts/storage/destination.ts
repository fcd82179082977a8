import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import type { z } from 'zod';
import { type BucketDraft, type Credentials, credentialsSchema, r2Schema, s3Schema } from '../../shared/settings.ts';

export interface FoundDestination {
  readonly draft: BucketDraft;
  readonly credentials: Credentials;
}

/** Something that a person can mend: said in a sentence, without a stack. */
export class CannotCheck extends Error {
  override readonly name = 'CannotCheck';
}

type Variables = Readonly<Record<string, string | undefined>>;

/** The destination that a file names, or without one the environment. Rejects with CannotCheck, naming what is missing. */
export async function findDestination(envFile: string | undefined): Promise<FoundDestination> {
  const variables = envFile === undefined ? process.env : await readVariables(envFile);
  return kindOf(variables) === 'r2' ? r2Of(variables) : s3Of(variables);
}

async function readVariables(path: string): Promise<Variables> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new CannotCheck(`${path} cannot be read.`);
  });
  return parseEnv(text);
}

/** What is switched on; without switches, what is there. */
function kindOf(variables: Variables): 'r2' | 's3' {
  const isOn = (name: string): boolean => /^(1|true|yes|on)$/i.test(variables[name]?.trim() ?? '');
  const isOff = (name: string): boolean => /^(0|false|no|off)$/i.test(variables[name]?.trim() ?? '');
  const has = (prefix: string): boolean =>
    Object.entries(variables).some(([name, value]) => name.startsWith(prefix) && isThere(value));
  const [r2, s3] = [isOn('USE_R2_STORAGE'), isOn('USE_S3_STORAGE')];
  if (r2 !== s3) return r2 ? 'r2' : 's3';
  if (r2) throw new CannotCheck('USE_R2_STORAGE and USE_S3_STORAGE are both on: leave one of them.');
  const [mayBeR2, mayBeS3] = [has('R2_') && !isOff('USE_R2_STORAGE'), has('AWS_S3_') && !isOff('USE_S3_STORAGE')];
  if (mayBeR2 !== mayBeS3) return mayBeR2 ? 'r2' : 's3';
  throw new CannotCheck(
    mayBeR2
      ? 'There are settings for R2 and for S3: set USE_R2_STORAGE or USE_S3_STORAGE to true.'
      : 'No destination is named: neither R2_… nor AWS_S3_… is set.',
  );
}

const r2Host = /^https:\/\/([0-9a-f]{32})(?:\.(eu|fedramp))?\.r2\.cloudflarestorage\.com/i;

function r2Of(variables: Variables): FoundDestination {
  const host = r2Host.exec(variables['R2_ENDPOINT_URL'] ?? '');
  const draft = parsed(r2Schema, variables, {
    accountId: ['R2_ACCOUNT_ID', host?.[1]],
    bucket: ['R2_BUCKET_NAME', undefined],
    endpoint: ['R2_ENDPOINT_URL', null],
    publicBaseUrl: ['R2_PUBLIC_URL', null],
    kind: [null, 'r2'],
    name: [null, 'R2'],
    jurisdiction: [null, host?.[2]?.toLowerCase() ?? 'default'],
  });
  return { draft, credentials: credentialsOf(variables, 'R2') };
}

function s3Of(variables: Variables): FoundDestination {
  const draft = parsed(s3Schema, variables, {
    bucket: ['AWS_S3_BUCKET_NAME', undefined],
    region: ['AWS_S3_REGION', undefined],
    kind: [null, 's3'],
    name: [null, 'S3'],
  });
  return { draft, credentials: credentialsOf(variables, 'AWS') };
}

function credentialsOf(variables: Variables, prefix: 'R2' | 'AWS'): Credentials {
  return parsed(credentialsSchema, variables, {
    accessKeyId: [`${prefix}_ACCESS_KEY_ID`, undefined],
    secretAccessKey: [`${prefix}_SECRET_ACCESS_KEY`, undefined],
    sessionToken: prefix === 'AWS' ? ['AWS_SESSION_TOKEN', null] : [null, null],
  });
}

/** For each field the variable that it comes from, and what holds without one. */
type Sources = Readonly<Record<string, readonly [variable: string | null, otherwise: unknown]>>;

function parsed<S extends z.ZodType>(schema: S, variables: Variables, sources: Sources): z.infer<S> {
  const values = Object.entries(sources).map(([field, [variable, otherwise]]) => {
    const value = variable === null ? undefined : variables[variable];
    return [field, isThere(value) ? value : otherwise] as const;
  });
  const result = schema.safeParse(Object.fromEntries(values));
  if (result.success) return result.data;
  const fields = new Set(result.error.issues.map(({ path }) => String(path[0])));
  const names = [...fields].map((field) => sources[field]?.[0] ?? field);
  const missing = names.filter((name) => !isThere(variables[name]));
  const wrong = names.filter((name) => isThere(variables[name]));
  throw new CannotCheck(
    [
      ...(missing.length === 0 ? [] : [`Missing: ${missing.join(', ')}.`]),
      ...(wrong.length === 0 ? [] : [`Not of the right form: ${wrong.join(', ')}.`]),
    ].join(' '),
  );
}

const isThere = (value: string | undefined): value is string => value !== undefined && value.trim() !== '';
