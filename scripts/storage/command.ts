import { resolve } from 'node:path';
import type { Names } from '../../electron/imports/finding.ts';
import { asUploadError, toAppError } from '../../electron/uploads/upload-error.ts';
import type { AppError } from '../../shared/errors.ts';
import { type Language, languages } from '../../shared/settings.ts';
import { chooseLanguage } from '../../renderer/text/language.ts';
import { type Texts, createTexts } from '../../renderer/text/texts.ts';
import { Misuse, type Options, type Values, type commonOptions, valuesOf } from './arguments.ts';
import { type Output, Screen, printable } from './screen.ts';
import type { CommandName, CommandText } from './text/command-text.ts';
import { commandTexts } from './text/command-texts.ts';

/** Good; something is missing or left; misuse; and what a shell answers for SIGHUP, SIGINT and SIGTERM. */
export type ExitCode = 0 | 1 | 2 | 129 | 130 | 143;

/** What a command is told of the world that it does not find itself. */
export interface CommandWorld {
  readonly args: readonly string[];
  readonly env: Names;
  /** Absolute: what paths mean. */
  readonly cwd: string;
  readonly home: string;
  /** The system's, for whoever names no language. */
  readonly locale: string;
  readonly appVersion: string;
  /** Aborts with an error whose message is the signal's name. */
  readonly interruption: AbortSignal;
  readonly stdout: Output;
  readonly stderr: Output;
}

/** One call of a command. */
export interface Session<T extends Options = Options> {
  readonly world: CommandWorld;
  readonly values: Values<T>;
  /** The app's words, and the commands' own. */
  readonly texts: Texts;
  readonly words: CommandText;
  /** For people: says nothing with `--json`. */
  readonly screen: Screen;
  /** The one document of `--json`; nothing without. */
  readonly report: (document: object) => void;
}

export interface Command<T extends Options> {
  readonly name: CommandName;
  /** Besides those that all commands take. */
  readonly options: T;
  /** Rejects with Misuse, or with an UploadError for what the destination says no to. */
  readonly run: (session: Session<T>) => Promise<ExitCode>;
}

/** Never rejects for what a person or a destination does. */
export async function runCommand<T extends Options>({ name, options, run }: Command<T>, world: CommandWorld): Promise<ExitCode> {
  const { args, locale, stdout, stderr, interruption } = world;
  const language = languageIn(args) ?? chooseLanguage('system', [locale]);
  const [texts, words] = [createTexts(language), commandTexts[language]];
  // Also for what goes wrong before the options are understood.
  let isJson = args.includes('--json');
  const print = (text: string): void => void stdout.write(`${text}\n`);
  const report = (document: object): void => void (isJson && print(JSON.stringify(document, null, 2)));
  try {
    const values: Values<T> = valuesOf(args, options, words);
    const { lang, json, help } = values as Values<typeof commonOptions>;
    isJson = json === true;
    if (lang !== undefined && languageNamed(lang) === null) throw new Misuse(words.options.language(languages.join(', ')));
    if (help === true) {
      print(words.usage[name]);
      return 0;
    }
    const screen = new Screen(isJson ? null : stdout);
    return await run({ world, values, texts, words, screen, report }).finally(() => screen.end());
  } catch (thrown) {
    if (interruption.aborted) return interruptedCode(interruption);
    if (thrown instanceof Misuse) {
      stderr.write(`${thrown.message}\n\n${words.seeHelp(name)}\n`);
      return 2;
    }
    const error = toAppError(asUploadError(thrown));
    report({ error: errorJson(error, texts) });
    stderr.write(`${errorLines(error, texts).map(printable).join('\n')}\n`);
    return 1;
  }
}

/** 128 and the signal's number, as a shell says it (POSIX, "Exit Status for Commands"). */
export function interruptedCode({ reason }: AbortSignal): 129 | 130 | 143 {
  const name = reason instanceof Error ? reason.message : '';
  return name === 'SIGHUP' ? 129 : name === 'SIGTERM' ? 143 : 130;
}

/** What happened, what to do, and for whoever helps the technical words. */
export function errorLines(error: AppError, { errorText }: Texts): readonly string[] {
  const { title, hint } = errorText(error);
  return [`${title}. ${hint}`, ...(error.detail === undefined ? [] : [`    ${error.detail}`])];
}

export function errorJson(error: AppError, { errorText }: Texts): object {
  const { title, hint } = errorText(error);
  return { ...error, said: `${title}.`, remedy: hint };
}

/** A path as the person means it. */
export const pathFrom = ({ cwd }: CommandWorld, path: string): string => resolve(cwd, path);

/** Looked for before the options are understood: what is wrong with them is to be said in that language. */
function languageIn(args: readonly string[]): Language | null {
  const at = args.findIndex((arg) => arg === '--lang' || arg.startsWith('--lang='));
  const typed = args[at]?.startsWith('--lang=') === true ? args[at].slice('--lang='.length) : args[at + 1];
  return at < 0 || typed === undefined ? null : languageNamed(typed);
}

const languageNamed = (typed: string): Language | null =>
  languages.find((language) => language.toLowerCase() === typed.toLowerCase()) ?? null;
