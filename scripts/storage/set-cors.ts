import { type CorsRule, corsJson, mayPlay, mergeCors } from '../../shared/cors.ts';
import { type CorsChange, corsChange, typedOrigins } from '../../renderer/care/typed-origins.ts';
import { UploadError } from '../../electron/uploads/upload-error.ts';
import type { CorsRules } from '../../electron/upkeep/ports.ts';
import { Misuse } from './arguments.ts';
import type { Command, Session } from './command.ts';
import { findDestination } from './find-destination.ts';
import { type ShownDestination, openDestination, placeWords } from './open-destination.ts';
import { printable } from './screen.ts';

const options = { origin: { type: 'string', multiple: true }, apply: { type: 'boolean' } } as const;
type CorsSession = Session<typeof options>;

/** Longest that one request may take, milliseconds. */
const patienceMs = 30_000;

/** Which websites may play the videos inside their own pages, and a way to let others in. Rules are merged, never replaced. */
export const setCors: Command<typeof options> = {
  name: 'cors',
  options,
  run: async (session) => {
    const { values, words, screen } = session;
    const origins = originsOf(session);
    const isToApply = values.apply === true;
    if (isToApply && origins.length === 0) throw new Misuse(words.options.needs('--apply', '--origin'));
    const found = await findDestination(session, { disk: undefined, envFile: values['env-file'] });
    const { shown, upkeep } = await openDestination(session, found, { prefix: '', folder: 'look' });
    if (upkeep.cors === null) throw new UploadError('not-supported');
    screen.say(`${placeWords(shown)}\n`);
    return settle(session, { cors: upkeep.cors, shown, origins, isToApply });
  },
};

interface Wish {
  readonly cors: CorsRules;
  readonly shown: ShownDestination;
  readonly origins: readonly string[];
  readonly isToApply: boolean;
}

/** What was found and done. */
interface Outcome {
  /** Null where the key may not look. */
  readonly rules: readonly CorsRule[] | null;
  readonly change: CorsChange;
  readonly applied: 'not-asked' | 'nothing-to-do' | 'applied' | 'refused' | 'not-kept';
}

async function settle(session: CorsSession, wish: Wish): Promise<0 | 1> {
  const outcome = await outcomeOf(wish, session.world.interruption);
  const code = isEnough(outcome, wish.origins) ? 0 : 1;
  tell(session, outcome, wish);
  session.report(documentOf(outcome, wish));
  return code;
}

async function outcomeOf({ cors, origins, isToApply }: Wish, interruption: AbortSignal): Promise<Outcome> {
  const signal = (): AbortSignal => AbortSignal.any([interruption, AbortSignal.timeout(patienceMs)]);
  const rules = await cors.read(signal()).catch(unlessDenied);
  const change = corsChange(rules ?? [], origins);
  if (!isToApply) return { rules, change, applied: 'not-asked' };
  if (rules !== null && change.added.length === 0) return { rules, change, applied: 'nothing-to-do' };
  // Writing replaces what is there: what cannot be seen cannot be kept.
  if (rules === null) return { rules, change, applied: 'refused' };
  const isWritten = await cors.write(mergeCors(rules, origins), signal()).then(() => true, unlessDenied);
  if (isWritten === null) return { rules, change, applied: 'refused' };
  const after = await cors.read(signal());
  return { rules: after, change, applied: corsChange(after, origins).added.length === 0 ? 'applied' : 'not-kept' };
}

function unlessDenied(error: unknown): null {
  if (error instanceof UploadError && error.code === 'access-denied') return null;
  throw error;
}

/** Whether the websites may play as the rules are now; without any named, whether some website may. */
function isEnough({ rules }: Outcome, origins: readonly string[]): boolean {
  if (rules === null) return false;
  if (origins.length === 0) return rules.some((rule) => rule.origins.some((origin) => mayPlay([rule], origin)));
  return corsChange(rules, origins).added.length === 0;
}

function originsOf({ values, texts }: CorsSession): readonly string[] {
  const { problems } = texts.care.playback;
  const { origins, wrong } = typedOrigins((values.origin ?? []).join(' '));
  if (wrong !== null) throw new Misuse(problems[wrong.problem](wrong.typed));
  if (origins.length === 0 && values.origin !== undefined) throw new Misuse(problems.form(values.origin.join(' ')));
  return origins;
}

function tell({ texts, words, screen }: CorsSession, { rules, change, applied }: Outcome, { shown, origins }: Wish): void {
  const { playback } = texts.care;
  const said = (lines: readonly string[]): void => lines.forEach((line) => screen.say(line));
  if (rules === null) said([playback.hidden]);
  else said([playback.now, ...(rules.length === 0 ? [`  ${playback.nobody}`] : rules.flatMap((rule) => siteLines(rule, texts)))]);
  if (origins.length === 0) return said(['', words.cors.nameSites]);
  if (applied === 'not-kept') return said(['', words.cors.notKept]);
  if (applied === 'applied') return said(['', [playback.applied, ...(shown.kind === 'r2' ? [playback.soon] : [])].join('. ')]);
  if (change.added.length === 0) return said(['', playback.nothingToDo(origins.length)]);
  said(['', playback.change, `  ${change.isExtended ? playback.ourRule : playback.newRule}`]);
  said(change.added.map((origin) => `  + ${origin === '*' ? playback.anySite : printable(origin)}: ${playback.allows}`));
  if (change.others > 0) said([`  ${playback.others(change.others)}`]);
  const where = shown.kind === 'disk' ? '' : playback.where[shown.kind];
  const why = applied === 'refused' ? [rules === null ? words.cors.blind : playback.denied, where] : [words.cors.howToApply, where];
  said(['', ...why, corsJson(change.rules), ...(rules === null ? [playback.joinThem] : [])]);
}

function siteLines(rule: CorsRule, { care, format }: CorsSession['texts']): readonly string[] {
  const { playback } = care;
  return rule.origins.map((origin) => {
    const plays = mayPlay([rule], origin);
    const what = plays ? playback.mayPlay : `${playback.maySend(format.list(rule.methods.map(printable)))}: ${playback.mayNotPlay}`;
    return `  ${plays ? '✓' : '–'} ${origin === '*' ? playback.anySite : printable(origin)}: ${what}`;
  });
}

/** Rules as the dashboards of Cloudflare and AWS take them. */
const inTheirWords = (rules: readonly CorsRule[]): unknown => JSON.parse(corsJson(rules));

function documentOf({ rules, change, applied }: Outcome, { shown, origins }: Wish): object {
  return {
    destination: shown,
    isReadable: rules !== null,
    rules: rules === null ? null : inTheirWords(rules),
    origins,
    missing: corsChange(rules ?? [], origins).added,
    proposed: inTheirWords(change.rules),
    applied,
  };
}
