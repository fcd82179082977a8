import type { Preferences } from '../shared/settings.ts';
import { MiB } from './uploads/part-plan.ts';
import type { QueueSettings } from './uploads/upload-queue.ts';

/** The preferences as the engine wants them: bytes instead of MiB. */
export function queueSettings(preferences: Preferences): QueueSettings {
  const { partSizeMiB, multipartThresholdMiB } = preferences;
  return {
    ...preferences,
    partSize: partSizeMiB === 'auto' ? 'auto' : partSizeMiB * MiB,
    multipartThreshold: multipartThresholdMiB * MiB,
  };
}
