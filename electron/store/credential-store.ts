import { type Credentials, type CredentialsState, credentialsSchema } from '../../shared/settings.ts';
import { UploadError } from '../uploads/upload-error.ts';

/** What the store needs of a keychain. One item per destination, under its id. */
export interface Keychain {
  get(account: string): Promise<string | null>;
  set(account: string, secret: string): Promise<void>;
  delete(account: string): Promise<void>;
}

/** The name under which people find the items in Keychain Access, Credential Manager or Seahorse. */
const service = 'Remessa';
/** A keychain that asks for its password keeps us waiting; it is there all the same. Milliseconds. */
const askingMs = 4_000;

/** The operating system's keychain. The native module is loaded at the first use, not at the start of the app. */
export const systemKeychain: Keychain = {
  get: async (account) => (await entry(account)).getPassword(),
  set: async (account, secret) => (await entry(account)).setPassword(secret),
  delete: async (account) => void (await (await entry(account)).deleteCredential()),
};

async function entry(account: string) {
  const { AsyncEntry } = await import('@napi-rs/keyring');
  // Without a Secret Service the library would take the kernel's keyring, which forgets everything at a restart.
  return new AsyncEntry(service, account, { linux: { store: 'secret-service' } });
}

/** Credentials by destination: in the keychain, or in memory until the app ends. There is no third place. */
export class CredentialStore {
  readonly #keychain: Keychain;
  readonly #session = new Map<string, Credentials>();
  /** What the keychain is known to hold; the window shows the last four characters. */
  readonly #saved = new Map<string, Credentials>();
  #isAvailable: Promise<boolean> | undefined;

  constructor(keychain: Keychain) {
    this.#keychain = keychain;
  }

  /** Whether a keychain answers. Asked once; a locked one counts, since it is the person who unlocks it. */
  isAvailable(): Promise<boolean> {
    this.#isAvailable ??= withinPatience(
      this.#keychain.get('availability-check').then(
        () => true,
        () => false,
      ),
      true,
    );
    return this.#isAvailable;
  }

  /** Rejects with `keychain-unavailable` rather than write a secret anywhere else. */
  async save(id: string, credentials: Credentials, keep: 'keychain' | 'session'): Promise<void> {
    if (keep === 'session') {
      this.#session.set(id, credentials);
      return;
    }
    try {
      await this.#keychain.set(id, JSON.stringify(credentials));
    } catch (error) {
      throw new UploadError('keychain-unavailable', { cause: new Error(nameOf(error)) });
    }
    this.#session.delete(id);
    this.#saved.set(id, credentials);
  }

  /** Rejects with `credentials-missing`, or `keychain-unavailable` when the keychain cannot be asked. */
  async load(id: string): Promise<Credentials> {
    const held = this.#session.get(id) ?? this.#saved.get(id);
    if (held !== undefined) return held;
    let text: string | null;
    try {
      text = await this.#keychain.get(id);
    } catch (error) {
      throw new UploadError('keychain-unavailable', { cause: new Error(nameOf(error)) });
    }
    const parsed = credentialsSchema.safeParse(text === null ? null : parseJson(text));
    if (!parsed.success) throw new UploadError('credentials-missing');
    this.#saved.set(id, parsed.data);
    return parsed.data;
  }

  /** Rejects with `keychain-unavailable` when the item may still be there. */
  async delete(id: string): Promise<void> {
    const wasSession = this.#session.delete(id);
    this.#saved.delete(id);
    try {
      await this.#keychain.delete(id);
    } catch (error) {
      // Kept for this session only, because there is no keychain: nothing can be left in it.
      if (!wasSession) throw new UploadError('keychain-unavailable', { cause: new Error(nameOf(error)) });
    }
  }

  /** What the window may know. Never rejects, and does not wait until somebody unlocks the keychain. */
  async describe(id: string): Promise<{ readonly credentials: CredentialsState; readonly hint: string | null }> {
    const isSession = this.#session.has(id);
    const found = await withinPatience(
      this.load(id).catch(() => null),
      'locked' as const,
    );
    if (found === 'locked') return { credentials: 'keychain', hint: null };
    if (found === null) return { credentials: 'missing', hint: null };
    return { credentials: isSession ? 'session' : 'keychain', hint: found.accessKeyId.slice(-4) };
  }
}

/** The answer, or `otherwise` when the keychain is still asking the person for its password. */
function withinPatience<T, U>(answer: Promise<T>, otherwise: U): Promise<T | U> {
  const patience = new Promise<U>((resolve) => {
    setTimeout(() => resolve(otherwise), askingMs).unref();
  });
  return Promise.race([answer, patience]);
}

/** The name alone: a keychain's message may quote what it was given. */
const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'Error');

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Somebody edited the item by hand; the schema refuses it.
    return null;
  }
}
