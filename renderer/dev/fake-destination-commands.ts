import type { RemessaApi } from '../../shared/remessa-api.ts';
import type { DestinationInfo, SettingsSnapshot } from '../../shared/settings.ts';
import type { Source } from './fake-answers.ts';
import { done, later, refused } from './fake-answers.ts';
import { failedTest, passedFolderTest, passedTest } from './fake-tests.ts';

/**
 * `&save=other-place` and `&remove=busy` refuse as the main process does when videos would be lost sight of; a name with
 * an x in it fails the test.
 */
export function destinationCommands(settings: Source<SettingsSnapshot>, search: URLSearchParams) {
  const change = (destinations: readonly DestinationInfo[]) => settings.change({ destinations });
  const add = (info: DestinationInfo) => {
    change([...settings.get().destinations, info]);
    return done({ id: info.destination.id });
  };
  return {
    testDestination: ({ draft }) => {
      if (draft.name.includes('x')) return later(failedTest);
      return later(draft.kind === 'disk' ? { ...passedFolderTest, endpoint: draft.folder } : passedTest);
    },
    saveDestination: ({ id, draft }) => {
      if (id !== null && search.get('save') === 'other-place') return refused('other-place');
      const isKeyless = draft.kind === 'disk' || draft.kind === 'practice';
      return add({
        destination: { ...draft, id: `d-${Date.now()}` },
        credentials: isKeyless ? 'not-needed' : 'keychain',
        accessKeyIdHint: isKeyless ? null : 'ab12',
      });
    },
    addThisComputer: (name) => {
      const folder = settings.get().folders.thisComputer;
      const draft = { kind: 'disk', name, folder, volumeId: 'vol-2', quotaGB: null, publicBaseUrl: null } as const;
      return add({ destination: { ...draft, id: 'd-this' }, credentials: 'not-needed', accessKeyIdHint: null });
    },
    renameDestination: (id, name) => {
      const renamed = (info: DestinationInfo): DestinationInfo =>
        info.destination.id === id ? { ...info, destination: { ...info.destination, name } } : info;
      change(settings.get().destinations.map(renamed));
      return done(null);
    },
    useDestination: (id) => {
      settings.change({ currentDestinationId: id });
      return done(null);
    },
    copyToDestination: (id) => {
      settings.change({ copyDestinationId: id });
      return done(null);
    },
    removeDestination: async (id, { pending }) => {
      if (search.get('remove') === 'busy' && pending !== 'forget') {
        await later(null, 1500);
        return refused('destination-busy');
      }
      change(settings.get().destinations.filter((info) => info.destination.id !== id));
      return done(null);
    },
    retryDestination: () => refused('offline', 'getaddrinfo ENOTFOUND'),
    chooseFolder: () => done({ folder: '/media/ana/Videos', freeBytes: 412e9 }),
    getPracticeUsage: () => done({ objects: 3, bytes: 1.2e9, unfinishedUploads: 1 }),
    emptyPractice: () => done(null),
  } satisfies Partial<RemessaApi>;
}
