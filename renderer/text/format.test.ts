import { describe, expect, it } from 'vitest';
import { createFormat } from './format.ts';

const pt = createFormat('pt-BR');
const en = createFormat('en', 'en-US');
/** Intl writes some of its spaces as no-break spaces. */
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');

describe('bytes', () => {
  it.each([
    [0, '0 byte', '0 bytes'],
    [999, '999 bytes', '999 bytes'],
    [1000, '1 kB', '1 kB'],
    [52_428_800, '52,4 MB', '52.4 MB'],
    [412_000_000, '412 MB', '412 MB'],
    [999_600_000, '1,0 GB', '1.0 GB'],
    [1_240_000_000, '1,2 GB', '1.2 GB'],
    [3_500_000_000_000, '3,5 TB', '3.5 TB'],
    [Number.NaN, '0 byte', '0 bytes'],
    [Number.POSITIVE_INFINITY, '0 byte', '0 bytes'],
    [-5, '0 byte', '0 bytes'],
  ])('%d', (bytes, portuguese, english) => {
    expect(plain(pt.bytes(bytes))).toBe(portuguese);
    expect(plain(en.bytes(bytes))).toBe(english);
  });
});

describe('speed', () => {
  it.each([
    [12_400_000, '12,4 MB/s', '12.4 MB/s'],
    [830_000, '830 kB/s', '830 kB/s'],
    [118_000_000, '118 MB/s', '118 MB/s'],
  ])('%d', (bytesPerSecond, portuguese, english) => {
    expect(plain(pt.speed(bytesPerSecond))).toBe(portuguese);
    expect(plain(en.speed(bytesPerSecond))).toBe(english);
  });
});

describe('duration', () => {
  it.each([
    [0, '1 s', '1 sec'],
    [8.2, '9 s', '9 sec'],
    [32, '35 s', '35 sec'],
    [56, '1 min', '1 min'],
    [172, '3 min', '3 min'],
    [3599, '1 h', '1 hr'],
    [4700, '1 h 20 min', '1 hr 20 min'],
    [90_000, '1 dia 1 h', '1 day 1 hr'],
    [Number.NaN, '1 s', '1 sec'],
    [Number.POSITIVE_INFINITY, '1 s', '1 sec'],
  ])('%d seconds', (seconds, portuguese, english) => {
    expect(plain(pt.duration(seconds))).toBe(portuguese);
    expect(plain(en.duration(seconds))).toBe(english);
  });

  it('never says 0 s of a countdown', () => expect(plain(pt.countdown(-3))).toBe('1 s'));
});

describe('percent', () => {
  it.each([
    [0.426, '42%'],
    [0.999, '99%'],
    [1, '100%'],
    [Number.NaN, '0%'],
  ])('%d', (share, expected) => expect(pt.percent(share)).toBe(expected));
});

const at = (day: number, hour: number) => new Date(2026, 10, day, hour, 5).getTime();

describe('moment', () => {
  it.each([
    [at(22, 9), '09:05', '9:05 AM'],
    [at(21, 23), 'ontem, 23:05', 'yesterday, 11:05 PM'],
    [at(3, 14), '3 de nov., 14:05', 'Nov 3, 2:05 PM'],
  ])('%d', (epochMs, portuguese, english) => {
    expect(plain(pt.moment(epochMs, at(22, 10)))).toBe(portuguese);
    expect(plain(en.moment(epochMs, at(22, 10)))).toBe(english);
  });
});

describe('usd', () => {
  it.each([
    [0, 'US$ 0', '$0'],
    [0.0001, 'menos de US$ 0,01', 'less than $0.01'],
    [0.129, 'US$ 0,13', '$0.13'],
    [86.4, 'US$ 86,40', '$86.40'],
    [999.99, 'US$ 999,99', '$999.99'],
    [999.996, 'US$ 1.000', '$1,000'],
    [12_345.6, 'US$ 12.346', '$12,346'],
    [Number.NaN, 'US$ 0', '$0'],
    [-3, 'US$ 0', '$0'],
  ])('%d', (amount, portuguese, english) => {
    expect(plain(pt.usd(amount))).toBe(portuguese);
    expect(plain(en.usd(amount))).toBe(english);
  });
});

describe('ago', () => {
  const now = at(22, 10);
  const minutes = 60_000;
  it.each([
    [now + 5 * minutes, 'agora', 'now'],
    [now - 30_000, 'agora', 'now'],
    [now - minutes, 'há 1 minuto', '1 minute ago'],
    [now - 59 * minutes, 'há 59 minutos', '59 minutes ago'],
    [now - 5 * 60 * minutes, 'há 5 horas', '5 hours ago'],
    [now - 25 * 60 * minutes, 'ontem', 'yesterday'],
    [now - 47 * 60 * minutes, 'anteontem', '2 days ago'],
    [now - 9 * 24 * 60 * minutes, 'há 9 dias', '9 days ago'],
    [now - 70 * 24 * 60 * minutes, 'há 2 meses', '2 months ago'],
  ])('%d', (epochMs, portuguese, english) => {
    expect(pt.ago(epochMs, now)).toBe(portuguese);
    expect(en.ago(epochMs, now)).toBe(english);
  });
});

it('writes a day with its year', () => {
  expect(pt.date(at(1, 12))).toBe('1 de novembro de 2026');
  expect(en.date(at(1, 12))).toBe('November 1, 2026');
});
