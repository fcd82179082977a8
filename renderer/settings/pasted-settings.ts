import type { FieldName } from './destination-fields.ts';

export type PastedSettings = Readonly<Partial<Record<FieldName, string>>>;

/** Names as they stand in `.env` files, in `~/.aws/credentials`, and on Cloudflare's page for a new R2 token. */
const fieldOfName: Readonly<Record<string, FieldName>> = {
  R2_ACCOUNT_ID: 'accountId',
  CLOUDFLARE_ACCOUNT_ID: 'accountId',
  CF_ACCOUNT_ID: 'accountId',
  ACCOUNT_ID: 'accountId',
  R2_ACCESS_KEY_ID: 'accessKeyId',
  AWS_ACCESS_KEY_ID: 'accessKeyId',
  ACCESS_KEY_ID: 'accessKeyId',
  R2_SECRET_ACCESS_KEY: 'secretAccessKey',
  AWS_SECRET_ACCESS_KEY: 'secretAccessKey',
  SECRET_ACCESS_KEY: 'secretAccessKey',
  AWS_SESSION_TOKEN: 'sessionToken',
  SESSION_TOKEN: 'sessionToken',
  R2_BUCKET_NAME: 'bucket',
  R2_BUCKET: 'bucket',
  AWS_S3_BUCKET_NAME: 'bucket',
  AWS_S3_BUCKET: 'bucket',
  AWS_BUCKET: 'bucket',
  S3_BUCKET: 'bucket',
  BUCKET: 'bucket',
  BUCKET_NAME: 'bucket',
  R2_ENDPOINT_URL: 'endpoint',
  AWS_ENDPOINT_URL: 'endpoint',
  AWS_ENDPOINT_URL_S3: 'endpoint',
  S3_ENDPOINT: 'endpoint',
  ENDPOINT: 'endpoint',
  R2_PUBLIC_URL: 'publicBaseUrl',
  PUBLIC_URL: 'publicBaseUrl',
  AWS_S3_REGION: 'region',
  AWS_REGION: 'region',
  AWS_DEFAULT_REGION: 'region',
  REGION: 'region',
};

const assignment = /^\s*(?:export\s+|set\s+|\$env:)?["']?([A-Za-z][A-Za-z0-9_ ]*?)["']?\s*[=:]\s*(.+?)\s*,?\s*$/;
const r2Address = /https:\/\/([0-9a-f]{32})(?:\.(eu|fedramp))?\.r2\.cloudflarestorage\.com(?:\/([A-Za-z0-9._-]+))?/gi;

/**
 * The settings in a text that somebody copied: an `.env` block, an AWS credentials file, a JSON object or the page that
 * Cloudflare shows once. Empty where there are none.
 */
export function parsePastedSettings(text: string): PastedSettings {
  const found: Partial<Record<FieldName, string>> = {};
  const lines = text.replaceAll('\u00a0', ' ').split(/\r?\n/);
  lines.forEach((line, index) => {
    const pair = assignmentIn(line) ?? labelAbove(line, lines, index);
    if (pair !== null) found[pair.field] ??= pair.value;
  });
  return withR2Address(found, text);
}

/** Enough to say that a whole block was pasted, and not one value into the field it belongs to. */
export function isSettingsBlock(text: string): boolean {
  const found = Object.keys(parsePastedSettings(text)).length;
  return found > 1 || (found === 1 && text.split(/\r?\n/).some((line) => assignmentIn(line) !== null));
}

interface Pair {
  readonly field: FieldName;
  readonly value: string;
}

function assignmentIn(line: string): Pair | null {
  const match = assignment.exec(line);
  const field = match?.[1] === undefined ? undefined : fieldNamed(match[1]);
  const value = match?.[2] === undefined ? '' : bare(match[2]);
  return field === undefined || value === '' ? null : { field, value };
}

/** Cloudflare's page: the label on one line, the value on the next one that is not empty. */
function labelAbove(line: string, lines: readonly string[], index: number): Pair | null {
  const field = fieldNamed(line.trim().replace(/:$/, ''));
  if (field === undefined) return null;
  const value =
    lines
      .slice(index + 1)
      .find((next) => next.trim() !== '')
      ?.trim() ?? '';
  return value === '' || /\s/.test(value) || fieldNamed(value) !== undefined ? null : { field, value };
}

function fieldNamed(name: string): FieldName | undefined {
  const key = name.trim().replaceAll(/\s+/g, '_').toUpperCase();
  return Object.hasOwn(fieldOfName, key) ? fieldOfName[key] : undefined;
}

/** Without quotes around it, and without the comment behind it. */
function bare(value: string): string {
  const quoted = /^(["'])(.*?)\1/.exec(value);
  if (quoted?.[2] !== undefined) return quoted[2].trim();
  return value
    .replace(/\s+#.*$/, '')
    .replace(/^["']|["']$/g, '')
    .trim();
}

/** R2's address holds account, jurisdiction and sometimes the bucket; as an endpoint it would say nothing new. */
function withR2Address(found: PastedSettings, text: string): PastedSettings {
  const addresses = [...text.matchAll(r2Address)];
  const chosen = addresses.find((address) => address[2] === undefined) ?? addresses[0];
  if (chosen?.[1] === undefined) return found;
  const jurisdiction = chosen[2]?.toLowerCase();
  const { endpoint: _said, ...rest } = found;
  return {
    ...(chosen[3] === undefined ? {} : { bucket: chosen[3] }),
    ...(jurisdiction === undefined ? {} : { jurisdiction }),
    accountId: chosen[1].toLowerCase(),
    ...rest,
  };
}
