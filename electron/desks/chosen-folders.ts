import type { SettingsStore } from '../store/settings-store.ts';

/** Folders that a person has pointed at: the page may name these, and no other path of this computer. */
export class ChosenFolders {
  /** Where "this computer" keeps videos. */
  readonly thisComputer: string;
  readonly #settings: Pick<SettingsStore, 'current'>;
  readonly #chosen = new Set<string>();

  constructor(thisComputer: string, settings: Pick<SettingsStore, 'current'>) {
    this.thisComputer = thisComputer;
    this.#settings = settings;
  }

  add(folder: string): void {
    this.#chosen.add(folder);
  }

  has(folder: string): boolean {
    const isSaved = this.#settings.current.destinations.some((known) => known.kind === 'disk' && known.folder === folder);
    return isSaved || folder === this.thisComputer || this.#chosen.has(folder);
  }
}
