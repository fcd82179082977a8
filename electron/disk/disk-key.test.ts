import { describe, expect, it } from 'vitest';
import { keyHash, refuseKey } from './disk-key.ts';

const isRefused = (key: string, platform: NodeJS.Platform): boolean => {
  try {
    refuseKey(key, platform);
    return false;
  } catch {
    return true;
  }
};

describe('keys that can be files', () => {
  it.each([
    'videos/video_1.mp4',
    'a.mp4',
    'vídeos/aula 🎬.mp4',
    // Somebody else's files may stand there, and be listed, read and deleted.
    'notes/readme.txt',
    'videos/.hidden.mp4',
    'videos/.remessa/x.mp4',
    '.remessa-check.mp4',
    'con-1.mp4',
    'videos/COM10.mp4',
  ])('%s', (key) => {
    expect(isRefused(key, 'linux')).toBe(false);
    expect(isRefused(key, 'win32')).toBe(false);
  });
});

describe('keys that lead out, into our own folder, or nowhere', () => {
  it.each([
    '',
    '/etc/passwd.mp4',
    '../video.mp4',
    'videos/../../video.mp4',
    'videos/./video.mp4',
    'videos//video.mp4',
    'videos/',
    'videos/a\u0000b.mp4',
    `videos/${'a'.repeat(1024)}.mp4`,
    '.remessa/destination.mp4',
    '.remessa/uploads/x/data.mp4',
    // The same folder to Windows, to macOS, or to both.
    '.Remessa/x.mp4',
    '.remessa./x.mp4',
    '.remessa /x.mp4',
    '.rem\u200dessa/x.mp4',
  ])('%j', (key) => {
    for (const platform of ['linux', 'darwin', 'win32'] as const) expect(isRefused(key, platform)).toBe(true);
  });
});

describe('what only Windows refuses', () => {
  it.each([
    'con.mp4',
    'videos/NUL.mp4',
    'videos/lpt1.mp4',
    'videos/com¹.mp4',
    'aux/video.mp4',
    'videos/a:b.mp4',
    'videos/what?.mp4',
    'videos/a|b.mp4',
    'videos\\..\\..\\video.mp4',
    'videos./video.mp4',
    'videos /video.mp4',
  ])('%j', (key) => {
    expect(isRefused(key, 'win32')).toBe(true);
    expect(isRefused(key, 'linux')).toBe(false);
  });
});

it('a hash is a name on every file system', () => {
  expect(keyHash('vídeos/🎬.mp4')).toMatch(/^[0-9a-f]{64}$/);
});
