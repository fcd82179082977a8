import type { EventOf, EventType, UploadEvent } from './upload-events.ts';
import { type RecordState, type UploadRecord, isGrowing } from './upload-record.ts';

/** What a rule looks at. */
interface Before {
  readonly state: RecordState;
  readonly status: RecordState['status'];
  readonly isRunning: boolean;
  /** The state in which its turn comes; what is in a file that is still being written has to be known first. */
  readonly due: RecordState;
}

type Rules = { readonly [E in EventType]: (before: Before, event: EventOf<E>) => RecordState };

const queued: RecordState = { status: 'queued' };
/** The row says so in its own words. */
const growing: RecordState = { status: 'waiting', reason: 'growing', retryAt: null, error: { code: 'source-growing' } };

const stay = ({ state }: Before): RecordState => state;
const isOneOf = ({ status }: Before, ...wanted: readonly RecordState['status'][]): boolean => wanted.includes(status);

/** For each event the state after it. A rule that changes nothing answers with the very same state. */
const rules: Rules = {
  // Nothing is in flight after a start. `completing` stays: it tells the run to look at the object first.
  'app-started': (before) => (isOneOf(before, 'uploading', 'waiting') ? before.due : before.state),
  started: ({ status, state }) => (status === 'queued' ? { status: 'uploading' } : state),
  restarted: ({ status, state }) => (status === 'completing' ? { status: 'uploading' } : state),
  completing: ({ status, state }) => (status === 'uploading' ? { status: 'completing' } : state),
  // It may arrive in the very moment of a pause or a cancel; that it is there is the truth.
  completed: (before, event) =>
    before.isRunning || isOneOf(before, 'canceling', 'paused') ? completedState(event) : before.state,
  skipped: ({ isRunning, state }, { existing }) => (isRunning ? { status: 'skipped', existing } : state),
  // A pause or cancel that came while the failure was under way is the later word.
  waited: (before, { reason, retryAt, error }) =>
    before.isRunning || isOneOf(before, 'queued', 'waiting') ? { status: 'waiting', reason, retryAt, error } : before.state,
  woken: ({ state }) => (state.status === 'waiting' && state.reason !== 'growing' ? queued : state),
  failed: (before, { error, existing }) =>
    before.isRunning || isOneOf(before, 'queued', 'waiting')
      ? { status: 'failed', error, existing: existing ?? null }
      : before.state,
  'pause-asked': (before) => (isOneOf(before, 'queued', 'uploading', 'waiting') ? { status: 'paused' } : before.state),
  'resume-asked': ({ status, state, due }) => (status === 'paused' ? due : state),
  'retry-asked': (before) => (isOneOf(before, 'failed', 'skipped', 'waiting') ? before.due : before.state),
  'cancel-asked': (before) =>
    isOneOf(before, 'completed', 'completing', 'canceling', 'deleted') ? before.state : { status: 'canceling' },
  'conflict-settled': (before) => (isOneOf(before, 'failed', 'skipped') ? before.due : before.state),
  'key-set': (before) => (isOneOf(before, 'failed', 'waiting') ? before.due : before.state),
  // What was written is known now, or the file was found again.
  'source-set': (before) => (isOneOf(before, 'failed', 'waiting') ? queued : before.state),
  retargeted: (before) =>
    isOneOf(before, 'queued', 'uploading', 'waiting', 'failed', 'skipped') ? before.due : before.state,
  'object-deleted': ({ status, state }, { at, deletion }) =>
    status === 'completed' ? { status: 'deleted', deletedAt: at, deletion } : state,
  'local-file': ({ state }, event) => (state.status === 'completed' ? { ...state, localFile: event.state } : state),
  creating: stay,
  created: stay,
  putting: stay,
  progressed: stay,
  renamed: stay,
  held: stay,
  released: stay,
  moved: stay,
};

/** The state alone; the very same object when the event does not change it. */
export function nextState(record: UploadRecord, event: UploadEvent): RecordState {
  const { state } = record;
  const isRunning = state.status === 'uploading' || state.status === 'completing';
  const before = { state, status: state.status, isRunning, due: isGrowing(record) ? growing : queued };
  const rule = rules[event.type] as (before: Before, event: UploadEvent) => RecordState;
  return rule(before, event);
}

function completedState(event: EventOf<'completed'>): RecordState {
  const { at, etag, crc64nvme, verification, was } = event;
  const origin = { wasThere: was !== undefined, token: was?.token ?? null };
  return { status: 'completed', completedAt: at, etag, crc64nvme, verification, ...origin, localFile: 'kept' };
}
