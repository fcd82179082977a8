import { describe, expect, it } from 'vitest';
import type { Upload } from '../../shared/upload.ts';
import { verificationLevels } from '../../shared/upload.ts';
import { everyState, uploadNamed } from '../dev/scenarios.ts';
import { createTexts } from '../text/texts.ts';
import { confirmedShareOf, shareOf, spokenName, statusLine } from './upload-status.ts';

const pt = createTexts('pt-BR');
const en = createTexts('en', 'en-US');
const at = (day: number, hour: number) => new Date(2026, 10, day, hour).getTime();
const now = at(19, 10);
const base = uploadNamed(1, 'video_5_simple.mp4', 1_000_000_000);
const error = { code: 'server-error' } as const;
const running = {
  ...base,
  status: 'uploading',
  uploadedBytes: 426_000_000,
  confirmedBytes: 400_000_000,
  speeds: [],
  resending: null,
  expiresAt: null,
} as const;
const waiting = { ...base, status: 'waiting', uploadedBytes: 0, retryAt: null, error } as const;
const done = { ...base, status: 'completed', completedAt: now, wasThere: false, localFile: 'kept' } as const;
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
    [{ ...done, verification: 'checksum' }, 'Enviado e conferido', 'Sent and verified'],
    [{ ...done, verification: 'object' }, 'Enviado e conferido', 'Sent and verified'],
    [{ ...done, verification: 'size' }, 'Enviado · tamanho conferido', 'Sent · size checked'],
    [
      { ...done, verification: 'parts' },
      'Enviado · não foi possível conferir o objeto',
      'Sent · the object could not be looked at',
    ],
    [
      { ...waiting, reason: 'schedule', retryAt: at(19, 18) },
      'Esperando o horário: continua às 18:00',
      'Waiting for the schedule: goes on at 6:00 PM',
    ],
    [
      { ...waiting, reason: 'schedule', retryAt: at(20, 1) },
      'Esperando o horário: continua amanhã à 01:00',
      'Waiting for the schedule: goes on tomorrow at 1:00 AM',
    ],
    [{ ...waiting, reason: 'schedule' }, 'Esperando o horário', 'Waiting for the schedule'],
    [{ ...waiting, reason: 'source' }, 'Esperando o arquivo', 'Waiting for the file'],
    [
      { ...base, status: 'failed', uploadedBytes: 0, error: { code: 'source-changed' }, existing: null },
      'O arquivo mudou',
      'The file changed',
    ],
    [
      { ...base, status: 'failed', uploadedBytes: 0, error: { code: 'not-a-video' }, existing: null },
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

it('says why parts are sent again, before the numbers', () => {
  const upload = { ...running, bytesPerSecond: 12_400_000, etaSeconds: 172 } as const;
  const again = (parts: number): Upload => ({ ...upload, resending: { parts, error: { code: 'connection-lost' } } });
  expect(statusLine(again(2), pt, now).reason).toBe('2 partes enviadas de novo: a conexão caiu');
  expect(statusLine(again(1), pt, now).reason).toBe('1 parte enviada de novo: a conexão caiu');
  expect(statusLine(again(2), en, now).reason).toBe('sending 2 parts again: the connection dropped');
  expect(statusLine(upload, en, now).reason).toBeUndefined();
});

it('gives the shield only to what was looked at', () => {
  const looks = verificationLevels.map((verification) => {
    const { tone, icon } = statusLine({ ...done, verification }, en, now);
    return `${icon} ${tone}`;
  });
  expect(looks).toEqual(['sent muted', 'checked muted', 'verified success', 'verified success']);
});

it('tells confirmed from on the way', () => {
  const upload = { ...running, bytesPerSecond: null, etaSeconds: null };
  expect(shareOf(upload)).toBeCloseTo(0.426);
  expect(confirmedShareOf(upload)).toBeCloseTo(0.4);
  // A part that got lost is no longer on the way, and what is confirmed is never more than what was sent.
  expect(confirmedShareOf({ ...upload, uploadedBytes: 300_000_000 })).toBeCloseTo(0.3);
});

it('speaks name, state and percent', () => {
  expect(spokenName({ ...running, bytesPerSecond: null, etaSeconds: null }, en)).toBe(
    'video_5_simple.mp4, uploading, 42 percent',
  );
  expect(spokenName({ ...done, verification: 'object' }, en)).toBe('video_5_simple.mp4, sent and verified');
  expect(spokenName({ ...done, verification: 'size' }, en)).toBe('video_5_simple.mp4, sent, size checked');
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
