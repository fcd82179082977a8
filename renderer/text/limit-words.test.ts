import { describe, expect, it } from 'vitest';
import type { LimitInForce } from '../../shared/schedule.ts';
import { createTexts } from './texts.ts';
import { bytesPerSecondOf, limitWords } from './limit-words.ts';

const pt = createTexts('pt-BR');
const en = createTexts('en', 'en-US');
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');
/** A Thursday. */
const at = (day: number, hour: number) => new Date(2026, 10, day, hour).getTime();
const now = at(19, 10);

describe('limitWords', () => {
  it.each<[LimitInForce, string, string]>([
    [{ mbit: 5, until: null, isBySchedule: false }, 'limite 5 Mbit/s', 'limit 5 Mbit/s'],
    [
      { mbit: 2.5, until: at(19, 18), isBySchedule: true },
      'limite 2,5 Mbit/s até 18:00',
      'limit 2.5 Mbit/s until 6:00 PM',
    ],
    [
      { mbit: 0, until: at(20, 6), isBySchedule: true },
      'nada é enviado até amanhã, 06:00',
      'sending nothing until tomorrow, 6:00 AM',
    ],
    [
      { mbit: null, until: at(23, 8), isBySchedule: false },
      'sem limite até segunda-feira, 08:00',
      'no limit until Monday, 8:00 AM',
    ],
    [{ mbit: null, until: null, isBySchedule: false }, 'sem limite', 'no limit'],
  ])('%#', (limit, portuguese, english) => {
    expect(plain(limitWords(limit, pt, now))).toBe(portuguese);
    expect(plain(limitWords(limit, en, now))).toBe(english);
  });
});

it('turns bits into bytes', () => expect(bytesPerSecondOf(8)).toBe(1_000_000));
