import { describe, expect, it } from 'vitest';
import { type DestinationInfo, defaultPreferences } from '../../shared/settings.ts';
import type { Upload } from '../../shared/upload.ts';
import { uploadNamed } from '../dev/scenarios.ts';
import { costsOf } from './review-costs.ts';

const GB = 1e9;
const place = (id: string, kind: 'r2' | 's3' | 'disk', endpoint: string | null = null): DestinationInfo => ({
  destination: {
    id,
    name: id,
    ...(kind === 'r2'
      ? { kind, accountId: '0'.repeat(32), jurisdiction: 'default', bucket: 'videos', prefix: '', endpoint, publicBaseUrl: null }
      : kind === 's3'
        ? { kind, region: 'us-east-1', bucket: 'videos', prefix: '', endpoint, publicBaseUrl: null }
        : { kind, folder: '/v', volumeId: null, quotaGB: null, publicBaseUrl: null }),
  },
  credentials: 'keychain',
  accessKeyIdHint: null,
});
const video = (n: number, size: number, destinationId: string): Upload => ({
  ...uploadNamed(n, `video_${n}.mp4`, size),
  destinationId,
  status: 'paused',
  uploadedBytes: 0,
});
const preferences = { ...defaultPreferences, viewsPerVideo: 10 };
const full = (destinationId: string) => ({ destinationId, objects: 100, bytes: 200 * GB, sentThisMonth: { objects: 0, bytes: 0 } });

describe('what a batch costs', () => {
  it('at R2 is its room beyond the free ten GB, whoever watches', () => {
    const destinations = [place('r2', 'r2')];
    const uploads = [video(1, 4 * GB, 'r2'), video(2, 6 * GB, 'r2')];
    expect(costsOf(uploads, { destinations, usage: [], preferences })).toEqual([{ id: 'r2', name: 'r2', total: 0 }]);
    const [cost] = costsOf(uploads, { destinations, usage: [full('r2')], preferences });
    expect(cost?.total).toBeCloseTo(0.15, 5);
  });

  it('at Amazon S3 is mostly what people download', () => {
    const situation = { destinations: [place('s3', 's3')], usage: [full('s3')], preferences };
    const [cost] = costsOf([video(1, 10 * GB, 's3')], situation);
    expect(cost?.total).toBeCloseTo(10 * 0.023 + 100 * 0.09, 5);
  });

  it('is counted for each destination of a file, and for none whose prices nobody knows', () => {
    const destinations = [place('r2', 'r2'), place('other', 's3', 'https://minio.example'), place('disk', 'disk')];
    const uploads = destinations.map(({ destination }, n) => video(n, GB, destination.id));
    expect(costsOf(uploads, { destinations, usage: [], preferences }).map(({ id }) => id)).toEqual(['r2']);
  });
});
