import { createHash } from 'node:crypto';
import type {
  Clock,
  ObjectDescription,
  ObjectStorage,
  PartRequest,
  RequestBody,
  StorageLimits,
  StoredObject,
  StoredPart,
} from '../../electron/uploads/ports.ts';
import { UploadError } from '../../electron/uploads/upload-error.ts';
import { crc64, md5, nothing, receive, sha256 } from './received-body.ts';

/** One request as a scripted answer sees it. */
export interface Call {
  readonly operation: string;
  readonly signal: AbortSignal;
  /** Takes in what is being sent, all of it or the first `bytes`; nothing for requests without a body. */
  readonly receive: (bytes?: number) => Promise<Buffer>;
  /** The same piece by piece. */
  readonly pieces: () => AsyncIterable<Uint8Array>;
  /** What the server would do without a script. */
  readonly perform: () => Promise<unknown>;
  /** Waits like a request does: ends with the signal when that comes first. */
  readonly until: <T>(promise: Promise<T>) => Promise<T>;
}

export type Answer = UploadError | ((call: Call) => unknown);

interface Unfinished {
  readonly object: ObjectDescription;
  readonly initiatedAt: number;
  readonly parts: Map<number, { readonly bytes: Buffer; readonly etag: string }>;
}

/** No answer ever, until the request is interrupted. */
export const hang = (call: Call): Promise<unknown> => call.until(new Promise(() => undefined));

/** The server did it, and the answer got lost on the way. */
export const loseAnswer = async (call: Call): Promise<never> => {
  await call.perform();
  throw new UploadError('connection-lost', { isUnclear: true });
};

/**
 * A bucket in memory. Without a script it behaves as S3 does; a test scripts the next answer to an operation (`on`) or
 * all of them (`always`), and reads in `operations` what was asked in which order.
 */
export class FakeObjectStorage implements ObjectStorage {
  limits: StorageLimits = { maxObjectBytes: 1e9, maxParts: Infinity, minPartBytes: 1, maxPartBytes: 1e9 };
  /** `headObject`, `putObject`, `create`, `uploadPart 3`, `listParts`, `complete`, `abort`, `listUnfinished`. */
  readonly operations: string[] = [];
  readonly objects = new Map<string, StoredObject & { readonly bytes: Buffer }>();
  readonly unfinished = new Map<string, Unfinished>();
  /** Requests that have not settled. */
  readonly inFlight = new Set<Call>();
  /** Most parts that were in flight at once. */
  mostParts = 0;
  /** Looks at whether the destination answers; kept out of `operations`, which is about uploads. */
  probes = 0;
  isUp = true;
  /** Whether it keeps a CRC-64/NVME over whole objects. */
  keepsChecksums = false;
  /** What a packet takes there and back; null where it cannot be measured. */
  roundTripMs: number | null = null;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #once: Array<{ readonly operation: string; readonly answer: Answer }> = [];
  readonly #always = new Map<string, Answer>();

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  /** The next request of that name (`uploadPart` means any part, `uploadPart 3` only the third). */
  on(operation: string, ...answers: readonly Answer[]): this {
    for (const answer of answers) this.#once.push({ operation, answer });
    return this;
  }

  always(operation: string, answer: Answer | null): this {
    if (answer === null) this.#always.delete(operation);
    else this.#always.set(operation, answer);
    return this;
  }

  /** Forgets what has been asked so far and returns it. */
  takeOperations(): string[] {
    return this.operations.splice(0);
  }

  count(operation: string): number {
    return this.operations.filter((done) => done === operation || done.startsWith(`${operation} `)).length;
  }

  putForeign(key: string, text = 'somebody else'): void {
    const bytes = Buffer.from(text);
    const facts = { size: bytes.length, etag: md5(bytes), crc64nvme: null, contentType: 'video/mp4', uploadToken: null };
    this.objects.set(key, { ...facts, modifiedAt: this.#clock.now(), bytes });
  }

  beginForeign(uploadId: string, key: string, begun: { initiatedAt: number; parts?: readonly number[] }): void {
    const bytes = Buffer.from('x');
    const parts = new Map((begun.parts ?? []).map((n) => [n, { bytes, etag: md5(bytes) }]));
    const object = { key, size: 1, contentType: 'video/mp4', uploadToken: 'other', originalName: 'other' };
    this.unfinished.set(uploadId, { object, initiatedAt: begun.initiatedAt, parts });
  }

  headObject(key: string, signal: AbortSignal): Promise<StoredObject | null> {
    return this.#ask({ operation: 'headObject', signal }, () => {
      const found = this.objects.get(key);
      if (found === undefined) return null;
      const { bytes: _kept, ...facts } = found;
      return facts;
    });
  }

  putObject(
    object: ObjectDescription,
    { body, signal, mustBeNew }: Parameters<ObjectStorage['putObject']>[1],
  ): Promise<{ readonly etag: string }> {
    return this.#ask({ operation: 'putObject', signal, body }, async (call) => {
      if (mustBeNew && this.objects.has(object.key)) throw new UploadError('object-exists', { httpStatus: 412 });
      const bytes = await call.receive();
      return this.#store(object, bytes, md5(bytes));
    });
  }

  createMultipartUpload(
    object: ObjectDescription,
    signal: AbortSignal,
  ): ReturnType<ObjectStorage['createMultipartUpload']> {
    return this.#ask({ operation: 'create', signal }, () => {
      this.#created += 1;
      const uploadId = `upload-${this.#created}`;
      this.unfinished.set(uploadId, { object, initiatedAt: this.#clock.now(), parts: new Map() });
      return { uploadId, expiresAt: this.#clock.now() + 7 * 86_400_000, hasChecksum: this.keepsChecksums };
    });
  }
  #created = 0;

  uploadPart(request: PartRequest): Promise<{ readonly etag: string }> {
    const { partNumber, body, signal, uploadId } = request;
    return this.#ask({ operation: `uploadPart ${partNumber}`, signal, body }, async (call) => {
      const { parts } = this.#known(uploadId);
      const bytes = await call.receive();
      if (body.sha256 !== null && body.sha256 !== sha256(bytes)) throw badDigest();
      if (body.crc64nvme !== null && body.crc64nvme !== crc64(bytes)) throw badDigest();
      const etag = md5(bytes);
      parts.set(partNumber, { bytes, etag });
      return { etag };
    });
  }

  listParts(_key: string, uploadId: string, signal: AbortSignal): Promise<readonly StoredPart[]> {
    return this.#ask({ operation: 'listParts', signal }, () =>
      [...this.#known(uploadId).parts]
        .map(([partNumber, { bytes, etag }]) => ({ partNumber, size: bytes.length, etag }))
        .sort((a, b) => a.partNumber - b.partNumber),
    );
  }

  completeMultipartUpload(
    request: Parameters<ObjectStorage['completeMultipartUpload']>[0],
  ): Promise<{ readonly etag: string }> {
    const { uploadId, parts, crc64nvme, mustBeNew, signal } = request;
    return this.#ask({ operation: 'complete', signal }, () => {
      const upload = this.#known(uploadId);
      if (mustBeNew && this.objects.has(upload.object.key)) throw new UploadError('object-exists', { httpStatus: 412 });
      const stored = parts.map(({ partNumber, etag }) => {
        const part = upload.parts.get(partNumber);
        if (part === undefined || part.etag !== etag) throw invalidPart();
        return part;
      });
      this.unfinished.delete(uploadId);
      const digest = createHash('md5');
      for (const { etag } of stored) digest.update(Buffer.from(etag, 'hex'));
      const bytes = Buffer.concat(stored.map((part) => part.bytes));
      if (crc64nvme !== null && crc64nvme !== crc64(bytes)) throw invalidPart();
      return this.#store(upload.object, bytes, `${digest.digest('hex')}-${stored.length}`);
    });
  }

  abortMultipartUpload(_key: string, uploadId: string, signal: AbortSignal): Promise<void> {
    return this.#ask({ operation: 'abort', signal }, () => void this.unfinished.delete(uploadId));
  }

  listUnfinished(
    key: string,
    signal: AbortSignal,
  ): Promise<ReadonlyArray<{ readonly uploadId: string; readonly initiatedAt: number | null }>> {
    return this.#ask({ operation: 'listUnfinished', signal }, () =>
      [...this.unfinished]
        .filter(([, upload]) => upload.object.key === key)
        .map(([uploadId, { initiatedAt }]) => ({ uploadId, initiatedAt })),
    );
  }

  roundTrip(): Promise<number | null> {
    return Promise.resolve(this.roundTripMs);
  }

  isReachable(): Promise<boolean> {
    this.probes += 1;
    return Promise.resolve(this.isUp);
  }

  checksumOf(key: string, signal: AbortSignal, known?: StoredObject): Promise<string | null> {
    if (known !== undefined && known.crc64nvme !== null) return Promise.resolve(known.crc64nvme);
    return this.#ask({ operation: 'checksumOf', signal }, () => this.objects.get(key)?.crc64nvme ?? null);
  }

  #known(uploadId: string): Unfinished {
    const upload = this.unfinished.get(uploadId);
    if (upload === undefined) throw noSuchUpload();
    return upload;
  }

  #store(object: ObjectDescription, bytes: Buffer, etag: string): { readonly etag: string } {
    const { contentType, uploadToken, key } = object;
    const crc64nvme = this.keepsChecksums ? crc64(bytes) : null;
    const modifiedAt = this.#clock.now();
    this.objects.set(key, { size: bytes.length, modifiedAt, etag, crc64nvme, contentType, uploadToken, bytes });
    return { etag };
  }

  async #ask<T>(
    request: Pick<Call, 'operation' | 'signal'> & { readonly body?: RequestBody },
    effect: (call: Call) => T | Promise<T>,
  ): Promise<T> {
    const { signal, body } = request;
    signal.throwIfAborted();
    const call: Call = {
      operation: request.operation,
      signal,
      receive: (bytes = Infinity) => receive(body, bytes),
      pieces: () => body?.pieces() ?? nothing(),
      perform: async () => effect(call),
      until: (promise) => untilAborted(promise, signal),
    };
    this.operations.push(call.operation);
    this.inFlight.add(call);
    const parts = [...this.inFlight].filter(({ operation }) => operation.startsWith('uploadPart')).length;
    this.mostParts = Math.max(this.mostParts, parts);
    try {
      const answer = this.#scripted(call.operation);
      if (answer === undefined) return await effect(call);
      if (answer instanceof UploadError) throw answer;
      return (await answer(call)) as T;
    } finally {
      this.inFlight.delete(call);
    }
  }

  #scripted(operation: string): Answer | undefined {
    const family = operation.split(' ')[0] ?? operation;
    const index = this.#once.findIndex((script) => script.operation === operation || script.operation === family);
    if (index >= 0) return this.#once.splice(index, 1)[0]?.answer;
    return this.#always.get(operation) ?? this.#always.get(family);
  }
}

export const noSuchUpload = (): UploadError =>
  new UploadError('upload-expired', { httpStatus: 404, serverCode: 'NoSuchUpload' });

const badDigest = (): UploadError =>
  new UploadError('unexpected-answer', { httpStatus: 400, serverCode: 'BadDigest' });

export const invalidPart = (): UploadError =>
  new UploadError('object-mismatch', { httpStatus: 400, serverCode: 'InvalidPart' });

function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const interrupted = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', interrupted, { once: true });
    if (signal.aborted) interrupted();
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', interrupted));
  });
}
