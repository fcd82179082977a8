import { cleanup, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import type { DestinationState, Upload } from '../../shared/upload.ts';
import { renderInWindow } from '../dev/render-in-window.tsx';
import { uploadNamed } from '../dev/scenarios.ts';
import { DestinationBanner } from './DestinationBanner.tsx';
import { Totals } from './Totals.tsx';

afterEach(cleanup);

const base = uploadNamed(1, 'video_5.mp4', 100);
const sent: Upload = { ...base, status: 'completed', completedAt: 1, verification: 'checksum', wasThere: false, localFile: 'kept' };
const skipped: Upload = { ...base, id: 'b', destinationId: 'd-disk', status: 'skipped', existing: null };
const deleted: Upload = { ...base, id: 'c', destinationId: 'd-disk', status: 'deleted', deletedAt: 1, deletion: 'erased' };
const waiting: Upload = { ...skipped, status: 'waiting', uploadedBytes: 0, reason: 'offline', retryAt: null, error: { code: 'disk-missing' } };
const gone: DestinationState = { id: 'd-disk', state: 'offline', error: { code: 'disk-missing' } };

function listOf(uploads: readonly Upload[], destinations: readonly DestinationState[] = []) {
  const limit = { mbit: null, until: null, isBySchedule: false };
  const line = { speeds: [], limit, isGivingWay: false, connections: 0 };
  const value = { revision: 1, uploads, destinations, line, setAside: 0 };
  return { api: { getUploads: async () => ({ ok: true, value }) as const } };
}

it('is done when all that was to be sent is sent', async () => {
  await renderInWindow(<Totals />, listOf([sent, skipped, deleted]));
  expect(screen.queryByRole('progressbar')).toBeNull();
  expect(screen.getByText('Everything sent and verified')).toBeTruthy();
});

it('claims nothing of a list where nothing was to be sent', async () => {
  await renderInWindow(<Totals />, listOf([skipped, deleted]));
  expect(screen.queryByRole('progressbar')).toBeNull();
  expect(screen.queryByText(/sent/i)).toBeNull();
});

it.each([
  ['a video still waits for', [waiting], true],
  ['only skipped and deleted videos name', [skipped, deleted], false],
] as const)('the banner of a destination that %s', async (_, uploads, isThere) => {
  await renderInWindow(<DestinationBanner />, listOf(uploads, [gone]));
  expect(screen.queryByTestId('banner') !== null).toBe(isThere);
});
