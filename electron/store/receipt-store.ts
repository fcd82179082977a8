import { mkdir, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Receipt, receiptSchema } from '../../shared/receipt.ts';
import { writeAtomically } from './atomic-file.ts';

/** Characters of the video's name in the name of its receipt. */
const nameLength = 60;

/** One JSON file per upload, kept when the upload has left the list. */
export class ReceiptStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async write(receipt: Receipt): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await writeAtomically(join(this.#folder, fileName(receipt)), `${JSON.stringify(receipt, null, 2)}\n`);
  }

  /** Null when there is none, or none that can be read. */
  async read(id: string): Promise<Receipt | null> {
    const path = await this.find(id);
    if (path === null) return null;
    try {
      return receiptSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    } catch {
      // Cut off or altered: it is written anew from the journal.
      return null;
    }
  }

  /** Where the receipt is; null when there is none. */
  async find(id: string): Promise<string | null> {
    const names = await readdir(this.#folder).catch(() => []);
    const name = names.find((candidate) => candidate.endsWith(`${id}.json`));
    return name === undefined ? null : join(this.#folder, name);
  }
}

/** The video's name for people, the id for us. What a file system might not take becomes a hyphen. */
function fileName({ file, id }: Receipt): string {
  const name = file.name.replace(/\.[^.]*$/, '').normalize('NFC').replace(/[^\p{L}\p{N}_-]+/gu, '-').slice(0, nameLength);
  return `${name}-${id}.json`;
}
