import { join } from 'node:path';
import type { UploadQueue } from '../../electron/uploads/upload-queue.ts';
import type { PracticeServerOptions } from '../../electron/practice/practice-server.ts';
import { type EngineOptions, addFile, isStatus, startEngine, until } from './engine.ts';
import { type S3Target, openTarget } from './s3-target.ts';
import { makeVideo, sha256, temporaryFolder } from './sample-video.ts';

/** A server, a folder and engines on it: what an integration test plays with. */
export interface Stage {
  readonly target: S3Target;
  readonly folder: string;
  /** A real MP4 of that many bytes, in a file of that name. */
  readonly video: (name: string, size: number) => Promise<string>;
  /** An engine on the journal of that name: the second one on the same name is the app after a restart. */
  readonly engine: (journal: string, more?: Partial<EngineOptions>) => Promise<UploadQueue>;
  /** Sends the file and expects a completed, identical object; returns its row. */
  readonly sendAndCheck: (queue: UploadQueue, path: string) => ReturnType<typeof until>;
  readonly end: () => Promise<void>;
}

export async function setStage(options: Partial<PracticeServerOptions> = {}): Promise<Stage> {
  const target = await openTarget(options);
  const folder = await temporaryFolder();
  const engines: UploadQueue[] = [];
  return {
    target,
    folder: folder.path,
    video: (name, size) => makeVideo(join(folder.path, name), size),
    engine: async (journal, more = {}) => {
      const { queue } = startEngine({ journalFolder: join(folder.path, 'journals', journal), open: target.open, ...more });
      engines.push(queue);
      await queue.start();
      return queue;
    },
    sendAndCheck: async (queue, path) => {
      const id = await addFile(queue, path);
      const upload = await until(queue, id, isStatus('completed', 'failed'));
      if (upload.status !== 'completed') throw new Error(`Not completed: ${JSON.stringify(upload)}`);
      if ((await target.objectSha256(upload.key)) !== (await sha256(path))) throw new Error('Another object');
      return upload;
    },
    end: async () => {
      target.proxy.setDecide(() => null);
      await Promise.all(engines.map((queue) => queue.stop()));
      await target.stop();
      await folder.remove();
    },
  };
}

