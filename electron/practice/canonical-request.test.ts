import { describe, expect, it } from 'vitest';
import { canonicalRequest, encodePath, signatureOf, stringToSign, uriEncode } from './canonical-request.ts';

/**
 * The worked examples of the S3 API reference ("Authenticating Requests"): AWS's own numbers, so that neither the SDK
 * nor this server judges itself.
 */
const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const SCOPE = { date: '20130524', region: 'us-east-1' };
const EMPTY_HASH = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const HOST = ['host', 'examplebucket.s3.amazonaws.com'] as const;
const DATE = ['x-amz-date', '20130524T000000Z'] as const;

interface Example {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  readonly headers: readonly (readonly [string, string])[];
  readonly payloadHash: string;
  readonly signature: string;
}

const EXAMPLES: readonly Example[] = [
  {
    name: 'GET Object with a range',
    method: 'GET',
    path: '/test.txt',
    query: [],
    headers: [HOST, DATE, ['range', 'bytes=0-9'], ['x-amz-content-sha256', EMPTY_HASH]],
    payloadHash: EMPTY_HASH,
    signature: 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  },
  {
    name: 'PUT Object with a dollar sign in the key',
    method: 'PUT',
    path: '/test$file.text',
    query: [],
    headers: [
      HOST,
      DATE,
      ['date', 'Fri, 24 May 2013 00:00:00 GMT'],
      ['x-amz-content-sha256', '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072'],
      ['x-amz-storage-class', 'REDUCED_REDUNDANCY'],
    ],
    payloadHash: '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
    signature: '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
  },
  {
    name: 'GET Bucket lifecycle, a query without a value',
    method: 'GET',
    path: '/',
    query: [['lifecycle', '']],
    headers: [HOST, DATE, ['x-amz-content-sha256', EMPTY_HASH]],
    payloadHash: EMPTY_HASH,
    signature: 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
  },
  {
    name: 'List Objects',
    method: 'GET',
    path: '/',
    query: [['prefix', 'J'], ['max-keys', '2']],
    headers: [HOST, DATE, ['x-amz-content-sha256', EMPTY_HASH]],
    payloadHash: EMPTY_HASH,
    signature: '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
  },
  {
    name: 'presigned GET, valid for a day',
    method: 'GET',
    path: '/test.txt',
    query: [
      ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
      ['X-Amz-Credential', 'AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request'],
      ['X-Amz-Date', '20130524T000000Z'],
      ['X-Amz-Expires', '86400'],
      ['X-Amz-SignedHeaders', 'host'],
      ['X-Amz-Signature', 'is left out of what is signed'],
    ],
    headers: [HOST],
    payloadHash: 'UNSIGNED-PAYLOAD',
    signature: 'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
  },
];

describe('Signature Version 4, the published examples', () => {
  it.each(EXAMPLES)('$name', (example) => {
    const canonical = canonicalRequest({
      method: example.method,
      path: example.path,
      query: example.query.map(([name, value]) => ({ name, value })),
      headers: new Map(example.headers),
      signedHeaders: example.headers.map(([name]) => name),
      payloadHash: example.payloadHash,
    });
    const text = stringToSign(canonical, '20130524T000000Z', SCOPE);
    expect(signatureOf(text, SECRET, SCOPE).toString('hex')).toBe(example.signature);
  });
});

describe('encoding', () => {
  it('encodes once, upper-case, all but the unreserved characters', () => {
    expect(uriEncode("a-_.~ +/%é😀!'()*")).toBe('a-_.~%20%2B%2F%25%C3%A9%F0%9F%98%80%21%27%28%29%2A');
  });

  it('keeps the path as it is: no dots are resolved, no slashes merged', () => {
    expect(encodePath('/b//a/../c d')).toBe('/b//a/../c%20d');
  });

  it('sorts the query by encoded name, then value, and collapses spaces in headers', () => {
    const canonical = canonicalRequest({
      method: 'GET',
      path: '/',
      query: [['b', '2'], ['b', '1'], ['B', ''], ['é', '']].map(([name = '', value = '']) => ({ name, value })),
      headers: new Map([['host', 'h'], ['x-amz-meta-a', '  one   two ']]),
      signedHeaders: ['x-amz-meta-a', 'host'],
      payloadHash: 'UNSIGNED-PAYLOAD',
    });
    expect(canonical.split('\n').slice(2, 5)).toEqual(['%C3%A9=&B=&b=1&b=2', 'host:h', 'x-amz-meta-a:one two']);
  });
});
