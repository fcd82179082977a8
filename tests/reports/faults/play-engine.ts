import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openUploadJournal } from '../../../electron/store/upload-journal.ts';
import { systemClock } from '../../../electron/system-clock.ts';
import { UploadError } from '../../../electron/uploads/upload-error.ts';
import type { UploadQueue } from '../../../electron/uploads/upload-queue.ts';
import { addFile, destinationId, startEngine } from '../../support/engine.ts';
import { startUploader } from '../../support/uploader-child.ts';
import { watchedJournal } from '../../support/watched-journal.ts';
import type { Ending, FaultCase } from './fault-case.ts';
import { type Lane, type Play, type Remains, dropCurtain, raiseCurtain } from './lane.ts';
import { type Seen, watchWindow } from './seen.ts';

/** No fault may take longer. */
export const capMs = 240_000;
/** A wait for a person is one when it lasts. */
const restMs = 3_000;

export interface EnginePlay extends Remains {
  readonly ending: Ending;
  readonly seconds: number;
  readonly words: readonly string[];
  readonly wentBack: readonly string[];
}

/** The real engine with the real clock and real chance, in this process. */
export async function playEngine(lane: Lane, fault: FaultCase): Promise<EnginePlay> {
  const app = new App(lane);
  const play = await raiseCurtain(lane, fault, 'engine', app);
  const from = performance.now();
  let isActing = true;
  const acting = (fault.act?.(play.scene) ?? Promise.resolve())
    // The upload may have ended without it; then the ending tells.
    .catch(() => undefined)
    .finally(() => (isActing = false));
  const cap = setTimeout(() => play.curtain.abort(), capMs);
  const ending = await app.run(play, fault, () => isActing);
  const seconds = (performance.now() - from) / 1000;
  clearTimeout(cap);
  play.curtain.abort();
  await Promise.race([Promise.all([acting, app.quit()]), wait(5000)]);
  return { ...(await dropCurtain(lane, play)), ending, seconds, ...app.seen() };
}

/** The app as a person has it: it can be quit and started, get new keys, and its disk can be full. */
class App {
  readonly #lane: Lane;
  #queue: UploadQueue | null = null;
  #seen: Seen | null = null;
  #isJournalFull = false;

  constructor(lane: Lane) {
    this.#lane = lane;
  }

  readonly giveNewKeys = (): void => this.#queue?.openDestination(destinationId);
  readonly setJournalFull = (isFull: boolean): void => void (this.#isJournalFull = isFull);

  /** Until the upload comes to rest, or the curtain falls. */
  async run(play: Play, { restart }: FaultCase, isActing: () => boolean): Promise<Ending> {
    const journalFolder = join(play.folder, 'journal');
    try {
      if (restart === 'killed') await this.#sendAndKill(play, journalFolder);
      if (restart === 'journal-damaged') await this.#sendAndDamage(play, journalFolder);
      const queue = await this.#start(journalFolder);
      const id = queue.snapshot().uploads[0]?.id ?? (await addFile(queue, play.scene.path));
      this.#seen = watchWindow(queue, id);
      return await comeToRest(queue, id, isActing, play.curtain.signal);
    } catch (problem) {
      if (play.curtain.signal.aborted) return 'HANGS';
      throw problem;
    }
  }

  seen(): Pick<EnginePlay, 'words' | 'wentBack'> {
    return { words: this.#seen?.words() ?? [], wentBack: this.#seen?.wentBack() ?? [] };
  }

  async quit(): Promise<void> {
    this.#seen?.end();
    await this.#queue?.stop();
  }

  async #start(journalFolder: string): Promise<UploadQueue> {
    const refuse = (): void => {
      if (!this.#isJournalFull) return;
      const cause = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
      throw new UploadError('journal-unwritable', { cause });
    };
    const journal = watchedJournal(openUploadJournal(journalFolder), { before: refuse, after: () => undefined });
    const { queue } = startEngine({ journalFolder, open: this.#lane.target.open, clock: systemClock, journal });
    this.#queue = queue;
    await queue.start();
    return queue;
  }

  async #sendAndKill({ scene }: Play, journalFolder: string): Promise<void> {
    const job = { ...scene.target.open(), journalFolder, file: scene.path, logFile: `${scene.path}.log`, partsInParallel: 4 };
    const uploader = startUploader(this.#lane.programs.uploader, job);
    await Promise.race([scene.arrived(0.5), uploader.ended]);
    uploader.kill();
    await uploader.ended;
  }

  async #sendAndDamage({ scene }: Play, journalFolder: string): Promise<void> {
    const queue = await this.#start(journalFolder);
    const id = await addFile(queue, scene.path);
    await scene.arrived(0.5);
    await queue.stop();
    await writeFile(join(journalFolder, `${id}.json`), '{"schemaVersion":1,"id":');
  }
}

async function comeToRest(
  queue: UploadQueue,
  id: string,
  isActing: () => boolean,
  signal: AbortSignal,
): Promise<Ending> {
  let restsSince = Number.POSITIVE_INFINITY;
  for (;;) {
    const upload = queue.snapshot().uploads.find((candidate) => candidate.id === id);
    if (upload?.status === 'completed') return 'completed';
    if (upload?.status === 'failed') return `stopped: ${upload.error.code}`;
    const needsPerson = upload?.status === 'waiting' && upload.reason === 'destination' && !isActing();
    restsSince = needsPerson ? Math.min(restsSince, Date.now()) : Number.POSITIVE_INFINITY;
    if (Date.now() - restsSince > restMs) return 'waiting: destination';
    await wait(50, undefined, { signal });
  }
}
