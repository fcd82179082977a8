import { createHash } from 'node:crypto';
import type { Upload } from '../../shared/upload.ts';
import type {
  DestinationRules,
  DigestName,
  Digests,
  FileDigests,
  Fingerprint,
  FoundPath,
  OpenSource,
  SourceFiles,
} from '../../electron/uploads/ports.ts';
import { defaultKeyTemplate } from '../../shared/key-template.ts';
import type { Intake, MappedName } from '../../electron/uploads/intake.ts';
import { combineCrc64 } from '../../electron/digest/crc64-combine.ts';
import { UploadError } from '../../electron/uploads/upload-error.ts';
import type { UploadRecord } from '../../electron/uploads/upload-record.ts';
import { type QueueSettings, UploadQueue } from '../../electron/uploads/upload-queue.ts';
import { FakeObjectStorage } from './fake-object-storage.ts';
import { ManualClock, settle } from './manual-clock.ts';
import { MemoryHolding } from './memory-holding.ts';
import { MemoryJournal } from './memory-journal.ts';
import { crc64, md5, sha256 } from './received-body.ts';

export const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const now = Date.UTC(2026, 0, 1);

/** Twenty-five bytes by which a wrong order of ten-byte parts cannot go unnoticed. */
export const content = 'abcdefghijklmnopqrstuvwxy';

const sampleOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A record of `content`, queued and with nothing sent. */
export function makeRecord(changes: Partial<UploadRecord> = {}): UploadRecord {
  return {
    schemaVersion: 1,
    id: uuid(1),
    position: 1,
    addedAt: now,
    source: { path: '/v/video_5.mp4', name: 'video_5.mp4', size: 25, mtimeMs: 1, sample: sampleOf(content) },
    held: null,
    groupId: null,
    destinationId: 'r2',
    key: 'videos/video_5.mp4',
    uploadToken: 'token-of-our-upload',
    onConflict: 'ask',
    disowned: null,
    wasOvertaken: false,
    transfer: { kind: 'none' },
    state: { status: 'queued' },
    attempts: 0,
    resends: 0,
    notice: null,
    ...changes,
  };
}

/** The state of a multipart upload in ten-byte parts. */
export const multipart = (uploadId = 'upload-1'): UploadRecord['transfer'] => ({
  kind: 'multipart',
  uploadId,
  partSize: 10,
  checksum: 'sha256',
  createdAt: now,
  expiresAt: null,
});

/** Files in memory. */
export class MemoryFiles implements SourceFiles {
  readonly #files = new Map<string, { text: string; mtimeMs: number; changedAt: number }>();
  readonly #samples = new Map<string, string>();
  #changes = 0;
  /** Paths that another program has open for writing. */
  readonly beingWritten = new Set<string>();
  /** Paths whose content lies in a cloud. */
  readonly placeholders = new Set<string>();
  /** Called before each read, to change a file at the worst moment. */
  beforeRead: (path: string, position: number) => void = () => undefined;

  write(path: string, text: string = content, mtimeMs = 1): string {
    this.#changes += 1;
    this.#files.set(path, { text, mtimeMs, changedAt: this.#changes });
    return path;
  }

  remove(path: string): void {
    this.#files.delete(path);
  }

  async resolve(path: string): Promise<string> {
    this.#must(path);
    return path;
  }

  async find(path: string): Promise<FoundPath> {
    if (this.#files.has(path)) return { path, kind: 'file', isPlaceholder: this.placeholders.has(path) };
    if (this.#inside(path).length > 0) return { path, kind: 'folder', isPlaceholder: false };
    throw new UploadError('source-missing');
  }

  async walk(folder: string): Promise<readonly string[]> {
    return this.#inside(folder);
  }

  async openForWriting(paths: readonly string[]): Promise<ReadonlySet<string>> {
    return new Set(paths.filter((path) => this.beingWritten.has(path)));
  }

  #inside(folder: string): readonly string[] {
    return [...this.#files.keys()].filter((path) => path.startsWith(`${folder}/`)).sort();
  }

  async stat(path: string): ReturnType<SourceFiles['stat']> {
    const { text, mtimeMs, changedAt } = this.#must(path);
    return { size: text.length, mtimeMs, changedAt };
  }

  /** A change that the samples of the fingerprint do not see: they stay those of `text`. */
  keepSample(path: string, text: string): void {
    this.#samples.set(path, sampleOf(text));
  }

  async fingerprint(path: string): Promise<Fingerprint> {
    const { text, mtimeMs } = this.#must(path);
    return { size: text.length, mtimeMs, sample: this.#samples.get(path) ?? sampleOf(text) };
  }

  async head(path: string, length: number): Promise<Uint8Array> {
    return Buffer.from(this.#must(path).text.slice(0, length));
  }

  async open(path: string): Promise<OpenSource> {
    this.#must(path);
    return {
      read: async (position, into) => {
        this.beforeRead(path, position);
        const bytes = this.bytes(path, position, into.length);
        if (bytes.length < into.length) throw new UploadError('source-changed');
        into.set(bytes);
      },
      close: async () => undefined,
    };
  }

  /** What stands there now, also in a range of it. */
  bytes(path: string, start = 0, size = Infinity): Buffer {
    return Buffer.from(this.#must(path).text.slice(start, start + size));
  }

  #must(path: string): { text: string; mtimeMs: number; changedAt: number } {
    const file = this.#files.get(path);
    if (file === undefined) throw new UploadError('source-missing');
    return file;
  }
}

/** Checksums of files in memory, at once. */
export const memoryDigests = (files: MemoryFiles): FileDigests => ({
  digest: async (path, { start, size }, names) => {
    const bytes = files.bytes(path, start, size);
    if (bytes.length < size) throw new UploadError('source-changed');
    const by: Readonly<Record<DigestName, (of: Uint8Array) => string>> = { crc64nvme: crc64, sha256, md5 };
    return Object.fromEntries(names.map((name) => [name, by[name](bytes)])) as Digests;
  },
  combineCrc64: async (pieces) => combineCrc64(pieces),
});

export interface Bench {
  readonly queue: UploadQueue;
  readonly clock: ManualClock;
  readonly journal: MemoryJournal;
  readonly files: MemoryFiles;
  /** The bucket of the destination `r2`. */
  readonly storage: FakeObjectStorage;
  readonly storages: Map<string, FakeObjectStorage | UploadError>;
  readonly settings: { -readonly [K in keyof QueueSettings]: QueueSettings[K] };
  readonly warnings: string[];
  /** What is known of destinations before they are opened; the others have no prefix and are far away. */
  readonly rules: Map<string, DestinationRules>;
  /** The list of ids in force, by path. */
  readonly names: Map<string, MappedName>;
  readonly holding: MemoryHolding;
  /** Adds a file of `text` and returns its upload's id. */
  readonly add: (path?: string, text?: string, mtimeMs?: number, destinationId?: string) => Promise<string>;
  readonly row: (id: string) => Upload;
  /** The process is gone, the server, the disk and the journal are not: a new queue over the same world. */
  readonly relaunch: () => Promise<Bench>;
}

interface BenchOptions extends Partial<Pick<Bench, 'clock' | 'journal' | 'files' | 'storage' | 'storages' | 'rules' | 'holding'>> {
  readonly settings?: Partial<QueueSettings>;
  readonly refuseContent?: Intake['refuseContent'];
}

let nextId = 0;

/** The engine over fakes: ten-byte parts, up to ten bytes in one request. */
export function makeBench(options: BenchOptions = {}): Bench {
  const { clock = new ManualClock(now), journal = new MemoryJournal(), files = new MemoryFiles() } = options;
  const storage = options.storage ?? new FakeObjectStorage(clock);
  const storages = options.storages ?? new Map<string, FakeObjectStorage | UploadError>();
  storages.set('r2', storage);
  const settings: Bench['settings'] = {
    filesInParallel: 2,
    partsInParallel: 2,
    partSize: 10,
    multipartThreshold: 10,
    limitMbit: null,
    schedule: [],
    givesWay: false,
    keyTemplate: defaultKeyTemplate,
    onConflict: 'ask',
    followsLinks: false,
    holdAfterMinutes: null,
    ...options.settings,
  };
  const warnings: string[] = [];
  const rules = options.rules ?? new Map<string, DestinationRules>();
  const names = new Map<string, MappedName>();
  const holding = options.holding ?? new MemoryHolding(files);
  const queue = new UploadQueue({
    clock,
    journal,
    files,
    digests: memoryDigests(files),
    destinations: {
      storageFor: async (id) => {
        const found = storages.get(id) ?? new UploadError('destination-missing');
        if (found instanceof UploadError) throw found;
        return found;
      },
      rulesOf: (id) => rules.get(id) ?? { prefix: '', isLocal: false },
    },
    holding,
    nameInMap: (path) => names.get(path) ?? null,
    log: { info: () => undefined, warn: (event) => warnings.push(event) },
    newId: () => {
      nextId += 1;
      return uuid(1000 + nextId);
    },
    refuseContent: options.refuseContent ?? (() => null),
    settings: () => settings,
  });
  const row = (id: string): Upload => {
    const found = queue.snapshot().uploads.find((upload) => upload.id === id);
    if (found === undefined) throw new Error(`No row ${id}`);
    return found;
  };
  const add = async (path = '/v/video_5.mp4', text = content, mtimeMs = 1, destinationId = 'r2'): Promise<string> => {
    files.write(path, text, mtimeMs);
    const { addedIds, known, refused } = await queue.add([path], { destinationIds: [destinationId], waits: false });
    const id = addedIds[0] ?? known[0];
    if (id === undefined) throw new Error(`Refused: ${JSON.stringify(refused)}`);
    await settle();
    return id;
  };
  const relaunch = async (): Promise<Bench> => {
    storage.inFlight.clear();
    clock.forgetSleepers();
    const next = makeBench({ clock, journal: journal.afterCrash(), files, storage, storages, settings, rules, holding });
    await next.queue.start();
    await settle();
    return next;
  };
  return { queue, clock, journal, files, storage, storages, settings, warnings, rules, names, holding, add, row, relaunch };
}

/** A bench whose journal holds these records already, started. */
export async function benchWith(
  records: readonly UploadRecord[],
  options: BenchOptions & { readonly prepare?: (bench: Bench) => void } = {},
): Promise<Bench> {
  const bench = makeBench({ ...options, journal: options.journal ?? new MemoryJournal(records) });
  for (const record of records) bench.files.write(record.source.path);
  options.prepare?.(bench);
  await bench.queue.start();
  await settle();
  return bench;
}

/** A promise and its handle. */
export function deferred<T = void>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  const handle: { resolve?: (value: T) => void } = {};
  const promise = new Promise<T>((resolve) => {
    handle.resolve = resolve;
  });
  return { promise, resolve: (value) => handle.resolve?.(value) };
}
