import type { AppError, ErrorCode } from '../../shared/errors.ts';
import type { DestinationInfo } from '../../shared/settings.ts';
import type { DestinationState, Upload, WaitReason } from '../../shared/upload.ts';

/** Invented queues to draw and to test with: every state, many at once, none at all. */
export interface Scenario {
  readonly destinations: readonly DestinationInfo[];
  readonly states: readonly DestinationState[];
  readonly uploads: readonly Upload[];
  readonly keychainAvailable: boolean;
}

const MB = 1e6;
const GB = 1e9;

const practice: DestinationInfo = {
  destination: { id: 'd-practice', kind: 'practice', name: 'Bucket de treino' },
  credentials: 'not-needed',
  accessKeyIdHint: null,
};
const r2: DestinationInfo = {
  destination: {
    id: 'd-r2',
    kind: 'r2',
    name: 'ensinalab-videos',
    accountId: '0123456789abcdef0123456789abcdef',
    jurisdiction: 'default',
    bucket: 'ensinalab-videos',
    endpoint: null,
    publicBaseUrl: 'https://videos.ensinalab.com.br',
  },
  credentials: 'keychain',
  accessKeyIdHint: '9f2c',
};

export function uploadNamed(index: number, name: string, size: number) {
  return {
    id: `u-${index}`,
    name,
    size,
    key: `videos/video_${/\d+/.exec(name)?.[0] ?? index}.mp4`,
    keyEditable: false,
    destinationId: 'd-r2',
    addedAt: 0,
    notice: null,
  } as const;
}

function waiting(index: number, name: string, reason: WaitReason, code: ErrorCode): Upload {
  const retryAt = reason === 'backoff' || reason === 'rate-limited' ? Date.now() + 8000 : null;
  const error: AppError = { code, detail: 'UploadPart 12 · ECONNRESET' };
  return { ...uploadNamed(index, name, 640 * MB), status: 'waiting', uploadedBytes: 210 * MB, reason, retryAt, error };
}

function failed(index: number, name: string, code: ErrorCode): Upload {
  const error: AppError = { code, detail: 'HTTP 412 PreconditionFailed · request 4A1F' };
  const upload = uploadNamed(index, name, 380 * MB);
  return { ...upload, keyEditable: code === 'object-exists', status: 'failed', uploadedBytes: 120 * MB, error };
}

const today = () => new Date().setHours(9, 41, 0, 0);

/** One row for each thing that a row can be. */
export function everyState(): readonly Upload[] {
  const speed = { bytesPerSecond: 12.4 * MB, etaSeconds: 172, expiresAt: null };
  return [
    { ...uploadNamed(1, 'video_5_simple.mp4', 3.8 * GB), status: 'uploading', uploadedBytes: 1.6 * GB, ...speed },
    {
      ...uploadNamed(2, 'video_12_Introdução à célula e aos tecidos — aula completa com exercícios.mp4', 812 * MB),
      status: 'uploading',
      uploadedBytes: 96 * MB,
      bytesPerSecond: 3.1 * MB,
      etaSeconds: 231,
      expiresAt: null,
      notice: 'restarted-expired',
    },
    { ...uploadNamed(3, 'video_13_simple.mp4', 540 * MB), status: 'completing', uploadedBytes: 540 * MB },
    { ...uploadNamed(4, 'video_14_simple.mp4', 1.2 * GB), status: 'queued', uploadedBytes: 0, keyEditable: true },
    { ...uploadNamed(5, 'video_15_simple.mp4', 720 * MB), status: 'paused', uploadedBytes: 300 * MB },
    waiting(6, 'video_16_simple.mp4', 'backoff', 'server-error'),
    waiting(7, 'video_17_simple.mp4', 'offline', 'offline'),
    waiting(8, 'video_18_simple.mp4', 'source', 'source-missing'),
    waiting(9, 'video_19_simple.mp4', 'rate-limited', 'rate-limited'),
    waiting(10, 'video_20_simple.mp4', 'destination', 'credentials-rejected'),
    failed(11, 'video_21_simple.mp4', 'object-exists'),
    failed(12, 'video_22_simple.mp4', 'source-changed'),
    failed(13, 'video_23_simple.mp4', 'object-mismatch'),
    {
      ...uploadNamed(14, 'video_24_simple.mp4', 660 * MB),
      status: 'completed',
      completedAt: today(),
      verification: 'object',
    },
    {
      ...uploadNamed(15, 'video_25_simple.mp4', 94 * MB),
      status: 'completed',
      completedAt: today(),
      verification: 'parts',
    },
    { ...uploadNamed(16, 'video_26_simple.mp4', 94 * MB), status: 'canceling' },
  ];
}

/** An ordinary afternoon: some done, two running, the rest in the queue. */
function ordinary(): readonly Upload[] {
  const done = [1, 2].map((n): Upload => ({
    ...uploadNamed(n, `video_${n}_simple.mp4`, (300 + n * 77) * MB),
    status: 'completed',
    completedAt: today(),
    verification: 'object',
  }));
  const running = everyState()
    .slice(0, 2)
    .map((upload, index) => ({ ...upload, id: `u-${10 + index}` }));
  const queued = [20, 21, 22, 23].map((n): Upload => ({
    ...uploadNamed(n, `video_${n}_simple.mp4`, (200 + n * 31) * MB),
    status: 'queued',
    uploadedBytes: 0,
    keyEditable: true,
  }));
  return [...done, ...running, ...queued];
}

function large(): readonly Upload[] {
  return Array.from({ length: 5000 }, (_, index): Upload => {
    const upload = uploadNamed(index, `video_${index}_simple.mp4`, 50 * MB + index * 10_000);
    if (index > 2) return { ...upload, status: 'queued', uploadedBytes: 0, keyEditable: true };
    return {
      ...upload,
      status: 'uploading',
      uploadedBytes: 20 * MB,
      bytesPerSecond: 4 * MB,
      etaSeconds: 60,
      expiresAt: null,
    };
  });
}

export function scenarioNamed(name: string): Scenario {
  const usual = { destinations: [r2, practice], states: [], keychainAvailable: true };
  const blocked = { id: 'd-r2', state: 'blocked', error: { code: 'credentials-rejected' } } as const;
  const offline = { id: 'd-r2', state: 'offline', error: { code: 'offline' } } as const;
  const names = ['video_31_simple.mp4', 'video_32_simple.mp4', 'video_33_simple.mp4'];
  switch (name) {
    case 'first-run':
      return { ...usual, destinations: [], uploads: [] };
    case 'no-keychain':
      return { ...usual, destinations: [], uploads: [], keychainAvailable: false };
    case 'one':
      return { ...usual, uploads: everyState().slice(0, 1) };
    case 'ordinary':
      return { ...usual, uploads: ordinary() };
    case 'many':
      return { ...usual, uploads: everyState() };
    case 'done':
      return { ...usual, uploads: ordinary().slice(0, 2) };
    case 'failing': {
      const uploads = names.map((file, index) => waiting(index, file, 'destination', 'credentials-rejected'));
      return { ...usual, states: [blocked], uploads };
    }
    case 'offline':
      return {
        ...usual,
        states: [offline],
        uploads: names.map((file, index) => waiting(index, file, 'offline', 'offline')),
      };
    case 'large':
      return { ...usual, uploads: large() };
    default:
      return { ...usual, uploads: [] };
  }
}
