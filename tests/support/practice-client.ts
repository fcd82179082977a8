import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import type { PracticeServerOptions } from '../../electron/practice/practice-server.ts';

interface Reachable {
  readonly endpoint: string;
  readonly credentials: PracticeServerOptions['credentials'];
}

/** The real SDK with the settings that R2 needs, and one attempt only: a test wants to see the first answer. */
export function practiceClient({ endpoint, credentials }: Reachable, overrides: S3ClientConfig = {}): S3Client {
  return new S3Client({
    endpoint,
    credentials,
    region: 'auto',
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    expectContinueHeader: false,
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    useAccelerateEndpoint: false,
    maxAttempts: 1,
    ...overrides,
  });
}
