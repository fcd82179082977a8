import { readFile, stat } from 'node:fs/promises';
import { directDigests } from '../../electron/digest/file-digests.ts';
import { openBucket } from '../../electron/s3/s3-client.ts';
import { s3ObjectStorage } from '../../electron/s3/s3-object-storage.ts';
import { checkReceipt } from '../../electron/uploads/check-receipt.ts';
import { UploadError } from '../../electron/uploads/upload-error.ts';
import { type Receipt, type ReceiptReport, receiptSchema } from '../../shared/receipt.ts';
import { credentialsFor } from './credentials.ts';
import { CannotCheck } from './findings.ts';

const patienceMs = 30_000;
const patient = new AbortController().signal;

export async function readReceipt(path: string): Promise<Receipt> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new CannotCheck(`${path} cannot be read.`);
  });
  try {
    return receiptSchema.parse(JSON.parse(text));
  } catch {
    throw new CannotCheck(`${path} is not a receipt of Remessa, or one of a newer version.`);
  }
}

/** One HEAD. `receiptPath`: the practice bucket's keys stand beside the app's receipts. */
export async function checkObject(receipt: Receipt, receiptPath: string): Promise<ReceiptReport> {
  const { endpoint, region, bucket, isPathStyle } = receipt.destination;
  const credentials = await credentialsFor(receipt, receiptPath);
  const client = openBucket({ endpoint, region, bucket, isPathStyle }, credentials);
  try {
    const storage = s3ObjectStorage(client, receipt.appVersion);
    return checkReceipt(receipt, await storage.headObject(receipt.object.key, AbortSignal.timeout(patienceMs)));
  } catch (error) {
    if (!(error instanceof UploadError)) throw error;
    const hint = receipt.destination.kind === 'practice' ? ' The practice bucket runs while Remessa does.' : '';
    throw new CannotCheck(`${endpoint} did not let itself be asked (${error.message}).${hint}`);
  } finally {
    client.handler.destroy();
  }
}

/** Whether a file has the size and the content of the receipt: by its whole checksum, or by that of each part. */
export async function checkFile({ file, object, parts }: Receipt, path: string): Promise<boolean> {
  const { size } = await stat(path).catch(() => {
    throw new CannotCheck(`${path} cannot be read.`);
  });
  if (size !== file.size) return false;
  const digests = directDigests();
  if (object.crc64nvme !== null) {
    const whole = await digests.digest(path, { start: 0, size }, ['crc64nvme'], patient);
    return whole.crc64nvme === object.crc64nvme;
  }
  let start = 0;
  for (const part of parts) {
    if (part.sha256 === undefined) throw new CannotCheck('The receipt holds no checksum of the file.');
    const { sha256 } = await digests.digest(path, { start, size: part.size }, ['sha256'], patient);
    if (sha256 !== part.sha256) return false;
    start += part.size;
  }
  return start === size;
}
