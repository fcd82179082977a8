import { expect, it } from 'vitest';
import type { UploadList } from '../../shared/upload.ts';
import { quietLine } from '../dev/fake-line.ts';
import { everyState } from '../dev/scenarios.ts';
import { reuseUploads } from './reuse-uploads.ts';

const list = (revision: number, uploads = everyState()): UploadList => ({
  revision,
  uploads: structuredClone(uploads),
  destinations: [],
  line: quietLine,
  setAside: 0,
});

it('keeps every object, and the array, when nothing changed', () => {
  const before = list(1);
  const after = reuseUploads(before, list(2, before.uploads));
  expect(after.revision).toBe(2);
  expect(after.uploads).toBe(before.uploads);
});

it('exchanges only what changed', () => {
  const before = list(1);
  const changed = before.uploads.map((upload, index) => (index === 0 ? { ...upload, name: 'other.mp4' } : upload));
  const after = reuseUploads(before, list(2, changed));
  expect(after.uploads[0]?.name).toBe('other.mp4');
  expect(after.uploads.slice(1).every((upload, index) => upload === before.uploads[index + 1])).toBe(true);
});
