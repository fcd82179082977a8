import { expect, it, vi } from 'vitest';
import { requests } from '../shared/ipc.ts';
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

const manyIds = Array.from({ length: 20_001 }, (_, index) => `u-${index}`);

it.each(['pauseUploads', 'resumeUploads', 'retryUploads', 'cancelUploads', 'removeUploads'] as const)(
  '%s takes more uploads than one message does, in order',
  async (name) => {
    const ask = vi.fn<RemessaApi['pauseUploads']>(async () => ({ ok: true, value: null }));
    await connectBridge({ ...createFakeRemessa('empty'), [name]: ask })[name](manyIds);
    expect(ask.mock.calls.map(([ids]) => requests['uploads:pause'].safeParse([ids]).success)).toEqual([true, true, true]);
    expect(ask.mock.calls.flatMap(([ids]) => ids)).toEqual(manyIds);
  },
);

it('hands an answer over with each message of a long list, and ends with a refusal', async () => {
  const settleConflict = vi.fn<RemessaApi['settleConflict']>(async () => ({ ok: true, value: null }));
  const sendTo = vi.fn<RemessaApi['sendTo']>(async () => ({ ok: false, error: { code: 'internal' } }));
  const bridge = connectBridge({ ...createFakeRemessa('empty'), settleConflict, sendTo });
  await bridge.settleConflict(manyIds, 'skip');
  expect(settleConflict.mock.calls.map(([ids, rule]) => [ids.length, rule])).toEqual([
    [10_000, 'skip'],
    [10_000, 'skip'],
    [1, 'skip'],
  ]);
  await expect(bridge.sendTo(manyIds, 'd-2')).rejects.toBeInstanceOf(RefusedError);
  expect(sendTo).toHaveBeenCalledTimes(1);
});

it('asks for the links of a long list at once: they are one text', () => {
  expect(requests['uploads:copy-links'].safeParse([manyIds]).success).toBe(true);
});
