import { expect, it } from 'vitest';
import type { Destination } from '../../shared/settings.ts';
import { disk, practice, r2, s3 } from '../dev/fake-destinations.ts';
import { pastedKey } from './pasted-key.ts';

const inFolder = { ...r2.destination, publicBaseUrl: 'https://cdn.example/aulas' } as Destination;

const namesake = { ...r2.destination, bucket: 'videos' } as Destination;
const s3Namesake = { ...s3.destination, bucket: 'videos' } as Destination;
const ownServer = { ...s3Namesake, endpoint: 'https://videos.escola.example.com' } as Destination;
const windows = { ...disk.destination, folder: 'D:\\Remessa' } as Destination;
const share = { ...disk.destination, folder: '\\\\nas\\aulas\\' } as Destination;

it.each<[string, Destination, string]>([
  ['videos/video_5.mp4', r2.destination, 'videos/video_5.mp4'],
  ['  /videos/video_5.mp4 ', r2.destination, 'videos/video_5.mp4'],
  ['https://videos.ensinalab.com.br/videos/video_5.mp4', r2.destination, 'videos/video_5.mp4'],
  ['https://videos.ensinalab.com.br/videos/aula%20%C3%A9.mp4?t=10#x', r2.destination, 'videos/aula é.mp4'],
  ['https://cdn.example/aulas/videos/v.mp4', inFolder, 'videos/v.mp4'],
  ['https://0123.r2.cloudflarestorage.com/ensinalab-videos/videos/v.mp4?X-Amz-Signature=ab', r2.destination, 'videos/v.mp4'],
  ['https://ensinalab-arquivo.s3.sa-east-1.amazonaws.com/aulas/v.mp4?X-Amz-Signature=ab', s3.destination, 'aulas/v.mp4'],
  ['https://s3.amazonaws.com/ensinalab-arquivo/aulas/v.mp4', s3.destination, 'aulas/v.mp4'],
  ['http://127.0.0.1:4567/treino/videos/v.mp4', practice.destination, 'videos/v.mp4'],
  ['https://nas.example/videos/v.mp4', disk.destination, 'videos/v.mp4'],
  ['https://videos.ensinalab.com.br/100%.mp4', r2.destination, '100%.mp4'],
  // The key begins like the bucket: behind the public address nothing is the bucket's name.
  ['https://videos.ensinalab.com.br/videos/v.mp4', namesake, 'videos/v.mp4'],
  // AWS names the bucket in the host: what the path begins with is the key's own.
  ['https://videos.s3.sa-east-1.amazonaws.com/videos/v.mp4?X-Amz-Signature=ab', s3Namesake, 'videos/v.mp4'],
  ['https://s3.sa-east-1.amazonaws.com/videos/videos/v.mp4', s3Namesake, 'videos/v.mp4'],
  ['https://videos.escola.example.com/videos/aulas/v.mp4', ownServer, 'aulas/v.mp4'],
  ['/media/ana/HD-Aulas/Remessa/videos/v.mp4', disk.destination, 'videos/v.mp4'],
  ['/media/ana/HD-Aulas/Remessa-2/v.mp4', disk.destination, 'media/ana/HD-Aulas/Remessa-2/v.mp4'],
  ['videos/a\\b.mp4', disk.destination, 'videos/a\\b.mp4'],
  ['d:\\Remessa\\videos\\v.mp4', windows, 'videos/v.mp4'],
  ['\\\\nas\\aulas\\videos\\v.mp4', share, 'videos/v.mp4'],
  ['http://', r2.destination, 'http://'],
])('%s', (text, destination, key) => expect(pastedKey(text, destination)).toBe(key));
