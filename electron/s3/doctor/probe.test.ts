import { expect, it } from 'vitest';
import { crc64nvmeOf, isProbeKey, makeProbe } from './probe.ts';

it('probes stand below the prefix, where videos go, and are known again', () => {
  for (const prefix of ['', 'school/']) {
    const { key } = makeProbe(prefix).object;
    expect(key).toMatch(new RegExp(`^${prefix}videos/\\.remessa-check-[\\da-f-]{36}\\.mp4$`));
    expect(isProbeKey(key, prefix)).toBe(true);
  }
  expect(makeProbe('').object.key).not.toBe(makeProbe('').object.key);
});

it.each([
  ['another prefix', 'videos/.remessa-check-00000000-0000-4000-8000-000000000001.mp4', 'school/'],
  ['a video', 'videos/video_1.mp4', ''],
  ['a name of somebody else', 'videos/.remessa-check-mine.mp4', ''],
  ['more behind it', 'videos/.remessa-check-00000000-0000-4000-8000-000000000001.mp4.mp4', ''],
  ['more before it', 'videos/x/.remessa-check-00000000-0000-4000-8000-000000000001.mp4', ''],
])('%s is no probe', (_what, key, prefix) => {
  expect(isProbeKey(key, prefix)).toBe(false);
});

it('has the checksum that S3 knows', async () => {
  // The check value of CRC-64/NVME: that of "123456789".
  expect(Buffer.from(await crc64nvmeOf(Buffer.from('123456789')), 'base64').toString('hex')).toBe('ae8b14860a799888');
});
