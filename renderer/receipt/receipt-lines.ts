import type { Receipt, ReceiptReport } from '../../shared/receipt.ts';
import { verificationLevels } from '../../shared/upload.ts';
import type { Verification } from '../../shared/upload.ts';
import type { Texts } from '../text/texts.ts';

/** One thing that was proved, or could not be; a value is what an engineer compares. */
export interface ProofLine {
  readonly level: Verification;
  readonly isProved: boolean;
  readonly words: string;
  readonly value: string | null;
}

/** The receipt's proofs from the first to the strongest, in plain words. */
export function proofLines(receipt: Receipt, { receipt: words, format }: Texts): readonly ProofLine[] {
  const { file, object, parts, verification } = receipt;
  const has = (level: Verification) =>
    verificationLevels.indexOf(verification) >= verificationLevels.indexOf(level);
  const size = words.sizeAndType(format.bytes(file.size), object.contentType);
  const crc = has('checksum') ? object.crc64nvme : null;
  const first = words.parts(parts.length, format.integer(parts.length));
  const taken: ProofLine = { level: 'parts', isProved: true, words: first, value: null };
  // Who may not look at the object knows nothing else about it, and why it is so is one and the same reason.
  if (verification === 'parts') {
    return [taken, { level: 'size', isProved: false, words: words.mayNotLook, value: null }];
  }
  return [
    taken,
    { level: 'size', isProved: true, words: size, value: null },
    {
      level: 'object',
      isProved: has('object'),
      words: etagWords(receipt, words),
      value: object.etag === '' ? null : object.etag,
    },
    {
      level: 'checksum',
      isProved: crc !== null,
      words: crc === null ? words.noChecksum : words.checksum,
      value: crc,
    },
  ];
}

/** Where the checksum over the whole proves the object, nobody has to know what its ETag is made of. */
function etagWords({ verification, parts }: Receipt, words: Texts['receipt']): string {
  if (verification === 'checksum') return words.plainEtag;
  return verification === 'object' ? words.etag(parts.length) : words.noEtag;
}

/** A name and what it is, as in a delivery note. */
export type ReceiptFact = readonly [name: string, value: string, note?: string];

export function factLines(receipt: Receipt, { receipt: words, format }: Texts): readonly ReceiptFact[] {
  const { file, destination, object } = receipt;
  const exact = words.exactBytes(format.integer(file.size));
  const modified = words.modified(format.fullDateTime(Date.parse(file.modifiedAt)));
  return [
    [words.file, file.name, `${format.bytes(file.size)} (${exact}) · ${modified}`],
    [words.destination, destination.name, destination.endpoint.replace(/^https:\/\//, '')],
    [words.bucket, destination.bucket],
    [words.key, object.key],
  ];
}

/** How a second look came out: all the same, something different, or not enough to say. */
export function outcomeOf(report: ReceiptReport): 'passed' | 'changed' | 'unsure' {
  if (report.passed) return 'passed';
  return report.checks.some(({ result }) => result === 'different') ? 'changed' : 'unsure';
}

/** The receipt as the file holds it. */
export const copyOf = (receipt: Receipt): string => JSON.stringify(receipt, null, 2);
