import { isAbsolute, relative } from 'node:path';
import { isFileWanted } from '../uploads/queue-questions.ts';
import { asUploadError, UploadError } from '../uploads/upload-error.ts';
import type { UploadQueue } from '../uploads/upload-queue.ts';
import type { UploadRecord } from '../uploads/upload-record.ts';
import type { SourceFiles, UploadLog } from '../uploads/ports.ts';
import type { LinkDesk } from './link-desk.ts';
import type { Storages } from './storages.ts';

const hourMs = 3_600_000;
/** A file that was not safe to remove is looked at again after so long: each look is a request and a link opened. */
const againMs = hourMs;
const patienceMs = 30_000;
/** The same for reading a whole video on a disk. */
const readingPatienceMs = 60 * 60_000;

interface LocalFileWorld {
  readonly queue: Pick<UploadQueue, 'records' | 'proof' | 'noteLocalFile'>;
  readonly storages: Pick<Storages, 'storageFor'>;
  readonly links: Pick<LinkDesk, 'linkTo'>;
  readonly files: Pick<SourceFiles, 'fingerprint' | 'resolve'>;
  readonly log: UploadLog;
  readonly now: () => number;
  /** Hours after the upload; null: files stay. */
  readonly removeAfterHours: () => number | null;
  /** The folders of disks: a file in there may be the very object that was sent. */
  readonly diskFolders: () => readonly string[];
  /** Whether a stranger gets the video behind a URL: status 200 or 206 and the right type. */
  readonly opens: (url: string) => Promise<boolean>;
  /** Rejects where the volume has no trash. */
  readonly trash: (path: string) => Promise<void>;
  readonly unlink: (path: string) => Promise<void>;
}

/** Removes files whose videos are proved to be at their destination; off unless a person asks for it. */
export class LocalFileDesk {
  readonly #world: LocalFileWorld;
  #sweeping: Promise<void> | null = null;
  /** Files that were not safe to remove, and when they were last looked at. */
  readonly #stays = new Map<string, number>();

  constructor(world: LocalFileWorld) {
    this.#world = world;
  }

  /** Looks at what is due; to be called now and then, also while one look is still going on. Never rejects. */
  sweep(): Promise<void> {
    this.#sweeping ??= this.#sweep().finally(() => (this.#sweeping = null));
    return this.#sweeping;
  }

  /**
   * For good, after a person has said so: its volume has no trash. Rejects with `source-changed`, `object-mismatch` or
   * `upload-in-use` when it is not safe any more.
   */
  async deleteForGood(id: string): Promise<void> {
    const { queue, unlink } = this.#world;
    const record = queue.proof(id)?.record;
    const isAsked = record?.state.status === 'completed' && record.state.localFile === 'no-trash';
    if (record === undefined || !isAsked) throw new UploadError('invalid-request');
    await this.#prove(record);
    await unlink(record.source.path);
    await this.#note(record, 'deleted');
  }

  async #sweep(): Promise<void> {
    const { queue, log, now } = this.#world;
    if (this.#world.removeAfterHours() === null) return;
    for (const { id } of queue.records()) {
      // As it is now: the one before may have been of the same file.
      const record = queue.proof(id)?.record;
      if (record === undefined || !this.#isDue(record)) continue;
      try {
        await this.#prove(record);
        await this.#toTrash(record);
      } catch (error) {
        this.#stays.set(id, now());
        log.info('local-file-stays', { id, code: asUploadError(error).code });
      }
    }
  }

  #isDue({ id, state, held }: UploadRecord): boolean {
    const { removeAfterHours, now } = this.#world;
    const hours = removeAfterHours();
    if (hours === null || held !== null || state.status !== 'completed' || state.localFile !== 'kept') return false;
    // Nothing less than the object itself having been looked at.
    const isProved = state.verification === 'checksum' || state.verification === 'object';
    const isOldEnough = state.completedAt + hours * hourMs <= now();
    return isProved && isOldEnough && (this.#stays.get(id) ?? -Infinity) + againMs <= now();
  }

  async #toTrash(record: UploadRecord): Promise<void> {
    const { trash, log } = this.#world;
    const state = await trash(record.source.path).then(
      () => 'trashed' as const,
      () => 'no-trash' as const,
    );
    await this.#note(record, state);
    log.info('local-file', { id: record.id, state });
  }

  /** For every upload of the file: it went to several destinations, and is gone for all of them. */
  async #note({ source }: UploadRecord, localFile: 'trashed' | 'deleted' | 'no-trash'): Promise<void> {
    const { queue } = this.#world;
    for (const { id, state, source: { path } } of queue.records()) {
      if (path === source.path && state.status === 'completed') await queue.noteLocalFile(id, localFile);
    }
  }

  /** Nobody needs the file, it is still the one that was sent, the object is there, and its link opens. */
  async #prove(record: UploadRecord): Promise<void> {
    const { storages, links, opens } = this.#world;
    const { source, destinationId, key, state } = record;
    await this.#refuseNeeded(record);
    const storage = await storages.storageFor(destinationId);
    const found = await storage.headObject(key, AbortSignal.timeout(patienceMs));
    const { etag, crc64nvme } = state.status === 'completed' ? state : { etag: '', crc64nvme: null };
    if (found === null || found.size !== source.size || found.etag !== etag) throw new UploadError('object-mismatch');
    // A disk is read once more: what was noted of its file may not be so any longer.
    const now = await storage.checksumOf(key, AbortSignal.timeout(readingPatienceMs), found);
    if (now !== null && crc64nvme !== null && now !== crc64nvme) throw new UploadError('object-mismatch');
    const link = await links.linkTo(destinationId, key);
    if (link.kind !== 'path' && !(await opens(link.text))) throw new UploadError('object-mismatch');
    // Asking took its time.
    await this.#refuseNeeded(record);
  }

  async #refuseNeeded({ source }: UploadRecord): Promise<void> {
    const { files, queue, diskFolders } = this.#world;
    if (isFileWanted(queue.records(), source.path)) throw new UploadError('upload-in-use');
    for (const folder of diskFolders()) {
      const real = await files.resolve(folder).catch(() => folder);
      if (isInside(real, source.path)) throw new UploadError('upload-in-use');
    }
    const now = await files.fingerprint(source.path);
    if (now.size !== source.size || now.mtimeMs !== source.mtimeMs || now.sample !== source.sample) {
      throw new UploadError('source-changed');
    }
  }
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && !isAbsolute(way) && way.split(/[/\\]/)[0] !== '..';
}
