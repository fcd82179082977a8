import { expect, it, vi } from 'vitest';
import type { RemessaApi } from '../shared/remessa-api.ts';
import { RefusedError, appErrorOf, connectBridge } from './bridge.ts';
import { createFakeRemessa } from './dev/fake-remessa.ts';

it('unwraps values and throws refusals with their reason', async () => {
  const fake = createFakeRemessa('empty');
  const error = { code: 'offline', detail: 'ENOTFOUND' } as const;
  const bridge = connectBridge({ ...fake, pauseUploads: async () => ({ ok: false, error }) });
  expect((await bridge.getUploads()).uploads).toEqual([]);
  const thrown = await bridge.pauseUploads(['a']).catch((reason: unknown) => reason);
  expect(thrown).toBeInstanceOf(RefusedError);
  expect(appErrorOf(thrown)).toEqual(error);
  expect(appErrorOf(new TypeError('x'))).toEqual({ code: 'internal', detail: 'TypeError: x' });
});

it('hands over more files than one message takes, in order', async () => {
  const addFiles = vi.fn<RemessaApi['addFiles']>(async (files) => {
    const value = { addedIds: files.map((file) => file.name), known: [], refused: [], leftOut: 0, keyMap: null };
    return { ok: true, value };
  });
  const bridge = connectBridge({ ...createFakeRemessa('empty'), addFiles });
  const files = Array.from({ length: 10_001 }, (_, index) => ({ name: String(index), size: 1 }));
  const report = await bridge.addFiles(files, { destinationIds: null, waits: false });
  expect(addFiles.mock.calls.map(([batch]) => batch.length)).toEqual([10_000, 1]);
  expect(report.addedIds.at(-1)).toBe('10000');
});
