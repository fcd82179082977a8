import { watch } from '../../electron/ipc/publish.ts';
import { addFile, startEngine } from '../../tests/support/engine.ts';
import type { EngineWish, Job } from '../job.ts';
import { engineSettings } from './engine-settings.ts';

/**
 * The engine as the app runs it: queue, journal on the disk, signed SHA-256 of every part, snapshots for a window, and
 * the object proved by HEAD. Returns the key.
 */
export async function uploadWithEngine(
  { file, target }: Job,
  options: { readonly wish: EngineWish; readonly journalFolder: string },
): Promise<string> {
  const { endpoint, region, bucket, accessKeyId, secretAccessKey } = target;
  const { queue } = startEngine({
    journalFolder: options.journalFolder,
    open: () => ({
      address: { endpoint, region, bucket, isPathStyle: true },
      credentials: { accessKeyId, secretAccessKey, sessionToken: null },
    }),
    settings: engineSettings(options.wish),
  });
  const completed = new Promise<string>((resolve, reject) => {
    watch(queue, ({ uploads }) => {
      const upload = uploads[0];
      if (upload?.status === 'completed') resolve(upload.key);
      if (upload?.status === 'failed' || upload?.status === 'waiting') reject(new Error(JSON.stringify(upload)));
    });
  });
  await queue.start();
  await addFile(queue, file);
  const key = await completed;
  await queue.stop();
  return key;
}
