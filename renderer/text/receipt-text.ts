import type { ReceiptCheck } from '../../shared/receipt.ts';

/** The words of the receipt: what was sent, where it is, what was proved, and what a second look says. */
export interface ReceiptText {
  readonly title: string;
  readonly opening: string;
  readonly failed: string;
  readonly sentAt: (moment: string) => string;
  readonly file: string;
  readonly modified: (moment: string) => string;
  readonly exactBytes: (count: string) => string;
  readonly destination: string;
  readonly bucket: string;
  readonly key: string;
  readonly proved: string;
  readonly notProved: string;
  /** 0: the file went in one request. */
  readonly parts: (count: number, formatted: string) => string;
  readonly sizeAndType: (size: string, type: string) => string;
  readonly mayNotLook: string;
  readonly etag: (parts: number) => string;
  /** The ETag, without a claim about it. */
  readonly plainEtag: string;
  readonly noEtag: string;
  readonly checksum: string;
  readonly noChecksum: string;
  readonly copyValue: (name: string) => string;
  readonly valueCopied: string;
  readonly checkAgain: string;
  readonly checking: string;
  readonly passed: string;
  readonly changed: string;
  readonly unsure: string;
  readonly failedToCheck: string;
  readonly checks: Readonly<Record<ReceiptCheck['what'], string>>;
  readonly results: Readonly<Record<ReceiptCheck['result'], string>>;
  /** Whether it is there is not the same question as whether it is the same. */
  readonly existence: Readonly<Record<ReceiptCheck['result'], string>>;
  readonly showFile: string;
  readonly copy: string;
  readonly copied: string;
  /** The receipt was too long for the clipboard's limit. */
  readonly forEngineers: string;
}
