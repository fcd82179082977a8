import { createHash } from 'node:crypto';
import type { S3Client } from '@aws-sdk/client-s3';
import { UploadError } from '../../uploads/upload-error.ts';
import { nameOf, statusOf, translated } from '../answers.ts';

/** Asks for or changes a rule of the bucket. Rejects with `not-supported` where the server has no such rules. */
export function ruleRequest<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  return translated(signal, async () => {
    try {
      return await work();
    } catch (error) {
      const status = statusOf(error);
      if (status !== 405 && status !== 501) throw error;
      throw new UploadError('not-supported', { httpStatus: status, serverCode: nameOf(error) });
    }
  });
}

/** What a request answers, or null where the server says by that name that there is none. */
export async function orNone<T>(none: string, request: Promise<T>): Promise<T | null> {
  try {
    return await request;
  } catch (error) {
    if (nameOf(error) === none) return null;
    throw error;
  }
}

type Stack = Pick<S3Client, 'middlewareStack'>;

/**
 * S3 wants documents that replace rules to come with a checksum. The SDK would add a CRC-32, which R2 has refused and
 * radosgw does not count; Content-MD5 is the one that all of them take.
 */
export function withContentMd5<C extends object>(command: C): C {
  const { middlewareStack } = command as unknown as Stack;
  middlewareStack.add(
    (next) => async (args) => {
      const request = args.request as { readonly body?: string | Uint8Array; readonly headers: Record<string, string> };
      for (const name of Object.keys(request.headers)) {
        if (/^x-amz-(sdk-)?checksum-/.test(name)) delete request.headers[name];
      }
      request.headers['content-md5'] = createHash('md5').update(request.body ?? '').digest('base64');
      return next(args);
    },
    // After the SDK's own, before the signature.
    { step: 'build', priority: 'low', name: 'contentMd5' },
  );
  return command;
}
