import type { TestReport } from '../../shared/replies.ts';

const passed = (step: TestReport['steps'][number]['step']) => ({ step, state: 'passed', error: null }) as const;
const endpoint = 'https://0123456789abcdef0123456789abcdef.r2.cloudflarestorage.com';
export const passedTest: TestReport = {
  passed: true,
  steps: [
    passed('reach'),
    passed('credentials'),
    passed('multipart'),
    passed('write'),
    passed('read'),
    passed('delete'),
  ],
  endpoint,
  clockBehindMs: 310_000,
  region: null,
};
export const failedTest: TestReport = {
  passed: false,
  steps: [
    passed('reach'),
    {
      step: 'credentials',
      state: 'failed',
      error: { code: 'credentials-rejected', detail: 'SignatureDoesNotMatch · request 81AC' },
    },
    { step: 'multipart', state: 'skipped', error: null },
    { step: 'write', state: 'skipped', error: null },
  ],
  endpoint,
  clockBehindMs: null,
  region: null,
};
export const passedFolderTest: TestReport = {
  passed: true,
  steps: [passed('reach'), passed('write'), passed('read'), passed('delete')],
  endpoint: '/media/ana/Videos',
  clockBehindMs: null,
  region: null,
};
