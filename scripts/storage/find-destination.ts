import { destinationFromEnvironment } from '../../electron/imports/destination-from-environment.ts';
import { textOf } from '../../electron/imports/fields.ts';
import type { Names } from '../../electron/imports/finding.ts';
import { readEnvFile } from '../../electron/imports/read-settings.ts';
import { type BucketDraft, type Credentials, r2Schema } from '../../shared/settings.ts';
import { Misuse } from './arguments.ts';
import { type CommandWorld, type Session, pathFrom } from './command.ts';
import type { CommandText } from './text/command-text.ts';

export type FoundDestination =
  | { readonly kind: 'bucket'; readonly draft: BucketDraft; readonly credentials: Credentials }
  /** Absolute. */
  | { readonly kind: 'disk'; readonly folder: string };

/** Where the settings stand: in the one or the other, or else in the environment. */
export interface Whereabouts {
  readonly disk: string | undefined;
  readonly envFile: string | undefined;
}

/** Rejects with Misuse, naming what is missing and never what is there. */
export async function findDestination(
  { world, words }: Pick<Session, 'world' | 'words'>,
  { disk, envFile }: Whereabouts,
): Promise<FoundDestination> {
  if (disk !== undefined && envFile !== undefined) throw new Misuse(words.options.together('--disk', '--env-file'));
  if (disk !== undefined) return { kind: 'disk', folder: pathFrom(world, disk) };
  const names = envFile === undefined ? world.env : await namesIn(envFile, world, words);
  const found = destinationFromEnvironment(names);
  if ('missing' in found) throw new Misuse(missingWords(names, found.missing, words));
  return { kind: 'bucket', ...found };
}

/** What its keys begin with, as it is typed. */
export function prefixOf(typed: string | undefined, { settings }: CommandText): string {
  const { data } = r2Schema.shape.prefix.safeParse(typed ?? '');
  if (data === undefined) throw new Misuse(settings.prefix(typed ?? ''));
  return data;
}

function namesIn(path: string, world: CommandWorld, { settings }: CommandText): Promise<Names> {
  return readEnvFile(pathFrom(world, path)).catch(() => {
    throw new Misuse(settings.unreadable(path));
  });
}

function missingWords(names: Names, lacking: readonly string[], { settings }: CommandText): string {
  const [off] = lacking.filter((name) => name.startsWith('USE_'));
  if (off !== undefined) return settings.off(off);
  const missing = lacking.filter((name) => textOf(names, name) === '');
  const wrong = lacking.filter((name) => textOf(names, name) !== '');
  return [
    ...(missing.length === 0 ? [] : [settings.missing(missing.join(', '))]),
    ...(wrong.length === 0 ? [] : [settings.wrong(wrong.join(', '))]),
  ].join(' ');
}
