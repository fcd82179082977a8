import { PutObjectCommand } from '@aws-sdk/client-s3';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type UnattendedWorld, unattendedSender } from '../../scripts/storage/migrate/unattended-sender.ts';
import { openUploadJournal } from '../../electron/store/upload-journal.ts';
import { MiB } from '../../electron/uploads/part-plan.ts';
import type { Upload } from '../../shared/upload.ts';
import { delayAnswer } from '../support/faults.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { openTarget, type S3Target } from '../support/s3-target.ts';
import { makeVideo, temporaryFolder } from '../support/sample-video.ts';
import { callCommand } from '../support/storage-call.ts';
import { envFileText, storageCommands, targetSettings } from '../support/storage-command.ts';

const isPractice = process.env['REMESSA_S3_ENDPOINT'] === undefined;
if (!isPractice) process.stdout.write('storage:migrate: wrong keys and chosen refusals are not run against radosgw\n');

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
  videos = join(home, 'videos');
  await mkdir(videos, { recursive: true });
});
afterEach(() => target.stop());
afterAll(() => scratch.remove());

const settings = () => ({ ...targetSettings(target) });
const call = (args: readonly string[], env: Record<string, string> = settings()) => callCommand('migrate', args, { env, cwd: home, home });
const foreign = 'somebody else’s';
const putForeign = (Key: string) => target.client.send(new PutObjectCommand({ Bucket: target.bucket, Key, Body: foreign }));
const keys = async (): Promise<readonly string[]> => {
  const { stdout } = await callCommand('migrate', ['--from-env', 'target.env', '--to-disk', 'no-disk', '--map', 'keys.csv'], { env: {}, cwd: home, home });
  expect(stdout).not.toBe('');
  return (await readFile(join(home, 'keys.csv'), 'utf8')).trim().split('\r\n').slice(1).map((line) => line.split(',')[1] ?? '');
};
const countsOf = (stdout: string) => {
  const { counts } = JSON.parse(stdout) as { counts: Record<string, { videos: number }> };
  return Object.fromEntries(Object.entries(counts).flatMap(([status, { videos: n }]) => (n === 0 ? [] : [[status, n]])));
};

describe('another object under the key', () => {
  it.each([
    ['skip', { different: 1 }, { different: 1 }, 1],
    ['replace', { sent: 1 }, { same: 1 }, 0],
    ['rename', { sent: 1 }, { same: 1 }, 0],
  ] as const)('%s: is dealt with as it was told, and a second call has nothing to do', async (rule, first, second, code) => {
    await makeVideo(join(videos, 'video_1.mp4'), MiB);
    await putForeign('videos/video_1.mp4');
    const args = ['--from', videos, '--on-different', rule, '--run', '--json'];
    const sent = await call(args);
    expect([sent.code, sent.stderr, countsOf(sent.stdout)]).toEqual([code, '', first]);
    const puts = target.count('PutObject');
    const again = await call(args);
    expect([again.code, countsOf(again.stdout)]).toEqual([code, second]);
    expect(target.count('PutObject')).toBe(puts);
    expect(await target.objectCount()).toBe(rule === 'rename' ? 2 : 1);
    const plan = await call(['--from', videos, '--on-different', rule]);
    expect(plan.stdout.includes('another video is there, and stays')).toBe(rule === 'skip');
    await writeFile(join(home, 'target.env'), envFileText(settings()));
    expect(await keys()).toEqual(rule === 'rename' ? ['videos/video_1-2.mp4', 'videos/video_1.mp4'] : ['videos/video_1.mp4']);
    expect((await target.head('videos/video_1.mp4')).type).toBe(rule === 'replace' ? 'video/mp4' : 'application/octet-stream');
  });
});

describe('a call', () => {
  it('names the videos by a table, a template and a prefix', async () => {
    await makeVideo(join(videos, 'intro.mp4'), MiB);
    await makeVideo(join(videos, 'video_7.mp4'), MiB);
    await writeFile(join(home, 'ids.csv'), 'id;arquivo\r\n42;intro.mp4\r\n');
    const args = ['--from', 'videos', '--ids', 'ids.csv', '--template', 'lessons/{id}-{slug}.mp4', '--prefix', 'school', '--map', 'out.csv'];
    expect((await call([...args, '--run'])).code).toBe(0);
    expect(await readFile(join(home, 'out.csv'), 'utf8')).toBe(
      'id,path,key,url,status\r\n42,intro.mp4,school/lessons/42-intro.mp4,,sent\r\n7,video_7.mp4,school/lessons/7-video-7.mp4,,sent\r\n',
    );
  });

  it.runIf(isPractice).each([
    ['a wrong key', { R2_SECRET_ACCESS_KEY: 'planted-wrong-secret' }, 'credentials-rejected', 'The access key was rejected.'],
    ['no such bucket', { R2_BUCKET_NAME: 'not-there' }, 'bucket-not-found', 'bucket'],
    ['nobody at the other end', { R2_ENDPOINT_URL: 'http://127.0.0.1:9' }, 'offline', ''],
  ])('with %s says so, and touches nothing', async (_what, change, errorCode, words) => {
    await makeVideo(join(videos, 'video_1.mp4'), MiB);
    for (const more of [[], ['--run']]) {
      const { code, stdout, stderr } = await call(['--from', videos, '--json', ...more], { ...settings(), ...change });
      expect(code).toBe(1);
      expect(JSON.parse(stdout)).toMatchObject({ error: { code: errorCode, said: expect.any(String) } });
      expect(stderr).toContain(words);
      expect(stdout + stderr).not.toContain('planted');
    }
    expect(await target.objectCount()).toBe(0);
  });

  it.runIf(isPractice)('works with a key that may not list', async () => {
    await target.stop();
    target = await openTarget({ refuses: ['ListObjectsV2', 'ListMultipartUploads'] });
    await makeVideo(join(videos, 'video_1.mp4'), MiB);
    const { code, stdout } = await call(['--from', videos, '--run', '--json']);
    expect([code, countsOf(stdout)]).toEqual([0, { sent: 1 }]);
  });

  it('to a folder says of a key that it cannot have, and copies the others', async () => {
    await putForeign('.remessa/objects/aa/x.mp4');
    await putForeign('videos/ok.mp4');
    await writeFile(join(home, 'from.env'), envFileText(settings()));
    for (const code of [1, 1]) {
      const plan = await call(['--from-env', 'from.env', '--to-disk', 'disk', '--json'], {});
      expect([plan.code, countsOf(plan.stdout)]).toEqual([code, { new: 1, invalid: 1 }]);
    }
    const { code, stdout, stderr } = await call(['--from-env', 'from.env', '--to-disk', 'disk', '--run'], {});
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout).toContain('✗ .remessa/objects/aa/x.mp4: ');
    expect(await readFile(join(home, 'disk/videos/ok.mp4'), 'utf8')).toBe(foreign);
  });

  it('with other names than the one that was interrupted drops what that had begun', async () => {
    const commands = storageCommands();
    await makeVideo(join(videos, 'video_5.mp4'), 58 * MiB);
    target.proxy.setDecide(({ operation }) => (operation === 'UploadPart' ? delayAnswer(200) : null));
    const state = ['--state', join(home, 'state')];
    const first = commands.run('migrate', ['--from', videos, ...state, '--run'], { env: settings() });
    await expect.poll(() => target.receivedPartBytes(), { timeout: 10_000 }).toBeGreaterThan(8 * MiB);
    commands.killAll();
    await first;
    expect(await target.unfinishedUploads()).toBe(1);
    target.proxy.setDecide(() => null);
    const { code, stdout } = await call(['--from', videos, ...state, '--template', 'lesson_{id}.mp4', '--run', '--json']);
    expect([code, countsOf(stdout)]).toEqual([0, { sent: 1 }]);
    expect(await target.objectCount()).toBe(1);
    expect((await target.head('lesson_5.mp4')).type).toBe('video/mp4');
    expect(await target.unfinishedUploads()).toBe(0);
    expect((await openUploadJournal(join(home, 'state/journal')).load()).entries).toEqual([]);
  });
});

describe('where nobody sits in front of the list', () => {
  const upload = { id: 'a', destinationId: 'there', status: 'waiting', reason: 'source', error: { code: 'source-missing' } } as unknown as Upload;
  const clock = new ManualClock();
  function world(snapshot: () => object): UnattendedWorld {
    return {
      queue: { records: () => [], cancel: async () => undefined, snapshot: snapshot as UnattendedWorld['queue']['snapshot'] },
      clock,
      destinationId: 'there',
      onDifferent: 'skip',
      fileOf: async () => '',
      open: () => undefined,
    };
  }
  const sent = (snapshot: () => object, signal = new AbortController().signal) => {
    const sender = { send: (_rows: unknown, { signal: ends }: { signal: AbortSignal }) => clock.sleep(Infinity, ends), pause: async () => undefined };
    const progress = { signal, onRow: () => undefined, onPartial: () => undefined };
    return unattendedSender(sender, world(snapshot)).send([], progress, true).catch((error: unknown) => error);
  };

  it('a destination that refuses ends the run', async () => {
    const destinations = [
      { id: 'elsewhere', state: 'blocked', error: { code: 'destination-missing' } },
      { id: 'there', state: 'blocked', error: { code: 'credentials-rejected' } },
    ];
    const ending = sent(() => ({ uploads: [], destinations }));
    await clock.advance(1_000);
    expect(await ending).toMatchObject({ code: 'credentials-rejected' });
  });

  it('files that are gone end it after a while, when nothing else is left', async () => {
    let others: readonly Upload[] = [{ ...upload, status: 'uploading' } as unknown as Upload];
    const ending = sent(() => ({ uploads: [upload, ...others], destinations: [] }));
    let isOver = false;
    void ending.then(() => (isOver = true));
    await clock.advance(60_000);
    expect(isOver).toBe(false);
    others = [];
    await clock.advance(15_000);
    expect(isOver).toBe(false);
    await clock.advance(10_000);
    expect(await ending).toMatchObject({ code: 'source-missing' });
  });

  it('whoever ends it hears why they did', async () => {
    const controller = new AbortController();
    const ending = sent(() => ({ uploads: [], destinations: [] }), controller.signal);
    controller.abort(new Error('SIGINT'));
    expect(await ending).toMatchObject({ message: 'SIGINT' });
  });
});
