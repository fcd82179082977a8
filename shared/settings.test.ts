import { describe, expect, it } from 'vitest';
import {
  credentialsSchema,
  defaultPreferences,
  destinationDraftSchema,
  destinationSchema,
  preferencesSchema,
  r2Endpoint,
} from './settings.ts';

const accountId = '0123456789abcdef0123456789ABCDEF';
const r2 = { kind: 'r2', name: 'Vídeos', accountId, bucket: 'videos' };
const s3 = { kind: 's3', name: 'AWS', region: 'sa-east-1', bucket: 'videos' };
const accepts = (draft: object): boolean => destinationDraftSchema.safeParse(draft).success;

describe('endpoints and public addresses', () => {
  it.each([
    'https://cdn.example.com',
    'https://cdn.example.com/videos/',
    'https://cdn.example.com:8443',
    'http://localhost:9000',
    'http://127.0.0.1:9000/x',
    'http://[::1]:9000',
    '  https://cdn.example.com  ',
  ])('%j is taken', (url) => {
    expect(accepts({ ...s3, endpoint: url })).toBe(true);
    expect(accepts({ ...r2, publicBaseUrl: url })).toBe(true);
  });

  it.each([
    'http://cdn.example.com',
    'http://localhost.example.com',
    'http://localhost:80@example.com',
    'http://127.0.0.1.example.com',
    'http://192.168.0.10:9000',
    'ftp://example.com',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'https://',
    'https://a b',
    'https://cdn.example.com/?token=1',
    'https://cdn.example.com/#x',
    'cdn.example.com',
    '',
    `https://${'a'.repeat(2100)}.com`,
  ])('%j is refused', (url) => {
    expect(accepts({ ...s3, endpoint: url })).toBe(false);
  });

  it('refuses an address with a password in it, which would be a secret in a settings file', () => {
    expect(accepts({ ...s3, endpoint: 'https://user:password@s3.example.com' })).toBe(false);
  });
});

describe('destinations', () => {
  it('fills in what a form leaves out', () => {
    const filled = { ...r2, jurisdiction: 'default', prefix: '', endpoint: null, publicBaseUrl: null };
    expect(destinationDraftSchema.parse(r2)).toEqual(filled);
  });

  it.each([
    ['aulas', 'aulas/'],
    ['aulas/', 'aulas/'],
    [' a/b ', 'a/b/'],
    ['', ''],
    ['ac\u0327a\u0303o', 'ção/'.replace('ç', 'aç')],
  ])('reads %j as the prefix %j', (typed, prefix) => {
    expect(destinationDraftSchema.parse({ ...r2, prefix: typed })).toMatchObject({ prefix });
  });

  it.each(['/a', 'a//b', '../a', 'a\u0000b'])('refuses %j as a prefix', (prefix) => {
    expect(accepts({ ...r2, prefix })).toBe(false);
  });

  it.each(['0123', `${accountId}0`, accountId.replace('f', 'g'), ''])('refuses %j as an account id', (id) => {
    expect(accepts({ ...r2, accountId: id })).toBe(false);
  });

  it.each(['ab', 'a/b', '-videos', 'videos-', 'vid eos', 'vídeos', ''])('refuses %j as a bucket', (bucket) => {
    expect(accepts({ ...s3, bucket })).toBe(false);
  });

  it.each(['videos', 'my.videos', 'Old_Bucket1'])('takes %j as a bucket', (bucket) => {
    expect(accepts({ ...s3, bucket })).toBe(true);
  });

  it.each(['', 'sa east', 'SA-EAST-1', 'a', '../x'])('refuses %j as a region', (region) => {
    expect(accepts({ ...s3, region })).toBe(false);
  });

  it('drops what it does not know, so that no secret gets into the settings by accident', () => {
    const parsed = destinationSchema.parse({ ...s3, id: 'x', secretAccessKey: 'planted', accessKeyId: 'AKIA' });
    expect(JSON.stringify(parsed)).not.toMatch(/planted|AKIA/);
  });

  it.each([
    ['default', `https://${accountId.toLowerCase()}.r2.cloudflarestorage.com`],
    ['eu', `https://${accountId.toLowerCase()}.eu.r2.cloudflarestorage.com`],
    ['fedramp', `https://${accountId.toLowerCase()}.fedramp.r2.cloudflarestorage.com`],
  ] as const)('finds the R2 endpoint of %s', (jurisdiction, endpoint) => {
    expect(r2Endpoint(accountId, jurisdiction)).toBe(endpoint);
  });
});

describe('credentials', () => {
  const good = { accessKeyId: ' AKIAEXAMPLE ', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG\n' };

  it('loses the spaces that come with pasting', () => {
    expect(credentialsSchema.parse(good)).toEqual({
      accessKeyId: 'AKIAEXAMPLE',
      secretAccessKey: 'wJalrXUtnFEMI/K7MDENG',
      sessionToken: null,
    });
  });

  it.each([
    { ...good, accessKeyId: '' },
    { ...good, secretAccessKey: 'short' },
    { ...good, secretAccessKey: 'has a space inside' },
    { ...good, accessKeyId: 'AKIA\u00e9XAMPLE' },
    { ...good, sessionToken: '' },
  ])('refuses %j', (bad) => {
    expect(credentialsSchema.safeParse(bad).success).toBe(false);
  });
});

describe('preferences', () => {
  it('leaves out of a partial change what it does not name', () => {
    expect(preferencesSchema.partial().parse({ theme: 'dark' })).toEqual({ theme: 'dark' });
    expect(preferencesSchema.partial().parse({})).toEqual({});
  });

  it('has defaults that are themselves allowed', () => {
    expect(preferencesSchema.parse(defaultPreferences)).toEqual(defaultPreferences);
  });

  it.each([
    { filesInParallel: 0 },
    { filesInParallel: 9 },
    { filesInParallel: 1.5 },
    { partsInParallel: 33 },
    { partSizeMiB: 4 },
    { partSizeMiB: 513 },
    { multipartThresholdMiB: 201 },
    { linkHours: 0 },
    { linkHours: 169 },
    { linkHours: Number.NaN },
    { language: 'xx' },
  ])('refuses %j', (change) => {
    expect(preferencesSchema.partial().safeParse(change).success).toBe(false);
  });
});
