import type { Keychain } from '../../electron/store/credential-store.ts';

/** A keychain in memory, which can fail. */
export class MemoryKeychain implements Keychain {
  readonly items = new Map<string, string>();
  trouble: Error | null = null;

  async get(account: string): Promise<string | null> {
    if (this.trouble !== null) throw this.trouble;
    return this.items.get(account) ?? null;
  }

  async set(account: string, secret: string): Promise<void> {
    if (this.trouble !== null) throw this.trouble;
    this.items.set(account, secret);
  }

  async delete(account: string): Promise<void> {
    if (this.trouble !== null) throw this.trouble;
    this.items.delete(account);
  }
}
