import type { ListedPart } from './read-part-list.ts';
import { S3Fault } from './s3-fault.ts';
import type { S3Rules } from './s3-rules.ts';
import type { StoredPart, UploadState } from './stored.ts';

/** The rules of Complete about its list: every part known, in order, with its ETag, and large enough. */
export function checkParts(listed: readonly ListedPart[], state: UploadState, rules: S3Rules): readonly StoredPart[] {
  const ordered = rules.sortsParts ? listed.toSorted((a, b) => a.partNumber - b.partNumber) : listed;
  checkOrder(ordered);
  const parts = ordered.map((each) => findPart(each, state));
  checkSizes(parts, rules);
  return parts;
}

/** Also refuses a number that comes twice, on both. */
function checkOrder(listed: readonly ListedPart[]): void {
  const isAscending = listed.every((each, index) => each.partNumber > (listed[index - 1]?.partNumber ?? 0));
  if (isAscending) return;
  throw new S3Fault(
    'InvalidPartOrder',
    'The list of parts was not in ascending order. Parts must be ordered by part number.',
  );
}

/**
 * The ETag in the list must be the one UploadPart answered. That is what a client that resumes relies on: a part
 * somebody sent again in between has another ETag, and Complete fails instead of mixing two files.
 */
function findPart(listed: ListedPart, { upload, parts }: UploadState): StoredPart {
  const part = parts.get(listed.partNumber);
  if (part === undefined || part.etag !== listed.etag) throw invalidPart(listed);
  const { checksum } = upload;
  if (checksum === undefined) return part;
  const claimed = listed.checksums.get(checksum.algorithm);
  if (claimed === undefined && checksum.type === 'COMPOSITE') {
    throw new S3Fault(
      'InvalidRequest',
      `The upload was created using a ${checksum.algorithm} checksum. The complete request must include the ` +
        `checksum for each part. It was missing for part ${listed.partNumber} in the request.`,
    );
  }
  if (claimed !== undefined && claimed !== part.checksum) throw invalidPart(listed);
  return part;
}

function invalidPart(listed: ListedPart): S3Fault {
  return new S3Fault(
    'InvalidPart',
    'One or more of the specified parts could not be found. The part may not have been uploaded, ' +
      "or the specified entity tag may not match the part's entity tag.",
    { details: { PartNumber: String(listed.partNumber), ETag: listed.etag } },
  );
}

/** Only the last part may be small. Sizes are first looked at here: UploadPart takes a part of any size. */
function checkSizes(parts: readonly StoredPart[], rules: S3Rules): void {
  const small = parts.slice(0, -1).find((part) => part.size < rules.minPartSize);
  if (small !== undefined) {
    throw new S3Fault('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', {
      details: {
        PartNumber: String(small.partNumber),
        ProposedSize: String(small.size),
        MinSizeAllowed: String(rules.minPartSize),
        ETag: small.etag,
      },
    });
  }
  const first = parts[0]?.size ?? 0;
  const isEven = parts.every((part, index) => (index < parts.length - 1 ? part.size === first : part.size <= first));
  // R2's code 10048, and only now, at the very end of the upload.
  if (rules.equalPartSizes && !isEven) {
    throw new S3Fault('InvalidPart', 'All non-trailing parts must have the same length.');
  }
}
