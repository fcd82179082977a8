import { expect, it } from 'vitest';
import type { Upload, Verification } from '../../shared/upload.ts';
import { runningUpload, uploadNamed } from '../dev/scenarios.ts';
import { createTexts } from '../text/texts.ts';
import { announcementsFor } from './announcements.ts';

const en = createTexts('en');
const running = (id: number, uploadedBytes: number): Upload => ({
  ...runningUpload({ index: id, name: `video_${id}.mp4`, size: 100, share: uploadedBytes / 100 }),
});
const done = (id: number, verification: Verification = 'object'): Upload => ({
  ...uploadNamed(id, `video_${id}.mp4`, 100),
  status: 'completed',
  completedAt: 1,
  verification,
  wasThere: false,
  localFile: 'kept',
});

it('tells steps, not ticks', () => {
  expect(announcementsFor([running(1, 10)], [running(1, 24)], en)).toEqual([]);
  expect(announcementsFor([running(1, 24)], [running(1, 26)], en)).toEqual(['video_1.mp4, 25 percent']);
  expect(announcementsFor([running(1, 10)], [running(1, 80)], en)).toEqual(['video_1.mp4, 75 percent']);
});

it('tells endings', () => {
  expect(announcementsFor([running(1, 99)], [done(1)], en)).toEqual(['video_1.mp4: sent and verified']);
  const failed: Upload = {
    ...uploadNamed(1, 'video_1.mp4', 100),
    status: 'failed',
    uploadedBytes: 1,
    error: { code: 'source-changed' },
    existing: null,
  };
  expect(announcementsFor([running(1, 10)], [failed], en)).toEqual(['video_1.mp4 failed: the file changed']);
});

it('makes a number of many', () => {
  const ids = [1, 2, 3, 4];
  expect(
    announcementsFor(
      ids.map((id) => running(id, 99)),
      ids.map((id) => done(id)),
      en,
    ),
  ).toEqual(['4 videos sent and verified']);
  expect(
    announcementsFor(
      ids.map((id) => running(id, 99)),
      ids.map((id) => done(id, id === 4 ? 'size' : 'object')),
      en,
    ),
  ).toEqual(['4 videos sent']);
});

it('says nothing about rows that are new', () => {
  expect(announcementsFor([], [done(1)], en)).toEqual([]);
});
