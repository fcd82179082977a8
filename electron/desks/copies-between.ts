import { runningCrc64 } from '../digest/running-crc64.ts';
import type { MigrationSender } from '../migration/migration-sender.ts';
import { type CopyWorld, copySender } from '../migration/send-copies.ts';
import type { Upkeep } from '../upkeep/ports.ts';
import type { ObjectStorage } from '../uploads/ports.ts';

/** A destination that is open. */
export interface CopyPlace {
  readonly storage: Pick<ObjectStorage, 'headObject'>;
  readonly upkeep: Pick<Upkeep, 'read' | 'write'>;
}

/** Introduces two destinations, whatever they are made of, to whoever copies between them. */
export function copiesBetween(
  source: CopyPlace,
  target: CopyPlace,
  world: Pick<CopyWorld, 'clock' | 'onDifferent' | 'urlOf'>,
): MigrationSender {
  return copySender({ ...world, source: endOf(source), target: endOf(target), newChecksum: runningCrc64 });
}

/** All that a copy asks of a place. */
const endOf = ({ storage, upkeep }: CopyPlace) => ({
  headObject: storage.headObject.bind(storage),
  read: upkeep.read.bind(upkeep),
  write: upkeep.write.bind(upkeep),
});
