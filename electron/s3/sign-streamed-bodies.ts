import type { S3Client } from '@aws-sdk/client-s3';
import { StreamedBody } from './streamed-body.ts';

/**
 * Lets the signature say of a body what the engine has found out about it already. The signer would have to hold all
 * of it in memory and hash it in one go; it takes a hash that stands in the header.
 */
export function signStreamedBodies(client: S3Client): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      const request = args.request as { readonly body?: unknown; readonly headers: Record<string, string> };
      if (request.body instanceof StreamedBody) request.headers['x-amz-content-sha256'] = request.body.payloadHash;
      return next(args);
    },
    { step: 'build', name: 'signStreamedBodies' },
  );
}
