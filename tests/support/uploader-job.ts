import type { OpenDestination } from '../../electron/s3/bucket-clients.ts';

/** What an uploader process is to do; travels as JSON. */
export interface UploaderJob extends OpenDestination {
  readonly journalFolder: string;
  readonly file: string;
  readonly logFile: string;
  readonly partsInParallel: number;
}
