import { describe, expect, it, vi } from 'vitest';
import { MemoryKeychain } from '../../tests/support/memory-keychain.ts';
import { CredentialStore } from './credential-store.ts';

const credentials = { accessKeyId: 'AKIAEXAMPLE1234', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG', sessionToken: null };

function make(): { readonly keychain: MemoryKeychain; readonly store: CredentialStore } {
  const keychain = new MemoryKeychain();
  return { keychain, store: new CredentialStore(keychain) };
}

describe('saving in the keychain', () => {
  it('is one item, and the next start finds it', async () => {
    const { keychain, store } = make();
    await store.save('r2', credentials, 'keychain');
    expect([...keychain.items.keys()]).toEqual(['r2']);
    expect(await new CredentialStore(keychain).load('r2')).toEqual(credentials);
  });

  it('is refused where there is none, and kept nowhere else', async () => {
    const { keychain, store } = make();
    keychain.trouble = new Error(`could not store ${credentials.secretAccessKey}`);
    await expect(store.save('r2', credentials, 'keychain')).rejects.toMatchObject({ code: 'keychain-unavailable' });
    keychain.trouble = null;
    expect(keychain.items.size).toBe(0);
    await expect(store.load('r2')).rejects.toMatchObject({ code: 'credentials-missing' });
  });

  it('tells nothing of what a keychain quotes in its error', async () => {
    const { keychain, store } = make();
    keychain.trouble = new Error(`could not store ${credentials.secretAccessKey}`);
    const error: unknown = await store.save('r2', credentials, 'keychain').catch((thrown: unknown) => thrown);
    const told = `${String(error)} ${String((error as Error).cause)} ${(error as Error).stack}`;
    expect(told).not.toContain(credentials.secretAccessKey);
  });

  it('replaces what was kept for the session', async () => {
    const { keychain, store } = make();
    await store.save('r2', { ...credentials, secretAccessKey: 'old-secret' }, 'session');
    await store.save('r2', credentials, 'keychain');
    expect(await store.load('r2')).toEqual(credentials);
    expect((await new CredentialStore(keychain).describe('r2')).credentials).toBe('keychain');
  });
});

describe('this session only', () => {
  it('writes nothing anywhere and is gone with the process', async () => {
    const { keychain, store } = make();
    keychain.trouble = new Error('none');
    await store.save('r2', credentials, 'session');
    expect(await store.load('r2')).toEqual(credentials);
    expect((await store.describe('r2')).credentials).toBe('session');
    keychain.trouble = null;
    expect(keychain.items.size).toBe(0);
    expect((await new CredentialStore(keychain).describe('r2')).credentials).toBe('missing');
  });
});

describe('what the window may know', () => {
  it('is where they are, and the last four characters of the key id', async () => {
    const { store } = make();
    await store.save('r2', credentials, 'keychain');
    expect(await store.describe('r2')).toEqual({ credentials: 'keychain', hint: '1234' });
  });

  const garbage = ['', 'not json', '{}', 'null', '{"accessKeyId":"AK"}'];
  it.each(garbage)('is "missing" where the item holds %j', async (text) => {
    const { keychain, store } = make();
    keychain.items.set('r2', text);
    expect(await store.describe('r2')).toEqual({ credentials: 'missing', hint: null });
    await expect(store.load('r2')).rejects.toMatchObject({ code: 'credentials-missing' });
  });

  it('is "missing" also where the keychain cannot be asked, which the engine is told apart', async () => {
    const { keychain, store } = make();
    keychain.trouble = new Error('locked');
    expect((await store.describe('r2')).credentials).toBe('missing');
    await expect(store.load('r2')).rejects.toMatchObject({ code: 'keychain-unavailable' });
  });
});

describe('deleting', () => {
  it('forgets them everywhere', async () => {
    const { keychain, store } = make();
    await store.save('r2', credentials, 'keychain');
    await store.save('r2', credentials, 'session');
    await store.delete('r2');
    expect(keychain.items.size).toBe(0);
    await expect(store.load('r2')).rejects.toMatchObject({ code: 'credentials-missing' });
  });

  it('that the keychain refuses is told, since the secret is still there', async () => {
    const { keychain, store } = make();
    await store.save('r2', credentials, 'keychain');
    keychain.trouble = new Error('locked');
    await expect(store.delete('r2')).rejects.toMatchObject({ code: 'keychain-unavailable' });
  });
});

describe('whether there is a keychain', () => {
  it('is asked once', async () => {
    const { keychain, store } = make();
    expect(await store.isAvailable()).toBe(true);
    keychain.trouble = new Error('gone');
    expect(await store.isAvailable()).toBe(true);
    expect(await new CredentialStore(keychain).isAvailable()).toBe(false);
  });

  it('is yes for one that waits for its password', async () => {
    vi.useFakeTimers();
    try {
      const { keychain, store } = make();
      keychain.get = () => new Promise(() => undefined);
      const answer = store.isAvailable();
      await vi.advanceTimersByTimeAsync(4_000);
      expect(await answer).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });
});
