import { describe, expect, it } from 'vitest';
import { type DestinationDraft, destinationDraftSchema } from '../../shared/settings.ts';
import { isSamePlace } from './same-place.ts';

const account = '0123456789abcdef0123456789abcdef';
const draft = (fields: object): DestinationDraft => destinationDraftSchema.parse(fields);
const r2 = (changes: object = {}): DestinationDraft =>
  draft({ kind: 'r2', name: 'R2', accountId: account, bucket: 'lessons', ...changes });
const s3 = (changes: object = {}): DestinationDraft =>
  draft({ kind: 's3', name: 'S3', region: 'sa-east-1', bucket: 'lessons', ...changes });
const disk = (changes: object = {}): DestinationDraft => draft({ kind: 'disk', name: 'Disk', folder: '/videos', ...changes });
const practice = draft({ kind: 'practice', name: 'Practice' });

describe('the same place', () => {
  it.each<readonly [string, DestinationDraft, DestinationDraft]>([
    ['another name, prefix and public address', r2(), r2({ name: 'X', prefix: 'a/', publicBaseUrl: 'https://v.example.com' })],
    ['the account in capitals', r2(), r2({ accountId: account.toUpperCase() })],
    ['the endpoint that follows anyway, typed', r2(), r2({ endpoint: `https://${account}.r2.cloudflarestorage.com/` })],
    ['the endpoint in capitals', r2(), r2({ endpoint: `https://${account.toUpperCase()}.R2.cloudflarestorage.com` })],
    ['the port that goes without saying', r2(), r2({ endpoint: `https://${account}.r2.cloudflarestorage.com:443` })],
    ['R2 through the form of S3', r2(), s3({ endpoint: `https://${account}.r2.cloudflarestorage.com` })],
    ['the region of an AWS bucket, put right', s3(), s3({ region: 'us-east-1' })],
    ['the region of another server', s3({ endpoint: 'http://localhost:9000' }), s3({ endpoint: 'http://localhost:9000/', region: 'a1' })],
    ['the size and the claim of a disk', disk(), disk({ quotaGB: 5, volumeId: 'v', publicBaseUrl: 'https://v.example.com' })],
    ['practice', practice, draft({ kind: 'practice', name: 'Other' })],
  ])('has %s', (_what, a, b) => expect([isSamePlace(a, b), isSamePlace(b, a)]).toEqual([true, true]));
});

describe('another place', () => {
  it.each<readonly [string, DestinationDraft, DestinationDraft]>([
    ['bucket', r2(), r2({ bucket: 'other' })],
    ['bucket by its capitals', s3(), s3({ bucket: 'Lessons' })],
    ['account', r2(), r2({ accountId: 'f'.repeat(32) })],
    ['jurisdiction', r2(), r2({ jurisdiction: 'eu' })],
    ['endpoint', s3(), s3({ endpoint: 'http://localhost:9000' })],
    ['port', s3({ endpoint: 'http://localhost:9000' }), s3({ endpoint: 'http://localhost:9001' })],
    ['kind', r2(), s3()],
    ['folder', disk(), disk({ folder: '/videos/2026' })],
    ['folder by its capitals', disk(), disk({ folder: '/Videos' })],
    ['kind, practice', practice, s3()],
  ])('has another %s', (_what, a, b) => expect([isSamePlace(a, b), isSamePlace(b, a)]).toEqual([false, false]));
});
