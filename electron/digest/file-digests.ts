import { Worker } from 'node:worker_threads';
import type { FileDigests } from '../uploads/ports.ts';
import { UploadError } from '../uploads/upload-error.ts';
import { answerQuestion } from './answer-question.ts';
import type { DigestAnswer, DigestQuestion } from './digest-question.ts';

type Ask = (question: DigestQuestion) => Promise<DigestAnswer>;

/** Hashes in a thread of its own, started at the first need. `workerFile`: the compiled digest-worker. */
export function threadDigests(workerFile: string): FileDigests & { readonly stop: () => Promise<void> } {
  const pending = new Map<number, { readonly resolve: (answer: DigestAnswer) => void; readonly reject: () => void }>();
  let worker: Worker | null = null;
  const fail = (): void => {
    worker = null;
    for (const { reject } of pending.values()) reject();
    pending.clear();
  };
  const start = (): Worker => {
    // Its objects are few and small. Left alone V8 would take tens of megabytes for them.
    const started = new Worker(workerFile, { name: 'digests', resourceLimits: { maxYoungGenerationSizeMb: 2 } });
    started.on('message', (answer: DigestAnswer) => {
      pending.get(answer.id)?.resolve(answer);
      pending.delete(answer.id);
      // A process that has nothing else to do may end.
      if (pending.size === 0) started.unref();
    });
    started.on('error', fail);
    started.on('exit', fail);
    return started;
  };
  const ask: Ask = (question) =>
    new Promise((resolve, reject) => {
      worker ??= start();
      worker.ref();
      pending.set(question.id, { resolve, reject: () => reject(new UploadError('internal')) });
      worker.postMessage(question);
    });
  return { ...digestsBy(ask), stop: async () => void (await worker?.terminate()) };
}

/** The same in the calling thread, for programs that have nothing else to do. */
export const directDigests = (): FileDigests => digestsBy(answerQuestion);

function digestsBy(ask: Ask): FileDigests {
  let lastId = 0;
  return {
    digest: async (path, { start, size }, names, signal) => {
      signal.throwIfAborted();
      const answer = await ask({ kind: 'digest', id: (lastId += 1), path, start, size, names });
      signal.throwIfAborted();
      if ('digests' in answer) return answer.digests;
      throw errorOf(answer);
    },
    combineCrc64: async (pieces) => {
      const plain = pieces.map(({ crc64nvme, size }) => ({ crc64nvme, size }));
      const answer = await ask({ kind: 'combine', id: (lastId += 1), pieces: plain });
      if ('combined' in answer) return answer.combined;
      throw errorOf(answer);
    },
  };
}

/** A file that has gone: no such name, no such folder, no such device, or a network drive that was taken away. */
const gone = new Set(['ENOENT', 'ENOTDIR', 'ENODEV', 'ENXIO', 'ESTALE']);

function errorOf(answer: DigestAnswer): UploadError {
  const problem = 'problem' in answer ? answer.problem : 'UNKNOWN';
  if (problem === 'SHORT') return new UploadError('source-changed');
  const cause = Object.assign(new Error(problem), { code: problem });
  return new UploadError(gone.has(problem) ? 'source-missing' : 'source-unreadable', { cause });
}
