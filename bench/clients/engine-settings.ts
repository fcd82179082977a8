import { MiB } from '../../electron/uploads/part-plan.ts';
import type { QueueSettings } from '../../electron/uploads/upload-queue.ts';
import type { EngineWish } from '../job.ts';

/** A bench's wish in the engine's terms: as the app's settings would say it. */
export const engineSettings = ({ connections, partSize, givesWay }: EngineWish): Partial<QueueSettings> => ({
  partsInParallel: connections,
  partSize,
  givesWay,
  multipartThreshold: 50 * MiB,
});
