import { describe, expect, it } from 'vitest';
import type { CheckResult } from '../../shared/doctor.ts';
import { disk, practice, r2 } from '../dev/fake-destinations.ts';
import { mendOf } from './mend-of.ts';

const check = (more: Partial<CheckResult>): CheckResult => ({
  name: 'public-url',
  state: 'failed',
  problem: null,
  error: null,
  permission: null,
  facts: {},
  tookMs: 0,
  ...more,
});
const denied = { code: 'access-denied' } as const;

describe('mendOf', () => {
  it.each([
    ['cors-missing', { do: 'open-playback' }],
    ['cors-hidden', { do: 'open-playback' }],
    ['lifecycle-missing', { do: 'add-rule' }],
    ['lifecycle-long', { do: 'add-rule' }],
    ['public-status', { do: 'open-panel', action: 'edit-destination' }],
    ['incomplete', { do: 'open-panel', action: 'edit-destination' }],
  ] as const)('%s', (problem, expected) => {
    expect(mendOf(check({ state: 'warned', problem }), r2.destination, null)).toMatchObject(expected);
  });

  it.each(['clock-off', 'no-ranges', 'slow', 'still-there'] as const)('%s is nothing that the app can mend', (problem) =>
    expect(mendOf(check({ problem }), r2.destination, null)).toBeNull(),
  );

  it('goes where the error is mended', () => {
    expect(mendOf(check({ name: 'credentials', error: denied }), r2.destination, 'change-key')).toEqual({
      do: 'open-panel',
      panel: { kind: 'edit-destination', id: 'd-r2', changesKey: true },
      action: 'change-key',
    });
    expect(mendOf(check({ name: 'dns', error: { code: 'offline' } }), r2.destination, 'try-now')).toBeNull();
  });

  it('does not change a good key for the sake of rules', () => {
    expect(mendOf(check({ name: 'cors', error: denied }), r2.destination, 'change-key')).toEqual({ do: 'open-playback' });
    expect(mendOf(check({ name: 'lifecycle', error: denied }), r2.destination, 'change-key')).toBeNull();
  });

  it('offers nothing that the destination does not have', () => {
    expect(mendOf(check({ problem: 'cors-missing' }), disk.destination, null)).toBeNull();
    expect(mendOf(check({ problem: 'incomplete' }), practice.destination, null)).toBeNull();
  });

  it('has nothing to mend where it works', () => {
    expect(mendOf(check({ state: 'passed', problem: 'cors-missing' }), r2.destination, null)).toBeNull();
  });
});
