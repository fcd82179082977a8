import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { type Page, expect } from '@playwright/test';
import { blackHole, delayAnswer, respondError, stall } from '../support/faults.ts';
import type { Decide } from '../support/fault-proxy.ts';
import { letRest, makeVideo } from '../support/sample-video.ts';
import type { S3Target } from '../support/s3-target.ts';
import { dropFiles } from './app.ts';
import { rowOf, savePreferences } from './window.ts';

const MB = 1_000_000;
const sample = new URL('../support/sample.mp4', import.meta.url);

/** A real MP4 whose `free` box is a hole: as large as a lecture, and no room on the disk. */
export async function makeLecture(path: string, size: number): Promise<string> {
  const video = await readFile(sample);
  const header = Buffer.alloc(16);
  header.writeUInt32BE(1, 0);
  header.write('free', 4, 'latin1');
  header.writeBigUInt64BE(BigInt(size - video.length), 8);
  const file = await open(path, 'w');
  await file.write(Buffer.concat([video, header]));
  await file.truncate(size);
  await file.close();
  return letRest(path);
}

/** How the server treats each video of the gallery. */
const treatment: Decide = ({ operation, path, partNumber = 0, attempt }) => {
  const isPart = operation === 'UploadPart';
  if (path.endsWith('_12.mp4') && isPart) return delayAnswer(1800);
  if (path.endsWith('_13.mp4') && isPart && partNumber > 30) return stall('forever');
  if (path.endsWith('_15.mp4') && isPart && partNumber > 20) {
    // The sixth refusal is the one after which the row says so; it then says so for as long as pictures take.
    return respondError(500, 'InternalError', { 'retry-after': attempt < 6 ? '1' : '180' });
  }
  if (/_1[67]\.mp4$/.test(path) && isPart) return delayAnswer(400);
  if (path.endsWith('_18.mp4') && operation === 'CompleteMultipartUpload') return blackHole();
  return null;
};

async function drop(page: Page, folder: string, videos: Readonly<Record<string, number>>): Promise<void> {
  const entries = Object.entries(videos);
  await dropFiles(page, await Promise.all(entries.map(([name, size]) => makeLecture(join(folder, name), size))));
  for (const [name] of entries) await expect(rowOf(page, name)).toBeVisible();
}

const expectStatus = (page: Page, name: string, status: string): Promise<void> =>
  expect(rowOf(page, name)).toHaveAttribute('data-status', status, { timeout: 90_000 });

/** A tenth or more of it has been sent. */
export const expectUnderWay = (page: Page, name: string, percent = /[1-9]\d/): Promise<void> =>
  expect(rowOf(page, name).locator('.tile-percent')).toHaveText(percent, { timeout: 60_000 });


/**
 * A list with every state at once, brought about by the server, the disk and the person: completed, sending, queued,
 * paused, waiting for the file and for another try, verifying, file changed, object exists. The destination must have
 * been saved. `withRetrying`: takes half a minute, which is how long Remessa tries by itself before it says so.
 */
export async function fillGallery(
  page: Page,
  target: S3Target,
  folder: string,
  options: { readonly pause: string; readonly withRetrying: boolean },
): Promise<void> {
  await savePreferences(page, { partSizeMiB: 5, multipartThresholdMiB: 5, filesInParallel: 8, partsInParallel: 16 });
  target.proxy.setDecide(treatment);
  const existing = { Bucket: target.bucket, Key: 'videos/video_19.mp4', Body: 'another', ContentType: 'video/mp4' };
  await target.client.send(new PutObjectCommand(existing));
  await drop(page, folder, { 'video_11_introducao.mp4': 48 * MB });
  await expectStatus(page, 'video_11', 'completed');
  if (options.withRetrying) {
    await drop(page, folder, { 'video_15_exercicios.mp4': 212 * MB });
    await expectStatus(page, 'video_15', 'waiting');
  }
  await drop(page, folder, {
    'video_19_apresentacao.mp4': 31 * MB,
    'video_16_laboratorio.mp4': 184 * MB,
    'video_17_revisao.mp4': 156 * MB,
    'video_18_entrevista.mp4': 26 * MB,
    'video_13_simulado.mp4': 380 * MB,
  });
  await expectStatus(page, 'video_19', 'failed');
  await expectUnderWay(page, 'video_16', /[3-9]\d/);
  await rename(join(folder, 'video_16_laboratorio.mp4'), join(folder, 'away.mp4'));
  await makeVideo(join(folder, 'video_17_revisao.mp4'), 20 * MB);
  await expectStatus(page, 'video_16', 'waiting');
  await expectStatus(page, 'video_17', 'failed');
  await expectStatus(page, 'video_18', 'completing');
  await expectUnderWay(page, 'video_13');
  await rowOf(page, 'video_13').getByRole('button', { name: options.pause }).click();
  await expectStatus(page, 'video_13', 'paused');
  // The one that is only verified lets one more begin.
  await savePreferences(page, { filesInParallel: 1 });
  await drop(page, folder, { 'video_12_aula_pratica.mp4': 1_240 * MB });
  await expectUnderWay(page, 'video_12');
  await drop(page, folder, { 'video_14_encerramento.mp4': 655 * MB });
  await expectStatus(page, 'video_14', 'queued');
}
