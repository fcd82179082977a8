import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type UtilityProcess, utilityProcess } from 'electron';
import { z } from 'zod';
import type { PracticeUsage } from '../shared/replies.ts';
import type { Credentials } from '../shared/settings.ts';
import type { PracticeAnswer, PracticeQuestion } from './practice/practice-protocol.ts';
import { UploadError } from './uploads/upload-error.ts';

export const practiceBucketName = 'practice-bucket';

const startLimitMs = 15_000;

/** Kept beside the bucket: the keys open nothing but this bucket on this computer, and links keep their port. */
const keptSchema = z.object({ accessKeyId: z.string(), secretAccessKey: z.string(), port: z.int().nullable() });
type Kept = z.infer<typeof keptSchema>;

interface Running {
  readonly child: UtilityProcess;
  readonly endpoint: string;
  readonly credentials: Credentials;
}

/** Starts the practice bucket's process at the first need, and again when it has died. */
export class PracticeHost {
  readonly #folder: string;
  readonly #entry: string;
  #running: Promise<Running> | undefined;
  #nextRequest = 1;

  /** `entry`: the compiled practice-process. */
  constructor(folder: string, entry: string) {
    this.#folder = folder;
    this.#entry = entry;
  }

  /** Rejects with `offline` when the process cannot be started. */
  async open(): Promise<Omit<Running, 'child'>> {
    this.#running ??= this.#start();
    try {
      return await this.#running;
    } catch (error) {
      this.#running = undefined;
      throw error;
    }
  }

  async usage(): Promise<PracticeUsage> {
    const answer = await this.#ask((requestId) => ({ type: 'usage', requestId }));
    if (answer.type !== 'usage') throw new UploadError('internal');
    const { objects, bytes, unfinishedUploads } = answer;
    return { objects, bytes, unfinishedUploads };
  }

  async empty(): Promise<void> {
    await this.#ask((requestId) => ({ type: 'empty', requestId }));
  }

  async stop(): Promise<void> {
    const running = await this.#running?.catch(() => undefined);
    running?.child.kill();
  }

  async #start(): Promise<Running> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const kept = await this.#keep();
    const child = utilityProcess.fork(this.#entry, [], { serviceName: 'Remessa practice bucket', stdio: 'ignore' });
    child.once('exit', () => (this.#running = undefined));
    const { accessKeyId, secretAccessKey, port } = kept;
    const folder = join(this.#folder, 'bucket');
    const ready = answerOf(child, (answer) => answer.type === 'ready' || answer.type === 'failed');
    post(child, { type: 'start', folder, port, bucket: practiceBucketName, accessKeyId, secretAccessKey });
    const answer = await ready;
    if (answer.type !== 'ready') throw new UploadError('offline');
    if (answer.port !== port) await this.#write({ ...kept, port: answer.port });
    return { child, endpoint: answer.endpoint, credentials: { accessKeyId, secretAccessKey, sessionToken: null } };
  }

  async #ask(question: (requestId: number) => PracticeQuestion): Promise<PracticeAnswer> {
    await this.open();
    const { child } = (await this.#running) ?? {};
    if (child === undefined) throw new UploadError('offline');
    const requestId = this.#nextRequest;
    this.#nextRequest += 1;
    const answered = answerOf(
      child,
      (answer) => answer.type === 'failed' || ('requestId' in answer && answer.requestId === requestId),
    );
    post(child, question(requestId));
    return answered;
  }

  async #keep(): Promise<Kept> {
    const text = await readFile(this.#keptPath, 'utf8').catch(() => '');
    try {
      return keptSchema.parse(JSON.parse(text));
    } catch {
      // The first time, or a damaged file: new keys do, since every link is made when it is copied.
      const fresh = {
        accessKeyId: `PRACTICE${randomBytes(8).toString('hex').toUpperCase()}`,
        secretAccessKey: randomBytes(24).toString('base64url'),
        port: null,
      };
      await this.#write(fresh);
      return fresh;
    }
  }

  async #write(kept: Kept): Promise<void> {
    await writeFile(this.#keptPath, JSON.stringify(kept), { mode: 0o600 });
  }

  get #keptPath(): string {
    return join(this.#folder, 'keys.json');
  }
}

const post = (child: UtilityProcess, question: PracticeQuestion): void => child.postMessage(question);

async function answerOf(child: UtilityProcess, isIt: (answer: PracticeAnswer) => boolean): Promise<PracticeAnswer> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => finish(() => reject(new UploadError('timeout'))), startLimitMs);
    const onMessage = (answer: PracticeAnswer): void => {
      if (isIt(answer)) finish(() => resolve(answer));
    };
    const onExit = (): void => finish(() => reject(new UploadError('offline')));
    const finish = (end: () => void): void => {
      clearTimeout(limit);
      child.off('message', onMessage);
      child.off('exit', onExit);
      end();
    };
    child.on('message', onMessage);
    child.on('exit', onExit);
  });
}
