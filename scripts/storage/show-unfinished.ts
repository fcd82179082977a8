import { type Listing, listUnfinished, removeUnfinished } from '../../electron/upkeep/unfinished-uploads.ts';
import { UploadError } from '../../electron/uploads/upload-error.ts';
import type { UnfinishedUpload } from '../../shared/storage.ts';
import { pricesAsOf } from '../../shared/prices.ts';
import { keepingCost } from '../../renderer/care/cost-estimate.ts';
import { Misuse } from './arguments.ts';
import type { Command, Session } from './command.ts';
import { findDestination, prefixOf } from './find-destination.ts';
import { type OpenedDestination, openDestination, placeWords } from './open-destination.ts';
import { printable } from './screen.ts';

const options = {
  disk: { type: 'string' },
  prefix: { type: 'string' },
  remove: { type: 'boolean' },
  'older-than': { type: 'string' },
} as const;
type UnfinishedSession = Session<typeof options>;

/** A listing of a large bucket has many pages. Milliseconds. */
const patienceMs = 300_000;
const dayMs = 24 * 3_600_000;

/** What was begun and never finished: how old, how large, what it costs; and a way to be rid of what is old enough. */
export const showUnfinished: Command<typeof options> = {
  name: 'unfinished',
  options,
  run: async (session) => {
    const { values, words, screen } = session;
    const { disk, 'env-file': envFile } = values;
    const olderThan = daysOf(session);
    if (values.remove === true && olderThan === null) throw new Misuse(words.unfinished.needsAge);
    const found = await findDestination(session, { disk, envFile });
    const opened = await openDestination(session, found, { prefix: prefixOf(values.prefix, words), folder: 'claimed' });
    screen.say(`${placeWords(opened.shown)}\n`);
    return lookAround(session, opened, olderThan);
  },
};

/** What was found, and what was done about it. */
interface Seen {
  readonly listing: Listing;
  /** Old enough, or all where no age was given. */
  readonly chosen: readonly UnfinishedUpload[];
  /** Ids of those that the destination has forgotten; null: nobody wanted it to. */
  readonly removed: ReadonlySet<string> | null;
  readonly now: number;
}

async function lookAround(session: UnfinishedSession, opened: OpenedDestination, olderThan: number | null): Promise<0 | 1> {
  const { world, values, texts, screen, report } = session;
  const { deniedHint } = texts.care.unfinished;
  const signal = AbortSignal.any([world.interruption, AbortSignal.timeout(patienceMs)]);
  // Whatever a running app goes on with is unknown here: nothing is ours.
  const place = { ...opened, isOurs: () => false };
  const listing = await listUnfinished(place, signal).catch(unlessDenied);
  if (listing === null) {
    report({ destination: opened.shown, error: { code: 'access-denied', said: texts.care.unfinished.refused, remedy: deniedHint } });
    world.stderr.write(`${deniedHint}\n`);
    return 1;
  }
  const now = Date.now();
  const isChosen = ({ initiatedAt }: UnfinishedUpload): boolean =>
    olderThan === null || (initiatedAt !== null && now - initiatedAt > olderThan * dayMs);
  const chosen = listing.uploads.filter(isChosen);
  for (const line of listLines(session, opened, { listing, chosen, removed: null, now })) screen.say(line);
  const removed = values.remove === true ? await removeEach(session, { place, listing, chosen, signal }) : null;
  report(documentOf(opened, { listing, chosen, removed, now }));
  return removed === null || removed.size === chosen.length ? 0 : 1;
}

function unlessDenied(error: unknown): null {
  if (error instanceof UploadError && error.code === 'access-denied') return null;
  throw error;
}

interface Removal {
  readonly place: Parameters<typeof removeUnfinished>[0];
  readonly listing: Listing;
  readonly chosen: readonly UnfinishedUpload[];
  readonly signal: AbortSignal;
}

/** One after the other: whatever ends it, what was said to be gone is gone. */
async function removeEach(session: UnfinishedSession, { place, listing, chosen, signal }: Removal): Promise<ReadonlySet<string>> {
  const { texts, screen } = session;
  const words = texts.care.unfinished;
  const gone = new Set<string>();
  for (const { id, key } of chosen) {
    const { removed } = await removeUnfinished(place, listing, [id], signal);
    if (removed === 1) gone.add(id);
    screen.say(`${removed === 1 ? '✓' : '✗'} ${printable(key)}`);
  }
  screen.say(`\n${words.removed(gone.size)}.`);
  if (gone.size < chosen.length) screen.say(session.words.unfinished.refusedByServer(chosen.length - gone.size));
  return gone;
}

function listLines({ texts, words, values }: UnfinishedSession, { shown }: OpenedDestination, seen: Seen): readonly string[] {
  const { format, care } = texts;
  const { listing, chosen, now } = seen;
  const younger = listing.uploads.length - chosen.length;
  const kept = younger === 0 ? [] : [words.unfinished.younger(younger, values['older-than'] ?? '')];
  if (chosen.length === 0) return younger === 0 ? [care.unfinished.empty] : kept;
  const facts = (upload: UnfinishedUpload): string => {
    const { initiatedAt, bytes, parts } = upload;
    return [
      initiatedAt === null ? care.unfinished.ageUnknown : care.unfinished.begun(format.ago(initiatedAt, now)),
      bytes === null ? care.unfinished.sizeUnknown : format.bytes(bytes),
      ...(parts === null ? [] : [care.unfinished.parts(parts, format.integer(parts))]),
      ...(bytes === null ? [] : [care.unfinished.perMonth(format.usd(keepingCost(shown.kind, bytes)))]),
    ].join(' · ');
  };
  const bytes = bytesOf(chosen);
  const total = [format.bytes(bytes), care.unfinished.perMonth(format.usd(keepingCost(shown.kind, bytes)))];
  return [
    [care.unfinished.count(chosen.length), ...total].join(' · '),
    ...chosen.flatMap((upload) => [`  ${printable(upload.key)}`, `    ${facts(upload)}`]),
    ...kept,
    '',
    ...(shown.kind === 'disk' ? [care.costs.ownDisk] : [care.unfinished.fate[shown.kind]]),
    care.costs.prices(format.date(Date.parse(`${pricesAsOf}T12:00:00Z`))),
    words.unfinished.whose,
    '',
  ];
}

function documentOf({ shown }: OpenedDestination, { listing, chosen, removed, now }: Seen): object {
  const bytes = bytesOf(chosen);
  return {
    destination: shown,
    uploads: chosen.map(({ id, key, initiatedAt, bytes: arrived, parts }) => ({
      key,
      uploadId: listing.found.get(id)?.uploadId ?? null,
      initiatedAt: initiatedAt === null ? null : new Date(initiatedAt).toISOString(),
      ageDays: initiatedAt === null ? null : Math.floor((now - initiatedAt) / dayMs),
      bytes: arrived,
      parts,
      monthlyUsd: arrived === null ? null : keepingCost(shown.kind, arrived),
      isRemoved: removed?.has(id) ?? false,
    })),
    total: { uploads: chosen.length, bytes, monthlyUsd: keepingCost(shown.kind, bytes), pricesAsOf },
    younger: listing.uploads.length - chosen.length,
    removed: removed?.size ?? 0,
    knowsRunningUploads: false,
  };
}

/** Those whose size is known. */
const bytesOf = (uploads: readonly UnfinishedUpload[]): number => uploads.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0);

/** Null where none was given. Nothing is as young as nothing: an age is all that keeps a running upload safe. */
function daysOf({ values, words }: UnfinishedSession): number | null {
  const typed = values['older-than'];
  if (typed === undefined) return null;
  const days = Number(typed.replace(',', '.'));
  if (!/^\d+([.,]\d+)?$/.test(typed) || days <= 0) throw new Misuse(words.unfinished.badAge(typed));
  return days;
}
