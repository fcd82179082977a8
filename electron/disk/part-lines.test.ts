import { describe, expect, it } from 'vitest';
import { goneLine, mentionsPart, partLine, readPartLines } from './part-lines.ts';

const part = (partNumber: number, crc64nvme = 'AAAAAAAAAAA=') => ({ partNumber, offset: (partNumber - 1) * 10, size: 10, crc64nvme });

describe('the list of parts', () => {
  it('has the last word on each part', () => {
    const text = partLine(part(2)) + partLine(part(1)) + partLine(part(2, 'BBBBBBBBBBA='));
    expect([...readPartLines(text).values()]).toEqual([part(2, 'BBBBBBBBBBA='), part(1)]);
  });

  it('loses a part that is written over, and has it again', () => {
    const text = partLine(part(1)) + partLine(part(2)) + goneLine(1);
    expect([...readPartLines(text).keys()]).toEqual([2]);
    expect([...readPartLines(text + partLine(part(1))).keys()]).toEqual([2, 1]);
  });

  it('leaves out a line that a crash cut short, wherever it did, and not the next one', () => {
    const line = partLine(part(1));
    for (let length = 0; length < line.length - 1; length += 1) {
      const parts = readPartLines(line.slice(0, length) + partLine(part(2)));
      expect([...parts.keys()], `cut after ${length}`).toEqual([2]);
    }
  });

  it.each(['', 'not json', '\n{}', '\n{"partNumber":0,"offset":0,"size":1,"crc64nvme":"AAAAAAAAAAA="}', '\nnull'])('%j has none', (text) => {
    expect(readPartLines(text).size).toBe(0);
  });
});

it('a part is mentioned by its whole number, also when it is gone', () => {
  const text = partLine(part(12)) + goneLine(3);
  expect([1, 2, 3, 12].map((n) => mentionsPart(text, n))).toEqual([false, false, true, true]);
});
