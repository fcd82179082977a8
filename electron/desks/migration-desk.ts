import type { MigrationRequest, MigrationState } from '../../shared/migration.ts';
import { UploadError } from '../uploads/upload-error.ts';

const none = { videos: 0, bytes: 0 };

export class MigrationDesk {
  state(): MigrationState {
    return {
      revision: 1,
      phase: 'idle',
      sourceName: '',
      folderName: null,
      destinationId: null,
      counts: { new: none, same: none, different: none, unsure: none, invalid: none, sent: none, skipped: none, failed: none },
      looked: 0,
      total: null,
      sentBytes: 0,
      bytesToSend: 0,
      bytesPerSecond: null,
      rows: [],
      error: null,
    };
  }

  sourceChosen(_folder: string): void {
    throw new UploadError('not-supported');
  }

  async plan(_request: MigrationRequest): Promise<void> {
    throw new UploadError('not-supported');
  }

  async run(): Promise<void> {
    throw new UploadError('not-supported');
  }

  stop(): void {
    throw new UploadError('not-supported');
  }

  map(): string {
    throw new UploadError('not-supported');
  }
}
