import { expect, it } from 'vitest';
import type { ScheduleRule } from '../../shared/schedule.ts';
import { createTexts } from '../text/texts.ts';
import { ruleWords } from './rule-words.ts';
import { presets } from './schedule-edit.ts';

const pt = createTexts('pt-BR');
const en = createTexts('en', 'en-GB');
const said = (rule: ScheduleRule, texts: typeof pt) =>
  Object.values(ruleWords(rule, texts)).join(' · ').replaceAll(/[\u00a0\u202f]/g, ' ');

it.each<[ScheduleRule, string, string]>([
  [presets['slower-at-work'], 'Segunda a sexta · 08:00–18:00 · 5 Mbit/s', 'Monday to Friday · 08:00 – 18:00 · 5 Mbit/s'],
  [presets['only-at-night'], 'Todos os dias · 06:00–22:00 · não envia', 'Every day · 06:00 – 22:00 · sends nothing'],
  [
    { days: [0, 6], from: 22 * 60, to: 6 * 60, mbit: null },
    'Fim de semana · das 22:00 até 06:00 do dia seguinte · sem limite',
    'Weekend · from 22:00 until 06:00 on the next day · no limit',
  ],
  [
    { days: [1, 3], from: 0, to: 1440, mbit: 2.5 },
    'seg e qua · o dia inteiro · 2,5 Mbit/s',
    'Mon and Wed · all day · 2.5 Mbit/s',
  ],
])('%#', (rule, portuguese, english) => {
  expect(said(rule, pt)).toBe(portuguese);
  expect(said(rule, en)).toBe(english);
});
