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

interface LocalFileWorld {
  readonly queue: UploadQueue;
  readonly storages: Storages;
  readonly links: Pick<LinkDesk, 'linkTo'>;
  readonly files: Pick<SourceFiles, 'fingerprint'>;
  readonly log: UploadLog;
  readonly now: () => number;
  /** Hours after the upload; null: files stay. */
  readonly removeAfterHours: () => number | null;
  /** Whether a stranger gets the video behind a URL: status 200 or 206 and the right type. */
  readonly opens: (url: string) => Promise<boolean>;
  /** Rejects where the volume has no trash. */
  readonly trash: (path: string) => Promise<void>;
  readonly unlink: (path: string) => Promise<void>;
}

/** Removes files whose videos are proved to be at their destination; off unless a person asks for it. */
export class LocalFileDesk {
  readonly #world: LocalFileWorld;
  #turn: Promise<void> = Promise.resolve();
  /** Files that were not safe to remove, and when they were last looked at. */
  readonly #stays = new Map<string, number>();

  constructor(world: LocalFileWorld) {
    this.#world = world;
  }

  /** Looks at what is due; to be called now and then. */
  sweep(): Promise<void> {
    this.#turn = this.#turn.then(() => this.#sweep());
    return this.#turn;
  }

  /**
   * For good, after a person has said so: its volume has no trash. Rejects with `source-changed` or `object-mismatch` when
   * it is not safe any more.
   */
  async deleteForGood(id: string): Promise<void> {
    const record = this.#world.queue.proof(id)?.record;
    if (record?.state.status !== 'completed' || record.state.localFile !== 'no-trash') throw new UploadError('invalid-request');
    await this.#prove(record);
    await this.#world.unlink(record.source.path);
    await this.#world.queue.noteLocalFile(id, 'deleted');
  }

  async #sweep(): Promise<void> {
    const { queue, removeAfterHours, now, log } = this.#world;
    const hours = removeAfterHours();
    if (hours === null) return;
    for (const record of queue.records()) {
      const { state, id } = record;
      const isDue = state.status === 'completed' && state.localFile === 'kept' && state.completedAt + hours * hourMs <= now();
      if (!isDue || !isProvedEnough(record) || isFileWanted(queue.records(), record.source.path)) continue;
      if ((this.#stays.get(id) ?? -Infinity) + againMs > now()) continue;
      try {
        await this.#prove(record);
      } catch (error) {
        this.#stays.set(id, now());
        log.info('local-file-stays', { id, code: asUploadError(error).code });
        continue;
      }
      await this.#toTrash(record);
    }
  }

  async #toTrash({ id, source }: UploadRecord): Promise<void> {
    const { trash, queue, log } = this.#world;
    const state = await trash(source.path).then(
      () => 'trashed' as const,
      () => 'no-trash' as const,
    );
    await queue.noteLocalFile(id, state);
    log.info('local-file', { id, state });
  }

  /** The file is still the one that was sent, the object is there, and its link opens. */
  async #prove({ source, destinationId, key, state }: UploadRecord): Promise<void> {
    const { files, storages, links, opens } = this.#world;
    const now = await files.fingerprint(source.path);
    if (now.size !== source.size || now.mtimeMs !== source.mtimeMs || now.sample !== source.sample) {
      throw new UploadError('source-changed');
    }
    const storage = await storages.storageFor(destinationId);
    const found = await storage.headObject(key, AbortSignal.timeout(patienceMs));
    const etag = state.status === 'completed' ? state.etag : '';
    if (found === null || found.size !== source.size || found.etag !== etag) throw new UploadError('object-mismatch');
    const link = await links.linkTo(destinationId, key);
    if (link.kind !== 'path' && !(await opens(link.text))) throw new UploadError('object-mismatch');
  }
}

/** Nothing less than the object itself having been looked at. */
const isProvedEnough = ({ state }: UploadRecord): boolean =>
  state.status === 'completed' && (state.verification === 'checksum' || state.verification === 'object');
