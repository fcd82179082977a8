import { expect, it } from 'vitest';
import { destinationFromEnvironment } from './destination-from-environment.ts';

const account = '0123456789abcdef0123456789abcdef';
const r2 = {
  R2_ACCOUNT_ID: account,
  R2_ACCESS_KEY_ID: 'r2-key-id-1234',
  R2_SECRET_ACCESS_KEY: 'r2-secret-planted',
  R2_BUCKET_NAME: 'lessons',
};
const s3 = {
  AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE5678',
  AWS_SECRET_ACCESS_KEY: 'aws-secret-planted',
  AWS_S3_BUCKET_NAME: 'archive',
  AWS_S3_REGION: 'sa-east-1',
};
const r2Names = ['R2_ACCOUNT_ID', 'R2_ACCESS_KEY_ID', 'R2_SECRET_ACCESS_KEY', 'R2_BUCKET_NAME'];

it('is a draft and its key', () => {
  expect(destinationFromEnvironment({ ...r2, R2_PUBLIC_URL: 'https://v.example.com' })).toEqual({
    draft: {
      kind: 'r2',
      name: 'lessons',
      accountId: account,
      jurisdiction: 'default',
      bucket: 'lessons',
      prefix: '',
      endpoint: null,
      publicBaseUrl: 'https://v.example.com',
    },
    credentials: { accessKeyId: 'r2-key-id-1234', secretAccessKey: 'r2-secret-planted', sessionToken: null },
  });
  expect(destinationFromEnvironment(s3)).toMatchObject({
    draft: { kind: 's3', bucket: 'archive', region: 'sa-east-1', endpoint: null, publicBaseUrl: null },
  });
});

const bucketOf = (names: Readonly<Record<string, string>>): string => {
  const found = destinationFromEnvironment(names);
  return 'draft' in found ? found.draft.bucket : found.missing.join(' ');
};

it('is the one that is switched on, and R2 when both are or neither', () => {
  expect(bucketOf({ ...r2, ...s3 })).toBe('lessons');
  expect(bucketOf({ ...r2, ...s3, USE_S3_STORAGE: '1' })).toBe('archive');
  expect(bucketOf({ ...r2, ...s3, USE_S3_STORAGE: '1', USE_R2_STORAGE: '1' })).toBe('lessons');
  expect(bucketOf({ ...r2, ...s3, USE_R2_STORAGE: '0' })).toBe('archive');
});

it('is the complete one where no switch decides', () => {
  expect(bucketOf({ ...s3, R2_BUCKET_NAME: 'lessons' })).toBe('archive');
});

it('names what the chosen one lacks, also when another is complete', () => {
  expect(bucketOf({ ...s3, USE_R2_STORAGE: 'true', R2_BUCKET_NAME: 'lessons' })).toBe(r2Names.slice(0, 3).join(' '));
  expect(bucketOf({ AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE5678' })).toBe('AWS_SECRET_ACCESS_KEY AWS_S3_BUCKET_NAME AWS_S3_REGION');
});

it('names the switch where all that is there is switched off, and all that R2 needs where nothing is', () => {
  expect(destinationFromEnvironment({ ...r2, USE_R2_STORAGE: 'no' })).toEqual({ missing: ['USE_R2_STORAGE'] });
  expect(destinationFromEnvironment({ ...s3, USE_S3_STORAGE: 'no' })).toEqual({ missing: ['USE_S3_STORAGE'] });
  expect(destinationFromEnvironment({})).toEqual({ missing: r2Names });
  expect(destinationFromEnvironment({ USE_R2_STORAGE: 'true' })).toEqual({ missing: r2Names });
});

it('never tells the secret when something else is missing', () => {
  expect(JSON.stringify(destinationFromEnvironment({ ...r2, R2_BUCKET_NAME: '' }))).not.toContain('planted');
});
