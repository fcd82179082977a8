import { PutObjectCommand } from '@aws-sdk/client-s3';
import {
  captivePortal,
  cutAnswer,
  loseAnswer,
  okWithErrorBody,
  respond,
  respondError,
  spacesBeforeAnswer,
} from '../../support/faults.ts';
import { first, slowParts } from './decisions.ts';
import { type FaultCase, completes } from './fault-case.ts';

const create = 'CreateMultipartUpload';
const complete = 'CompleteMultipartUpload';
const xml = { 'content-type': 'application/xml' };
const halfCreate = '<?xml version="1.0" encoding="UTF-8"?>\n<InitiateMultipartUploadResult><Bucket>videos</Bucket><Upl';
const halfComplete = '<?xml version="1.0" encoding="UTF-8"?>\n<CompleteMultipartUploadResult><Location>http://';

/** What can happen to the requests around the parts. None of them is a reason to send a byte again. */
export const wholeCases: readonly FaultCase[] = [
  { name: 'create-lost', title: 'the answer to Create lost', decide: () => first(create, 1, loseAnswer), expected: completes(1.05) },
  {
    name: 'create-half-xml', title: 'Create answered with half an XML document',
    decide: () => first(create, 1, () => respond(200, xml, halfCreate)), expected: completes(1.05),
  },
  {
    name: 'create-portal', title: 'Create answered by a captive portal, once',
    decide: () => first(create, 1, captivePortal), expected: completes(1.05),
  },
  { name: 'complete-lost', title: 'the answer to Complete lost', decide: () => first(complete, 1, loseAnswer), expected: completes(1.05) },
  {
    name: 'complete-error-once', title: 'Complete answers 200 with an error inside, once',
    decide: () => first(complete, 1, () => okWithErrorBody('InternalError')), expected: completes(1.05),
  },
  {
    name: 'complete-error-tail', title: 'the same with a line break behind it, which the SDK takes for success',
    decide: () => first(complete, 1, () => okWithErrorBody('InternalError', { tail: '\n' })), expected: completes(1.05),
  },
  {
    name: 'complete-error-5', title: 'Complete answers 200 with an error inside, 5 times',
    decide: () => first(complete, 5, () => okWithErrorBody('InternalError')), expected: completes(1.05),
  },
  {
    name: 'complete-error-done', title: 'Complete answers 200 with an error inside, though the object was made',
    decide: () => first(complete, 1, () => okWithErrorBody('InternalError', { isForwarded: true })), expected: completes(1.05),
  },
  {
    name: 'complete-500-5', title: 'Complete answers 500, 5 times',
    decide: () => first(complete, 5, () => respondError(500, 'InternalError')), expected: completes(1.05),
  },
  {
    name: 'complete-cut', title: 'the answer to Complete cut in the middle',
    decide: () => first(complete, 1, () => cutAnswer(40)), expected: completes(1.05),
  },
  {
    name: 'complete-spaces', title: 'spaces for 5 s before Complete’s answer',
    decide: () => first(complete, 1, () => spacesBeforeAnswer(250, 20)), expected: completes(1.05, 'Verifying'),
  },
  {
    name: 'complete-half-xml', title: 'Complete answered with half an XML document',
    decide: () => first(complete, 1, () => respond(200, xml, halfComplete)), expected: completes(1.05),
  },
  {
    name: 'head-500', title: '500 on every HEAD, 3 times',
    decide: () => first('HeadObject', 3, () => respondError(500, 'InternalError')), expected: completes(1.05),
  },
  {
    name: 'name-taken', title: 'somebody else’s video appears under the name',
    decide: () => slowParts,
    act: async ({ target: { client, bucket: Bucket }, key: Key, arrived }) => {
      await arrived(0.4);
      await client.send(new PutObjectCommand({ Bucket, Key, Body: 'somebody else’s' }));
    },
    expected: { ending: 'stopped: object-exists', object: 'foreign', atMost: 1.05, says: ['a video with this name already exists'] },
  },
];
