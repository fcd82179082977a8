import { expect, it } from 'vitest';
import { type Destination, defaultPreferences } from '../../shared/settings.ts';
import { ChosenFolders } from './chosen-folders.ts';

const disk = (folder: string): Destination => ({
  kind: 'disk',
  id: folder,
  name: 'Disk',
  folder,
  volumeId: null,
  quotaGB: null,
  publicBaseUrl: null,
});

function foldersWith(...saved: readonly string[]): ChosenFolders {
  const practice: Destination = { kind: 'practice', id: 'p', name: 'Practice' };
  const current = {
    destinations: [practice, ...saved.map(disk)],
    currentDestinationId: 'p',
    copyDestinationId: null,
    preferences: defaultPreferences,
    revision: 0,
  };
  return new ChosenFolders('/videos/Remessa', { current });
}

it('are those that a person has pointed at, those of saved disks, and that of this computer', () => {
  const folders = foldersWith('/mnt/disk');
  folders.add('/media/ana');
  expect(['/media/ana', '/mnt/disk', '/videos/Remessa'].map((folder) => folders.has(folder))).toEqual([true, true, true]);
});

it.each(['/', '', '/media', '/media/ana/', '/media/ana/inside', '/media/ana/../bob', '/videos', '/mnt/disk/..', '/MEDIA/ANA'])(
  'are not what lies around them: %s',
  (folder) => {
    const folders = foldersWith('/mnt/disk');
    folders.add('/media/ana');
    expect(folders.has(folder)).toBe(false);
  },
);
