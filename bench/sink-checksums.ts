import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

/** Whether the server confirms checksums (`checksums`) or has never heard of them, like many S3 servers (`plain`). */
export type SinkKind = 'plain' | 'checksums';

const algorithm = 'x-amz-checksum-algorithm';
const type = 'x-amz-checksum-type';
const crc64 = 'x-amz-checksum-crc64nvme';

/** The headers of an answer that say what became of a request's CRC-64/NVME. */
export interface SinkChecksums {
  /** CreateMultipartUpload: the way parts and object will be checked. */
  readonly agreed: (asked: IncomingHttpHeaders) => OutgoingHttpHeaders;
  readonly ofPart: (asked: IncomingHttpHeaders) => OutgoingHttpHeaders;
  /** PutObject and CompleteMultipartUpload; HEAD shows them again. */
  readonly ofObject: (asked: IncomingHttpHeaders) => OutgoingHttpHeaders;
}

const claim = (asked: IncomingHttpHeaders): string | null => asked[crc64]?.toString() ?? null;

/** Repeats what it was told and computes nothing: what is measured is the client. */
export function sinkChecksums(kind: SinkKind): SinkChecksums {
  if (kind === 'plain') return { agreed: () => ({}), ofPart: () => ({}), ofObject: () => ({}) };
  return {
    agreed: (asked) =>
      asked[algorithm]?.toString().toUpperCase() === 'CRC64NVME'
        ? // S3 knows this algorithm only over the whole object.
          { [algorithm]: 'CRC64NVME', [type]: 'FULL_OBJECT' }
        : {},
    ofPart: (asked) => {
      const claimed = claim(asked);
      return claimed === null ? {} : { [crc64]: claimed };
    },
    ofObject: (asked) => {
      const claimed = claim(asked);
      return claimed === null ? {} : { [crc64]: claimed, [type]: 'FULL_OBJECT' };
    },
  };
}

/** The same in the answer of CompleteMultipartUpload, where it stands in the body. */
export function checksumXml(claimed: OutgoingHttpHeaders): string {
  const value = claimed[crc64];
  if (typeof value !== 'string') return '';
  // Base64 has no character that XML would want escaped, but a stranger may send anything.
  const safe = value.replaceAll(/[^A-Za-z0-9+/=]/g, '');
  return `<ChecksumCRC64NVME>${safe}</ChecksumCRC64NVME><ChecksumType>FULL_OBJECT</ChecksumType>`;
}
