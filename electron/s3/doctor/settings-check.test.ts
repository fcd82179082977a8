import { expect, it } from 'vitest';
import { r2Endpoint, r2Schema, s3Schema } from '../../../shared/settings.ts';
import { checkSettings } from './settings-check.ts';

const account = '0123456789abcdef0123456789abcdef';
const other = 'f'.repeat(32);
const r2 = (changes: object) => r2Schema.parse({ kind: 'r2', name: 'R2', accountId: account, bucket: 'videos', ...changes });
const s3 = (changes: object) => s3Schema.parse({ kind: 's3', name: 'S3', region: 'sa-east-1', bucket: 'videos', ...changes });
const right = null;

it.each([
  ['R2 as it comes', r2({}), right],
  ['the endpoint of that account', r2({ endpoint: r2Endpoint(account, 'default') }), right],
  ['the same, in capitals', r2({ accountId: account.toUpperCase(), endpoint: r2Endpoint(account, 'default') }), right],
  ['the endpoint of another account', r2({ endpoint: r2Endpoint(other, 'default') }), 'endpoint'],
  ['the jurisdiction of the endpoint', r2({ jurisdiction: 'eu', endpoint: r2Endpoint(account, 'eu') }), right],
  ['another jurisdiction', r2({ jurisdiction: 'default', endpoint: r2Endpoint(account, 'eu') }), 'jurisdiction'],
  ['the address of the bucket', r2({ endpoint: `${r2Endpoint(account, 'default')}/videos` }), 'endpoint'],
  ['a slash at the end', r2({ endpoint: `${r2Endpoint(account, 'default')}/` }), right],
  ['a server in front of R2', r2({ endpoint: 'http://127.0.0.1:9000' }), right],
  ['AWS as it comes', s3({}), right],
  ['a government region', s3({ region: 'us-gov-west-1' }), right],
  ['a region that AWS does not have', s3({ region: 'brasil' }), 'region'],
  ["R2's region on AWS", s3({ region: 'auto' }), 'region'],
  ['any region of another server', s3({ region: 'auto', endpoint: 'https://s3.example.com' }), right],
  ['another server with the bucket in its address', s3({ endpoint: 'https://s3.example.com/videos' }), 'endpoint'],
  ['another server with a path of its own', s3({ endpoint: 'https://s3.example.com/storage/v1' }), right],
  ['the practice bucket', { kind: 'practice', name: 'Practice' } as const, right],
])('%s', (_what, destination, field) => {
  const expected = field === null ? { state: 'passed' } : { state: 'failed', problem: 'incomplete', facts: { field } };
  expect(checkSettings(destination)).toMatchObject(expected);
});
