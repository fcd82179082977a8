import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { CredentialStore, systemKeychain } from '../../electron/store/credential-store.ts';
import { type Credentials, credentialsSchema } from '../../shared/settings.ts';
import type { Receipt } from '../../shared/receipt.ts';
import { CannotCheck } from './findings.ts';

/** From the environment, else from where the app keeps them. */
export async function credentialsFor(receipt: Receipt, receiptPath: string): Promise<Credentials> {
  const { kind, id } = receipt.destination;
  const found = fromEnvironment(kind) ?? (kind === 'practice' ? await ofPracticeBucket(receiptPath) : null);
  if (found !== null) return found;
  try {
    return await new CredentialStore(systemKeychain).load(id);
  } catch {
    throw new CannotCheck(
      kind === 'practice'
        ? "The practice bucket's keys stand beside the app's receipts: check the receipt where the app put it."
        : 'No credentials: neither in the environment nor in the keychain of this computer.',
    );
  }
}

function fromEnvironment(kind: Receipt['destination']['kind']): Credentials | null {
  const { env } = process;
  const prefixes = kind === 'r2' ? ['R2', 'AWS'] : ['AWS'];
  for (const prefix of prefixes) {
    const parsed = credentialsSchema.safeParse({
      accessKeyId: env[`${prefix}_ACCESS_KEY_ID`],
      secretAccessKey: env[`${prefix}_SECRET_ACCESS_KEY`],
      sessionToken: env[`${prefix}_SESSION_TOKEN`] ?? null,
    });
    if (parsed.success) return parsed.data;
  }
  return null;
}

const practiceKeys = z.object({ accessKeyId: z.string(), secretAccessKey: z.string() });

async function ofPracticeBucket(receiptPath: string): Promise<Credentials | null> {
  const path = join(dirname(receiptPath), '..', 'practice', 'keys.json');
  const text = await readFile(path, 'utf8').catch(() => '{}');
  const parsed = practiceKeys.safeParse(JSON.parse(text));
  return parsed.success ? { ...parsed.data, sessionToken: null } : null;
}
