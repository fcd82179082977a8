import { beforeEach, describe, expect, it, vi } from 'vitest';
import { requests } from '../../shared/ipc.ts';
import { makeBench } from '../../tests/support/builders.ts';
import { type Desk, createHandlers } from './handlers.ts';

const electron = vi.hoisted(() => ({ clipboard: [] as string[], paths: [] as string[] }));
vi.mock('electron', () => ({
  clipboard: { writeText: (text: string) => void electron.clipboard.push(text) },
  dialog: { showOpenDialog: async () => ({ filePaths: electron.paths }) },
}));

beforeEach(() => {
  electron.clipboard.length = 0;
  electron.paths = [];
});

const unused = () => Promise.reject(new Error('not used here'));

function make(changes: Partial<Desk> = {}) {
  const bench = makeBench();
  const saved: unknown[] = [];
  const desk: Desk = {
    currentDestinationId: () => 'r2',
    snapshot: unused,
    savePreferences: (preferences) => void saved.push(preferences),
    test: unused,
    save: unused,
    use: () => undefined,
    remove: unused,
    links: async () => ({ text: 'https://a\nhttps://b', report: { count: 2, kind: 'public', expiresAt: null } }),
    receipt: unused,
    checkReceipt: unused,
    receiptPath: unused,
    practiceUsage: unused,
    emptyPractice: unused,
    answerQuit: () => undefined,
    window: () => null,
    videosLabel: () => 'MP4',
    ...changes,
  };
  return { bench, saved, handlers: createHandlers(bench.queue, desk) };
}

describe('the handlers', () => {
  it('are exactly those of the contract', () => {
    expect(Object.keys(make().handlers).sort()).toEqual(Object.keys(requests).sort());
  });

  it('refuse files while there is nowhere to send them', async () => {
    const { handlers } = make({ currentDestinationId: () => null });
    await expect(handlers['uploads:add'](['/v/a.mp4'])).rejects.toMatchObject({ code: 'destination-missing' });
  });

  it('send files to the current destination', async () => {
    const { handlers, bench } = make();
    bench.files.write('/v/video_1.mp4');
    await handlers['uploads:add'](['/v/video_1.mp4']);
    expect(handlers['uploads:get']()).toMatchObject({ uploads: [{ destinationId: 'r2', name: 'video_1.mp4' }] });
  });

  it('add what was chosen, and nothing when the dialog was closed', async () => {
    const { handlers, bench } = make();
    expect(await handlers['uploads:choose']()).toEqual({ addedIds: [], known: [], refused: [] });
    bench.files.write('/v/video_1.mp4');
    electron.paths = ['/v/video_1.mp4'];
    expect(await handlers['uploads:choose']()).toMatchObject({ addedIds: [expect.any(String)] });
  });

  it('put links onto the clipboard and tell the window only how many', async () => {
    const report = await make().handlers['uploads:copy-links'](['x', 'y']);
    expect(electron.clipboard).toEqual(['https://a\nhttps://b']);
    expect(JSON.stringify(report)).not.toContain('https');
  });

  it('change only the preferences that are named', async () => {
    const { handlers, saved } = make();
    await handlers['settings:save-preferences']({ theme: 'dark', language: undefined });
    expect(saved).toEqual([{ theme: 'dark' }]);
    expect(Object.keys(saved[0] as object)).toEqual(['theme']);
  });

  it('tell of a row that is not there', async () => {
    await expect(make().handlers['uploads:restart']('none')).rejects.toMatchObject({ code: 'invalid-request' });
  });
});
