import { describe, expect, it } from 'vitest';
import type { Upload } from '../../shared/upload.ts';
import { everyState, uploadNamed } from '../dev/scenarios.ts';
import { createTexts } from '../text/TextProvider.tsx';
import { shareOf, spokenName, statusLine } from './upload-status.ts';

const pt = createTexts('pt-BR');
const en = createTexts('en', 'en-US');
const now = 1_000_000;
const base = uploadNamed(1, 'video_5_simple.mp4', 1_000_000_000);
const error = { code: 'server-error' } as const;
const running = { ...base, status: 'uploading', uploadedBytes: 426_000_000, expiresAt: null } as const;
const waiting = { ...base, status: 'waiting', uploadedBytes: 0, retryAt: null, error } as const;
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');

describe('the words of design.md', () => {
  it.each<[Upload, string, string]>([
    [{ ...base, status: 'queued', uploadedBytes: 0 }, 'Na fila', 'Queued'],
    [{ ...running, bytesPerSecond: null, etaSeconds: null }, 'Enviando', 'Uploading'],
    [{ ...waiting, reason: 'offline' }, 'Esperando a internet', 'Waiting for the internet'],
    [{ ...waiting, reason: 'backoff', retryAt: now + 8000 }, 'Tentando de novo em 8 s', 'Retrying in 8 sec'],
    [{ ...waiting, reason: 'backoff', retryAt: now - 1 }, 'Tentando de novo', 'Retrying'],
    [{ ...base, status: 'paused', uploadedBytes: 0 }, 'Pausado', 'Paused'],
    [{ ...base, status: 'completing', uploadedBytes: base.size }, 'Conferindo', 'Verifying'],
    [
      { ...base, status: 'completed', completedAt: now, verification: 'object' },
      'Enviado e conferido',
      'Sent and verified',
    ],
    [{ ...waiting, reason: 'source' }, 'Esperando o arquivo', 'Waiting for the file'],
    [
      { ...base, status: 'failed', uploadedBytes: 0, error: { code: 'source-changed' } },
      'O arquivo mudou',
      'The file changed',
    ],
    [
      { ...base, status: 'failed', uploadedBytes: 0, error: { code: 'not-a-video' } },
      'Falhou: não é um vídeo MP4',
      'Failed: not an MP4 video',
    ],
    [{ ...base, status: 'canceling' }, 'Cancelando', 'Canceling'],
  ])('%#: %s', (upload, portuguese, english) => {
    expect(plain(statusLine(upload, pt, now).word)).toBe(portuguese);
    expect(plain(statusLine(upload, en, now).word)).toBe(english);
  });
});

it('puts speed and time left after the word, and size last', () => {
  const line = statusLine({ ...running, bytesPerSecond: 12_400_000, etaSeconds: 172 }, pt, now);
  expect(line.numbers.map(plain)).toEqual(['12,4 MB/s', 'faltam 3 min', '426 MB de 1,0 GB']);
});

it('never says that nothing is left', () => {
  const line = statusLine({ ...running, bytesPerSecond: 12_400_000, etaSeconds: 0 }, pt, now);
  expect(line.numbers).toContain('quase lá');
});

it('says nothing of a speed that is not known', () => {
  const line = statusLine({ ...running, bytesPerSecond: null, etaSeconds: Number.POSITIVE_INFINITY }, en, now);
  expect(line.numbers.map(plain)).toEqual(['426 MB of 1.0 GB']);
});

it('speaks name, state and percent', () => {
  expect(spokenName({ ...running, bytesPerSecond: null, etaSeconds: null }, en)).toBe(
    'video_5_simple.mp4, uploading, 42 percent',
  );
  expect(spokenName({ ...base, status: 'completed', completedAt: now, verification: 'object' }, en)).toBe(
    'video_5_simple.mp4, sent and verified',
  );
});

it('never writes what only a program would', () => {
  for (const upload of everyState()) {
    for (const texts of [pt, en]) {
      const { word, numbers } = statusLine(upload, texts, now);
      expect([word, ...numbers, spokenName(upload, texts)].join(' ')).not.toMatch(/undefined|null|NaN|Infinity|∞/);
    }
  }
});

it('counts an empty file as not begun', () => {
  expect(shareOf({ ...base, size: 0, status: 'queued', uploadedBytes: 0 })).toBe(0);
});
