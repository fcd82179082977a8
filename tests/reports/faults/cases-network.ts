import { AbortMultipartUploadCommand, ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import { setTimeout as wait } from 'node:timers/promises';
import { captivePortal, respondError } from '../../support/faults.ts';
import { everythingFor, slowParts } from './decisions.ts';
import { type FaultCase, type Scene, completes } from './fault-case.ts';

const offline = 'Waiting for the internet';

const offlineFor =
  (seconds: number) =>
  async ({ target: { proxy }, arrived }: Scene): Promise<void> => {
    await arrived(0.3);
    await proxy.offline(true);
    await wait(seconds * 1000);
    await proxy.offline(false);
  };

/** Every request is answered like this, from a third of the file on, for so long. */
const everything =
  (ms: number, fault: Parameters<typeof everythingFor>[1]) =>
  async ({ target: { proxy }, arrived }: Scene): Promise<void> => {
    await arrived(0.3);
    proxy.setDecide(everythingFor(ms, fault, slowParts));
    if (Number.isFinite(ms)) await wait(ms);
  };

const refused = (...says: readonly string[]): FaultCase['expected'] => ({
  ending: 'waiting: destination', object: 'none', atMost: 2.2, says: ['Waiting for the destination', ...says],
});

/** What can happen to the network and to the destination as a whole. */
export const networkCases: readonly FaultCase[] = [
  // Shorter than two tries apart: not worth a word, and there may be none.
  { name: 'offline-2s', title: 'no network for 2 s', decide: () => slowParts, act: offlineFor(2), expected: completes(1.5) },
  { name: 'offline-12s', lasts: 15, title: 'no network for 12 s', decide: () => slowParts, act: offlineFor(12), expected: completes(1.5, offline) },
  { name: 'offline-90s', lasts: 90, title: 'no network for 90 s', decide: () => slowParts, act: offlineFor(90), expected: completes(1.5, offline) },
  {
    name: 'offline-start', title: 'no network at the start, for 5 s',
    act: async ({ target: { proxy } }) => {
      await proxy.offline(true);
      await wait(5000);
      await proxy.offline(false);
    },
    expected: completes(1.5, offline),
  },
  {
    name: 'captive-portal', title: 'a captive portal answers everything for 5 s',
    decide: () => slowParts, act: everything(5000, captivePortal),
    expected: completes(2.2, '▲ The network asks for a login'),
  },
  {
    name: 'slow-down', title: '503 SlowDown on every request for 5 s',
    decide: () => slowParts, act: everything(5000, () => respondError(503, 'SlowDown')),
    expected: completes(4),
  },
  {
    name: 'no-such-upload', title: 'the server drops the unfinished upload after 4 parts',
    decide: () => slowParts,
    act: async ({ target: { client, bucket: Bucket }, arrived }) => {
      await arrived(0.45);
      const { Uploads } = await client.send(new ListMultipartUploadsCommand({ Bucket }));
      for (const { Key, UploadId } of Uploads ?? []) {
        await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
      }
    },
    expected: completes(2.2, 'Started again: the unfinished upload had expired on the server.'),
  },
  {
    name: 'keys-rotated', title: 'the keys are revoked; new ones come after 4 s',
    decide: () => slowParts,
    act: async (scene) => {
      await everything(Number.POSITIVE_INFINITY, () => respondError(403, 'InvalidAccessKeyId'))(scene);
      await wait(4000);
      scene.target.proxy.setDecide(slowParts);
      scene.giveNewKeys();
    },
    expected: completes(2.2, 'Waiting for the destination', '▲ The access key was rejected'),
  },
  {
    name: 'keys-revoked', title: 'the keys are revoked, and nobody gives new ones',
    decide: () => slowParts,
    act: everything(Number.POSITIVE_INFINITY, () => respondError(403, 'InvalidAccessKeyId')),
    expected: refused('▲ The access key was rejected'),
  },
  {
    name: 'access-denied', title: '403 AccessDenied on everything from a third on',
    decide: () => slowParts, act: everything(Number.POSITIVE_INFINITY, () => respondError(403, 'AccessDenied')),
    expected: refused('▲ The key has no permission on this bucket'),
  },
  {
    name: 'bucket-gone', title: '404 NoSuchBucket on everything from a third on',
    decide: () => slowParts, act: everything(Number.POSITIVE_INFINITY, () => respondError(404, 'NoSuchBucket')),
    expected: refused('▲ The bucket was not found'),
  },
];
