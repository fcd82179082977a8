import { access, constants, readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { type KeyMap, keyMapOf } from '../../../electron/map/key-map.ts';
import { readMap } from '../../../electron/map/read-map.ts';
import { asUploadError } from '../../../electron/uploads/upload-error.ts';
import { defaultKeyTemplate, templateProblem } from '../../../shared/key-template.ts';
import type { MigrationRequest } from '../../../shared/migration.ts';
import { Misuse } from '../arguments.ts';
import { type Session, pathFrom } from '../command.ts';
import { type Whereabouts, prefixOf } from '../find-destination.ts';

export const migrateOptions = {
  from: { type: 'string' },
  'from-env': { type: 'string' },
  'from-disk': { type: 'string' },
  'from-prefix': { type: 'string' },
  'to-env': { type: 'string' },
  'to-disk': { type: 'string' },
  prefix: { type: 'string' },
  template: { type: 'string' },
  ids: { type: 'string' },
  'on-different': { type: 'string' },
  run: { type: 'boolean' },
  map: { type: 'string' },
  state: { type: 'string' },
} as const;

export type MigrateSession = Session<typeof migrateOptions>;

export type MigrateFrom =
  /** `folder`: as it was typed. */
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'destination'; readonly where: Whereabouts; readonly below: string };

/** What was asked for, as far as it can be told without asking anybody. */
export interface MigrateWish {
  readonly from: MigrateFrom;
  readonly to: Whereabouts;
  readonly prefix: string;
  readonly keyTemplate: string;
  /** Null: the names of the files say it all. */
  readonly keyMap: KeyMap | null;
  readonly onDifferent: MigrationRequest['onDifferent'];
  readonly isRun: boolean;
  /** Absolute; null where nobody wants one. */
  readonly mapPath: string | null;
  readonly statePath: string | null;
}

const rules: readonly MigrationRequest['onDifferent'][] = ['skip', 'replace', 'rename'];

/** Rejects with Misuse. */
export async function readWish(session: MigrateSession): Promise<MigrateWish> {
  const { values, world, words } = session;
  const { options, settings } = words;
  const [onDifferent] = rules.filter((rule) => rule === (values['on-different'] ?? 'skip'));
  if (onDifferent === undefined) throw new Misuse(options.oneOf('--on-different', rules.join(', ')));
  const keyTemplate = values.template ?? defaultKeyTemplate;
  if (templateProblem(keyTemplate) !== null) throw new Misuse(settings.template(keyTemplate));
  return {
    from: fromOf(session),
    to: toOf(session),
    prefix: prefixOf(values.prefix, words),
    keyTemplate,
    keyMap: values.ids === undefined ? null : await keyMapIn(values.ids, session),
    onDifferent,
    isRun: values.run === true,
    mapPath: values.map === undefined ? null : await writablePath(values.map, session),
    statePath: values.state === undefined ? null : pathFrom(world, values.state),
  };
}

function fromOf({ values, words: { options } }: MigrateSession): MigrateFrom {
  const { from: folder, 'from-env': envFile, 'from-disk': disk, 'from-prefix': below = '' } = values;
  const given = Object.entries({ '--from': folder, '--from-env': envFile, '--from-disk': disk });
  const [first, second] = given.flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (first === undefined) throw new Misuse(options.oneNeeded('--from, --from-env, --from-disk'));
  if (second !== undefined) throw new Misuse(options.together(first, second));
  if (folder === undefined) {
    const [ofFiles] = (['template', 'ids', 'state'] as const).filter((name) => values[name] !== undefined);
    if (ofFiles !== undefined) throw new Misuse(options.needs(`--${ofFiles}`, '--from'));
    return { kind: 'destination', where: { envFile, disk }, below };
  }
  if (values['from-prefix'] !== undefined) throw new Misuse(options.needs('--from-prefix', '--from-env, --from-disk'));
  return { kind: 'folder', folder };
}

/** `--to-env` says better than `--env-file` what is meant; they are the same. */
function toOf({ values, words: { options } }: MigrateSession): Whereabouts {
  const given = Object.entries({ '--to-env': values['to-env'], '--env-file': values['env-file'], '--to-disk': values['to-disk'] });
  const [first, second] = given.flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (first !== undefined && second !== undefined) throw new Misuse(options.together(first, second));
  return { disk: values['to-disk'], envFile: values['to-env'] ?? values['env-file'] };
}

async function keyMapIn(typed: string, { world, texts, words }: MigrateSession): Promise<KeyMap> {
  const path = pathFrom(world, typed);
  const bytes = await readFile(path).catch(() => {
    throw new Misuse(words.settings.unreadable(typed));
  });
  try {
    return keyMapOf(basename(path), readMap(bytes));
  } catch (error) {
    const { title, hint } = texts.errorText({ code: asUploadError(error).code });
    throw new Misuse(`${typed}: ${title}. ${hint}`);
  }
}

/** Found out before hours are spent on what the file is to say. */
async function writablePath(typed: string, { world, words }: MigrateSession): Promise<string> {
  const path = pathFrom(world, typed);
  await access(dirname(path), constants.W_OK).catch(() => {
    throw new Misuse(words.settings.unwritable(typed));
  });
  return path;
}
