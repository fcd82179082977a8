import { describe, expect, it } from 'vitest';
import { MemoryFiles, uuid } from '../../tests/support/builders.ts';
import { ManualClock } from '../../tests/support/manual-clock.ts';
import { defaultKeyTemplate } from '../../shared/key-template.ts';
import { type Intake, type MappedName, baseName, inspectArrival, inspectSource, newRecord } from './intake.ts';

const files = new MemoryFiles();
const settings = { keyTemplate: defaultKeyTemplate, onConflict: 'ask', followsLinks: false } as const;
const names = new Map<string, MappedName>();
const intake: Intake = {
  files,
  clock: new ManualClock(5),
  destinations: { rulesOf: (id) => ({ prefix: id === 'deep' ? 'ensina/' : '', isLocal: false }) },
  nameInMap: (path) => names.get(path) ?? null,
  settings: () => settings,
  newId: () => uuid(7),
  refuseContent: (head) => (Buffer.from(head).toString().startsWith('ftyp') ? null : 'not-a-video'),
};
const place = {
  destinationId: 'r2',
  groupId: null,
  position: 4,
  isKeyTaken: () => false,
  waits: false,
  isPlaceholder: false,
};
const source = (name: string) => ({ path: `/v/${name}`, name, size: 1, mtimeMs: 1, sample: 'known' });
const recordOf = (name: string, taken: readonly string[] = []) =>
  newRecord(intake, source(name), {
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

describe('the key of a new record', () => {
  it('stands behind the prefix of its destination', () => {
    const record = newRecord(intake, source('video_5.mp4'), { ...place, destinationId: 'deep' });
    expect(record.key).toBe('ensina/videos/video_5.mp4');
  });

  it('takes the id of the list before that of the name, and the key of the list before both', () => {
    names.set('/v/video_5.mp4', { id: '77', key: null });
    expect(recordOf('video_5.mp4').key).toBe('videos/video_77.mp4');
    names.set('/v/video_5.mp4', { id: '77', key: 'aulas/intro.mp4' });
    expect(recordOf('video_5.mp4').key).toBe('aulas/intro.mp4');
    expect(newRecord(intake, source('video_5.mp4'), { ...place, destinationId: 'deep' }).key).toBe('ensina/aulas/intro.mp4');
    names.set('/v/video_5.mp4', { id: null, key: '../intro.mp4' });
    expect(() => recordOf('video_5.mp4')).toThrow('invalid-key');
    names.clear();
  });

  it('waits for a person where that was asked for', () => {
    expect(newRecord(intake, source('video_5.mp4'), { ...place, waits: true }).state).toEqual({ status: 'paused' });
  });

  it('says that the content lies in a cloud', () => {
    expect(newRecord(intake, source('a.mp4'), { ...place, isPlaceholder: true }).notice).toBe('cloud-placeholder');
  });
});

describe('a file that may still be written', () => {
  const clock = new ManualClock(100_000);
  const arriving = { ...intake, clock };
  const arrive = (mtimeMs: number, text = 'ftyp'.repeat(20), isOpen = false) => {
    files.write('/v/new.mp4', text, mtimeMs);
    return inspectArrival(arriving, '/v/new.mp4', isOpen);
  };

  it.each([
    ['nine seconds ago', 91_001, true],
    ['this moment', 100_000, true],
    ['ten seconds ago', 90_000, false],
    ['an hour ago', 1, false],
    ['in the future, by the clock of a network disk', 200_000, false],
  ])('changed %s: waits is %s', async (_when, mtimeMs, waits) => {
    expect((await arrive(mtimeMs)).sample === '').toBe(waits);
  });

  it('waits while a program has it open, however old it looks', async () => {
    expect((await arrive(1, undefined, true)).sample).toBe('');
  });

  it('may be empty yet, and is refused at once when it is no video', async () => {
    expect((await arrive(99_000, '')).size).toBe(0);
    await expect(arrive(99_000, '%PDF'.repeat(20))).rejects.toMatchObject({ code: 'not-a-video' });
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
