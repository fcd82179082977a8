import { credentialsSchema, diskSchema, r2Schema, s3Schema } from '../../shared/settings.ts';
import type { Credentials, Destination, DestinationDraft } from '../../shared/settings.ts';

/** What a form can ask; everything is text while it is being typed. */
export type FieldName =
  | 'name'
  | 'accountId'
  | 'jurisdiction'
  | 'region'
  | 'bucket'
  | 'prefix'
  | 'endpoint'
  | 'publicBaseUrl'
  | 'folder'
  | 'quotaGB'
  | 'accessKeyId'
  | 'secretAccessKey'
  | 'sessionToken';
export type FormKind = 'r2' | 's3' | 'disk';
export type FieldValues = Readonly<Record<FieldName, string>>;
/** A field may be empty although it must not be, or hold something that cannot be right. */
export type FieldProblem = 'required' | 'wrong';
/** What a form makes: everything but the practice bucket, which has none. */
export type FormDraft = Exclude<DestinationDraft, { kind: 'practice' }>;

export const mainFields: Readonly<Record<FormKind, readonly FieldName[]>> = {
  r2: ['accountId', 'bucket', 'accessKeyId', 'secretAccessKey', 'publicBaseUrl'],
  s3: ['bucket', 'region', 'accessKeyId', 'secretAccessKey', 'endpoint'],
  disk: ['folder', 'name', 'quotaGB', 'publicBaseUrl'],
};
export const moreFields: Readonly<Record<FormKind, readonly FieldName[]>> = {
  r2: ['prefix', 'jurisdiction', 'endpoint', 'name'],
  s3: ['prefix', 'publicBaseUrl', 'sessionToken', 'name'],
  disk: [],
};
export const optionalFields: readonly FieldName[] = [
  'name',
  'prefix',
  'endpoint',
  'publicBaseUrl',
  'sessionToken',
  'jurisdiction',
  'quotaGB',
];
export const secretFields: readonly FieldName[] = ['accessKeyId', 'secretAccessKey', 'sessionToken'];

export const emptyValues: FieldValues = {
  name: '',
  accountId: '',
  jurisdiction: 'default',
  region: '',
  bucket: '',
  prefix: '',
  endpoint: '',
  publicBaseUrl: '',
  folder: '',
  quotaGB: '',
  accessKeyId: '',
  secretAccessKey: '',
  sessionToken: '',
};

/** The one thing that the form asks a schema. */
type FieldSchema = { readonly safeParse: (value: unknown) => { readonly success: boolean } };
const schemas: Readonly<Record<FormKind, Partial<Record<string, FieldSchema>>>> = {
  r2: { ...r2Schema.shape, ...credentialsSchema.shape },
  s3: { ...s3Schema.shape, ...credentialsSchema.shape },
  disk: diskSchema.shape,
};

/** Null where the field is right. The schemas of the contract decide; the words come from text/. */
export function fieldProblem(kind: FormKind, field: FieldName, value: string): FieldProblem | null {
  const typed = value.trim();
  if (typed === '') return optionalFields.includes(field) ? null : 'required';
  const schema = schemas[kind][field];
  return schema === undefined || schema.safeParse(field === 'quotaGB' ? quotaOf(typed) : typed).success ? null : 'wrong';
}

/** The draft as the contract wants it. `existing`: what is edited; a folder that stays keeps its volume. */
export function draftOf(kind: FormKind, values: FieldValues, existing: Destination | null = null): FormDraft {
  const name = values.name.trim() || nameFor(kind, values);
  const publicBaseUrl = textOrNull(values.publicBaseUrl);
  if (kind === 'disk') {
    const { folder } = values;
    const isSameFolder = existing?.kind === 'disk' && existing.folder === folder;
    const volumeId = isSameFolder ? existing.volumeId : null;
    return { kind, name, folder, volumeId, quotaGB: quotaOf(values.quotaGB), publicBaseUrl };
  }
  const places = {
    name,
    bucket: values.bucket.trim(),
    prefix: values.prefix.trim(),
    endpoint: textOrNull(values.endpoint),
    publicBaseUrl,
  };
  if (kind === 's3') return { kind, region: values.region.trim(), ...places };
  return { kind, accountId: values.accountId.trim(), jurisdiction: jurisdictionOf(values.jurisdiction), ...places };
}

/** What a destination is called while nobody has named it: the bucket's or the folder's name, as people call it anyway. */
export function nameFor(kind: FormKind, values: FieldValues): string {
  if (kind !== 'disk') return values.bucket.trim();
  return values.folder.split(/[/\\]/).findLast((part) => part !== '') ?? '';
}

export function credentialsOf(values: FieldValues): Credentials {
  return {
    accessKeyId: values.accessKeyId.trim(),
    secretAccessKey: values.secretAccessKey.trim(),
    sessionToken: textOrNull(values.sessionToken),
  };
}

/** A saved destination as the form shows it; its secrets never come back. `decimal` writes numbers as the person does. */
export function valuesOf(destination: Destination, decimal: (value: number) => string): FieldValues {
  const { name } = destination;
  if (destination.kind === 'practice') return { ...emptyValues, name };
  const publicBaseUrl = destination.publicBaseUrl ?? '';
  if (destination.kind === 'disk') {
    const { folder, quotaGB } = destination;
    return { ...emptyValues, name, folder, quotaGB: quotaGB === null ? '' : decimal(quotaGB), publicBaseUrl };
  }
  const { bucket, prefix } = destination;
  const places = { ...emptyValues, name, bucket, prefix, endpoint: destination.endpoint ?? '', publicBaseUrl };
  if (destination.kind === 's3') return { ...places, region: destination.region };
  return { ...places, accountId: destination.accountId, jurisdiction: destination.jurisdiction };
}

/**
 * GB as people write them: "1,5", "1.5", "2.000", "1,234.5 GB". Of two kinds of separators the last one stands before
 * the decimals; a single kind before exactly three digits each time separates thousands. NaN for anything else.
 */
function quotaOf(text: string): number | null {
  const bare = text.replace(/GB\s*$/i, '').replaceAll(/\s/g, '');
  if (bare === '') return null;
  const isGrouped = /^[1-9]\d{0,2}(\.\d{3})+$|^[1-9]\d{0,2}(,\d{3})+$/.test(bare);
  const isMixed = bare.includes('.') && bare.includes(',');
  const decimals = Math.max(bare.lastIndexOf('.'), bare.lastIndexOf(','));
  const whole = isMixed ? bare.slice(0, decimals).replaceAll(/[.,]/g, '') + bare.slice(decimals) : bare;
  const plain = isGrouped ? bare.replaceAll(/[.,]/g, '') : whole.replace(',', '.');
  // Hundredths, because no more of them are shown when it is edited.
  return /^\d+(\.\d+)?$/.test(plain) ? Math.round(Number(plain) * 100) / 100 : Number.NaN;
}

function textOrNull(value: string): string | null {
  return value.trim() === '' ? null : value.trim();
}

function jurisdictionOf(value: string): 'default' | 'eu' | 'fedramp' {
  return value === 'eu' || value === 'fedramp' ? value : 'default';
}
