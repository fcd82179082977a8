import type { HeldFile, HoldingFolder } from '../../electron/uploads/ports.ts';
import { UploadError } from '../../electron/uploads/upload-error.ts';
import type { MemoryFiles } from './builders.ts';

/** A holding folder in memory: its copies are files beside the others. */
export class MemoryHolding implements HoldingFolder {
  /** What was put into the trash. */
  readonly aside: string[] = [];
  isFull = false;
  readonly #files: MemoryFiles;
  readonly #copies = new Map<string, HeldFile>();

  constructor(files: MemoryFiles) {
    this.#files = files;
  }

  async keep(id: string, path: string): Promise<HeldFile> {
    if (this.isFull) throw new UploadError('disk-full');
    const copy = { path: `/holding/${id}.mp4`, mtimeMs: 7 };
    this.#files.write(copy.path, this.#files.bytes(path).toString(), copy.mtimeMs);
    this.#copies.set(id, copy);
    return copy;
  }

  async discard(id: string): Promise<void> {
    const copy = this.#copies.get(id);
    if (copy !== undefined) this.#files.remove(copy.path);
    this.#copies.delete(id);
  }

  async putAside(id: string): Promise<void> {
    if (this.#copies.has(id)) this.aside.push(id);
    await this.discard(id);
  }

  async held(): Promise<ReadonlyArray<HeldFile & { readonly id: string }>> {
    return [...this.#copies].map(([id, copy]) => ({ id, ...copy }));
  }
}
