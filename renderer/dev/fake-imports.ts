import type { ImportCandidate } from '../../shared/imports.ts';

const values: ImportCandidate['values'] = {
  name: '',
  accountId: '',
  jurisdiction: 'default',
  bucket: '',
  prefix: '',
  region: '',
  endpoint: '',
  publicBaseUrl: '',
  folder: '',
  quotaGB: null,
};

const complete: ImportCandidate = {
  id: 'i-1',
  origin: 'environment',
  name: '',
  kind: 'r2',
  values: {
    ...values,
    accountId: '0123456789abcdef0123456789abcdef',
    bucket: 'ensinalab-videos',
    publicBaseUrl: 'https://videos.ensinalab.com.br',
  },
  accessKeyIdHint: 'ab12',
  missing: [],
  isSwitchedOn: true,
  obstacle: null,
};

/** What may be lying around on a computer: whole, in part, and without a key that could be had. */
export const foundImports: readonly ImportCandidate[] = [
  complete,
  {
    ...complete,
    id: 'i-2',
    origin: 'aws-profile',
    name: 'default',
    kind: 's3',
    values: { ...values, region: 'sa-east-1' },
    accessKeyIdHint: 'Q7XA',
    missing: ['bucket'],
    isSwitchedOn: null,
  },
  {
    ...complete,
    id: 'i-3',
    origin: 'aws-profile',
    name: 'escola',
    kind: 's3',
    values: { ...values, region: 'us-east-1' },
    accessKeyIdHint: null,
    missing: ['bucket'],
    isSwitchedOn: null,
    obstacle: 'sso',
  },
];

export const importsInFile: readonly ImportCandidate[] = [
  { ...complete, id: 'i-4', origin: 'env-file', name: '.env', missing: ['R2_SECRET_ACCESS_KEY'] },
];
