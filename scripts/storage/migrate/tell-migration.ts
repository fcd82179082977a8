import { type MigrationRow, type MigrationState, migrationStatuses } from '../../../shared/migration.ts';
import { pricesAsOf } from '../../../shared/prices.ts';
import type { UploadList } from '../../../shared/upload.ts';
import { errorLines } from '../command.ts';
import { placeWords } from '../open-destination.ts';
import { printable } from '../screen.ts';
import type { Going, MigrationEnd } from './migrate-call.ts';
import type { MigrateSession, MigrateWish } from './migrate-options.ts';
import { costOf } from './migration-cost.ts';
import { isTrouble } from './migration-document.ts';
import type { Ends } from './open-ends.ts';

/** Lines about single videos behind a plan; the map holds them all. */
const mostTroubles = 20;

export function headLine({ from, target }: Ends): string {
  const source = from.kind === 'folder' ? from.folder : placeWords({ ...from.opened.shown, prefix: from.below });
  return `${printable(source)}\n→ ${printable(placeWords(target.shown))}`;
}

/** Of one line. `uploads`: the queue, where there is one. */
export function progressText(state: MigrationState, uploads: UploadList | null, { texts, words }: MigrateSession): string {
  const { format } = texts;
  const { counts, looked, total, left, sentBytes, bytesPerSecond } = state;
  if (state.phase === 'planning') return words.migrate.looking(format.integer(looked), total === null ? null : format.integer(total));
  const allBytes = left.bytes + counts.sent.bytes;
  const ended = [counts.sent, counts.failed, counts.skipped].reduce((sum, { videos }) => sum + videos, 0);
  const videos = words.migrate.sendingVideos(format.integer(ended), format.integer(left.videos + ended));
  const trouble = uploads === null ? null : standingStill(uploads);
  const isMoving = bytesPerSecond !== null && bytesPerSecond > 0 && trouble === null;
  const seconds = isMoving ? (allBytes - sentBytes) / bytesPerSecond : 0;
  return [
    videos,
    words.migrate.ofBytes(format.bytes(sentBytes), format.bytes(allBytes)),
    ...(isMoving ? [format.speed(bytesPerSecond), words.migrate.timeLeft(format.duration(seconds))] : []),
    ...(trouble === null ? [] : [texts.errorText(trouble).title]),
  ].join(' · ');
}

/** Why nothing moves: nothing is on its way, and something waits. */
function standingStill({ uploads }: UploadList) {
  if (uploads.some(({ status }) => status === 'uploading' || status === 'completing')) return null;
  const waiting = uploads.find((upload) => upload.status === 'waiting' && upload.error.code !== 'destination-missing');
  return waiting?.status === 'waiting' ? waiting.error : null;
}

/** One video that was not sent, or will not be. */
export function rowLines(row: MigrationRow, { texts, words }: MigrateSession, { onDifferent }: Pick<MigrateWish, 'onDifferent'>): readonly string[] {
  const { path, key, status, error } = row;
  if (error !== null) {
    const [said = '', ...more] = errorLines(error, texts);
    return [`✗ ${printable(path)}: ${said}`, ...more];
  }
  const isBeside = status === 'different' || status === 'unsure' || status === 'skipped';
  return isBeside ? [`! ${printable(path)} → ${printable(key)}: ${words.migrate.inTheWay[status][onDifferent]}`] : [];
}

export function planLines(state: MigrationState, session: MigrateSession, { wish, ends }: Pick<Going, 'wish' | 'ends'>): readonly string[] {
  const { texts, words } = session;
  const { format } = texts;
  const { counts, left, rows, looked } = state;
  if (looked === 0) return [words.migrate.nothingFound];
  const table = migrationStatuses.flatMap((status) => {
    const { videos, bytes } = counts[status];
    return videos === 0 ? [] : [[words.migrate.statuses[status], format.integer(videos), format.bytes(bytes)] as const];
  });
  const width = (column: 0 | 1): number => Math.max(...table.map((cells) => cells[column].length));
  const troubles = rows.filter(isTrouble);
  const troubleCount = [counts.invalid, counts.different, counts.unsure].reduce((sum, { videos }) => sum + videos, 0);
  const unsaid = troubleCount - Math.min(troubles.length, mostTroubles);
  return [
    words.migrate.plan,
    ...table.map(([name, videos, bytes]) => `  ${name.padEnd(width(0))}  ${videos.padStart(width(1))}  ${bytes}`),
    ...costLines(state, session, ends),
    ...(troubles.length === 0 ? [] : ['']),
    ...troubles.slice(0, mostTroubles).flatMap((row) => rowLines(row, session, wish)),
    ...(unsaid > 0 ? [words.migrate.moreInMap(format.integer(unsaid))] : []),
    ...(wish.isRun ? [''] : ['', left.videos === 0 ? words.migrate.nothingToSend : howToRun(state, session)]),
  ];
}

function howToRun({ left }: MigrationState, { texts: { format }, words }: MigrateSession): string {
  return words.migrate.howToRun(words.migrate.videos(left.videos, format.integer(left.videos)), format.bytes(left.bytes));
}

function costLines(state: MigrationState, { texts, words }: MigrateSession, ends: Ends): readonly string[] {
  const { format, care } = texts;
  const { monthlyUsd, readingUsd } = costOf(state, ends);
  const { destination } = ends.target;
  return [
    '',
    words.migrate.monthly(format.usd(monthlyUsd)),
    ...(readingUsd > 0 ? [words.migrate.reading(format.usd(readingUsd))] : []),
    care.costs.prices(format.date(Date.parse(`${pricesAsOf}T12:00:00Z`))),
    ...(destination.kind === 'disk' ? [care.costs.ownDisk] : []),
    ...(destination.kind === 's3' && destination.endpoint !== null ? [care.costs.ownServer] : []),
  ];
}

export function endLines(end: MigrationEnd, { texts, words }: MigrateSession, { wish, state: folder }: Going): readonly string[] {
  const { format } = texts;
  const { state, tookMs, isInterrupted, mapPath } = end;
  const { sent, failed, skipped, different, unsure, invalid, new: fresh } = state.counts;
  const rest = [failed, skipped, different, unsure, invalid, fresh].reduce((sum, { videos }) => sum + videos, 0);
  const counted = (count: number): string => words.migrate.videos(count, format.integer(count));
  const isEnded = wish.isRun && state.isPlanned;
  const wasSent = sent.videos === 0 ? words.migrate.sentNothing : words.migrate.sent(counted(sent.videos), format.bytes(sent.bytes), format.duration(tookMs / 1000));
  return [
    ...(isEnded ? [wasSent] : []),
    ...(state.error === null ? [] : errorLines(state.error, texts)),
    ...(isEnded && !isInterrupted ? [rest === 0 ? words.migrate.allThere : words.migrate.left(counted(rest))] : []),
    ...(isInterrupted ? [words.migrate.interrupted] : []),
    ...(folder !== null && (isInterrupted || failed.videos + fresh.videos > 0) ? [words.migrate.goesOn(folder)] : []),
    ...(mapPath === null ? [] : [words.migrate.mapWritten(mapPath)]),
  ];
}
