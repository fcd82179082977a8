import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { directDigests } from '../../electron/digest/file-digests.ts';
import { claimFolder, openDisk } from '../../electron/disk/open-disk.ts';
import { asUploadError } from '../../electron/uploads/upload-error.ts';

/**
 * Sends two megabytes to a folder in a process that may not make a file longer than one: the system answers EFBIG to the
 * write, as FAT32 does at 4 GiB. Tells as JSON how it was refused and what was left.
 */
async function main(folder: string): Promise<void> {
  const { volumeId } = await claimFolder(folder);
  const address = { folder, volumeId, quotaBytes: null, publicBaseUrl: null };
  const { storage } = openDisk(address, { digests: directDigests(), appVersion: '0.0.0-test' });
  const { signal } = new AbortController();
  const bytes = randomBytes(2_000_000);
  const object = { key: 'videos/a.mp4', size: bytes.length, contentType: 'video/mp4', uploadToken: 't', originalName: 'a' };
  const body = {
    size: bytes.length,
    sha256: null,
    crc64nvme: null,
    pieces: async function* pieces() {
      for (let done = 0; done < bytes.length; done += 100_000) yield bytes.subarray(done, done + 100_000);
    },
  };
  const { uploadId } = await storage.createMultipartUpload(object, signal);
  const refusal = async (work: Promise<unknown>): Promise<string> => {
    try {
      await work;
      return 'none';
    } catch (error) {
      return asUploadError(error).code;
    }
  };
  const part = await refusal(storage.uploadPart({ key: object.key, uploadId, partNumber: 1, offset: 0, body, signal }));
  await storage.abortMultipartUpload(object.key, uploadId, signal);
  const whole = await refusal(storage.putObject(object, { body, signal, mustBeNew: true }));
  const left = await readdir(join(folder, '.remessa', 'uploads'));
  process.stdout.write(JSON.stringify({ part, whole, left }));
}

void main(process.argv[2] ?? '');
