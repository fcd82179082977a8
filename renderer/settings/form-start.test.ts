import { expect, it } from 'vitest';
import type { ImportCandidate } from '../../shared/imports.ts';
import { startFromCandidate } from './form-start.ts';

const disk = {
  id: 'i1',
  origin: 'settings-file',
  name: 'HD',
  kind: 'disk',
  values: {
    name: 'HD',
    accountId: '',
    jurisdiction: 'default',
    bucket: '',
    prefix: '',
    region: '',
    endpoint: '',
    publicBaseUrl: '',
    folder: '/media/hd',
    quotaGB: 1500.5,
  },
  accessKeyIdHint: null,
  missing: [],
  isSwitchedOn: null,
  obstacle: null,
} satisfies ImportCandidate;

it('fills in what was found, its limit as the person writes numbers', () => {
  const decimal = (value: number) => value.toString().replace('.', ',');
  expect(startFromCandidate(disk, decimal).values).toMatchObject({ name: 'HD', folder: '/media/hd', quotaGB: '1500,5' });
  const endless = { ...disk, values: { ...disk.values, quotaGB: null } };
  expect(startFromCandidate(endless, decimal).values.quotaGB).toBe('');
});
