import { credentialsSchema, r2Schema, s3Schema } from '../../shared/settings.ts';
import type { BucketDraft, Credentials, Destination } from '../../shared/settings.ts';

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
  | 'accessKeyId'
  | 'secretAccessKey'
  | 'sessionToken';
export type FormKind = 'r2' | 's3';
export type FieldValues = Readonly<Record<FieldName, string>>;
/** A field may be empty although it must not be, or hold something that cannot be right. */
export type FieldProblem = 'required' | 'wrong';

export const mainFields: Readonly<Record<FormKind, readonly FieldName[]>> = {
  r2: ['accountId', 'bucket', 'accessKeyId', 'secretAccessKey', 'publicBaseUrl'],
  s3: ['bucket', 'region', 'accessKeyId', 'secretAccessKey', 'endpoint'],
};
export const moreFields: Readonly<Record<FormKind, readonly FieldName[]>> = {
  r2: ['prefix', 'jurisdiction', 'endpoint', 'name'],
  s3: ['prefix', 'publicBaseUrl', 'sessionToken', 'name'],
};
export const optionalFields: readonly FieldName[] = [
  'name',
  'prefix',
  'endpoint',
  'publicBaseUrl',
  'sessionToken',
  'jurisdiction',
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
  accessKeyId: '',
  secretAccessKey: '',
  sessionToken: '',
};

/** The one thing that the form asks a schema. */
type FieldSchema = { readonly safeParse: (value: unknown) => { readonly success: boolean } };
const schemas: Readonly<Record<FormKind, Partial<Record<string, FieldSchema>>>> = {
  r2: { ...r2Schema.shape, ...credentialsSchema.shape },
  s3: { ...s3Schema.shape, ...credentialsSchema.shape },
};

/** Null where the field is right. The schemas of the contract decide; the words come from text/. */
export function fieldProblem(kind: FormKind, field: FieldName, value: string): FieldProblem | null {
  const typed = value.trim();
  if (typed === '') return optionalFields.includes(field) ? null : 'required';
  const schema = schemas[kind][field];
  return schema === undefined || schema.safeParse(typed).success ? null : 'wrong';
}

/** The draft as the contract wants it. The name falls back to the bucket's, which is what people call it anyway. */
export function draftOf(kind: FormKind, values: FieldValues): BucketDraft {
  const places = {
    name: values.name.trim() || values.bucket.trim(),
    bucket: values.bucket.trim(),
    prefix: values.prefix.trim(),
    endpoint: textOrNull(values.endpoint),
    publicBaseUrl: textOrNull(values.publicBaseUrl),
  };
  if (kind === 's3') return { kind, region: values.region.trim(), ...places };
  return { kind, accountId: values.accountId.trim(), jurisdiction: jurisdictionOf(values.jurisdiction), ...places };
}

export function credentialsOf(values: FieldValues): Credentials {
  return {
    accessKeyId: values.accessKeyId.trim(),
    secretAccessKey: values.secretAccessKey.trim(),
    sessionToken: textOrNull(values.sessionToken),
  };
}

/** A saved destination as the form shows it; its secrets never come back. */
export function valuesOf(destination: Destination): FieldValues {
  if (destination.kind === 'practice' || destination.kind === 'disk') return { ...emptyValues, name: destination.name };
  const places = {
    ...emptyValues,
    name: destination.name,
    bucket: destination.bucket,
    prefix: destination.prefix,
    endpoint: destination.endpoint ?? '',
    publicBaseUrl: destination.publicBaseUrl ?? '',
  };
  if (destination.kind === 's3') return { ...places, region: destination.region };
  return { ...places, accountId: destination.accountId, jurisdiction: destination.jurisdiction };
}

function textOrNull(value: string): string | null {
  return value.trim() === '' ? null : value.trim();
}

function jurisdictionOf(value: string): 'default' | 'eu' | 'fedramp' {
  return value === 'eu' || value === 'fedramp' ? value : 'default';
}
