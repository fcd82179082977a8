import { expect, it } from 'vitest';
import { everyState, runningUpload, uploadNamed } from '../dev/scenarios.ts';
import { totalsOf } from './totals-of.ts';

it('counts, adds up speed and tells the time left for all that is pending', () => {
  const base = uploadNamed(1, 'a.mp4', 100);
  const totals = totalsOf([
    runningUpload({ index: 1, name: 'a.mp4', size: 100, share: 0.4 }, 10),
    { ...base, status: 'queued', uploadedBytes: 0 },
    { ...base, status: 'completed', completedAt: 1, verification: 'object', wasThere: false, localFile: 'kept' },
    { ...base, status: 'paused', uploadedBytes: 50 },
  ]);
  expect(totals).toMatchObject({ all: 4, completed: 1, paused: 1, pending: 2, bytesPerSecond: 10, etaSeconds: 16 });
  expect(totals.verified).toBe(1);
  expect(totals.share).toBeCloseTo(0.475);
});

it('says nothing of speed and time while nothing moves', () => {
  expect(totalsOf([])).toMatchObject({ bytesPerSecond: null, etaSeconds: null, share: 0 });
  expect(totalsOf(everyState().slice(2, 5))).toMatchObject({ bytesPerSecond: null, etaSeconds: null });
});

it('leaves out what was skipped or deleted: nobody waits for it', () => {
  const base = uploadNamed(1, 'a.mp4', 100);
  const totals = totalsOf([
    { ...base, status: 'completed', completedAt: 1, verification: 'object', wasThere: false, localFile: 'kept' },
    { ...base, id: 'b', status: 'skipped', existing: null },
    { ...base, id: 'c', status: 'deleted', deletedAt: 1, deletion: 'erased' },
  ]);
  expect(totals).toMatchObject({ all: 1, completed: 1, verified: 1, share: 1 });
});
