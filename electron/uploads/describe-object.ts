import type { ObjectDescription } from './ports.ts';
import type { UploadRecord } from './upload-record.ts';

/** What every request says about the object. The type makes browsers play it instead of saving it. */
export const describeObject = (record: UploadRecord): ObjectDescription => ({
  key: record.key,
  size: record.source.size,
  contentType: 'video/mp4',
  uploadToken: record.uploadToken,
  originalName: record.source.name,
});
