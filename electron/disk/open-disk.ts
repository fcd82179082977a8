import type { TestReport } from '../../shared/replies.ts';
import type { Upkeep } from '../upkeep/ports.ts';
import type { FileDigests, ObjectStorage } from '../uploads/ports.ts';
import { UploadError } from '../uploads/upload-error.ts';
import type { DiskAddress } from './disk-address.ts';

export interface DiskWorld {
  readonly digests: FileDigests;
  readonly appVersion: string;
}

export function openDisk(_address: DiskAddress, _world: DiskWorld): { readonly storage: ObjectStorage; readonly upkeep: Upkeep } {
  throw new UploadError('not-supported');
}

export async function claimFolder(_folder: string): Promise<{ readonly volumeId: string }> {
  throw new UploadError('not-supported');
}

export async function testDisk(_address: DiskAddress, _world: DiskWorld): Promise<TestReport> {
  throw new UploadError('not-supported');
}
