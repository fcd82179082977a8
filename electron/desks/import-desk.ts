import type { ImportCandidate } from '../../shared/imports.ts';
import type { Credentials } from '../../shared/settings.ts';
import { UploadError } from '../uploads/upload-error.ts';

export class ImportDesk {
  async find(): Promise<readonly ImportCandidate[]> {
    return [];
  }

  async read(_path: string): Promise<readonly ImportCandidate[]> {
    throw new UploadError('not-supported');
  }

  credentials(_importId: string): Credentials {
    throw new UploadError('credentials-missing');
  }
}
