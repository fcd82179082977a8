import type { ErrorCode } from '../../shared/errors.ts';
import { keyForVideo, uniqueKey, videoIdFromName } from '../../shared/object-key.ts';
import { asUploadError, UploadError } from './upload-error.ts';
import type { Clock, SourceFiles } from './ports.ts';
import type { UploadRecord } from './upload-record.ts';

/** Bytes from the start that tell an MP4 from other files. */
const headBytes = 64;
const idAlphabet = '0123456789abcdefghjkmnpqrstvwxyz';

export interface Intake {
  readonly files: SourceFiles;
  readonly clock: Clock;
  readonly newId: () => string;
  /** Null when the first bytes are those of an MP4, else why not. */
  readonly refuseContent: (head: Uint8Array) => ErrorCode | null;
}

/** Looks at a dropped path. Rejects with the reason to refuse it. */
export async function inspectSource(intake: Intake, path: string): Promise<UploadRecord['source']> {
  const { size } = await intake.files.stat(path);
  if (size === 0) throw new UploadError('source-empty');
  const refusal = intake.refuseContent(await intake.files.head(path, headBytes));
  if (refusal !== null) throw new UploadError(refusal);
  const fingerprint = await intake.files.fingerprint(path);
  return { path, name: baseName(path), ...fingerprint };
}

/** A fresh record, queued behind everything. */
export function newRecord(
  intake: Intake,
  source: UploadRecord['source'],
  place: { readonly destinationId: string; readonly position: number; readonly isKeyTaken: (key: string) => boolean },
): UploadRecord {
  const key = keyForVideo(videoIdFromName(source.name) ?? randomVideoId(intake.clock));
  return {
    schemaVersion: 1,
    id: intake.newId(),
    position: place.position,
    addedAt: intake.clock.now(),
    source,
    destinationId: place.destinationId,
    key: uniqueKey(key, place.isKeyTaken),
    uploadToken: intake.newId(),
    onConflict: 'ask',
    transfer: { kind: 'none' },
    state: { status: 'queued' },
    attempts: 0,
    resends: 0,
    notice: null,
  };
}

/** What a refused file is called in the report: its name, never its folder. */
export const baseName = (path: string): string => path.split(/[/\\]/).at(-1) ?? path;

export const refusalOf = (thrown: unknown): ErrorCode => asUploadError(thrown).code;

/** An id for a file whose name has none: short enough to read out, without letters that look alike. */
function randomVideoId(clock: Clock): string {
  let id = '';
  for (let n = 0; n < 10; n += 1) id += idAlphabet[Math.floor(clock.random() * idAlphabet.length)] ?? '0';
  return id;
}
