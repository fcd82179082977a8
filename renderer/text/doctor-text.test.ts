import { describe, expect, it } from 'vitest';
import { type CheckResult, checkNames, doctorProblems } from '../../shared/doctor.ts';
import { errorCodes } from '../../shared/errors.ts';
import { languages } from '../../shared/settings.ts';
import { checkWords } from './check-words.ts';
import { type Facts, misfits } from './doctor-text.ts';
import { createTexts } from './texts.ts';

const facts: Facts = {
  host: 'account.r2.cloudflarestorage.com',
  days: 1,
  seconds: -7200,
  freeBytes: 4.2e9,
  quotaBytes: 5e10,
  usedBytes: 1e9,
  region: 'sa-east-1',
  url: 'https://videos.example.com',
  type: 'text/plain',
  status: 404,
  origins: 'https://a.example, https://b.example, https://c.example',
  count: 5,
  bytesPerSecond: 80_000,
  roundTripMs: 24,
  key: 'videos/.remessa-check-1.mp4',
  deletion: 'hidden',
};
const check = (changes: Partial<CheckResult>): CheckResult => ({
  name: 'put',
  state: 'passed',
  problem: null,
  error: null,
  permission: null,
  facts: {},
  tookMs: 1,
  ...changes,
});
/** A whole sentence, or several. */
const sentences = /^[\p{Lu}\d“h].*[.]$/u;
const broken = /undefined|null|NaN|Infinity|\(\)|  | ,|\.\./;

describe.each(languages)('the configuration check in %s', (language) => {
  const texts = createTexts(language);

  it.each([['with all facts', facts], ['without any', {}]] as const)('says of everything that passed a whole sentence, %s', (_how, given) => {
    for (const name of checkNames) {
      const { said, remedy, name: title } = checkWords(check({ name, facts: given }), texts);
      expect(said).toMatch(sentences);
      expect(said).not.toMatch(broken);
      expect(remedy).toBe('');
      expect(title.length).toBeLessThan(22);
    }
  });

  it.each([['with all facts', facts], ['without any', {}]] as const)('says of every problem what it is and what to do, %s', (_how, given) => {
    const fields = misfits.map((field) => ({ problem: 'incomplete' as const, facts: { ...given, field } }));
    const all = [...doctorProblems.map((problem) => ({ problem, facts: given })), ...fields];
    for (const found of all) {
      const { said, remedy } = checkWords(check({ state: 'failed', ...found }), texts);
      for (const text of [said, remedy]) {
        expect(text).toMatch(sentences);
        expect(text).not.toMatch(broken);
      }
    }
    expect(new Set(all.map((found) => checkWords(check({ state: 'failed', ...found }), texts).said)).size).toBe(all.length);
  });

  it('says of every error what it is and what to do', () => {
    for (const code of errorCodes) {
      const { said, remedy } = checkWords(check({ state: 'failed', error: { code } }), texts);
      expect(said).toMatch(sentences);
      expect(remedy).toMatch(sentences);
    }
  });

  it('names the permission that is wanting', () => {
    const refused = check({ name: 'delete', state: 'failed', error: { code: 'access-denied' }, permission: 's3:DeleteObject' });
    expect(checkWords(refused, texts).remedy).toContain('“s3:DeleteObject”');
    const hidden = check({ name: 'cors', state: 'warned', problem: 'cors-hidden', permission: 'Admin Read & Write' });
    expect(checkWords(hidden, texts).remedy).toContain('“Admin Read & Write”');
  });

  it('says nothing yet of what is not over, and something of what was not looked at', () => {
    expect(checkWords(check({ state: 'running' }), texts)).toMatchObject({ said: '', remedy: '' });
    expect(checkWords(check({ state: 'waiting' }), texts)).toMatchObject({ said: '', remedy: '' });
    expect(checkWords(check({ state: 'skipped' }), texts).said).toMatch(sentences);
  });
});

describe('facts in the sentences', () => {
  const en = createTexts('en', 'en-US');
  const said = (changes: Partial<CheckResult>): string => checkWords(check(changes), en).said.replaceAll(/[\u00a0\u202f]/g, ' ');

  it.each<[Partial<CheckResult>, string]>([
    [{ name: 'tls', facts: { days: 1 } }, 'The server’s certificate is trusted, for 1 day more.'],
    [{ name: 'tls', facts: { days: 61 } }, 'The server’s certificate is trusted, for 61 days more.'],
    [{ name: 'bucket', facts: { region: 'sa-east-1' } }, 'The bucket is there, in sa-east-1.'],
    [{ name: 'bucket', facts: { region: 'auto' } }, 'The bucket is there.'],
    [{ name: 'cors', facts: { origins: '*', count: 1 } }, 'Pages of every website may play the videos.'],
    [{ name: 'cors', facts: { origins: 'https://a.example', count: 1 } }, 'Pages of https://a.example may play the videos.'],
    [{ name: 'cors', facts }, 'Pages of https://a.example, https://b.example, https://c.example and 2 more may play the videos.'],
    [{ name: 'speed', facts: { bytesPerSecond: 4.1e6, roundTripMs: 0 } }, '4.1 MB/s, and 1 ms to the server and back.'],
    [{ name: 'speed', facts: { bytesPerSecond: 4.1e6 } }, '4.1 MB/s.'],
    [{ problem: 'clock-off', facts: { seconds: 7200 } }, 'This computer’s clock is 2 hr slow.'],
    [{ problem: 'clock-off', facts: { seconds: -7200 } }, 'This computer’s clock is 2 hr fast.'],
    [{ problem: 'wrong-type', facts: { type: 'text/plain' } }, 'The destination calls the video “text/plain” instead of “video/mp4”.'],
    [{ problem: 'wrong-type', facts }, 'https://videos.example.com calls the video “text/plain” instead of “video/mp4”.'],
    [{ name: 'delete', facts: { deletion: 'erased' } }, 'The test file was deleted, and is gone.'],
  ])('%j', (changes, expected) => {
    expect(said(changes)).toBe(expected);
  });
});
