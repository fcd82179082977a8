import type { ListedObject, ReadObject, Upkeep } from '../../electron/upkeep/ports.ts';
import type { StoredObject } from '../../electron/uploads/ports.ts';
import { UploadError } from '../../electron/uploads/upload-error.ts';
import { crc64, md5 } from './received-body.ts';

type Place = Pick<Upkeep, 'list' | 'read' | 'write'> & {
  headObject(key: string, signal: AbortSignal): Promise<StoredObject | null>;
  checksumOf(key: string, signal: AbortSignal): Promise<string | null>;
  listUnfinished(key: string, signal: AbortSignal): Promise<readonly never[]>;
};

/** Objects that a migration reads and writes whole. What is scripted is thrown, once, before anything happens. */
export class MemoryPlace implements Place {
  readonly objects = new Map<string, StoredObject & { readonly bytes: Buffer }>();
  /** `read k`, `write k`, `head k`. */
  readonly operations: string[] = [];
  /** Thrown by the next operations of that name. */
  readonly failures: Array<readonly [operation: string, error: unknown]> = [];
  /** What becomes of the bytes on their way out. */
  spoil: (bytes: Buffer) => Buffer = (bytes) => bytes;
  keepsChecksums = true;

  put(key: string, text: string, facts: Partial<StoredObject> = {}): void {
    const bytes = Buffer.from(text);
    this.objects.set(key, {
      size: bytes.length,
      modifiedAt: 0,
      etag: md5(bytes),
      crc64nvme: this.keepsChecksums ? crc64(bytes) : null,
      contentType: 'video/mp4',
      uploadToken: null,
      ...facts,
      bytes,
    });
  }

  async headObject(key: string, signal: AbortSignal): Promise<StoredObject | null> {
    this.#begin('head', key, signal);
    return this.objects.get(key) ?? null;
  }

  async listUnfinished(key: string, signal: AbortSignal): Promise<readonly never[]> {
    this.#begin('listUnfinished', key, signal);
    return [];
  }

  async checksumOf(key: string): Promise<string | null> {
    return this.objects.get(key)?.crc64nvme ?? null;
  }

  async *list(prefix: string, signal: AbortSignal): AsyncGenerator<ListedObject> {
    for (const [key, { size, modifiedAt }] of this.objects) {
      signal.throwIfAborted();
      if (key.startsWith(prefix)) yield { key, size, modifiedAt };
    }
  }

  async read(key: string, signal: AbortSignal): Promise<ReadObject> {
    this.#begin('read', key, signal);
    const found = this.objects.get(key);
    if (found === undefined) throw new UploadError('object-missing');
    const bytes = this.spoil(found.bytes);
    const pieces = async function* pieces(): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < bytes.length; at += 4) yield bytes.subarray(at, at + 4);
    };
    return { size: found.size, contentType: found.contentType, pieces: pieces() };
  }

  async write(...[object, { pieces, mustBeNew, signal, onSent }]: Parameters<Upkeep['write']>): Promise<void> {
    this.#begin('write', object.key, signal);
    const taken: Uint8Array[] = [];
    let sent = 0;
    for await (const piece of pieces) {
      signal.throwIfAborted();
      taken.push(Buffer.from(piece));
      sent += piece.length;
      onSent(sent);
    }
    if (mustBeNew && this.objects.has(object.key)) throw new UploadError('object-exists', { httpStatus: 412 });
    this.put(object.key, Buffer.concat(taken).toString(), { uploadToken: object.uploadToken, contentType: object.contentType });
  }

  #begin(operation: string, key: string, signal: AbortSignal): void {
    signal.throwIfAborted();
    this.operations.push(`${operation} ${key}`);
    const at = this.failures.findIndex(([name]) => name === operation);
    if (at >= 0) throw this.failures.splice(at, 1)[0]?.[1];
  }
}
