import { renameSync } from 'node:fs';
import { join } from 'node:path';
import Store from 'electron-store';
import { z } from 'zod';
import {
  type Destination,
  type Preferences,
  defaultPreferences,
  destinationSchema,
  preferencesSchema,
} from '../../shared/settings.ts';

const schemaVersion = 1;
const fileName = 'settings';

/** The file as it is kept. Unknown preferences of a newer version are dropped, missing ones get their default. */
const fileSchema = z.object({
  schemaVersion: z.literal(schemaVersion),
  destinations: z.array(destinationSchema),
  currentDestinationId: z.string().nullable(),
  copyDestinationId: z.string().nullable().default(null),
  preferences: preferencesSchema.partial(),
});

interface Settings {
  readonly destinations: readonly Destination[];
  readonly currentDestinationId: string | null;
  /** A second place that everything new goes to as well. */
  readonly copyDestinationId: string | null;
  readonly preferences: Preferences;
}

const empty: Settings = {
  destinations: [],
  currentDestinationId: null,
  copyDestinationId: null,
  preferences: defaultPreferences,
};

/** Destinations and preferences. Never a secret: those are in the keychain, under the destination's id. */
export class SettingsStore {
  readonly #store: Store<Record<string, unknown>>;
  readonly #listeners = new Set<() => void>();
  #settings: Settings;
  #revision = 0;

  /** A file that cannot be read is set aside as `settings.json.damaged`, and the app begins with the defaults. */
  constructor(folder: string) {
    this.#store = openStore(folder);
    const raw = this.#store.store;
    const parsed = fileSchema.safeParse(raw);
    if (parsed.success) this.#settings = withDefaults(parsed.data);
    else {
      if (Object.keys(raw).length > 0) setAside(folder);
      this.#settings = empty;
    }
  }

  get current(): Settings & { readonly revision: number } {
    return { ...this.#settings, revision: this.#revision };
  }

  destination(id: string): Destination | null {
    return this.#settings.destinations.find((destination) => destination.id === id) ?? null;
  }

  /** Adds or replaces; a new one becomes the current one. */
  saveDestination(destination: Destination): void {
    const others = this.#settings.destinations.filter(({ id }) => id !== destination.id);
    const isNew = others.length === this.#settings.destinations.length;
    const destinations = isNew
      ? [...others, destination]
      : this.#settings.destinations.map((old) => (old.id === destination.id ? destination : old));
    this.#save({
      ...this.#settings,
      destinations,
      currentDestinationId: isNew ? destination.id : (this.#settings.currentDestinationId ?? destination.id),
    });
  }

  removeDestination(id: string): void {
    const destinations = this.#settings.destinations.filter((destination) => destination.id !== id);
    const { currentDestinationId, copyDestinationId } = this.#settings;
    const next = currentDestinationId === id ? (destinations[0]?.id ?? null) : currentDestinationId;
    this.#save({
      ...this.#settings,
      destinations,
      currentDestinationId: next,
      copyDestinationId: copyDestinationId === id || copyDestinationId === next ? null : copyDestinationId,
    });
  }

  /** The place of the copy changes with it where they would be the same. */
  useDestination(id: string): void {
    const { currentDestinationId, copyDestinationId } = this.#settings;
    this.#save({
      ...this.#settings,
      currentDestinationId: id,
      copyDestinationId: copyDestinationId === id ? currentDestinationId : copyDestinationId,
    });
  }

  /** Null: everything goes to one place only. */
  copyToDestination(id: string | null): void {
    const { currentDestinationId } = this.#settings;
    this.#save({ ...this.#settings, copyDestinationId: id === currentDestinationId ? null : id });
  }

  savePreferences(changes: Partial<Preferences>): void {
    this.#save({ ...this.#settings, preferences: { ...this.#settings.preferences, ...changes } });
  }

  /** For changes that are not in the file but belong to the same picture, such as saved credentials. */
  touch(): void {
    this.#revision += 1;
    for (const listener of this.#listeners) listener();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #save(settings: Settings): void {
    this.#store.store = { schemaVersion, ...settings };
    this.#settings = settings;
    this.touch();
  }
}

function withDefaults(file: z.infer<typeof fileSchema>): Settings {
  const known = Object.fromEntries(Object.entries(file.preferences).filter(([, value]) => value !== undefined));
  return {
    destinations: file.destinations,
    currentDestinationId: file.currentDestinationId,
    copyDestinationId: file.copyDestinationId,
    preferences: { ...defaultPreferences, ...known },
  };
}

function openStore(folder: string): Store<Record<string, unknown>> {
  const options = { cwd: folder, name: fileName, clearInvalidConfig: false };
  try {
    return new Store<Record<string, unknown>>(options);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    setAside(folder);
    return new Store<Record<string, unknown>>(options);
  }
}

function setAside(folder: string): void {
  const path = join(folder, `${fileName}.json`);
  renameSync(path, `${path}.damaged`);
}
