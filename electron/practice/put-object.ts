import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { randomName } from './bucket-folder.ts';
import { checksumHeader, type Checksum } from './checksums.ts';
import { readObjectHeaders } from './object-headers.ts';
import { versionHeaders } from './object-versions.ts';
import { dataBody, preconditionFailed, wantsAbsence, type ObjectCall } from './operation.ts';
import { receiveToFile, type BodyDigests } from './receive-body.ts';
import { emptyReply, type Reply } from './s3-reply.ts';
import type { StoredObject } from './stored.ts';

/** One body, one object. The old object stays readable until the new one is whole. */
export async function putObject(call: ObjectCall): Promise<Reply> {
  const { bucket, key, settings } = call;
  const headers = readObjectHeaders(call.request.headers, settings.rules);
  const mustBeAbsent = wantsAbsence(call);
  // Asked before the body, to spare the client the sending.
  if (mustBeAbsent && bucket.objects.has(key)) throw preconditionFailed('If-None-Match');
  const incoming = bucket.folder.incomingFile();
  const digests = await receiveToFile(incoming, dataBody(call), []);
  const object = await bucket.exclusive(async () => {
    // Asked again: another upload may have won while the body was on its way.
    if (mustBeAbsent && bucket.objects.has(key)) {
      await rm(incoming, { force: true });
      throw preconditionFailed('If-None-Match');
    }
    const dataId = randomName();
    const file = await bucket.adoptBody(dataId, incoming);
    const stored: StoredObject = {
      key,
      dataId,
      size: digests.size,
      etag: etagOf(digests, settings.partEtags),
      modifiedMs: settings.now(),
      headers,
      segments: [{ file, size: digests.size }],
      checksum: claimedChecksum(call, digests),
    };
    await bucket.saveObject(stored);
    return stored;
  });
  return emptyReply(200, { etag: `"${object.etag}"`, ...versionHeaders(call, object), ...checksumHeaders(object.checksum) });
}

/** Some report ETags of R2 that are not the MD5; a client must not take one for the other. */
export function etagOf(digests: BodyDigests, kind: 'md5' | 'opaque'): string {
  return kind === 'md5' ? digests.md5.toString('hex') : randomBytes(16).toString('hex');
}

/** A checksum of one body covers the whole object, whichever algorithm it is. */
function claimedChecksum(call: ObjectCall, digests: BodyDigests): Checksum | undefined {
  const algorithm = call.claims.checksum?.algorithm ?? call.claims.trailer;
  const value = algorithm === undefined ? undefined : digests.checksums.get(algorithm);
  if (algorithm === undefined || value === undefined) return undefined;
  return { algorithm, value, type: 'FULL_OBJECT' };
}

export function checksumHeaders(checksum: Checksum | undefined): Readonly<Record<string, string>> {
  if (checksum === undefined) return {};
  return { [checksumHeader(checksum.algorithm)]: checksum.value, 'x-amz-checksum-type': checksum.type };
}
