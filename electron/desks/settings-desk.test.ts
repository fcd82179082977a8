import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultPreferences, destinationSchema } from '../../shared/settings.ts';
import { MemoryKeychain } from '../../tests/support/memory-keychain.ts';
import { temporaryFolder } from '../../tests/support/sample-video.ts';
import { keyMapOf } from '../map/key-map.ts';
import { readSettings } from '../imports/read-settings.ts';
import { CredentialStore } from '../store/credential-store.ts';
import { SettingsStore } from '../store/settings-store.ts';
import { SettingsDesk } from './settings-desk.ts';

vi.mock('electron-store', async () => ({ default: (await import('../../tests/support/json-store.ts')).JsonStore }));

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => void (folder = await temporaryFolder()));
afterEach(() => folder.remove());

const account = '0123456789abcdef0123456789abcdef';
const key = { accessKeyId: 'AKIAPLANTED1234', secretAccessKey: 'planted-secret', sessionToken: 'planted-token' };

/** One destination of each kind, with every field set. */
async function makeDesk() {
  const settings = new SettingsStore(folder.path);
  const credentials = new CredentialStore(new MemoryKeychain());
  const place = { bucket: 'lessons', prefix: 'aulas/', publicBaseUrl: 'https://v.example.com' };
  const destinations = [
    { kind: 'r2', id: 'r2', name: 'R2', accountId: account, jurisdiction: 'eu', endpoint: 'https://r2.example.com', ...place },
    { kind: 's3', id: 's3', name: 'S3', region: 'sa-east-1', endpoint: null, ...place },
    { kind: 'disk', id: 'disk', name: 'Disk', folder: folder.path, volumeId: 'v', quotaGB: 50, publicBaseUrl: null },
    { kind: 'practice', id: 'practice', name: 'Practice' },
  ].map((raw) => destinationSchema.parse(raw));
  for (const destination of destinations) settings.saveDestination(destination);
  settings.savePreferences({ theme: 'dark', proxy: 'http://proxy.example.com:3128' });
  settings.useDestination('r2');
  settings.copyToDestination('disk');
  await credentials.save('r2', key, 'keychain');
  await credentials.save('s3', key, 'session');
  const desk = new SettingsDesk({
    settings,
    credentials,
    keyMap: () => keyMapOf('ids.csv', [{ path: 'intro.mp4', id: '5', key: null }]),
    folders: { thisComputer: '/videos', holding: '/videos/held' },
    systemLocales: () => ['pt-BR'],
    appVersion: '1.2.3',
  });
  return { desk, settings };
}

describe('exported settings', () => {
  it('hold all destinations and preferences', async () => {
    const { desk, settings } = await makeDesk();
    const { revision: _left, ...kept } = settings.current;
    expect(JSON.parse(desk.exported())).toEqual({ kind: 'remessa-settings', schemaVersion: 1, ...kept });
  });

  it('hold nothing of a key, not even what the window may see of it', async () => {
    const { desk } = await makeDesk();
    // The window has been shown everything that it may know.
    await desk.snapshot();
    const text = desk.exported();
    for (const secret of ['planted', 'AKIA', '1234"', 'accessKey', 'secretAccess', 'hint']) expect(text).not.toContain(secret);
  });

  it('are understood where settings are imported, but for the practice bucket, which is everywhere', async () => {
    const { desk, settings } = await makeDesk();
    const path = join(folder.path, 'remessa.json');
    await writeFile(path, desk.exported());
    const findings = await readSettings(path);
    expect(findings.map(({ kind, name, missing }) => [kind, name, missing])).toEqual([
      ['r2', 'R2', ['accessKeyId', 'secretAccessKey']],
      ['s3', 'S3', ['accessKeyId', 'secretAccessKey']],
      ['disk', 'Disk', []],
    ]);
    // What a form makes of the candidates is the same place again.
    const again = findings.map(({ kind, values }) => {
      const { endpoint, publicBaseUrl, ...rest } = values;
      const { id, ...draft } = settings.destination(kind)!;
      const made = { ...draft, ...rest, endpoint: endpoint || null, publicBaseUrl: publicBaseUrl || null, id };
      return destinationSchema.parse(made);
    });
    expect(again).toEqual(settings.current.destinations.filter(({ kind }) => kind !== 'practice'));
  });
});

describe('what the window may know', () => {
  it('is everything but the secrets', async () => {
    const { desk } = await makeDesk();
    const snapshot = await desk.snapshot();
    expect(snapshot).toMatchObject({
      currentDestinationId: 'r2',
      copyDestinationId: 'disk',
      keyMap: { name: 'ids.csv', rows: 1 },
      folders: { thisComputer: '/videos', holding: '/videos/held' },
      preferences: { ...defaultPreferences, theme: 'dark', proxy: 'http://proxy.example.com:3128' },
      systemLocales: ['pt-BR'],
      keychainAvailable: true,
      appVersion: '1.2.3',
    });
    expect(snapshot.destinations.map(({ destination, credentials, accessKeyIdHint }) => [destination.id, credentials, accessKeyIdHint])).toEqual([
      ['r2', 'keychain', '1234'],
      ['s3', 'session', '1234'],
      ['disk', 'not-needed', null],
      ['practice', 'not-needed', null],
    ]);
    expect(JSON.stringify(snapshot)).not.toMatch(/planted|AKIA/);
  });
});

it('what the window sees crosses to it as it is: values, and nothing that could be called', async () => {
  const { desk } = await makeDesk();
  const snapshot = await desk.snapshot();
  expect(snapshot.keyMap).toEqual({ name: 'ids.csv', rows: 1 });
  // Electron clones messages by the same algorithm, and sends none that cannot be cloned.
  expect(structuredClone(snapshot)).toEqual(snapshot);
});
