import { checksumElement } from './checksums.ts';
import { commonPrefixElements, compareKeys, nameWriter, pageOf, type Page } from './list-page.ts';
import { pageSize, type BucketCall } from './operation.ts';
import { invalidArgument } from './s3-fault.ts';
import { xmlReply, type Reply } from './s3-reply.ts';
import { queryValue, type S3Request } from './s3-request.ts';
import type { StoredObject } from './stored.ts';
import { element, optionalElement, resultElement, type Xml } from './xml-write.ts';

/**
 * The one listing our client uses, and the cheapest proof that credentials work: an object-scoped R2 token may do this
 * and may not list buckets. Version 1 (no `list-type=2`) is left out.
 */
export async function listObjectsV2(call: BucketCall): Promise<Reply> {
  const { request, bucket } = call;
  const token = queryValue(request, 'continuation-token');
  const startAfter = queryValue(request, 'start-after');
  // A token carries on from the page before; `start-after` counts only for the first page.
  const isShown = token === undefined ? isUpTo(startAfter ?? '') : readToken(token);
  const prefix = queryValue(request, 'prefix') ?? '';
  const delimiter = queryValue(request, 'delimiter') ?? '';
  const max = pageSize(request, 'max-keys');
  const encodingType = readEncodingType(request);
  const write = nameWriter(encodingType);
  const page = pageOf([...bucket.objects.values()].toSorted((a, b) => compareKeys(a.key, b.key)), {
    prefix,
    delimiter,
    max,
    isShown: ({ key }) => isShown(key),
  });
  return xmlReply(
    resultElement('ListBucketResult', [
      element('Name', bucket.name),
      element('Prefix', write(prefix)),
      ...optionalElement('Delimiter', delimiter === '' ? undefined : write(delimiter)),
      element('MaxKeys', max),
      ...optionalElement('EncodingType', encodingType),
      element('KeyCount', page.entries.length + page.commonPrefixes.length),
      ...optionalElement('StartAfter', startAfter === undefined ? undefined : write(startAfter)),
      ...optionalElement('ContinuationToken', token),
      ...optionalElement('NextContinuationToken', nextToken(page)),
      element('IsTruncated', page.isTruncated),
      ...page.entries.map((object) => contentElement(object, write)),
      ...commonPrefixElements(page.commonPrefixes, write),
    ]),
  );
}

/** `LastModified` is ISO 8601 in documents and an HTTP date in headers; S3 is like that. */
function contentElement(object: StoredObject, write: (name: string) => string): Xml {
  const { checksum } = object;
  return element('Contents', [
    element('Key', write(object.key)),
    element('LastModified', new Date(object.modifiedMs).toISOString()),
    element('ETag', `"${object.etag}"`),
    ...optionalElement('ChecksumAlgorithm', checksum && checksumElement(checksum.algorithm).slice('Checksum'.length)),
    ...optionalElement('ChecksumType', checksum?.type),
    element('Size', object.size),
    element('StorageClass', 'STANDARD'),
  ]);
}

/** Start-after skips keys, not common prefixes: `a/` still shows when `a/2` comes after `a/1`. */
function isUpTo(after: string): (key: string) => boolean {
  return (key) => compareKeys(key, after) <= 0;
}

/** Opaque to the client, as S3 says it is. Inside: the last key of the page, or its last common prefix. */
function nextToken(page: Page<StoredObject>): string | undefined {
  if (!page.isTruncated || page.last === undefined) return undefined;
  const [kind, last] = 'prefix' in page.last ? ['p', page.last.prefix] : ['k', page.last.entry.key];
  return `${kind}${Buffer.from(last).toString('base64url')}`;
}

function readToken(token: string): (key: string) => boolean {
  const [, kind, text] = /^([kp])([\w-]+)$/.exec(token) ?? [];
  if (text === undefined) {
    throw invalidArgument('continuation-token', token, 'The continuation token provided is incorrect');
  }
  const last = Buffer.from(text, 'base64url').toString();
  // After a common prefix everything below it has been shown as well.
  const isBefore = isUpTo(last);
  return kind === 'k' ? isBefore : (key) => isBefore(key) || key.startsWith(last);
}

/** `url` is the only one there is. */
export function readEncodingType(request: S3Request): string | undefined {
  const value = queryValue(request, 'encoding-type');
  if (value === undefined || value === 'url') return value;
  throw invalidArgument('encoding-type', value, 'Invalid Encoding Method specified in Request');
}
