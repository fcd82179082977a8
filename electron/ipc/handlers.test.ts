import { beforeEach, describe, expect, it, vi } from 'vitest';
import { requests } from '../../shared/ipc.ts';
import type { AddOptions } from '../../shared/ipc.ts';
import { makeBench } from '../../tests/support/builders.ts';
import { type Desks, createHandlers } from './handlers.ts';

const electron = vi.hoisted(() => ({ clipboard: [] as string[], paths: [] as string[], asked: [] as unknown[], shown: [] as string[] }));
vi.mock('electron', () => ({
  clipboard: { writeText: (text: string) => void electron.clipboard.push(text) },
  shell: { showItemInFolder: (path: string) => void electron.shown.push(path) },
  dialog: {
    showOpenDialog: async (options: unknown) => {
      electron.asked.push(options);
      return { filePaths: electron.paths };
    },
  },
}));

beforeEach(() => {
  electron.clipboard.length = 0;
  electron.asked.length = 0;
  electron.paths = [];
});

const everywhere: AddOptions = { destinationIds: null, waits: false };
const report = { addedIds: ['1'], known: [], refused: [], leftOut: 0, keyMap: null };

/** Desks that note what they are asked for, as far as these tests ask them. */
function make() {
  const bench = makeBench();
  const asked: Array<readonly unknown[]> = [];
  const note =
    <T>(name: string, answer: T) =>
    (...args: readonly unknown[]): T => {
      asked.push([name, ...args]);
      return answer;
    };
  const window = () => null;
  const desks = {
    window,
    dialogs: { window, filter: 'videos' },
    intake: { add: note('add', Promise.resolve(report)), useKeyMap: note('useKeyMap', Promise.resolve(null)) },
    destinations: { folderChosen: note('folderChosen', Promise.resolve({ folder: '/v', freeBytes: 1 })) },
    links: {
      pathOf: (id: string) => `/mnt/${id}.mp4`,
      links: async () => ({ text: 'https://a\nhttps://b', report: { count: 2, kind: 'public', expiresAt: null } }),
    },
    migration: { sourceChosen: note('sourceChosen', undefined) },
    savePreferences: note('savePreferences', undefined),
  };
  return { asked, handlers: createHandlers(bench.queue, desks as unknown as Desks) };
}

describe('the handlers', () => {
  it('are exactly those of the contract', () => {
    expect(Object.keys(make().handlers).sort()).toEqual(Object.keys(requests).sort());
  });

  it('hand files over with where they are to go', async () => {
    const { handlers, asked } = make();
    await handlers['uploads:add'](['/v/video_1.mp4'], { destinationIds: ['r2', 'disk'], waits: true });
    expect(asked).toEqual([['add', ['/v/video_1.mp4'], { destinationIds: ['r2', 'disk'], waits: true }]]);
  });

  it('add what was chosen, and nothing when the dialog was closed', async () => {
    const { handlers, asked } = make();
    expect(await handlers['uploads:choose']('files', everywhere)).toMatchObject({ addedIds: [] });
    expect(asked).toEqual([]);
    electron.paths = ['/v/video_1.mp4'];
    expect(await handlers['uploads:choose']('folder', everywhere)).toBe(report);
    expect(asked).toEqual([['add', ['/v/video_1.mp4'], everywhere]]);
    expect(electron.asked.at(-1)).toMatchObject({ properties: ['openDirectory', 'createDirectory'] });
  });

  it('tell the desk which folder was chosen, and nothing when none was', async () => {
    const { handlers, asked } = make();
    expect(await handlers['destinations:choose-folder']()).toBeNull();
    expect(await handlers['migration:choose-folder']()).toBeNull();
    expect(asked).toEqual([]);
    electron.paths = ['/media/disk'];
    expect(await handlers['destinations:choose-folder']()).toEqual({ folder: '/v', freeBytes: 1 });
    await handlers['migration:choose-folder']();
    expect(asked).toEqual([
      ['folderChosen', '/media/disk'],
      ['sourceChosen', '/media/disk'],
    ]);
  });

  it('put links onto the clipboard and tell the window only how many', async () => {
    const copied = await make().handlers['uploads:copy-links'](['x', 'y']);
    expect(electron.clipboard).toEqual(['https://a\nhttps://b']);
    expect(JSON.stringify(copied)).not.toContain('https');
  });

  it('show a file where it lies', async () => {
    expect(await make().handlers['uploads:show-object']('5')).toBeNull();
    expect(electron.shown).toEqual(['/mnt/5.mp4']);
  });

  it('change only the preferences that are named', async () => {
    const { handlers, asked } = make();
    await handlers['settings:save-preferences']({ theme: 'dark', language: undefined });
    expect(asked).toEqual([['savePreferences', { theme: 'dark' }]]);
    expect(Object.keys(asked[0]?.[1] as object)).toEqual(['theme']);
  });

  it('tell of a row that is not there', async () => {
    await expect(make().handlers['uploads:restart']('none')).rejects.toMatchObject({ code: 'invalid-request' });
  });
});
