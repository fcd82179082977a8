import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { writeAtomically } from './atomic-file.ts';

const linkSchema = z.object({
  destinationId: z.string(),
  key: z.string(),
  /** Epoch milliseconds. */
  givenAt: z.number(),
  /** Epoch milliseconds; null for one that lasts. */
  expiresAt: z.number().nullable(),
});
export type GivenLink = z.infer<typeof linkSchema>;

/** Links that have expired are kept so long: "who had this last month" may be asked. Milliseconds. */
const memoryMs = 90 * 24 * 60 * 60_000;

/**
 * Every link that was given out: which video, when, until when. Never the link itself, which is a secret while it lives.
 * One line each, appended; what has been over for long is dropped at the next start.
 */
export class LinkLedger {
  readonly #path: string;
  readonly #now: () => number;
  #links: Promise<GivenLink[]> | undefined;

  constructor(path: string, now: () => number = Date.now) {
    this.#path = path;
    this.#now = now;
  }

  async note(links: readonly Omit<GivenLink, 'givenAt'>[]): Promise<void> {
    const known = await this.#load();
    const given = links.map((link) => ({ ...link, givenAt: this.#now() }));
    await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
    await appendFile(this.#path, given.map((link) => `${JSON.stringify(link)}\n`).join(''), { mode: 0o600 });
    known.push(...given);
  }

  /** Those that still open the video under this key. */
  async alive(destinationId: string, key: string): Promise<readonly GivenLink[]> {
    const now = this.#now();
    return (await this.#load()).filter(
      (link) => link.destinationId === destinationId && link.key === key && (link.expiresAt === null || link.expiresAt > now),
    );
  }

  #load(): Promise<GivenLink[]> {
    this.#links ??= this.#read();
    return this.#links;
  }

  async #read(): Promise<GivenLink[]> {
    const text = await readFile(this.#path, 'utf8').catch(() => '');
    const lines = text.split('\n').filter((line) => line !== '');
    const links = lines.map(parse).filter((link) => link !== null);
    const horizon = this.#now() - memoryMs;
    const kept = links.filter(({ expiresAt }) => expiresAt === null || expiresAt > horizon);
    // The next line must not be appended to one that a crash has cut short, be it by its line break alone.
    if (kept.length < lines.length || (text !== '' && !text.endsWith('\n'))) {
      await writeAtomically(this.#path, kept.map((link) => `${JSON.stringify(link)}\n`).join('')).catch(() => undefined);
    }
    return kept;
  }
}

/** A line that a crash cut short is left out. */
function parse(line: string): GivenLink | null {
  try {
    return linkSchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}
