import { MiB } from '../../../electron/uploads/part-plan.ts';
import {
  answerWithEtag,
  blackHole,
  delayAnswer,
  errorDocument,
  flipByte,
  loseAnswer,
  resetAfterBytes,
  respond,
  respondError,
  stall,
} from '../../support/faults.ts';
import { onParts, secondPart, someParts } from './decisions.ts';
import { type FaultCase, completes } from './fault-case.ts';

/** What can happen to a part on its way. A fault that eats a part costs that part again and no other. */
export const partCases: readonly FaultCase[] = [
  {
    name: 'reset-once', title: 'connection reset in the middle of a part, once',
    decide: () => secondPart(1, () => resetAfterBytes(2 * MiB)), expected: completes(1.15),
  },
  {
    name: 'reset-3', title: 'the same part reset 3 times',
    decide: () => secondPart(3, () => resetAfterBytes(2 * MiB)), expected: completes(1.3),
  },
  {
    name: 'reset-6', title: 'the same part reset 6 times',
    decide: () => secondPart(6, () => resetAfterBytes(2 * MiB)), expected: completes(1.5),
  },
  {
    name: 'reset-some', title: '30 % of the parts reset',
    decide: ({ random }) => someParts(0.3, random, () => resetAfterBytes(2 * MiB)), expected: completes(1.5),
  },
  {
    name: 'error-500', title: '500 on 20 % of the parts',
    decide: ({ random }) => someParts(0.2, random, () => respondError(500, 'InternalError')), expected: completes(1.8),
  },
  {
    name: 'error-503', title: '503 SlowDown on 40 % of the parts',
    decide: ({ random }) => someParts(0.4, random, () => respondError(503, 'SlowDown')), expected: completes(2.5),
  },
  {
    name: 'error-503-four', title: '503 on the first 4 tries of each part',
    decide: () => onParts(({ attempt }) => attempt <= 4, () => respondError(503, 'ServiceUnavailable')),
    expected: completes(5.1, 'Retrying: the server is in trouble'),
  },
  {
    name: 'error-429', title: '429 with Retry-After: 2 on the first try of each part',
    decide: () => onParts(({ attempt }) => attempt === 1, () => respondError(429, 'TooManyRequests', { 'retry-after': '2' })),
    expected: completes(2.1),
  },
  {
    name: 'early-503', title: '503 before the body was read, on the first try of each part',
    decide: () =>
      onParts(({ attempt }) => attempt === 1, () =>
        respond(503, { 'content-type': 'application/xml' }, errorDocument('SlowDown'), { isEarly: true })),
    expected: completes(2.1),
  },
  {
    name: 'lost-answers', title: 'the answer to every part lost, first try',
    decide: () => onParts(({ attempt }) => attempt === 1, loseAnswer), expected: completes(2.1),
  },
  {
    name: 'stall-10s', lasts: 10, title: 'a part stands still for 10 s',
    decide: () => secondPart(1, () => stall(10_000, 2 * MiB)), expected: completes(1.05),
  },
  {
    name: 'stall-for-ever', lasts: 35, title: 'a part stands still for ever',
    decide: () => secondPart(1, () => stall('forever', MiB / 2)), expected: completes(1.15),
  },
  {
    name: 'black-hole', lasts: 35, title: 'a connection that accepts and never reads or answers',
    decide: () => secondPart(1, blackHole), expected: completes(1.15),
  },
  {
    name: 'slow-answer', lasts: 20, title: 'a part answered after 20 s',
    decide: () => secondPart(1, () => delayAnswer(20_000)), expected: completes(1.05),
  },
  {
    name: 'flipped-byte', title: 'one byte of a part flipped on the wire',
    decide: () => secondPart(1, () => flipByte(MiB)), expected: completes(1.15),
  },
  {
    name: 'wrong-etag', title: 'a wrong ETag answered for a part',
    decide: () => secondPart(1, () => answerWithEtag('"00000000000000000000000000000bad"')), expected: completes(1.15),
  },
  {
    name: 'clock-skew', title: '403 RequestTimeTooSkewed on a part, once',
    decide: () => secondPart(1, () => respondError(403, 'RequestTimeTooSkewed')), expected: completes(1.15),
  },
  {
    name: 'denied-once', title: '403 AccessDenied on a part, once',
    decide: () => secondPart(1, () => respondError(403, 'AccessDenied')), expected: completes(1.15),
  },
];
