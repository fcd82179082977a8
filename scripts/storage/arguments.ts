import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { CommandText } from './text/command-text.ts';

/** Something that a person can mend by calling again: said in a sentence, without a stack. */
export class Misuse extends Error {
  override readonly name = 'Misuse';
}

/** What every command takes. */
export const commonOptions = {
  'env-file': { type: 'string' },
  lang: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

export type Options = NonNullable<ParseArgsConfig['options']>;
export type Values<T extends Options> = ReturnType<typeof parseArgs<{ readonly options: T & typeof commonOptions }>>['values'];

/** Rejects what is no option, has no value, or stands there without an option, in the person's language. */
export function valuesOf<T extends Options>(args: readonly string[], options: T, words: CommandText): Values<T> {
  try {
    return parseArgs({ args: [...args], options: { ...options, ...commonOptions } }).values;
  } catch (error) {
    throw new Misuse(sentenceOf(error, words));
  }
}

/** Node's sentences are English; their codes and the option in quotes are enough for ours. */
function sentenceOf(error: unknown, { options }: CommandText): string {
  if (!(error instanceof Error) || !('code' in error)) throw error;
  const quoted = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  // `-f, --from <value>`: the long one.
  const named = /--[\w-]+/.exec(quoted)?.[0] ?? quoted;
  if (error.code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return options.unknown(named);
  if (error.code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL') return options.unexpected(quoted);
  const isTooMuch = error.message.includes('does not take');
  if (error.code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') return isTooMuch ? options.noValue(named) : options.value(named);
  throw error;
}
