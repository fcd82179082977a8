import type { Destination, DestinationInfo, SettingsSnapshot } from '../../shared/settings.ts';
import type { CredentialStore } from '../store/credential-store.ts';
import type { SettingsStore } from '../store/settings-store.ts';

interface SettingsWorld {
  readonly settings: SettingsStore;
  readonly credentials: CredentialStore;
  readonly keyMap: () => SettingsSnapshot['keyMap'];
  readonly folders: SettingsSnapshot['folders'];
  readonly systemLocales: () => readonly string[];
  readonly appVersion: string;
}

/** What the window may know of the settings: everything but the secrets. */
export class SettingsDesk {
  readonly #world: SettingsWorld;

  constructor(world: SettingsWorld) {
    this.#world = world;
  }

  async snapshot(): Promise<SettingsSnapshot> {
    const { settings, credentials, keyMap, folders, systemLocales, appVersion } = this.#world;
    const { destinations, ...rest } = settings.current;
    const map = keyMap();
    return {
      ...rest,
      destinations: await Promise.all(destinations.map((destination) => this.#describe(destination))),
      // No more than this: a list can also be asked for files, and what can be asked does not cross to the window.
      keyMap: map === null ? null : { name: map.name, rows: map.rows },
      folders,
      systemLocales: systemLocales(),
      keychainAvailable: await credentials.isAvailable(),
      appVersion,
    };
  }

  /** For a file that a person keeps or gives to a colleague. Keys are not in it, nor the last characters of them. */
  exported(): string {
    const { destinations, currentDestinationId, copyDestinationId, preferences } = this.#world.settings.current;
    const kept = { kind: 'remessa-settings', schemaVersion: 1, destinations, currentDestinationId, copyDestinationId, preferences };
    return `${JSON.stringify(kept, null, 2)}\n`;
  }

  async #describe(destination: Destination): Promise<DestinationInfo> {
    if (destination.kind === 'practice' || destination.kind === 'disk') {
      return { destination, credentials: 'not-needed', accessKeyIdHint: null };
    }
    const { credentials, hint } = await this.#world.credentials.describe(destination.id);
    return { destination, credentials, accessKeyIdHint: hint };
  }
}
