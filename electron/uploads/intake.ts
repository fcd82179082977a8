import type { ErrorCode } from '../../shared/errors.ts';
import { keyFromTemplate } from '../../shared/key-template.ts';
import { keyProblem, uniqueKey, videoIdFromName } from '../../shared/object-key.ts';
import type { ConflictRule } from '../../shared/upload.ts';
import { ulid } from 'ulid';
import { asUploadError, UploadError } from './upload-error.ts';
import type { Clock, Destinations, SourceFiles } from './ports.ts';
import type { UploadRecord } from './upload-record.ts';

/** Bytes from the start that tell an MP4 from other files. */
const headBytes = 64;
/** With so many of them it can be told that a file will never be one. */
const tellingBytes = 16;
const idAlphabet = '0123456789abcdefghjkmnpqrstvwxyz';
/** A file whose size and time have not moved for so long is finished. Milliseconds. */
export const restMs = 10_000;

/** What a list of ids says of a file. A key counts more than an id. */
export interface MappedName {
  readonly id: string | null;
  readonly key: string | null;
}

export interface IntakeSettings {
  readonly keyTemplate: string;
  readonly onConflict: ConflictRule;
  readonly followsLinks: boolean;
}

export interface Intake {
  readonly files: SourceFiles;
  readonly clock: Clock;
  readonly destinations: Pick<Destinations, 'rulesOf'>;
  readonly newId: () => string;
  /** Null when the first bytes are those of an MP4, else why not. */
  readonly refuseContent: (head: Uint8Array) => ErrorCode | null;
  /** What the list of ids in force says of a file; null where it does not know it, or there is none. */
  readonly nameInMap: (path: string) => MappedName | null;
  readonly settings: () => IntakeSettings;
}

type Source = UploadRecord['source'];
type Looking = Pick<Intake, 'files' | 'refuseContent'>;

/** Looks at a dropped path. Rejects with the reason to refuse it. */
export async function inspectSource(intake: Looking, path: string): Promise<Source> {
  const { size } = await intake.files.stat(path);
  if (size === 0) throw new UploadError('source-empty');
  const refusal = intake.refuseContent(await intake.files.head(path, headBytes));
  if (refusal !== null) throw new UploadError(refusal);
  const fingerprint = await intake.files.fingerprint(path);
  return { path, name: baseName(path), ...fingerprint };
}

/**
 * The same for a file that somebody may still be writing: one that has moved in the last seconds, or that is open for
 * writing, comes in with an empty sample and is looked at when it rests. What is no video already is refused at once.
 */
export async function inspectArrival(
  intake: Looking & Pick<Intake, 'clock'>,
  path: string,
  isOpen: boolean,
): Promise<Source> {
  const { size, mtimeMs } = await intake.files.stat(path);
  const sinceMs = intake.clock.now() - mtimeMs;
  // A time in the future says nothing: clocks of network disks differ.
  if (!isOpen && !(sinceMs >= 0 && sinceMs < restMs)) return inspectSource(intake, path);
  const head = await intake.files.head(path, headBytes);
  const refusal = head.length < tellingBytes ? null : intake.refuseContent(head);
  if (refusal !== null) throw new UploadError(refusal);
  return { path, name: baseName(path), size, mtimeMs, sample: '' };
}

/** Where a new upload goes. */
interface Place {
  readonly destinationId: string;
  readonly groupId: string | null;
  readonly position: number;
  readonly isKeyTaken: (key: string) => boolean;
  readonly waits: boolean;
  readonly isPlaceholder: boolean;
}

/** A fresh record, queued behind everything. Rejects with `invalid-key` where a list names a key that is none. */
export function newRecord(intake: Intake, source: Source, place: Place): UploadRecord {
  const { prefix } = intake.destinations.rulesOf(place.destinationId);
  const isGrowing = source.sample === '';
  return {
    schemaVersion: 1,
    id: intake.newId(),
    position: place.position,
    addedAt: intake.clock.now(),
    source,
    held: null,
    groupId: place.groupId,
    destinationId: place.destinationId,
    key: uniqueKey(firstKey(intake, source, prefix), place.isKeyTaken),
    uploadToken: intake.newId(),
    onConflict: intake.settings().onConflict,
    disowned: null,
    wasOvertaken: false,
    transfer: { kind: 'none' },
    state: place.waits
      ? { status: 'paused' }
      : isGrowing
        ? { status: 'waiting', reason: 'growing', retryAt: null, error: { code: 'source-growing' } }
        : { status: 'queued' },
    attempts: 0,
    resends: 0,
    notice: place.isPlaceholder ? 'cloud-placeholder' : null,
  };
}

/** The key that a file wants: of the list, else made by the template from the list's id or that in its name. */
export function firstKey(intake: Intake, { path, name }: Pick<Source, 'path' | 'name'>, prefix: string): string {
  const mapped = intake.nameInMap(path);
  if (mapped !== null && mapped.key !== null) {
    const key = mapped.key.startsWith(prefix) ? mapped.key : prefix + mapped.key;
    if (keyProblem(key) !== null) throw new UploadError('invalid-key');
    return key;
  }
  return keyWithId(intake, name, prefix, mapped?.id ?? videoIdFromName(name) ?? randomVideoId(intake.clock));
}

/** The template's key for a file with this id. */
export function keyWithId(intake: Intake, fileName: string, prefix: string, id: string): string {
  const now = intake.clock.now();
  const parts = { id, fileName, addedAt: now, ulid: ulid(now, () => intake.clock.random()) };
  return keyFromTemplate(intake.settings().keyTemplate, parts, prefix);
}

/** What a refused file is called in the report: its name, never its folder. */
export const baseName = (path: string): string => path.split(/[/\\]/).at(-1) ?? path;

export const refusalOf = (thrown: unknown): ErrorCode => asUploadError(thrown).code;

/**
 * An id for a file whose name has none: short enough to read out, without letters that look alike. Each letter comes
 * from the low bits of a draw: chance that a test keeps small, so that nobody waits for a backoff, still tells files apart.
 */
function randomVideoId(clock: Clock): string {
  let id = '';
  for (let n = 0; n < 10; n += 1) id += idAlphabet[Math.floor(clock.random() * 2 ** 32) % idAlphabet.length] ?? '0';
  return id;
}
