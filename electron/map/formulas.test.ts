import { expect, it } from 'vitest';
import { guarded, unguarded } from './formulas.ts';

const formulas = ['=1+1', '+49 30 1', '-5', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', '＋1', '－1', '＠x', "'=1", "''=1"];
const texts = ['', '5', 'videos/a=b.mp4', 'aula-1.mp4', "'quoted'", "'", ' =1', 'é'];

it.each(formulas)('%j is no formula behind an apostrophe', (text) => {
  expect(guarded(text)).toBe(`'${text}`);
});

it.each(texts)('%j stays as it is', (text) => expect(guarded(text)).toBe(text));

it.each([...formulas, ...texts])('%j comes back as it went', (text) => expect(unguarded(guarded(text))).toBe(text));

it('takes off what a spreadsheet or a person has put before a formula', () => {
  expect(unguarded("'=1")).toBe('=1');
});
