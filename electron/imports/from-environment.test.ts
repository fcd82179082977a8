import { describe, expect, it } from 'vitest';
import type { Names } from './finding.ts';
import { fromEnvironment } from './from-environment.ts';

const account = '0123456789abcdef0123456789abcdef';
const r2: Names = {
  R2_ACCOUNT_ID: account,
  R2_ACCESS_KEY_ID: 'r2-key-id-1234',
  R2_SECRET_ACCESS_KEY: 'r2-secret-planted',
  R2_BUCKET_NAME: 'lessons',
};
const s3: Names = {
  AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE5678',
  AWS_SECRET_ACCESS_KEY: 'aws-secret-planted',
  AWS_S3_BUCKET_NAME: 'archive',
  AWS_S3_REGION: 'sa-east-1',
};
const find = (names: Names) => fromEnvironment(names, { origin: 'env-file', name: '.env' });
const only = (names: Names) => {
  const findings = find(names);
  expect(findings).toHaveLength(1);
  return findings[0]!;
};

describe('Cloudflare R2', () => {
  it('is read whole, under the names of the web service', () => {
    expect(only({ ...r2, USE_R2_STORAGE: 'true', R2_PUBLIC_URL: 'https://videos.example.com' })).toEqual({
      origin: 'env-file',
      name: '.env',
      kind: 'r2',
      values: {
        name: 'lessons',
        accountId: account,
        jurisdiction: 'default',
        bucket: 'lessons',
        prefix: '',
        region: '',
        endpoint: '',
        publicBaseUrl: 'https://videos.example.com',
        folder: '',
        quotaGB: null,
      },
      credentials: { accessKeyId: 'r2-key-id-1234', secretAccessKey: 'r2-secret-planted', sessionToken: null },
      missing: [],
      isSwitchedOn: true,
      obstacle: null,
    });
  });

  it.each([
    ['R2_ACCOUNT_ID'],
    ['R2_ACCESS_KEY_ID'],
    ['R2_SECRET_ACCESS_KEY'],
    ['R2_BUCKET_NAME'],
  ])('without %s names it, and nothing else', (name) => {
    const { missing, credentials } = only({ ...r2, [name]: undefined });
    expect(missing).toEqual([name]);
    expect(credentials === null).toBe(/KEY/.test(name));
  });

  it.each([
    ['R2_ACCOUNT_ID', 'my-account'],
    ['R2_ACCESS_KEY_ID', 'with space'],
    ['R2_SECRET_ACCESS_KEY', 'short'],
    ['R2_BUCKET_NAME', 'a'],
    ['R2_ENDPOINT_URL', 'account.r2.cloudflarestorage.com'],
    ['R2_ENDPOINT_URL', 'http://plain.example.com'],
    ['R2_ENDPOINT_URL', 'https://${R2_ACCOUNT_ID}.r2.cloudflarestorage.com'],
    ['R2_PUBLIC_URL', 'https://user@videos.example.com'],
  ])('names %s that cannot be right (%s), and does not hand it on', (name, value) => {
    const { missing, values } = only({ ...r2, [name]: value });
    expect(missing).toEqual([name]);
    expect(Object.values(values)).not.toContain(value);
  });

  it.each([
    ['', 'default'],
    ['.eu', 'eu'],
    ['.fedramp', 'fedramp'],
  ])('reads account and jurisdiction out of an address with "%s"', (place, jurisdiction) => {
    const R2_ENDPOINT_URL = `https://${account.toUpperCase()}${place}.r2.cloudflarestorage.com/`;
    const { values, missing } = only({ ...r2, R2_ACCOUNT_ID: undefined, R2_ENDPOINT_URL });
    expect(missing).toEqual([]);
    expect(values).toMatchObject({ accountId: account, jurisdiction, endpoint: '' });
  });

  it('keeps an address that does not follow from the account', () => {
    const other = 'f'.repeat(32);
    expect(only({ ...r2, R2_ENDPOINT_URL: 'http://127.0.0.1:9000' }).values.endpoint).toBe('http://127.0.0.1:9000');
    const { values } = only({ ...r2, R2_ENDPOINT_URL: `https://${other}.eu.r2.cloudflarestorage.com` });
    expect(values).toMatchObject({ accountId: account, endpoint: `https://${other}.eu.r2.cloudflarestorage.com` });
  });

  it('takes the bucket behind an address as the dashboard shows it, unless one is named', () => {
    const R2_ENDPOINT_URL = `https://${account}.r2.cloudflarestorage.com/from-address`;
    const { values, missing } = only({ ...r2, R2_BUCKET_NAME: '', R2_ENDPOINT_URL });
    expect([values.bucket, values.endpoint, missing]).toEqual(['from-address', '', []]);
    expect(only({ ...r2, R2_ENDPOINT_URL }).values.bucket).toBe('lessons');
  });

  it('needs the account where the address is somebody else’s', () => {
    const lookalike = `https://${account}.r2.cloudflarestorage.com.example.com`;
    expect(only({ ...r2, R2_ACCOUNT_ID: undefined, R2_ENDPOINT_URL: lookalike }).missing).toEqual(['R2_ACCOUNT_ID']);
  });
});

describe('Amazon S3', () => {
  it('is read whole, with its session token', () => {
    expect(only({ ...s3, USE_S3_STORAGE: 'no', AWS_SESSION_TOKEN: 'a-token' })).toMatchObject({
      kind: 's3',
      values: { name: 'archive', bucket: 'archive', region: 'sa-east-1', endpoint: '' },
      credentials: { accessKeyId: 'AKIAEXAMPLE5678', secretAccessKey: 'aws-secret-planted', sessionToken: 'a-token' },
      missing: [],
      isSwitchedOn: false,
    });
  });

  it.each([['AWS_ACCESS_KEY_ID'], ['AWS_SECRET_ACCESS_KEY'], ['AWS_S3_BUCKET_NAME'], ['AWS_S3_REGION']])(
    'without %s names it, and nothing else',
    (name) => expect(only({ ...s3, [name]: undefined }).missing).toEqual([name]),
  );

  it('takes the region of the AWS tools where the bucket has none of its own', () => {
    const without = { ...s3, AWS_S3_REGION: undefined };
    expect(only({ ...without, AWS_DEFAULT_REGION: 'eu-west-1' }).values.region).toBe('eu-west-1');
    const both = { AWS_DEFAULT_REGION: 'eu-west-1', AWS_REGION: 'us-east-2' };
    expect(only({ ...without, ...both }).values.region).toBe('us-east-2');
    expect(only({ ...s3, ...both }).values.region).toBe('sa-east-1');
    expect(only({ ...without, AWS_REGION: 'São Paulo' }).missing).toEqual(['AWS_S3_REGION']);
  });

  it('may be a server that is not AWS: that of S3 alone before that of everything', () => {
    const everything = { ...s3, AWS_ENDPOINT_URL: 'https://s3.example.com' };
    expect(only(everything).values).toMatchObject({ endpoint: 'https://s3.example.com', region: 'sa-east-1' });
    const both = { ...everything, AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:9000' };
    expect(only(both).values.endpoint).toBe('http://127.0.0.1:9000');
    expect(only({ ...s3, AWS_ENDPOINT_URL_S3: 'http://plain.example.com' }).missing).toEqual(['AWS_ENDPOINT_URL_S3']);
    expect(find({ AWS_ENDPOINT_URL: 'https://s3.example.com' })).toEqual([]);
  });

  it('has no key at all when its session token cannot be right', () => {
    const { credentials, missing } = only({ ...s3, AWS_SESSION_TOKEN: 'in two parts' });
    expect([credentials, missing]).toEqual([null, ['AWS_SESSION_TOKEN']]);
  });
});

describe('what is there', () => {
  it('is R2 before S3', () => {
    expect(find({ ...s3, ...r2 }).map(({ kind }) => kind)).toEqual(['r2', 's3']);
  });

  it('is nothing for names that are none of ours, empty ones, and a switch that is off', () => {
    expect(find({})).toEqual([]);
    expect(find({ AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'us-east-1', PATH: '/bin' })).toEqual([]);
    expect(find({ R2_BUCKET_NAME: '  ', AWS_ACCESS_KEY_ID: '""' })).toEqual([]);
    expect(find({ USE_R2_STORAGE: 'false', USE_S3_STORAGE: '0' })).toEqual([]);
  });

  it('is something for a single name, and for a switch that is on', () => {
    expect(only({ R2_PUBLIC_URL: 'https://v.example.com' })).toMatchObject({ kind: 'r2', isSwitchedOn: null });
    const { kind, missing } = only({ USE_S3_STORAGE: 'yes' });
    expect(kind).toBe('s3');
    expect(missing).toEqual(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_S3_BUCKET_NAME', 'AWS_S3_REGION']);
  });
});

describe('a switch', () => {
  it.each([
    ['1', true],
    ['true', true],
    ['True', true],
    [' YES ', true],
    ['on', true],
    ['"true"', true],
    ["'1'", true],
    ['0', false],
    ['false', false],
    ['no', false],
    ['off', false],
    ['', false],
    ['2', false],
    ['enabled', false],
    ["'true", false],
    [undefined, null],
  ])('that says %j is %j', (text, expected) => {
    expect(only({ ...r2, USE_R2_STORAGE: text }).isSwitchedOn).toBe(expected);
  });
});

it('takes values without the spaces and quotes around them', () => {
  const { values, credentials } = only({
    ...r2,
    R2_BUCKET_NAME: ' "lessons" ',
    R2_ACCESS_KEY_ID: "'r2-key-id-1234'\r",
    R2_SECRET_ACCESS_KEY: '\tr2-secret-planted\n',
  });
  expect(values.bucket).toBe('lessons');
  expect(credentials).toEqual({ accessKeyId: 'r2-key-id-1234', secretAccessKey: 'r2-secret-planted', sessionToken: null });
});

it('names a destination as its bucket, as far as a name may be long', () => {
  expect(only({ ...r2, R2_BUCKET_NAME: 'b'.repeat(120) }).values).toMatchObject({ name: 'b'.repeat(80), bucket: 'b'.repeat(120) });
});
