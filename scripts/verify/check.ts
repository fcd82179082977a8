import { readFile, stat } from 'node:fs/promises';
import { directDigests } from '../../electron/digest/file-digests.ts';
import { openDisk, volumeIdAt } from '../../electron/disk/open-disk.ts';
import { openBucket } from '../../electron/s3/s3-client.ts';
import { s3ObjectStorage } from '../../electron/s3/s3-object-storage.ts';
import { checkReceipt, objectOfReceipt } from '../../electron/uploads/check-receipt.ts';
import { UploadError } from '../../electron/uploads/upload-error.ts';
import { type Receipt, type ReceiptReport, receiptSchema } from '../../shared/receipt.ts';
import { credentialsFor } from './credentials.ts';
import { CannotCheck } from './findings.ts';

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

/** One HEAD; a video on a disk is read. `receiptPath`: the practice bucket's keys stand beside the app's receipts. */
export async function checkObject(receipt: Receipt, receiptPath: string): Promise<ReceiptReport> {
  const { kind, endpoint, region, bucket, isPathStyle } = receipt.destination;
  if (kind === 'disk') return checkOnDisk(receipt);
  const credentials = await credentialsFor(receipt, receiptPath);
  const client = openBucket({ endpoint, region, bucket, isPathStyle }, credentials);
  try {
    const storage = s3ObjectStorage(client, receipt.appVersion);
    return checkReceipt(receipt, await objectOfReceipt(storage, receipt));
  } catch (error) {
    if (!(error instanceof UploadError)) throw error;
    const hint = kind === 'practice' ? ' The practice bucket runs while Remessa does.' : '';
    throw new CannotCheck(`${endpoint} did not let itself be asked (${error.message}).${hint}`);
  } finally {
    client.handler.destroy();
  }
}

async function checkOnDisk(receipt: Receipt): Promise<ReceiptReport> {
  const folder = receipt.destination.endpoint;
  const volumeId = await volumeIdAt(folder);
  if (volumeId === null) throw new CannotCheck(`${folder} is not there, or is no folder of Remessa's.`);
  const world = { digests: directDigests(), appVersion: receipt.appVersion };
  const { storage } = openDisk({ folder, volumeId, quotaBytes: null, publicBaseUrl: null }, world);
  try {
    return checkReceipt(receipt, await objectOfReceipt(storage, receipt));
  } catch (error) {
    if (!(error instanceof UploadError)) throw error;
    throw new CannotCheck(`${folder} did not let itself be read (${error.message}).`);
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
