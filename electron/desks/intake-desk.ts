import { readFile, stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { AddOptions } from '../../shared/ipc.ts';
import type { AddReport, KeyMapReport, RefusedFile } from '../../shared/replies.ts';
import { type KeyMap, keyMapOf } from '../map/key-map.ts';
import { readMap } from '../map/read-map.ts';
import type { SettingsStore } from '../store/settings-store.ts';
import { asUploadError, UploadError } from '../uploads/upload-error.ts';
import type { UploadQueue } from '../uploads/upload-queue.ts';

interface IntakeWorld {
  readonly settings: Pick<SettingsStore, 'current' | 'touch'>;
  readonly queue: Pick<UploadQueue, 'add' | 'edit'>;
  /** Where everything goes while there is no destination: made at the first need. */
  readonly addThisComputer: () => Promise<{ readonly id: string }>;
}

/** Bytes of a table: a hundred thousand rows and more. What is larger is no list of videos, and would be read at one go. */
const maxTableBytes = 32 * 1024 * 1024;

/** A table of ids is no video: it names the videos that come with it and after it. */
const isTable = (path: string): boolean => ['.csv', '.tsv'].includes(extname(path).toLowerCase());

/** Takes in what a person drops or picks, and knows the list of ids in force. */
export class IntakeDesk {
  readonly #world: IntakeWorld;
  #keyMap: KeyMap | null = null;

  constructor(world: IntakeWorld) {
    this.#world = world;
  }

  get keyMap(): KeyMap | null {
    return this.#keyMap;
  }

  async add(paths: readonly string[], options: AddOptions): Promise<AddReport> {
    const refused: RefusedFile[] = [];
    let keyMap: KeyMapReport | null = null;
    for (const path of paths.filter(isTable)) {
      try {
        keyMap = await this.useKeyMap(path);
      } catch (error) {
        refused.push({ name: basename(path), code: asUploadError(error).code });
      }
    }
    const videos = paths.filter((path) => !isTable(path));
    if (videos.length === 0) return { addedIds: [], known: [], leftOut: 0, refused, keyMap };
    const destinationIds = this.#known(options.destinationIds) ?? (await this.#destinationIds());
    const waits = options.waits || this.#world.settings.current.preferences.reviewsFirst;
    const report = await this.#world.queue.add(videos, { destinationIds, waits });
    return { ...report, refused: [...refused, ...report.refused], keyMap };
  }

  /** Rejects with `map-unreadable`. Holds for new files, and for those in the list that have not begun. */
  async useKeyMap(path: string): Promise<KeyMapReport> {
    const keyMap = keyMapOf(basename(path), readMap(await readTable(path)));
    this.#keyMap = keyMap;
    this.#world.settings.touch();
    return { name: keyMap.name, rows: keyMap.rows, applied: await this.#world.queue.edit.applyKeyMap() };
  }

  forgetKeyMap(): void {
    this.#keyMap = null;
    this.#world.settings.touch();
  }

  /** Each once. Rejects with `destination-missing`: one may have been removed while the files were chosen. */
  #known(ids: AddOptions['destinationIds']): readonly string[] | null {
    const there = new Set(this.#world.settings.current.destinations.map(({ id }) => id));
    if (ids?.every((id) => there.has(id)) === false) throw new UploadError('destination-missing');
    return ids === null ? null : [...new Set(ids)];
  }

  async #destinationIds(): Promise<readonly string[]> {
    const { currentDestinationId, copyDestinationId } = this.#world.settings.current;
    if (currentDestinationId === null) return [(await this.#world.addThisComputer()).id];
    return copyDestinationId === null ? [currentDestinationId] : [currentDestinationId, copyDestinationId];
  }
}

async function readTable(path: string): Promise<Uint8Array> {
  try {
    const facts = await stat(path);
    if (!facts.isFile() || facts.size > maxTableBytes) throw new UploadError('map-unreadable');
    return await readFile(path);
  } catch (error) {
    throw new UploadError('map-unreadable', { cause: error });
  }
}
