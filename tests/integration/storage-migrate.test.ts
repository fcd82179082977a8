import type { ChildProcess } from 'node:child_process';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MiB } from '../../electron/uploads/part-plan.ts';
import { delayAnswer, respondError } from '../support/faults.ts';
import { filesIn } from '../support/disk-stage.ts';
import { type PracticeFixture, startPractice } from '../support/practice-fixture.ts';
import { openTarget, type S3Target } from '../support/s3-target.ts';
import { makeVideo, sha256, temporaryFolder } from '../support/sample-video.ts';
import { callCommand } from '../support/storage-call.ts';
import { envFileText, killGroup, r2Settings, storageCommands, targetSettings } from '../support/storage-command.ts';

/** More than one PutObject takes. */
const size = 58 * MiB + 4321;

const commands = storageCommands();
let target: S3Target;
let scratch: Awaited<ReturnType<typeof temporaryFolder>>;
let home: string;
let videos: string;
beforeAll(async () => {
  scratch = await temporaryFolder();
});
beforeEach(async ({ task }) => {
  target = await openTarget();
  home = join(scratch.path, task.id);
  videos = join(home, 'old videos');
  await mkdir(videos, { recursive: true });
});
afterEach(async () => {
  commands.killAll();
  await target.stop();
});
afterAll(() => scratch.remove());

const settings = () => ({
  ...targetSettings(target),
  R2_PUBLIC_URL: 'https://v.example/lessons',
  HOME: home,
  USERPROFILE: home,
});
const run = (args: readonly string[], onText?: Parameters<typeof commands.run>[2]['onText']) =>
  commands.run('migrate', args, { env: settings(), ...(onText === undefined ? {} : { onText }) });

interface Json {
  readonly phase: string;
  readonly counts: Readonly<Record<string, { readonly videos: number; readonly bytes: number }>>;
  readonly sentBytes: number;
  readonly troubles: ReadonlyArray<{ readonly path: string; readonly status: string }>;
}
const countsOf = (stdout: string) => {
  const { counts } = JSON.parse(stdout) as Json;
  return Object.fromEntries(Object.entries(counts).flatMap(([status, { videos: n }]) => (n === 0 ? [] : [[status, n]])));
};
/** Numbers of the parts that were taken. */
const partsIn = (requests: ReturnType<S3Target['requests']>): ReadonlySet<number | undefined> =>
  new Set(requests.filter(({ operation, status }) => operation === 'UploadPart' && status === 200).map(({ partNumber }) => partNumber));
const writes = (): readonly string[] =>
  target.requests().map(({ operation }) => operation).filter((operation) => /^(Put|Create|UploadPart|Complete|Abort|Delete)/.test(operation));

describe('npm run storage:migrate', () => {
  it('plans without a trace, sends what the plan says, and the second time nothing at all', async () => {
    await mkdir(join(videos, 'b'));
    const paths = [await makeVideo(join(videos, 'video_1.mp4'), MiB), await makeVideo(join(videos, 'b/=cmd|x\u202e.mp4'), 2 * MiB)];
    await makeVideo(join(videos, 'video_2.mp4'), size);
    await writeFile(join(videos, 'broken\u001b[31m.mp4'), 'no video at all, whatever its name says');
    await writeFile(join(videos, 'notes.txt'), 'nobody’s video');

    const plan = await run(['--from', videos]);
    expect([plan.code, plan.stderr]).toEqual([1, '']);
    expect(plan.stdout).toMatch(/to send +3 +64\.0 MB/);
    expect(plan.stdout).toContain('✗ broken\\u{1b}[31m.mp4: The file is not an MP4 video.');
    expect(plan.stdout).toContain('Nothing was sent. --run sends 3 videos, 64.0 MB.');
    expect(plan.stdout).toContain('a month.');
    expect(writes()).toEqual([]);
    expect(await readdir(home)).toEqual(['old videos']);

    const map = join(home, 'map.csv');
    const sent = await run(['--from', videos, '--run', '--map', map]);
    expect([sent.code, sent.stderr]).toEqual([1, '']);
    expect(sent.stdout).toMatch(/Sent and verified: 3 videos, 64\.0 MB, in /);
    expect(sent.stdout).toContain('Left: 1 video.');
    expect(sent.stdout).not.toContain(target.open().credentials.secretAccessKey);
    // Only R2's settings have a name for the public address.
    const link = (name: string): string => (target.name === 'practice' ? `https://v.example/lessons/videos/${name}` : '');
    expect(await readFile(map, 'utf8')).toBe(
      [
        'id,path,key,url,status',
        `cmd-x,b/=cmd|x\u202e.mp4,videos/video_cmd-x.mp4,${link('video_cmd-x.mp4')},sent`,
        'broken-31m,broken\u001b[31m.mp4,,,invalid',
        `1,video_1.mp4,videos/video_1.mp4,${link('video_1.mp4')},sent`,
        `2,video_2.mp4,videos/video_2.mp4,${link('video_2.mp4')},sent`,
        '',
      ].join('\r\n'),
    );
    expect(await target.objectSha256('videos/video_1.mp4')).toBe(await sha256(paths[0]!));
    expect(await target.objectSha256('videos/video_cmd-x.mp4')).toBe(await sha256(paths[1]!));

    const before = writes().length;
    const again = await run(['--from', videos, '--run', '--json']);
    expect(again.code).toBe(1);
    expect(countsOf(again.stdout)).toEqual({ same: 3, invalid: 1 });
    expect(JSON.parse(again.stdout)).toMatchObject({ phase: 'planned', sentBytes: 0, troubles: [{ path: 'broken\u001b[31m.mp4', error: { code: 'not-a-video' } }] });
    expect(writes()).toHaveLength(before);
  });

  it.each([
    ['SIGKILL', null, ''],
    ['SIGINT', 130, 'Interrupted.\nThe same call goes on where this one ended'],
  ] as const)('interrupted by %s in the middle goes on, and sends no part twice that had arrived', async (signal, code, words) => {
    const path = await makeVideo(join(videos, 'video_5.mp4'), size);
    target.proxy.setDecide(({ operation }) => (operation === 'UploadPart' ? delayAnswer(150) : null));
    let group: ChildProcess | null = null;
    const running = run(['--from', videos, '--run'], (_text, child) => (group = child));
    await expect.poll(() => target.receivedPartBytes(), { timeout: 10_000 }).toBeGreaterThan(20 * MiB);
    killGroup(group!, signal);
    const first = await running;
    expect(first.code).toBe(code);
    expect(first.stdout).toContain(words);
    expect(await target.objectCount()).toBe(0);
    expect(await target.unfinishedUploads()).toBe(1);
    target.proxy.setDecide(() => null);
    const before = target.requests().length;
    const arrived = partsIn(target.requests());
    expect(arrived.size).toBeGreaterThanOrEqual(2);
    const second = await run(['--from', videos, '--run', '--json']);
    expect(second.stderr).toBe('');
    expect(second.code).toBe(0);
    expect(countsOf(second.stdout)).toEqual({ sent: 1 });
    expect(target.count('CreateMultipartUpload')).toBe(1);
    const sentAgain = partsIn(target.requests().slice(before));
    expect([...arrived].filter((part) => sentAgain.has(part))).toEqual([]);
    expect(await target.objectSha256('videos/video_5.mp4')).toBe(await sha256(path));
    expect(await target.unfinishedUploads()).toBe(0);
  });

  it('is done by one call at a time', async () => {
    await makeVideo(join(videos, 'video_5.mp4'), size);
    // No part gets in before the second call has ended, however long it takes.
    const busy = respondError(503, 'SlowDown', { 'retry-after': '1' });
    target.proxy.setDecide(({ operation }) => (operation === 'UploadPart' ? busy : null));
    const first = run(['--from', videos, '--run']);
    await expect.poll(() => target.count('UploadPart'), { timeout: 10_000 }).toBeGreaterThan(0);
    const second = await run(['--from', videos, '--run']);
    expect(second.code).toBe(2);
    expect(second.stderr).toContain('Another call is at it already');
    target.proxy.setDecide(() => null);
    expect((await first).code).toBe(0);
    expect(target.count('CreateMultipartUpload')).toBe(1);
  });
});

describe('from one destination to another', () => {
  let second: PracticeFixture;
  beforeEach(async () => {
    second = await startPractice({ buckets: ['second'] });
  });
  afterEach(() => second.stop());

  it('copies bucket to bucket, bucket to folder and folder to bucket, and the second time nothing', async () => {
    const [from, to, disk] = [join(home, 'from.env'), join(home, 'to.env'), join(home, 'disk')];
    await writeFile(from, envFileText({ ...(target.name === 'practice' ? { USE_R2_STORAGE: 'true' } : {}), ...settings() }));
    await writeFile(to, envFileText(r2Settings(second)));
    const paths = [await makeVideo(join(videos, 'video_1.mp4'), MiB), await makeVideo(join(videos, 'video_2.mp4'), 20 * MiB)];
    expect((await run(['--from', videos, '--run'])).code).toBe(0);
    const isWrite = /^(Put|Create|UploadPart|Complete)/;
    const written = () => [...target.requests(), ...second.requests].filter(({ operation }) => isWrite.test(operation)).length;
    for (const [source, place] of [
      [['--from-env', from], ['--to-env', to]],
      [['--from-env', from], ['--to-disk', disk]],
      [['--from-disk', disk], ['--env-file', to, '--prefix', 'back']],
    ] as const) {
      const call = (...more: readonly string[]) => callCommand('migrate', [...source, ...place, '--json', ...more], { env: {}, cwd: home, home });
      const look = await call();
      expect([look.code, countsOf(look.stdout)]).toEqual([1, { new: 2 }]);
      expect((await readdir(home)).includes('disk')).toBe(source[0] === '--from-disk');
      const copied = await call('--run');
      expect([copied.code, copied.stderr, countsOf(copied.stdout)]).toEqual([0, '', { sent: 2 }]);
      const before = written();
      const again = await call('--run', '--on-different', 'rename');
      expect([again.code, countsOf(again.stdout)]).toEqual([0, { same: 2 }]);
      expect(written()).toBe(before);
    }
    const some = await run(['--from-env', from, '--from-prefix', 'videos/video_2', '--to-env', to, '--prefix', 'some', '--json']);
    expect([some.code, countsOf(some.stdout)]).toEqual([1, { new: 1 }]);
    expect(await filesIn(disk, (name) => name !== '.remessa')).toEqual(['videos/video_1.mp4', 'videos/video_2.mp4']);
    expect(await sha256(join(disk, 'videos/video_2.mp4'))).toBe(await sha256(paths[1]!));
    expect((await second.server.usage()).objects).toBe(4);
    expect(second.requests.filter(({ key }) => key?.startsWith('back/videos/')).length).toBeGreaterThan(0);
  });
});
