import { describe, expect, it } from 'vitest';
import { receiptSchema } from '../../shared/receipt.ts';
import type { Upload, Verification } from '../../shared/upload.ts';
import { changedReport, fakeReceipt, sameReport } from '../dev/fake-receipts.ts';
import { uploadNamed } from '../dev/scenarios.ts';
import { createTexts } from '../text/texts.ts';
import { copyOf, factLines, outcomeOf, proofLines } from './receipt-lines.ts';

const pt = createTexts('pt-BR');
const en = createTexts('en', 'en-US');
const MiB = 1024 * 1024;
const receiptOf = (verification: Verification, size = 100 * MiB) => {
  const upload: Upload = { ...uploadNamed(5, 'video_5.mp4', size), status: 'completed', completedAt: 0, verification, wasThere: false, localFile: 'kept' };
  return fakeReceipt(upload);
};

describe('proofLines', () => {
  it('proves the more the higher the level', () => {
    const proved = (verification: Verification) =>
      proofLines(receiptOf(verification), en).map(({ level, isProved }) => `${isProved ? '+' : '-'}${level}`);
    expect(proved('checksum')).toEqual(['+parts', '+size', '+object', '+checksum']);
    expect(proved('object')).toEqual(['+parts', '+size', '+object', '-checksum']);
    expect(proved('size')).toEqual(['+parts', '+size', '-object', '-checksum']);
    expect(proved('parts')).toEqual(['+parts', '-size']);
  });

  it('counts the parts, and knows of a file that went in one piece', () => {
    const first = (size: number, texts: typeof en) => proofLines(receiptOf('object', size), texts)[0]?.words;
    expect(first(100 * MiB, en)).toBe('The server confirmed each of the 13 parts');
    expect(first(10_000 * MiB, pt)).toBe('O servidor confirmou cada uma das 1.250 partes');
    expect(first(MiB, en)).toBe('The server confirmed the file, sent in one piece');
  });

  it('shows the values that an engineer compares', () => {
    const receipt = receiptOf('checksum');
    const values = proofLines(receipt, en).map(({ value }) => value);
    expect(values).toEqual([null, null, receipt.object.etag, receipt.object.crc64nvme]);
  });

  it('claims no checksum that the server does not keep, whatever the level says', () => {
    const receipt = receiptOf('checksum');
    const lines = proofLines({ ...receipt, object: { ...receipt.object, crc64nvme: null } }, en);
    expect(lines.at(-1)).toMatchObject({ isProved: false, value: null });
  });
});

it('names what was sent and where it is', () => {
  const facts = factLines(receiptOf('object'), en);
  expect(facts.map(([name, value]) => `${name}: ${value}`)).toEqual([
    'File: video_5.mp4',
    'Destination: ensinalab-videos',
    'Bucket: ensinalab-videos',
    'Name in the bucket: videos/video_5.mp4',
  ]);
  expect(facts[0]?.[2]).toContain('104,857,600 bytes');
});

it('tells a difference from not knowing', () => {
  expect(outcomeOf(sameReport)).toBe('passed');
  expect(outcomeOf(changedReport)).toBe('changed');
  expect(outcomeOf({ passed: false, checks: [{ what: 'exists', result: 'unknown' }] })).toBe('unsure');
});

it('copies a receipt that can be read again', () => {
  const text = copyOf(receiptOf('checksum', 10_000 * MiB));
  expect(receiptSchema.safeParse(JSON.parse(text)).success).toBe(true);
});
