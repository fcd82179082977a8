import { describe, expect, it } from 'vitest';
import { makeRecord, multipart, now } from '../../tests/support/builders.ts';
import type { RecordState, UploadRecord } from './upload-record.ts';
import type { UploadEvent } from './upload-events.ts';
import { next } from './upload-transitions.ts';

type Status = RecordState['status'];
type EventType = UploadEvent['type'];

const error = { code: 'server-error' } as const;
const states: { readonly [S in Status]: Extract<RecordState, { status: S }> } = {
  queued: { status: 'queued' },
  uploading: { status: 'uploading' },
  waiting: { status: 'waiting', reason: 'backoff', retryAt: 5, error },
  paused: { status: 'paused' },
  completing: { status: 'completing' },
  completed: {
    status: 'completed',
    completedAt: now,
    etag: 'e',
    crc64nvme: null,
    verification: 'object',
    wasThere: false,
    token: null,
    localFile: 'kept',
  },
  failed: { status: 'failed', error, existing: null },
  skipped: { status: 'skipped', existing: null },
  deleted: { status: 'deleted', deletedAt: now, deletion: 'erased' },
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
  'conflict-settled': { type: 'conflict-settled', rule: 'replace' },
  skipped: { type: 'skipped', existing: { size: 3, modifiedAt: 4 } },
  renamed: { type: 'renamed', key: 'videos/video_5-2.mp4' },
  retargeted: { type: 'retargeted', destinationId: 's3', key: 'videos/x.mp4', token: 'another-long-token', rule: 'skip' },
  held: { type: 'held', path: '/holding/1.mp4', mtimeMs: 9, at: 12 },
  released: { type: 'released' },
  'object-deleted': { type: 'object-deleted', at: 13, deletion: 'hidden' },
  'local-file': { type: 'local-file', state: 'trashed' },
  'key-set': { type: 'key-set', key: 'videos/other.mp4' },
  'source-set': { type: 'source-set', source },
  moved: { type: 'moved', position: 3.5 },
};
const order = Object.keys(states) as Status[];

/**
 * The whole table: for each event the status after it, in the order of `states`: queued, uploading, waiting, paused,
 * completing, completed, failed, skipped, deleted, canceling. `-`: the state stays as it is.
 */
const table: { readonly [E in EventType]: string } = {
  'app-started': '- queued queued - - - - - - -',
  started: 'uploading - - - - - - - - -',
  creating: '- - - - - - - - - -',
  created: '- - - - - - - - - -',
  putting: '- - - - - - - - - -',
  restarted: '- - - - uploading - - - - -',
  progressed: '- - - - - - - - - -',
  completing: '- completing - - - - - - - -',
  completed: '- completed - completed completed - - - - completed',
  waited: 'waiting waiting waiting - waiting - - - - -',
  woken: '- - queued - - - - - - -',
  failed: 'failed failed failed - failed - - - - -',
  'pause-asked': 'paused paused paused - - - - - - -',
  'resume-asked': '- - - queued - - - - - -',
  'retry-asked': '- - queued - - - queued queued - -',
  'cancel-asked': 'canceling canceling canceling canceling - - canceling canceling - -',
  'conflict-settled': '- - - - - - queued queued - -',
  skipped: '- skipped - - skipped - - - - -',
  renamed: '- - - - - - - - - -',
  retargeted: 'queued queued queued - - - queued queued - -',
  held: '- - - - - - - - - -',
  released: '- - - - - - - - - -',
  'object-deleted': '- - - - - deleted - - - -',
  'local-file': '- - - - - completed - - - -',
  'key-set': '- - queued - - - queued - - -',
  'source-set': '- - queued - - - queued - - -',
  moved: '- - - - - - - - - -',
};

/** Events that change the record beside its status, so that "nothing happens" has cells only for the others. */
const carriers: ReadonlySet<EventType> = new Set([
  'creating',
  'created',
  'putting',
  'restarted',
  'conflict-settled',
  'renamed',
  'held',
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
      // One that is paused stays so at its new destination.
      if (status === 'paused' && type === 'retargeted') return;
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
    expect(of(events['conflict-settled']).onConflict).toBe('replace');
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
      wasThere: false,
      token: null,
      localFile: 'kept',
    });
  });

  it('keeps what stands in the way of a refused or skipped upload', () => {
    const existing = { size: 3, modifiedAt: 4 };
    const refused = of({ ...events.failed, existing }, { state: states.completing });
    expect(refused.state).toEqual({ status: 'failed', error, existing });
    expect(of(events.skipped, { state: states.uploading }).state).toEqual({ status: 'skipped', existing });
  });

  it('keeps whose mark the object has that was there already', () => {
    const state = of({ ...events.completed, was: { token: 'of another' } }, { state: states.uploading }).state;
    expect(state).toMatchObject({ wasThere: true, token: 'of another' });
  });

  it('calls it being overtaken when the parts are gone because another object came first', () => {
    const taken = of({ type: 'failed', error: { code: 'object-exists' } }, { state: states.completing, transfer: multipart() });
    expect(taken.wasOvertaken).toBe(true);
    expect(next(taken, events.restarted)).toMatchObject({ notice: 'restarted-overtaken', wasOvertaken: false });
    const early = of({ type: 'failed', error: { code: 'object-exists' } }, { state: states.uploading });
    expect(next(early, events.restarted)).toMatchObject({ notice: 'restarted-expired' });
  });

  it('takes a copy for its source and gives it back, once each', () => {
    const held = of(events.held);
    expect(held.source).toMatchObject({ path: '/holding/1.mp4', mtimeMs: 9, size: 25 });
    expect(held.held).toEqual({ path: '/v/video_5.mp4', mtimeMs: 1, at: 12 });
    expect(next(held, { ...events.held, path: '/holding/other.mp4' })).toBe(held);
    const released = next(held, events.released);
    expect(released.source).toEqual(makeRecord().source);
    expect(next(released, events.released)).toBe(released);
  });

  it('begins anew at another destination, with a mark of its own', () => {
    for (const state of [states.failed, states.paused]) {
      expect(of(events.retargeted, { state }).destinationId).toBe('s3');
    }
    const after = of(events.retargeted, { transfer: multipart(), state: states.failed, attempts: 4, resends: 1 });
    expect(after).toMatchObject({
      destinationId: 's3',
      key: 'videos/x.mp4',
      uploadToken: 'another-long-token',
      onConflict: 'skip',
      transfer: { kind: 'none' },
      attempts: 0,
      resends: 0,
    });
  });

  it('says that a name had to be changed, also when the server had heard of the first', () => {
    expect(of(events.renamed, { transfer: multipart() })).toMatchObject({ key: 'videos/video_5-2.mp4', notice: 'renamed' });
  });

  it('remembers what became of the object and of the file', () => {
    expect(of(events['object-deleted'], { state: states.completed }).state).toEqual({
      status: 'deleted',
      deletedAt: 13,
      deletion: 'hidden',
    });
    expect(of(events['local-file'], { state: states.completed }).state).toMatchObject({ localFile: 'trashed' });
  });
});
