import type { AppError } from '../../shared/errors.ts';
import type { UploadNotice } from '../../shared/upload.ts';
import type { EventOf, EventType, UploadEvent } from './upload-events.ts';
import { type RecordState, type UploadRecord, isKeyFrozen, staysWhereItIs } from './upload-record.ts';
import { nextState } from './upload-states.ts';

type Changes = Partial<UploadRecord>;
/** What an event changes in a record besides its state; null: nothing at all happens, also not to the state. */
type Rules = { readonly [E in EventType]?: (record: UploadRecord, event: EventOf<E>, state: RecordState) => Changes | null };

const nothing: Changes = {};

const rules: Rules = {
  creating: (_record, { since }) => ({ transfer: { kind: 'creating', since } }),
  created: (_record, { uploadId, partSize, checksum, createdAt, expiresAt }) => ({
    transfer: { kind: 'multipart', uploadId, partSize, checksum, createdAt, expiresAt },
  }),
  putting: (_record, { since }) => ({ transfer: { kind: 'single', since } }),
  restarted: (record, { notice, token, mayReplace }) => ({
    transfer: { kind: 'none' },
    notice: noticeOf(record, notice),
    wasOvertaken: false,
    uploadToken: token ?? record.uploadToken,
    disowned: mayReplace ? record.uploadToken : record.disowned,
    resends: record.resends + (notice === 'restarted-mismatch' ? 1 : 0),
  }),
  progressed: ({ attempts }) => (attempts === 0 ? nothing : { attempts: 0 }),
  waited: (record, { spendsAttempt }, state) =>
    state === record.state || !spendsAttempt ? nothing : { attempts: record.attempts + 1 },
  'resume-asked': freshAttempts,
  'retry-asked': freshAttempts,
  failed: (record, { error }, state) => (state === record.state ? nothing : { wasOvertaken: isOvertaken(record, error) }),
  'conflict-settled': (_record, { rule }) => ({ onConflict: rule }),
  'key-set': (record, { key }) => (isKeyFrozen(record) ? null : { key }),
  renamed: (_record, { key }) => ({ key, notice: 'renamed' }),
  retargeted: (record, { destinationId, key, token, rule }) =>
    staysWhereItIs(record)
      ? null
      : {
          destinationId,
          key,
          uploadToken: token,
          onConflict: rule,
          transfer: { kind: 'none' },
          attempts: 0,
          resends: 0,
          wasOvertaken: false,
          disowned: null,
        },
  'source-set': (_record, { source }) => ({ source }),
  held: ({ held, source }, { path, mtimeMs, at }) =>
    held === null
      ? { held: { path: source.path, mtimeMs: source.mtimeMs, at }, source: { ...source, path, mtimeMs } }
      : null,
  released: ({ held, source }) =>
    held === null ? null : { held: null, source: { ...source, path: held.path, mtimeMs: held.mtimeMs } },
  moved: (_record, { position }) => ({ position }),
};

/**
 * The whole state machine: the record after the event, or the very same record when the event means nothing in its
 * state (a button pressed a moment too late is not an error).
 */
export function next(record: UploadRecord, event: UploadEvent): UploadRecord {
  const state = nextState(record, event);
  const rule = rules[event.type] as ((...given: [UploadRecord, UploadEvent, RecordState]) => Changes | null) | undefined;
  const changes = rule === undefined ? nothing : rule(record, event, state);
  if (changes === null || (changes === nothing && state === record.state)) return record;
  return { ...record, ...changes, state };
}

/** A person wants it: whatever was tried before does not count. */
function freshAttempts(record: UploadRecord, _event: UploadEvent, state: RecordState): Changes {
  return state === record.state ? nothing : { attempts: 0, resends: 0 };
}

/** What R2 does to the parts when another object came first is said as what it is, and not as their having expired. */
function noticeOf({ notice, wasOvertaken }: UploadRecord, told: UploadNotice | null): UploadNotice | null {
  return told === 'restarted-expired' && wasOvertaken ? 'restarted-overtaken' : (told ?? notice);
}

const isOvertaken = ({ state, transfer }: UploadRecord, error: AppError): boolean =>
  error.code === 'object-exists' && state.status === 'completing' && transfer.kind === 'multipart';
