import { expect, it } from 'vitest';
import type { TypedMbit } from './parse-mbit.ts';
import { parseMbit } from './parse-mbit.ts';

it.each<[string, TypedMbit]>([
  ['', { mbit: null }],
  ['  ', { mbit: null }],
  ['5', { mbit: 5 }],
  ['2,5', { mbit: 2.5 }],
  ['2.5', { mbit: 2.5 }],
  ['.5', { mbit: 0.5 }],
  ['20 Mbit/s', { mbit: 20 }],
  ['10000', { mbit: 10_000 }],
  ['0', { problem: 'zero' }],
  ['0,001', { problem: 'zero' }],
  ['0.05', { problem: 'too-small' }],
  ['0,1', { mbit: 0.1 }],
  ['10001', { problem: 'too-large' }],
  ['-3', { problem: 'not-a-number' }],
  ['1e3', { problem: 'not-a-number' }],
  ['fast', { problem: 'not-a-number' }],
])('%j', (text, expected) => expect(parseMbit(text)).toEqual(expected));
