import { describe, expect, it } from 'vitest';
import { MemoryFiles, uuid } from '../../tests/support/builders.ts';
import { ManualClock } from '../../tests/support/manual-clock.ts';
import { type Intake, baseName, inspectSource, newRecord } from './intake.ts';

const files = new MemoryFiles();
const intake: Intake = {
  files,
  clock: new ManualClock(5),
  newId: () => uuid(7),
  refuseContent: (head) => (Buffer.from(head).toString().startsWith('ftyp') ? null : 'not-a-video'),
};
const place = { destinationId: 'r2', position: 4, isKeyTaken: () => false };
const recordOf = (name: string, taken: readonly string[] = []) =>
  newRecord(intake, { path: `/v/${name}`, name, size: 1, mtimeMs: 1, sample: '' }, {
    ...place,
    isKeyTaken: (key) => taken.includes(key),
  });

describe('a look at a dropped file', () => {
  it('takes its name, size and fingerprint', async () => {
    files.write('/v/ação 🎬.mp4', 'ftyp!');
    expect(await inspectSource(intake, '/v/ação 🎬.mp4')).toMatchObject({ name: 'ação 🎬.mp4', size: 5, mtimeMs: 1 });
  });

  it.each([
    ['', 'source-empty'],
    ['%PDF', 'not-a-video'],
  ])('refuses %j with %s', async (text, code) => {
    files.write('/v/bad.mp4', text);
    await expect(inspectSource(intake, '/v/bad.mp4')).rejects.toMatchObject({ code });
  });

  it('refuses a file that is not there', async () => {
    await expect(inspectSource(intake, '/v/none.mp4')).rejects.toMatchObject({ code: 'source-missing' });
  });
});

describe('a new record', () => {
  it('takes the key from the id in the name', () => {
    expect(recordOf('video_5_simple.mp4')).toMatchObject({ key: 'videos/video_5.mp4', position: 4, addedAt: 5 });
  });

  it('makes up a readable id where the name has none', () => {
    expect(recordOf('aula final.mp4').key).toMatch(/^videos\/video_[0-9a-z]{10}\.mp4$/);
  });

  it('counts on where the key is taken', () => {
    const taken = ['videos/video_5.mp4', 'videos/video_5-2.mp4'];
    expect(recordOf('video_5.mp4', taken).key).toBe('videos/video_5-3.mp4');
  });

  it('begins queued, with nothing sent, and asks before it replaces', () => {
    expect(recordOf('video_5.mp4')).toMatchObject({
      state: { status: 'queued' },
      transfer: { kind: 'none' },
      onConflict: 'ask',
      attempts: 0,
    });
  });
});

describe('the name in a report', () => {
  it.each([
    ['/home/ana/vídeos/a.mp4', 'a.mp4'],
    ['C:\\Users\\ana\\a.mp4', 'a.mp4'],
    ['\\\\server\\share\\a.mp4', 'a.mp4'],
    ['a.mp4', 'a.mp4'],
  ])('of %s is %s', (path, name) => {
    expect(baseName(path)).toBe(name);
  });
});
