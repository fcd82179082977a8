import type { z } from 'zod';
import { type Credentials, credentialsSchema, r2Schema } from '../../shared/settings.ts';
import type { Names } from './finding.ts';

/** What stands under one name. */
export interface Field {
  /** As its schema wants it; empty where it is not there or refused. */
  readonly value: string;
  /** Its name, where it has to be there and is not, or where what is there cannot be right. */
  readonly missing: readonly string[];
}

/** An address without `${NAME}`: web frameworks fill those in, and nobody does here. */
export const addressSchema = r2Schema.shape.endpoint.refine((text) => !/[${}]/.test(text ?? ''), 'reference');

/** Without what people and container runtimes leave around a value: spaces, and quotes that a shell would take off. */
export function textOf(names: Names, name: string): string {
  const text = names[name]?.trim() ?? '';
  const quoted = /^(["'])(.*)\1$/s.exec(text);
  return quoted?.[2]?.trim() ?? text;
}

export function needed(names: Names, name: string, schema: z.ZodType<string | null>): Field {
  const text = textOf(names, name);
  return text === '' ? { value: '', missing: [name] } : optional(names, name, schema);
}

/** One that may be absent, but not wrong: a person has written it down for something. */
export function optional(names: Names, name: string, schema: z.ZodType<string | null>): Field {
  const text = textOf(names, name);
  if (text === '') return { value: '', missing: [] };
  const parsed = schema.safeParse(text);
  return parsed.success ? { value: parsed.data ?? '', missing: [] } : { value: '', missing: [name] };
}

interface KeyNames {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Null where that place has no name for one. */
  readonly sessionToken: string | null;
}

/** A key is whole or none: half of it signs nothing, and one without its session token is refused. */
export function readKey(
  names: Names,
  { accessKeyId, secretAccessKey, sessionToken }: KeyNames,
): { readonly credentials: Credentials | null; readonly missing: readonly string[] } {
  const id = needed(names, accessKeyId, credentialsSchema.shape.accessKeyId);
  const secret = needed(names, secretAccessKey, credentialsSchema.shape.secretAccessKey);
  const token = sessionToken === null ? null : optional(names, sessionToken, credentialsSchema.shape.sessionToken);
  const missing = [id, secret, token].flatMap((field) => field?.missing ?? []);
  if (missing.length > 0) return { credentials: null, missing };
  const held = token === null || token.value === '' ? null : token.value;
  return { credentials: { accessKeyId: id.value, secretAccessKey: secret.value, sessionToken: held }, missing };
}
