import { describe, expect, it } from 'vitest';
import { makeRecord, multipart, now } from '../../tests/support/builders.ts';
import type { RecordState, UploadRecord } from './upload-record.ts';
import { type UploadEvent, next } from './upload-transitions.ts';

type Status = RecordState['status'];
type EventType = UploadEvent['type'];

const error = { code: 'server-error' } as const;
const states: { readonly [S in Status]: Extract<RecordState, { status: S }> } = {
  queued: { status: 'queued' },
  uploading: { status: 'uploading' },
  waiting: { status: 'waiting', reason: 'backoff', retryAt: 5, error },
  paused: { status: 'paused' },
  completing: { status: 'completing' },
  completed: { status: 'completed', completedAt: now, etag: 'e', crc64nvme: null, verification: 'object' },
  failed: { status: 'failed', error },
  canceling: { status: 'canceling' },
};
const source = { ...makeRecord().source, path: '/elsewhere.mp4' };
const events: { readonly [E in EventType]: Extract<UploadEvent, { type: E }> } = {
  'app-started': { type: 'app-started' },
  started: { type: 'started' },
  creating: { type: 'creating', since: 7 },
  created: { type: 'created', uploadId: 'u', partSize: 10, checksum: 'crc64nvme', createdAt: 8, expiresAt: null },
  putting: { type: 'putting', since: 9 },
  restarted: { type: 'restarted', notice: 'restarted-expired', token: null, mayReplace: false },
  progressed: { type: 'progressed' },
  completing: { type: 'completing' },
  completed: { type: 'completed', at: 10, etag: 'etag', crc64nvme: null, verification: 'size' },
  waited: { type: 'waited', reason: 'offline', retryAt: null, error, spendsAttempt: false },
  woken: { type: 'woken' },
  failed: { type: 'failed', error },
  'pause-asked': { type: 'pause-asked' },
  'resume-asked': { type: 'resume-asked' },
  'retry-asked': { type: 'retry-asked' },
  'cancel-asked': { type: 'cancel-asked' },
  'replace-allowed': { type: 'replace-allowed' },
  'key-set': { type: 'key-set', key: 'videos/other.mp4' },
  'source-set': { type: 'source-set', source },
  moved: { type: 'moved', position: 3.5 },
};
const order = Object.keys(states) as Status[];

/**
 * The whole table: for each event the status after it, in the order of `states`: queued, uploading, waiting, paused,
 * completing, completed, failed, canceling. `-`: the state stays as it is.
 */
const table: { readonly [E in EventType]: string } = {
  'app-started': '- queued queued - - - - -',
  started: 'uploading - - - - - - -',
  creating: '- - - - - - - -',
  created: '- - - - - - - -',
  putting: '- - - - - - - -',
  restarted: '- - - - uploading - - -',
  progressed: '- - - - - - - -',
  completing: '- completing - - - - - -',
  completed: '- completed - completed completed - - completed',
  waited: 'waiting waiting waiting - waiting - - -',
  woken: '- - queued - - - - -',
  failed: 'failed failed failed - failed - - -',
  'pause-asked': 'paused paused paused - - - - -',
  'resume-asked': '- - - queued - - - -',
  'retry-asked': '- - queued - - - queued -',
  'cancel-asked': 'canceling canceling canceling canceling - - canceling -',
  'replace-allowed': '- - queued - - - queued -',
  'key-set': '- - queued - - - queued -',
  'source-set': '- - queued - - - queued -',
  moved: '- - - - - - - -',
};

/** Events that change the record beside its status, so that "nothing happens" has cells only for the others. */
const carriers: ReadonlySet<EventType> = new Set([
  'creating',
  'created',
  'putting',
  'restarted',
  'replace-allowed',
  'key-set',
  'source-set',
  'moved',
]);

const cells = (Object.keys(table) as EventType[]).flatMap((type) =>
  table[type].split(' ').map((after, index) => ({ type, status: order[index]!, after })),
);

describe('the table of status and event', () => {
  it('has a cell for each', () => {
    expect(cells).toHaveLength(order.length * Object.keys(events).length);
  });

  it.each(cells.filter(({ after }) => after !== '-'))('$status + $type becomes $after', ({ status, type, after }) => {
    const record = makeRecord({ state: states[status] });
    expect(next(record, events[type]).state.status).toBe(after);
  });

  it.each(cells.filter(({ after }) => after === '-'))('$status + $type stays $status', ({ status, type }) => {
    const record = makeRecord({ state: states[status] });
    expect(next(record, events[type]).state).toBe(record.state);
  });

  it.each(cells.filter(({ type, after }) => after === '-' && !carriers.has(type)))(
    '$status + $type is the very same record',
    ({ status, type }) => {
      const record = makeRecord({ state: states[status] });
      expect(next(record, events[type])).toBe(record);
    },
  );

  it.each(cells)('$status + $type leaves the given record untouched', ({ status, type }) => {
    const record = makeRecord({ state: states[status], attempts: 2 });
    const copy = structuredClone(record);
    next(record, events[type]);
    expect(record).toEqual(copy);
  });
});

const of = (event: UploadEvent, changes: Partial<UploadRecord> = {}): UploadRecord => next(makeRecord(changes), event);

describe('what an event carries', () => {
  it('notes that a Create is on its way, and then what it answered', () => {
    expect(of(events.creating).transfer).toEqual({ kind: 'creating', since: 7 });
    expect(of(events.created).transfer).toEqual({
      kind: 'multipart',
      uploadId: 'u',
      partSize: 10,
      checksum: 'crc64nvme',
      createdAt: 8,
      expiresAt: null,
    });
    expect(of(events.putting).transfer).toEqual({ kind: 'single', since: 9 });
  });

  it('forgets what the server had when it begins anew, and says why', () => {
    const after = of(events.restarted, { transfer: multipart() });
    expect(after).toMatchObject({ transfer: { kind: 'none' }, notice: 'restarted-expired', resends: 0 });
  });

  it('counts only the re-sends after a mismatch', () => {
    expect(of({ type: 'restarted', notice: 'restarted-mismatch', token: null, mayReplace: false }).resends).toBe(1);
    expect(of({ type: 'restarted', notice: null, token: null, mayReplace: false }, { notice: 'restarted-expired' }).notice).toBe('restarted-expired');
  });

  it('spends an attempt only where told to', () => {
    expect(of({ ...events.waited, spendsAttempt: true }, { attempts: 3 }).attempts).toBe(4);
    expect(of({ ...events.waited, spendsAttempt: false }, { attempts: 3 }).attempts).toBe(3);
  });

  it('spends no attempt on a wait that came too late', () => {
    const record = makeRecord({ state: states.paused, attempts: 3 });
    expect(next(record, { ...events.waited, spendsAttempt: true })).toBe(record);
  });

  it('starts counting attempts anew when something arrived', () => {
    expect(of(events.progressed, { attempts: 3 }).attempts).toBe(0);
  });

  it.each(['resume-asked', 'retry-asked'] as const)('gives fresh attempts on %s', (type) => {
    const state = type === 'resume-asked' ? states.paused : states.failed;
    expect(of(events[type], { state, attempts: 9 }).attempts).toBe(0);
  });

  it('keeps the key once the server has heard of it', () => {
    const record = makeRecord({ transfer: multipart(), state: states.failed });
    expect(next(record, events['key-set'])).toBe(record);
    expect(of(events['key-set']).key).toBe('videos/other.mp4');
  });

  it('remembers that a person allowed to replace, where the file is now, and the place in the queue', () => {
    expect(of(events['replace-allowed']).onConflict).toBe('replace');
    expect(of(events['source-set']).source.path).toBe('/elsewhere.mp4');
    expect(of(events.moved).position).toBe(3.5);
  });

  it('keeps the reason and the time of a wait', () => {
    expect(of({ ...events.waited, reason: 'rate-limited', retryAt: 77 }).state).toEqual({
      status: 'waiting',
      reason: 'rate-limited',
      retryAt: 77,
      error,
    });
  });

  it('keeps when it was completed and how far that is proved', () => {
    expect(of(events.completed, { state: states.completing }).state).toEqual({
      status: 'completed',
      completedAt: 10,
      etag: 'etag',
      crc64nvme: null,
      verification: 'size',
    });
  });
});
