import { basename } from 'node:path';
import { parse } from 'dotenv';
import { UploadError } from '../uploads/upload-error.ts';
import type { Finding, Names } from './finding.ts';
import { fromEnvironment } from './from-environment.ts';
import { fromSettingsFile } from './settings-file.ts';
import { readTextFile } from './text-file.ts';

/**
 * What a file that a person has picked says: settings that Remessa has exported, or a `.env` file. Rejects with
 * `source-missing`, `source-unreadable`, or `settings-incomplete` when nothing in it is about storage.
 */
export async function readSettings(path: string): Promise<readonly Finding[]> {
  const text = await readTextFile(path);
  const isJson = text.trimStart().startsWith('{');
  const findings = isJson
    ? fromSettingsFile(text)
    : fromEnvironment(parse(text), { origin: 'env-file', name: basename(path) });
  if (findings.length === 0) throw new UploadError('settings-incomplete');
  return findings;
}

/** The names in a `.env` file. `${NAME}` stays as it is written, and the process's own environment is left alone. */
export async function readEnvFile(path: string): Promise<Names> {
  return parse(await readTextFile(path));
}
