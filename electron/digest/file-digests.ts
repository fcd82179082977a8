import { Worker } from 'node:worker_threads';
import type { FileDigests } from '../uploads/ports.ts';
import { UploadError } from '../uploads/upload-error.ts';
import { answerQuestion } from './answer-question.ts';
import type { DigestAnswer, DigestQuestion } from './digest-question.ts';

type Ask = (question: DigestQuestion) => Promise<DigestAnswer>;

/** Deaths of the thread after which it is not started again. */
const maxDeaths = 3;

interface Pending {
  readonly question: DigestQuestion;
  readonly resolve: (answer: DigestAnswer | Promise<DigestAnswer>) => void;
}

/**
 * Hashes in a thread of its own, started at the first need. `workerFile`: the compiled digest-worker. If the thread
 * dies, the calling one does the work: a busy window is better than an upload that stops.
 */
export function threadDigests(workerFile: string): FileDigests & { readonly stop: () => Promise<void> } {
  const pending = new Map<number, Pending>();
  let worker: Worker | null = null;
  let deaths = 0;
  const die = (): void => {
    worker = null;
    deaths += 1;
    for (const { question, resolve } of pending.values()) resolve(answerQuestion(question));
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
    // The exit that follows does the rest.
    started.on('error', () => undefined);
    started.once('exit', die);
    return started;
  };
  const ask: Ask = (question) => {
    if (deaths >= maxDeaths) return answerQuestion(question);
    return new Promise((resolve) => {
      worker ??= start();
      worker.ref();
      pending.set(question.id, { question, resolve });
      worker.postMessage(question);
    });
  };
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
