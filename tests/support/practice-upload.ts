import { randomBytes } from 'node:crypto';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListPartsCommand,
  UploadPartCommand,
  type CompletedPart,
  type S3Client,
} from '@aws-sdk/client-s3';
import { practiceClient } from './practice-client.ts';
import type { PracticeFixture } from './practice-fixture.ts';

/** One multipart upload, in the words of the tests. */
export class PracticeUpload {
  readonly practice: PracticeFixture;
  readonly s3: S3Client;
  readonly at: { readonly Bucket: string; readonly Key: string };
  uploadId = '';

  constructor(practice: PracticeFixture, key = 'video.mp4') {
    this.practice = practice;
    this.s3 = practiceClient(practice);
    this.at = { Bucket: practice.bucket, Key: key };
  }

  async create(): Promise<this> {
    const { UploadId } = await this.s3.send(new CreateMultipartUploadCommand({ ...this.at, ContentType: 'video/mp4' }));
    this.uploadId = UploadId ?? '';
    return this;
  }

  async part(PartNumber: number, body: Buffer | number): Promise<CompletedPart> {
    const Body = typeof body === 'number' ? randomBytes(body) : body;
    const { ETag } = await this.s3.send(
      new UploadPartCommand({ ...this.at, UploadId: this.uploadId, PartNumber, Body }),
    );
    return { PartNumber, ETag };
  }

  async complete(
    parts: CompletedPart[],
    more: { IfNoneMatch?: string; MpuObjectSize?: number } = {},
  ): Promise<string | undefined> {
    const command = new CompleteMultipartUploadCommand({
      ...this.at, ...more, UploadId: this.uploadId, MultipartUpload: { Parts: parts },
    });
    return (await this.s3.send(command)).ETag;
  }

  async isOpen(): Promise<boolean> {
    return await this.s3.send(
      new ListPartsCommand({ ...this.at, UploadId: this.uploadId }),
    ).then(() => true, () => false);
  }
}

/** What became of a request: `done`, or the code of the error. */
export const outcomeOf = (sent: Promise<unknown>): Promise<string> =>
  sent.then(() => 'done', (error: { readonly name: string }) => error.name);
