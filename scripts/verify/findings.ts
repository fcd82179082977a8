import type { ReceiptCheck, ReceiptReport } from '../../shared/receipt.ts';

/** What came out about one receipt. */
export interface Finding {
  readonly path: string;
  readonly key: string | null;
  /** 0: proved; 1: something is different or nothing proves it; 2: it could not be looked at. */
  readonly code: 0 | 1 | 2;
  readonly report: ReceiptReport | null;
  /** Whether a local file is the one of the receipt; null where none was given. */
  readonly isSameFile: boolean | null;
  readonly problem: string | null;
}

/** Something that a person can mend: said in a sentence, without a stack. */
export class CannotCheck extends Error {
  override readonly name = 'CannotCheck';
}

const names: Readonly<Record<ReceiptCheck['what'], string>> = {
  exists: 'the object is there',
  size: 'size',
  type: 'content type',
  token: "Remessa's mark",
  etag: 'ETag',
  checksum: 'CRC-64/NVME over the whole object',
};

export function describe({ path, key, code, report, isSameFile, problem }: Finding): string {
  const verdict = ['PROVED', 'NOT PROVED', 'CANNOT BE CHECKED'][code] ?? '';
  const lines = [`${verdict}  ${key ?? path}`];
  if (problem !== null) lines.push(`  ${problem}`);
  for (const { what, result } of report?.checks ?? []) {
    const word = { same: 'same     ', different: 'DIFFERENT', unknown: 'not told ' }[result];
    lines.push(`  ${word}  ${names[what]}`);
  }
  if (isSameFile !== null) lines.push(`  ${isSameFile ? 'same     ' : 'DIFFERENT'}  the file on this computer`);
  return lines.join('\n');
}
