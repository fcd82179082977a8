import { open, rm, type FileHandle } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { decodeAwsChunked } from './aws-chunked.ts';
import type { BodyClaims } from './body-claims.ts';
import { checksumHeader, createHasher, isChecksumValue, type ChecksumAlgorithm, type Hasher } from './checksums.ts';
import { S3Fault } from './s3-fault.ts';

export interface BodySource {
  readonly message: IncomingMessage;
  readonly claims: BodyClaims;
  readonly maxSize: number;
  readonly onBytes: (count: number) => void;
}

/** What the body turned out to be. */
export interface BodyDigests {
  readonly size: number;
  readonly md5: Buffer;
  /** Base64, of each algorithm that was asked for or claimed. */
  readonly checksums: ReadonlyMap<ChecksumAlgorithm, string>;
}

type HasherName = ChecksumAlgorithm | 'md5';

/** Streams the body into a file of its own. When anything about it is wrong, no file is left. */
export async function receiveToFile(
  path: string,
  source: BodySource,
  wanted: readonly ChecksumAlgorithm[],
): Promise<BodyDigests> {
  const file = await open(path, 'wx');
  try {
    const digests = await readBody(source, wanted, (chunk) => writeAll(file, chunk));
    await file.close();
    return digests;
  } catch (error) {
    await file.close();
    await rm(path, { force: true });
    throw error;
  }
}

/** For the small documents only: the caller gives a small `maxSize`. */
export async function receiveText(source: BodySource): Promise<string> {
  const chunks: Buffer[] = [];
  await readBody(source, [], async (chunk) => {
    chunks.push(chunk);
  });
  return Buffer.concat(chunks).toString('utf8');
}

/** A write may take less than it was given, on a disk that is nearly full for one. */
async function writeAll(file: FileHandle, chunk: Buffer): Promise<void> {
  for (let at = 0; at < chunk.length; ) {
    const { bytesWritten } = await file.write(chunk, at);
    at += bytesWritten;
  }
}

/**
 * Memory is one chunk, whatever the size: the socket is read only after the last chunk was written. The body is judged
 * at its end, when the caller's file is still nameless.
 */
async function readBody(
  source: BodySource,
  wanted: readonly ChecksumAlgorithm[],
  write: (chunk: Buffer) => Promise<void>,
): Promise<BodyDigests> {
  const { claims } = source;
  const trailers = new Map<string, string>();
  const hashers = createHashers(claims, wanted);
  const body = messageChunks(source);
  let size = 0;
  for await (const chunk of claims.isAwsChunked ? decodeAwsChunked(body, trailers) : body) {
    size += chunk.length;
    if (size > source.maxSize) throw tooLarge(source.maxSize);
    // The write runs in Node's thread pool while this thread hashes; waiting for it is the back-pressure.
    const written = write(chunk);
    for (const hasher of hashers.values()) hasher.update(chunk);
    await written;
  }
  if (claims.length !== undefined && size !== claims.length) throw incompleteBody();
  const digests = new Map([...hashers].map(([name, hasher]) => [name, hasher.digest()] as const));
  checkDigests(digests, claims, trailers);
  return toBodyDigests(size, digests);
}

/** MD5 always, because it is the ETag; everything else only when somebody asked. */
function createHashers(claims: BodyClaims, wanted: readonly ChecksumAlgorithm[]): ReadonlyMap<HasherName, Hasher> {
  const names = new Set<HasherName>(['md5', ...wanted]);
  if (claims.sha256 !== undefined) names.add('sha256');
  if (claims.checksum !== undefined) names.add(claims.checksum.algorithm);
  if (claims.trailer !== undefined) names.add(claims.trailer);
  return new Map([...names].map((name) => [name, createHasher(name)] as const));
}

/** Leaves the request alive when the loop above throws: the rest of the body is still to be drained. */
async function* messageChunks({ message, onBytes }: BodySource): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of message.iterator({ destroyOnReturn: false })) {
      const bytes = chunk as Buffer;
      onBytes(bytes.length);
      yield bytes;
    }
  } catch {
    // The client vanished before it had sent what Content-Length promised.
    throw incompleteBody();
  }
}

/** S3 looks at the signed hash first; a client that sends several wrong digests hears of that one. */
function checkDigests(
  digests: ReadonlyMap<HasherName, Buffer>,
  claims: BodyClaims,
  trailers: ReadonlyMap<string, string>,
): void {
  if (claims.sha256 !== undefined && digests.get('sha256')?.toString('hex') !== claims.sha256) {
    throw new S3Fault(
      'XAmzContentSHA256Mismatch',
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
      {
        details: {
          ClientComputedContentSHA256: claims.sha256,
          S3ComputedContentSHA256: digests.get('sha256')?.toString('hex') ?? '',
        },
      },
    );
  }
  const { md5, checksum, trailer } = claims;
  if (md5 !== undefined && digests.get('md5')?.toString('base64') !== md5) {
    throw new S3Fault('BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
  if (checksum !== undefined) checkChecksum(digests, checksum.algorithm, checksum.value);
  if (trailer !== undefined) checkChecksum(digests, trailer, trailers.get(checksumHeader(trailer)) ?? '');
}

function checkChecksum(digests: ReadonlyMap<HasherName, Buffer>, algorithm: ChecksumAlgorithm, value: string): void {
  if (!isChecksumValue(algorithm, value)) {
    throw new S3Fault('InvalidRequest', `Value for ${checksumHeader(algorithm)} header is invalid.`);
  }
  if (digests.get(algorithm)?.toString('base64') === value) return;
  throw new S3Fault(
    'BadDigest',
    `The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.`,
  );
}

function toBodyDigests(size: number, digests: ReadonlyMap<HasherName, Buffer>): BodyDigests {
  const checksums = new Map<ChecksumAlgorithm, string>();
  for (const [name, digest] of digests) if (name !== 'md5') checksums.set(name, digest.toString('base64'));
  return { size, md5: digests.get('md5') ?? Buffer.alloc(0), checksums };
}

export function tooLarge(maxSize: number): S3Fault {
  return new S3Fault('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', {
    details: { MaxSizeAllowed: String(maxSize) },
  });
}

function incompleteBody(): S3Fault {
  return new S3Fault('IncompleteBody', 'The request body terminated unexpectedly');
}
