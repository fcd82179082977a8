import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';

/** An answer of a public address, before a test has spoilt it. */
export interface PublicAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface PublicSite {
  readonly baseUrl: string;
  /** Paths and headers that were asked with. */
  readonly asked: ReadonlyArray<{ readonly path: string; readonly headers: IncomingHttpHeaders }>;
  readonly stop: () => Promise<void>;
}

/** What stands in front of a bucket for everybody (a custom domain, a CDN), with mistakes that a test wants to see. */
export async function startPublicSite(
  bucket: { readonly client: S3Client; readonly bucket: string },
  change: (answer: PublicAnswer, path: string) => PublicAnswer = (answer) => answer,
  { hasRanges }: { readonly hasRanges: boolean } = { hasRanges: true },
): Promise<PublicSite> {
  const asked: Array<{ path: string; headers: IncomingHttpHeaders }> = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '/');
    asked.push({ path, headers: request.headers });
    answerOf(bucket, path, hasRanges ? request.headers.range : undefined).then(
      (answer) => send(response, change(answer, path)),
      () => send(response, change({ status: 404, headers: { 'content-type': 'text/html' }, body: Buffer.from('gone') }, path)),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function answerOf(
  { client, bucket: Bucket }: { readonly client: S3Client; readonly bucket: string },
  path: string,
  range: string | undefined,
): Promise<PublicAnswer> {
  const answer = await client.send(new GetObjectCommand({ Bucket, Key: path.slice(1), Range: range }));
  const body = Buffer.from((await answer.Body?.transformToByteArray()) ?? []);
  const headers = { 'content-type': answer.ContentType ?? '', ...(answer.ContentRange === undefined ? {} : { 'content-range': answer.ContentRange }) };
  return { status: answer.$metadata.httpStatusCode ?? 0, headers, body };
}

const send = (response: ServerResponse, { status, headers, body }: PublicAnswer): void =>
  void response.writeHead(status, { ...headers, 'content-length': body.length }).end(body);
