import { describe, expect, it } from 'vitest';
import { makeRecord } from '../../tests/support/builders.ts';
import type { UploadEvent } from './upload-events.ts';
import type { RecordState, UploadRecord } from './upload-record.ts';
import { next } from './upload-transitions.ts';

const error = { code: 'server-error' } as const;

describe('a file that is still being written', () => {
  const growing = (state: RecordState): UploadRecord =>
    makeRecord({ state, source: { ...makeRecord().source, sample: '' } });
  const failed: RecordState = { status: 'failed', error, existing: null };
  const waits = { status: 'waiting', reason: 'growing' };

  it.each<[UploadEvent, RecordState]>([
    [{ type: 'app-started' }, { status: 'waiting', reason: 'growing', retryAt: null, error }],
    [{ type: 'resume-asked' }, { status: 'paused' }],
    [{ type: 'retry-asked' }, failed],
    [{ type: 'key-set', key: 'videos/x.mp4' }, failed],
    [{ type: 'conflict-settled', rule: 'skip' }, failed],
  ])('goes on waiting after $0.type', (event, state) => {
    expect(next(growing(state), event).state).toMatchObject(waits);
  });

  it('is not woken by a gate or a timer', () => {
    const record = growing({ status: 'waiting', reason: 'growing', retryAt: null, error });
    expect(next(record, { type: 'woken' })).toBe(record);
  });

  it('is due when what is in it is known', () => {
    const record = growing({ status: 'waiting', reason: 'growing', retryAt: null, error });
    expect(next(record, { type: 'source-set', source: makeRecord().source }).state).toEqual({ status: 'queued' });
  });
});
