import type { BucketDisk } from './bucket-disk.ts';
import { corsDocument, matchCorsRule, parseCorsRules, type CorsQuestion, type CorsRule } from './cors-rules.ts';
import { documentBody, requireDigest, type BucketCall } from './operation.ts';
import { receiveText } from './receive-body.ts';
import { S3Fault } from './s3-fault.ts';
import { emptyReply, type Reply } from './s3-reply.ts';
import type { S3Request } from './s3-request.ts';

type Headers = Readonly<Record<string, string>>;

const VARY = 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method';

/** R2 wants an Admin token for CORS rules; the practice credentials may, unless they are told to be refused. */
export async function getBucketCors({ bucket }: BucketCall): Promise<Reply> {
  if (bucket.cors.length === 0) {
    throw new S3Fault('NoSuchCORSConfiguration', 'The CORS configuration does not exist');
  }
  return { status: 200, headers: { 'content-type': 'application/xml' }, body: corsDocument(bucket.cors) };
}

/** Replaces all rules; there is no way to add one. */
export async function putBucketCors(call: BucketCall): Promise<Reply> {
  requireDigest(call);
  const rules = parseCorsRules(await receiveText(documentBody(call)));
  await call.bucket.exclusive(() => call.bucket.saveCors(rules));
  return emptyReply(200);
}

export async function deleteBucketCors({ bucket }: BucketCall): Promise<Reply> {
  await bucket.exclusive(() => bucket.saveCors([]));
  return emptyReply(204);
}

/** A preflight is never signed: the browser asks on its own. */
export function answerPreflight(request: S3Request, bucket: BucketDisk | undefined): Reply {
  const origin = request.headers.get('origin');
  const method = request.headers.get('access-control-request-method');
  if (origin === undefined || method === undefined) {
    throw new S3Fault('InvalidRequest', 'Insufficient information. Origin request header needed.');
  }
  const asked = request.headers.get('access-control-request-headers') ?? '';
  const headers = asked.split(',').map((name) => name.trim().toLowerCase()).filter((name) => name !== '');
  const question = { origin, method, headers };
  const rule = bucket && matchCorsRule(bucket.cors, question);
  if (rule === undefined) throw forbidden(bucket);
  return emptyReply(200, {
    ...allowOrigin(rule, question),
    ...(headers.length > 0 ? { 'access-control-allow-headers': headers.join(', ') } : {}),
    ...(rule.maxAgeSeconds === undefined ? {} : { 'access-control-max-age': String(rule.maxAgeSeconds) }),
  });
}

/** S3 tells apart "no rules at all" and "no rule fits"; people search the web for these sentences. */
function forbidden(bucket: BucketDisk | undefined): S3Fault {
  const isOff = bucket === undefined || bucket.cors.length === 0;
  return new S3Fault(
    'AccessForbidden',
    isOff
      ? 'CORSResponse: CORS is not enabled for this bucket.'
      : 'CORSResponse: This CORS request is not allowed. This is usually because the evaluation of Origin, ' +
        'request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the ' +
        "resource's CORS spec.",
  );
}

/** For every other request: what the page may see. Errors carry it too, or the page could not read them. */
export function corsHeaders(request: S3Request, bucket: BucketDisk | undefined): Headers {
  const origin = request.headers.get('origin');
  if (origin === undefined || bucket === undefined) return {};
  const question = { origin, method: request.method, headers: [] };
  const rule = matchCorsRule(bucket.cors, question);
  return rule === undefined ? {} : allowOrigin(rule, question);
}

function allowOrigin(rule: CorsRule, question: CorsQuestion): Headers {
  // With a rule for everybody S3 answers `*`, which browsers do not combine with credentials.
  const isForAll = rule.allowedOrigins.includes('*');
  return {
    'access-control-allow-origin': isForAll ? '*' : question.origin,
    ...(isForAll ? {} : { 'access-control-allow-credentials': 'true' }),
    'access-control-allow-methods': rule.allowedMethods.join(', '),
    ...(rule.exposeHeaders.length > 0 ? { 'access-control-expose-headers': rule.exposeHeaders.join(', ') } : {}),
    vary: VARY,
  };
}
