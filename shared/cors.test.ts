import { describe, expect, it } from 'vitest';
import { type CorsRule, corsJson, mayPlay, mergeCors, originProblem, playbackRule, playbackRuleId } from './cors.ts';

const school = 'https://school.example';
const rule = (changes: Partial<CorsRule>): CorsRule => ({ ...playbackRule([school]), id: 'theirs', ...changes });

describe('an origin', () => {
  it.each([
    ['', 'empty'],
    ['*', null],
    ['https://school.example', null],
    ['http://localhost:5173', null],
    ['HTTPS://School.Example', null],
    ['https://*.school.example', null],
    ['https://school.example/', 'path'],
    ['https://school.example/watch?v=1', 'path'],
    ['https://school.example#top', 'path'],
    ['school.example', 'form'],
    ['ftp://school.example', 'form'],
    ['https://', 'form'],
    ['https:///path', 'form'],
    ['https://two words.example', 'form'],
    ['https://user@school.example', 'form'],
    // S3: "can not have more than one wildcard".
    ['https://*.*.example', 'form'],
  ] as const)('%j is %s', (text, problem) => {
    expect(originProblem(text)).toBe(problem);
  });
});

describe('whether pages may play', () => {
  it.each([
    ['the least that is needed', {}, true],
    ['any origin', { origins: ['*'] }, true],
    ['any header', { allowedHeaders: ['*'] }, true],
    ['headers in capitals', { allowedHeaders: ['Range'] }, true],
    ['a part of the domain', { origins: ['https://*.example'] }, true],
    ['more methods than needed', { methods: ['PUT', 'HEAD', 'GET'] }, true],
    ['another origin', { origins: ['https://other.example'] }, false],
    ['another scheme', { origins: ['http://school.example'] }, false],
    ['the beginning of its name', { origins: ['https://school'] }, false],
    ['a part that would overlap', { origins: ['https://school.example*https://school.example'] }, false],
    ['no seeking', { allowedHeaders: [] }, false],
    ['no looking', { methods: ['GET'] }, false],
  ] as const)('%s', (_what, changes, expected) => {
    expect(mayPlay([rule({ origins: ['https://a.example'] }), rule(changes)], school)).toBe(expected);
  });

  it('is never put together from two rules', () => {
    expect(mayPlay([rule({ methods: ['GET'] }), rule({ methods: ['HEAD'] })], school)).toBe(false);
  });
});

describe('letting origins in', () => {
  const others = [rule({ id: null, origins: ['https://a.example'], methods: ['PUT'], maxAgeSeconds: null, allowedHeaders: [] })];

  it('adds one rule behind those of others, which stay as they are', () => {
    const merged = mergeCors(others, [school, 'https://b.example', school]);
    expect(merged).toEqual([...others, playbackRule([school, 'https://b.example'])]);
    expect(merged[0]).toBe(others[0]);
  });

  it('extends our rule where it stands', () => {
    const before = [playbackRule([school]), ...others];
    expect(mergeCors(before, ['https://b.example'])).toEqual([playbackRule([school, 'https://b.example']), ...others]);
  });

  it('mends a rule of ours that somebody has cut down', () => {
    const cut = rule({ id: playbackRuleId, methods: ['GET'] });
    expect(mergeCors([cut], [school])).toEqual([playbackRule([school])]);
  });

  it.each([
    ['may play already', [rule({ origins: ['https://*.example'] })]],
    ['are let in with everybody', [rule({ origins: ['*'] })]],
  ])('leaves everything as it is where they %s', (_why, rules) => {
    expect(mergeCors(rules, [school])).toBe(rules);
  });

  it('writes origins as browsers send them', () => {
    const typed = ['HTTPS://School.Example:443', 'http://localhost:80', 'http://localhost:5173', 'https://a.example:80'];
    const [added] = mergeCors([], typed);
    expect(added?.origins).toEqual([school, 'http://localhost', 'http://localhost:5173', 'https://a.example:80']);
  });
});

it('is written the way the dashboards take it, without what is not there', () => {
  const bare = rule({ id: null, allowedHeaders: [], exposedHeaders: [], maxAgeSeconds: null });
  expect(JSON.parse(corsJson([playbackRule([school]), bare]))).toEqual([
    {
      ID: playbackRuleId,
      AllowedOrigins: [school],
      AllowedMethods: ['GET', 'HEAD'],
      AllowedHeaders: ['range'],
      ExposeHeaders: ['content-length', 'content-range', 'accept-ranges', 'etag'],
      MaxAgeSeconds: 3600,
    },
    { AllowedOrigins: [school], AllowedMethods: ['GET', 'HEAD'] },
  ]);
});
