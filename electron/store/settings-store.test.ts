import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultPreferences } from '../../shared/settings.ts';
import { SettingsStore } from './settings-store.ts';

vi.mock('electron-store', async () => ({ default: (await import('../../tests/support/json-store.ts')).JsonStore }));

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'remessa-settings-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = (): string => join(folder, 'settings.json');
const practice = (id: string) => ({ kind: 'practice' as const, name: `Practice ${id}`, id });

describe('settings', () => {
  it('know a second place for everything new, which is never the first', () => {
    const store = new SettingsStore(folder);
    for (const id of ['a', 'b', 'c']) store.saveDestination(practice(id));
    store.useDestination('a');
    store.copyToDestination('b');
    expect(new SettingsStore(folder).current).toMatchObject({ currentDestinationId: 'a', copyDestinationId: 'b' });
    store.useDestination('b');
    expect(store.current).toMatchObject({ currentDestinationId: 'b', copyDestinationId: 'a' });
    store.copyToDestination('b');
    expect(store.current.copyDestinationId).toBeNull();
    store.copyToDestination('c');
    store.removeDestination('c');
    expect(store.current.copyDestinationId).toBeNull();
    store.copyToDestination('a');
    store.removeDestination('b');
    expect(store.current).toMatchObject({ currentDestinationId: 'a', copyDestinationId: null });
  });

  it('begin with the defaults and nowhere to send to', () => {
    expect(new SettingsStore(folder).current).toEqual({
      destinations: [],
      currentDestinationId: null,
      copyDestinationId: null,
      preferences: defaultPreferences,
      revision: 0,
    });
  });

  it('are the same after a restart', () => {
    const store = new SettingsStore(folder);
    store.saveDestination(practice('a'));
    store.savePreferences({ theme: 'dark' });
    const again = new SettingsStore(folder).current;
    expect(again).toEqual({ ...store.current, revision: 0 });
    expect(again.preferences).toEqual({ ...defaultPreferences, theme: 'dark' });
  });

  it('fill in what an older version did not know', () => {
    const old = { schemaVersion: 1, destinations: [], currentDestinationId: null, preferences: { linkHours: 7 } };
    writeFileSync(file(), JSON.stringify(old));
    expect(new SettingsStore(folder).current.preferences).toEqual({ ...defaultPreferences, linkHours: 7 });
  });

  it.each(['{', '', '{"schemaVersion":99}', '{"schemaVersion":1,"destinations":"x"}'])(
    'that cannot be read (%j) are set aside and not lost',
    (text) => {
      writeFileSync(file(), text);
      const store = new SettingsStore(folder);
      expect(store.current.destinations).toEqual([]);
      expect(readFileSync(`${file()}.damaged`, 'utf8')).toBe(text);
      store.savePreferences({ theme: 'dark' });
      expect(new SettingsStore(folder).current.preferences.theme).toBe('dark');
    },
  );

  it('tell who watches of every change, with a higher revision', () => {
    const store = new SettingsStore(folder);
    const revisions: number[] = [];
    const stop = store.subscribe(() => revisions.push(store.current.revision));
    store.saveDestination(practice('a'));
    store.touch();
    stop();
    store.touch();
    expect(revisions).toEqual([1, 2]);
  });
});

describe('destinations', () => {
  it('that are new become the current one, and changed ones keep their place', () => {
    const store = new SettingsStore(folder);
    store.saveDestination(practice('a'));
    store.saveDestination(practice('b'));
    store.useDestination('a');
    store.saveDestination({ ...practice('b'), name: 'renamed' });
    expect(store.current.destinations.map(({ name }) => name)).toEqual(['Practice a', 'renamed']);
    expect(store.current.currentDestinationId).toBe('a');
  });

  it('that are removed leave another one current, or none', () => {
    const store = new SettingsStore(folder);
    store.saveDestination(practice('a'));
    store.saveDestination(practice('b'));
    store.removeDestination('b');
    expect(store.current.currentDestinationId).toBe('a');
    store.removeDestination('a');
    expect(store.current.currentDestinationId).toBeNull();
    expect(store.destination('a')).toBeNull();
  });
});
