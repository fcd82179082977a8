import { S3Fault } from './s3-fault.ts';
import type { StoredObject } from './stored.ts';

export interface ByteRange {
  readonly start: number;
  /** Inclusive. */
  readonly end: number;
}

/**
 * One range, as S3 serves it. Several ranges, or a header that is none, are ignored and the whole object is sent
 * (RFC 9110 §14.2 allows that); a range outside the object is 416.
 */
export function readRange(headers: ReadonlyMap<string, string>, object: StoredObject): ByteRange | undefined {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(headers.get('range')?.trim() ?? '');
  if (match === null || !isSameVersion(headers.get('if-range'), object)) return undefined;
  const [whole, first = '', last = ''] = match;
  if (first === '' && last === '') return undefined;
  if (first !== '' && last !== '' && Number(first) > Number(last)) return undefined;
  const start = first === '' ? Math.max(object.size - Number(last), 0) : Number(first);
  const end = first === '' || last === '' ? object.size - 1 : Math.min(Number(last), object.size - 1);
  const isEmptySuffix = first === '' && Number(last) === 0;
  if (start > end || isEmptySuffix) throw invalidRange(whole, object.size);
  return { start, end };
}

function isSameVersion(ifRange: string | undefined, object: StoredObject): boolean {
  if (ifRange === undefined) return true;
  return ifRange === `"${object.etag}"` || Date.parse(ifRange) === Math.floor(object.modifiedMs / 1000) * 1000;
}

function invalidRange(requested: string, size: number): S3Fault {
  return new S3Fault('InvalidRange', 'The requested range is not satisfiable', {
    details: { RangeRequested: requested, ActualObjectSize: String(size) },
    headers: { 'content-range': `bytes */${size}` },
  });
}
