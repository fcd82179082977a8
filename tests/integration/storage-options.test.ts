import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkStorage } from '../../scripts/storage/check-storage.ts';
import { environmentProxy } from '../../scripts/storage/environment-proxy.ts';
import { migrate } from '../../scripts/storage/migrate/migrate.ts';
import { takeFolder } from '../../scripts/storage/migrate/one-at-a-time.ts';
import { Screen, printable } from '../../scripts/storage/screen.ts';
import { setCors } from '../../scripts/storage/set-cors.ts';
import { showUnfinished } from '../../scripts/storage/show-unfinished.ts';
import type { CommandName } from '../../scripts/storage/text/command-text.ts';
import { commandTexts } from '../../scripts/storage/text/command-texts.ts';
import { temporaryFolder } from '../support/sample-video.ts';
import { callCommand } from '../support/storage-call.ts';

/** What needs no destination to be told, in this process: starting another takes a second. */
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder.remove());

const call = (name: CommandName, args: readonly string[], env: Record<string, string> = {}) =>
  callCommand(name, args, { env, cwd: folder.path, home: folder.path });

const account = 'a'.repeat(32);
const key = { R2_ACCESS_KEY_ID: 'an-access-key', R2_SECRET_ACCESS_KEY: 'planted-secret' };
const r2 = { ...key, R2_ACCOUNT_ID: account, R2_BUCKET_NAME: 'videos' };
const s3 = { AWS_ACCESS_KEY_ID: 'an-access-key', AWS_SECRET_ACCESS_KEY: 'planted-secret', AWS_S3_BUCKET_NAME: 'videos' };

describe('what a call lacks is said in a sentence', () => {
  it.each<[CommandName, string, Record<string, string>, string]>([
    ['check', '--frobnicate', {}, '--frobnicate is no option.'],
    ['check', 'now', {}, '“now” stands there without an option.'],
    ['check', '--disk', {}, '--disk needs a value.'],
    ['check', '--json=yes', {}, '--json takes no value.'],
    ['check', '--lang fr', {}, '--lang is one of pt-BR, en.'],
    ['check', '--lang', {}, '--lang needs a value.'],
    ['check', '--disk a --env-file b', {}, '--disk and --env-file name two places'],
    ['check', '', {}, 'Missing: R2_ACCOUNT_ID, R2_ACCESS_KEY_ID, R2_SECRET_ACCESS_KEY, R2_BUCKET_NAME.'],
    ['check', '', { R2_ACCOUNT_ID: 'short', ...key }, 'Missing: R2_BUCKET_NAME. Not of the right form: R2_ACCOUNT_ID.'],
    ['check', '', { ...s3, USE_S3_STORAGE: 'true' }, 'Missing: AWS_S3_REGION.'],
    ['check', '', { ...r2, USE_R2_STORAGE: 'false' }, 'USE_R2_STORAGE is off, and nothing else is set.'],
    ['check', '', { ...s3, AWS_S3_REGION: 'us-east-1', AWS_ENDPOINT_URL: 'http://plain.example' }, 'Not of the right form: AWS_ENDPOINT_URL.'],
    ['check', '--env-file no.env', r2, 'no.env cannot be read.'],
    ['check', '--prefix ../up', r2, '“../up” cannot be what keys begin with.'],
    ['check', '', { ...r2, HTTPS_PROXY: 'socks5://127.0.0.1:1080' }, 'HTTPS_PROXY names a proxy that cannot be used'],
    ['cors', '--disk here', r2, '--disk is no option.'],
    ['cors', '--apply', r2, '--apply goes only with --origin.'],
    ['cors', '--origin school.example', r2, '“school.example” is no address. Begin with https://'],
    ['cors', '--origin https://school.example/page', r2, 'leave only the beginning'],
    ['unfinished', '--remove', r2, '--remove goes only with --older-than'],
    ['unfinished', '--remove --older-than 0', r2, 'a number of days above zero, and not “0”'],
    ['unfinished', '--older-than -1', r2, '--older-than needs a value.'],
    ['unfinished', '--older-than soon', r2, 'and not “soon”'],
    ['unfinished', '--disk here', {}, 'here is no destination of Remessa.'],
    ['migrate', '', r2, 'One of --from, --from-env, --from-disk is needed.'],
    ['migrate', '--from a --from-disk b', r2, '--from and --from-disk name two places'],
    ['migrate', '--from . --to-env a --to-disk b', {}, '--to-env and --to-disk name two places'],
    ['migrate', '--from . --on-different ask', r2, '--on-different is one of skip, replace, rename.'],
    ['migrate', '--from . --template videos/video.mp4', r2, '“videos/video.mp4” is no template for keys'],
    ['migrate', '--from . --from-prefix a/', r2, '--from-prefix goes only with --from-env, --from-disk.'],
    ['migrate', '--from-disk . --ids ids.csv', r2, '--ids goes only with --from.'],
    ['migrate', '--from nowhere', r2, 'nowhere is no folder.'],
    ['migrate', '--from . --ids no.csv', r2, 'no.csv cannot be read.'],
    ['migrate', '--from . --ids notes.csv', r2, 'notes.csv: '],
    ['migrate', '--from . --map no/where.csv', r2, 'no/where.csv cannot be written.'],
    ['migrate', '--from . --to-disk ./videos', {}, 'Source and target are the same place, or one lies in the other.'],
    ['migrate', '--from-disk . --to-disk elsewhere', {}, ' is no destination of Remessa.'],
  ])('%s %s', async (name, args, env, words) => {
    await writeFile(join(folder.path, 'notes.csv'), 'a,b\n1,2\n');
    const { code, stdout, stderr } = await call(name, args === '' ? [] : args.split(' '), env);
    expect(stderr).toContain(words);
    expect(stderr).toContain(`npm run storage:${name} -- --help`);
    expect(stdout + stderr).not.toContain('planted');
    expect([code, stdout]).toEqual([2, '']);
  });

  it('in Portuguese, also before the options are understood', async () => {
    expect((await call('migrate', ['--frobnicate', '--lang=pt-br'])).stderr).toContain('--frobnicate não é uma opção.');
    expect((await call('unfinished', ['--lang', 'pt-BR', '--remove'], r2)).stderr).toContain('a idade é tudo o que protege');
  });
});

describe('help', () => {
  it.each(['check', 'cors', 'unfinished', 'migrate'] as const)('tells every option of storage:%s', async (name) => {
    const { options } = { check: checkStorage, cors: setCors, unfinished: showUnfinished, migrate }[name];
    for (const language of ['en', 'pt-BR'] as const) {
      const { code, stdout, stderr } = await call(name, ['--help', '--lang', language]);
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toBe(`${commandTexts[language].usage[name]}\n`);
      for (const option of [...Object.keys(options), 'env-file', 'lang', 'json', 'help']) expect(stdout).toContain(`--${option} `);
    }
  });
});

describe('the proxy on the way', () => {
  const refuse = (name: string): never => {
    throw new Error(name);
  };
  const of = (env: Record<string, string>, endpoint = 'https://s3.example.com') => environmentProxy(env, endpoint, refuse);
  const proxy = 'http://proxy.example:3128';

  it.each<[string, Record<string, string>, string | undefined, string | null]>([
    ['is none', {}, undefined, null],
    ['is that of the scheme', { HTTPS_PROXY: proxy, HTTP_PROXY: 'http://other.example' }, undefined, proxy],
    ['is that for everything', { ALL_PROXY: proxy }, undefined, proxy],
    ['is named without a scheme', { https_proxy: 'proxy.example:3128' }, undefined, proxy],
    ['is the one in small letters', { HTTPS_PROXY: 'http://other.example', https_proxy: `${proxy}/` }, undefined, proxy],
    ['is not asked for this computer', { HTTP_PROXY: proxy, ALL_PROXY: proxy }, 'http://127.0.0.1:9000', null],
    ['is not asked for what is excepted', { HTTPS_PROXY: proxy, NO_PROXY: 'a.example, example.com' }, undefined, null],
    ['is not asked for all below a domain', { HTTPS_PROXY: proxy, no_proxy: '.example.com' }, undefined, null],
    ['is not asked for anything', { HTTPS_PROXY: proxy, NO_PROXY: '*' }, undefined, null],
    ['is asked for a name that only ends so', { HTTPS_PROXY: proxy, NO_PROXY: 'ample.com' }, undefined, proxy],
    ['is asked for another port', { HTTPS_PROXY: proxy, NO_PROXY: 'example.com:9000' }, undefined, proxy],
    ['is not asked for that port', { HTTPS_PROXY: proxy, NO_PROXY: 'example.com:9000' }, 'https://s3.example.com:9000', null],
  ])('%s', (_what, env, endpoint, expected) => expect(of(env, endpoint)).toBe(expected));

  it('is refused by the name of its variable where it speaks something else', () => {
    expect(() => of({ all_proxy: 'socks5://proxy.example' })).toThrow('all_proxy');
  });
});

it('a folder is taken once, however it is written', async () => {
  const scratch = await temporaryFolder();
  const taken = await takeFolder(join(scratch.path, 'state'));
  await symlink(join(scratch.path, 'state'), join(scratch.path, 'other'));
  expect(await takeFolder(join(scratch.path, 'other'))).toBeNull();
  await taken?.release();
  const again = await takeFolder(join(scratch.path, 'other'));
  expect(again).not.toBeNull();
  await again?.release();
  await scratch.remove();
});

describe('the screen', () => {
  const screen = (isTTY: boolean) => {
    const written: string[] = [];
    const clock = { now: 0 };
    const output = { write: (text: string) => written.push(text), isTTY, columns: 12 };
    return { written, clock, screen: new Screen(output, () => clock.now) };
  };

  it('writes over its last line in a terminal, and keeps to its width', () => {
    const { written, clock, screen: shown } = screen(true);
    shown.progress(() => 'one of a thousand');
    clock.now = 100;
    shown.progress(() => 'too soon');
    shown.say('a line');
    clock.now = 300;
    shown.progress(() => 'two');
    shown.end();
    expect(written).toEqual(['\r\u001b[Kone of a th', '\r\u001b[K', 'a line\n', '\r\u001b[Ktwo', '\r\u001b[K']);
  });

  it('writes a line every some seconds elsewhere', () => {
    const { written, clock, screen: shown } = screen(false);
    for (; clock.now <= 12_000; clock.now += 100) shown.progress(() => `at ${clock.now}`);
    shown.end();
    expect(written).toEqual(['at 5000\n', 'at 10000\n']);
  });

  it('shows what would move the cursor or turn the writing as what it is', () => {
    expect(printable('a\u001b[2Jb\r\n\u202egpj.mp4')).toBe('a\\u{1b}[2Jb\\u{d}\\u{a}\\u{202e}gpj.mp4');
    expect(printable('Aula 👩‍🏫 ção.mp4')).toBe('Aula 👩‍🏫 ção.mp4');
    const { written, screen: shown } = screen(false);
    shown.say('what a server said: \u009b2J\nnext \u202e line');
    expect(written).toEqual(['what a server said: \\u{9b}2J\nnext \\u{202e} line\n']);
  });
});
