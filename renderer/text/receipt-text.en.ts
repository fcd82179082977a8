import type { ReceiptText } from './receipt-text.ts';

export const receiptTextEn: ReceiptText = {
  title: 'Receipt',
  opening: 'Opening the receipt…',
  failed: 'The receipt did not open',
  sentAt: (moment) => moment,
  file: 'File',
  modified: (moment) => `changed ${moment}`,
  exactBytes: (count) => `${count} bytes`,
  destination: 'Destination',
  bucket: 'Bucket',
  key: 'Name in the bucket',
  proved: 'proved',
  notProved: 'not proved',
  parts: (count, formatted) => {
    if (count === 0) return 'The server confirmed the file, sent in one piece';
    return count === 1 ? 'The server confirmed the only part' : `The server confirmed each of the ${formatted} parts`;
  },
  sizeAndType: (size, type) => `Size and type are right: ${size}, ${type}`,
  mayNotLook: 'Size, type and checksums of the finished video: the access key may not look',
  plainEtag: 'The object’s ETag',
  etag: (parts) =>
    parts === 0
      ? 'The finished video’s ETag is that of this file'
      : 'The finished video is made of exactly these parts, in this order (ETag)',
  noEtag: 'ETag: the server does not use one that can be worked out here',
  checksum: 'The checksum of the whole video is the file’s (CRC-64/NVME)',
  noChecksum: 'Checksum of the whole video: this server keeps none',
  copyValue: (name) => `Copy ${name}`,
  valueCopied: 'Value copied',
  checkAgain: 'Check again',
  checking: 'Checking, without downloading the video…',
  passed: 'Checked just now: everything is still the same',
  changed: 'What is there is no longer what was sent',
  unsure: 'The server did not say enough to be sure',
  failedToCheck: 'It could not be checked now',
  checks: {
    exists: 'Video in the bucket',
    size: 'Size',
    type: 'Type',
    token: 'Mark of this upload',
    etag: 'ETag',
    checksum: 'Checksum of the whole video',
  },
  results: { same: 'the same', different: 'different', unknown: 'the server does not say' },
  existence: { same: 'is there', different: 'is no longer there', unknown: 'the server does not say' },
  showFile: 'Show file',
  copy: 'Copy',
  copied: 'Receipt copied',
  forEngineers: 'To check it without Remessa:',
};
