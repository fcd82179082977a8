import { assertNever } from '../../shared/errors.ts';
import type { PracticeAnswer, PracticeQuestion } from './practice-protocol.ts';
import { type PracticeServer, startPracticeServer } from './practice-server.ts';

/** Electron gives a utility process this port to its parent; `practice/` is compiled without Electron's types. */
interface ParentPort {
  on(event: 'message', listener: (message: { readonly data: PracticeQuestion }) => void): void;
  postMessage(answer: PracticeAnswer): void;
}

/**
 * Serves the practice bucket in a process of its own: hashing gigabytes would make the main process stutter, and a
 * server that falls over takes nothing with it.
 */
function serve(parent: ParentPort): void {
  let server: Promise<PracticeServer> | undefined;
  const running = (): Promise<PracticeServer> => server ?? Promise.reject(new Error('not started'));
  const answer = async (question: PracticeQuestion): Promise<PracticeAnswer> => {
    switch (question.type) {
      case 'start': {
        const { folder, port, bucket, accessKeyId, secretAccessKey } = question;
        server = startPracticeServer({
          folder,
          credentials: { accessKeyId, secretAccessKey },
          buckets: [bucket],
          ...(port === null ? {} : { port }),
        });
        const started = await server;
        return { type: 'ready', endpoint: started.endpoint, port: started.port };
      }
      case 'usage': {
        const { objects, bytes, unfinishedUploads } = await (await running()).usage();
        return { type: 'usage', requestId: question.requestId, objects, bytes, unfinishedUploads };
      }
      case 'empty':
        await (await running()).empty();
        return { type: 'emptied', requestId: question.requestId };
      default:
        return assertNever(question);
    }
  };
  parent.on('message', ({ data }) => {
    answer(data).then(
      (words) => parent.postMessage(words),
      (error: unknown) => parent.postMessage({ type: 'failed', reason: error instanceof Error ? error.name : 'Error' }),
    );
  });
}

const { parentPort } = process as unknown as { readonly parentPort?: ParentPort };
if (parentPort !== undefined) serve(parentPort);
