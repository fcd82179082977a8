import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeRecord, now } from '../../tests/support/builders.ts';
import { temporaryFolder } from '../../tests/support/sample-video.ts';
import { makeReceipt } from '../uploads/make-receipt.ts';
import { ReceiptStore } from './receipt-store.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let store: ReceiptStore;
beforeAll(async () => {
  folder = await temporaryFolder();
  store = new ReceiptStore(join(folder.path, 'receipts'));
});
afterAll(() => folder.remove());

const destination = { id: 'd', kind: 's3', name: 'n', endpoint: 'e', region: 'r', bucket: 'b', isPathStyle: true } as const;
function receiptOf(name: string, id = crypto.randomUUID()) {
  const state = { status: 'completed', completedAt: now, etag: 'e', crc64nvme: null, verification: 'object', ...asSent } as const;
  const record = makeRecord({ id, state, transfer: { kind: 'single', since: now } });
  return makeReceipt({ record: { ...record, source: { ...record.source, name } }, parts: [] }, destination, '1');
}

const asSent = { wasThere: false, token: null, localFile: 'kept' } as const;

describe('a receipt on the disk', () => {
  it.each(['video_5.mp4', '../../etc/passwd', 'a/b\\c:d*?.mp4', `${'é'.repeat(300)}.mp4`, '🎬.mp4', '.mp4', 'CON'])(
    'of %s is found again by its id, inside of its folder',
    async (name) => {
      const receipt = receiptOf(name);
      await store.write(receipt);
      expect(await store.read(receipt.id)).toEqual(receipt);
      expect(await store.find(receipt.id)).toMatch(new RegExp(`receipts.[^/\\\\]*${receipt.id}\\.json$`));
    },
  );

  it('that is damaged counts as none, and can be written anew', async () => {
    const receipt = receiptOf('video_6.mp4');
    await store.write(receipt);
    await writeFile((await store.find(receipt.id)) ?? '', '{"kind":');
    expect(await store.read(receipt.id)).toBeNull();
    await store.write(receipt);
    expect(await store.read(receipt.id)).toEqual(receipt);
  });

  it('that was never written is none', async () => {
    expect(await store.read(crypto.randomUUID())).toBeNull();
    expect(await new ReceiptStore(join(folder.path, 'none')).find('x')).toBeNull();
    expect((await readdir(folder.path)).length).toBe(1);
  });
});
