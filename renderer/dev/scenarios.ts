import type { AppError, ErrorCode } from '../../shared/errors.ts';
import type { DestinationInfo, Preferences } from '../../shared/settings.ts';
import type { DestinationState, LineState, Upload, Verification, WaitReason } from '../../shared/upload.ts';
import { disk, keyless, practice, r2, s3 } from './fake-destinations.ts';
import { busyLine, fakeSpeeds, quietLine } from './fake-line.ts';

/** Invented queues to draw and to test with: every state, many at once, none at all. */
export interface Scenario {
  readonly destinations: readonly DestinationInfo[];
  readonly states: readonly DestinationState[];
  readonly uploads: readonly Upload[];
  readonly keychainAvailable: boolean;
  readonly line: LineState;
  readonly preferences: Partial<Preferences>;
  /** How the receipts turn out. */
  readonly receipts: 'same' | 'changed' | 'refused' | 'missing';
}

const MB = 1e6;
const GB = 1e9;

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
    groupId: null,
    holding: null,
  } as const;
}

interface Running {
  readonly index: number;
  readonly name: string;
  readonly size: number;
  /** 0 to 1. */
  readonly share: number;
}

/** An upload under way, with a fifth of what it sent still on the line. */
export function runningUpload({ index, name, size, share }: Running, bytesPerSecond = 12.4 * MB) {
  const uploadedBytes = size * share;
  return {
    ...uploadNamed(index, name, size),
    status: 'uploading',
    uploadedBytes,
    confirmedBytes: uploadedBytes * 0.8,
    speeds: fakeSpeeds(60, bytesPerSecond, index),
    resending: null,
    bytesPerSecond,
    etaSeconds: (size - uploadedBytes) / bytesPerSecond,
    expiresAt: null,
  } as const;
}

function completedUpload(index: number, name: string, size: number, verification: Verification = 'checksum') {
  const proof = { completedAt: today(), verification, wasThere: false, localFile: 'kept' } as const;
  return { ...uploadNamed(index, name, size), status: 'completed', ...proof } as const;
}

function waiting(index: number, name: string, reason: WaitReason, code: ErrorCode): Upload {
  const retryAt = retryOf(reason);
  const error: AppError = { code, detail: 'UploadPart 12 · ECONNRESET' };
  return { ...uploadNamed(index, name, 640 * MB), status: 'waiting', uploadedBytes: 210 * MB, reason, retryAt, error };
}

function retryOf(reason: WaitReason): number | null {
  if (reason === 'schedule') return tonight();
  return reason === 'backoff' || reason === 'rate-limited' ? Date.now() + 8000 : null;
}

function failed(index: number, name: string, code: ErrorCode): Upload {
  const error: AppError = { code, detail: 'HTTP 412 PreconditionFailed · request 4A1F' };
  const upload = uploadNamed(index, name, 380 * MB);
  return { ...upload, keyEditable: code === 'object-exists', status: 'failed', uploadedBytes: 120 * MB, error, existing: null };
}

const today = () => new Date().setHours(9, 41, 0, 0);

/** One row for each thing that a row can be. */
export function everyState(): readonly Upload[] {
  const long = 'video_12_Introdução à célula e aos tecidos — aula completa com exercícios.mp4';
  const lost: AppError = { code: 'connection-lost', detail: 'ECONNRESET' };
  return [
    { ...runningUpload({ index: 1, name: 'video_5_simple.mp4', size: 3.8 * GB, share: 0.426 }), etaSeconds: 172 },
    {
      ...runningUpload({ index: 2, name: long, size: 812 * MB, share: 0.118 }, 3.1 * MB),
      notice: 'restarted-expired',
      resending: { parts: 2, error: lost },
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
    completedUpload(14, 'video_24_simple.mp4', 660 * MB, 'object'),
    completedUpload(15, 'video_25_simple.mp4', 94 * MB, 'parts'),
    { ...uploadNamed(16, 'video_26_simple.mp4', 94 * MB), status: 'canceling' },
    waiting(17, 'video_27_simple.mp4', 'schedule', 'offline'),
    ...laterStates(),
  ];
}

/** What can become of an upload beside being sent. */
function laterStates(): readonly Upload[] {
  const existing = { size: 377 * MB, modifiedAt: today() - 86_400_000 };
  const toDisk = { destinationId: 'd-disk', groupId: 'g-1' };
  const both = uploadNamed(24, 'video_34_simple.mp4', 1.1 * GB);
  return [
    waiting(18, 'video_28_simple.mp4', 'growing', 'source-growing'),
    { ...waiting(19, 'video_29_simple.mp4', 'offline', 'offline'), holding: 'kept' },
    waiting(20, 'video_30_simple.mp4', 'offline', 'disk-missing'),
    { ...uploadNamed(21, 'video_31_simple.mp4', 380 * MB), status: 'skipped', existing },
    { ...uploadNamed(22, 'video_32_simple.mp4', 210 * MB), status: 'deleted', deletedAt: today(), deletion: 'erased' },
    { ...completedUpload(23, 'video_33_simple.mp4', 94 * MB), wasThere: true, localFile: 'no-trash' },
    { ...runningUpload({ index: 24, name: both.name, size: both.size, share: 0.3 }), groupId: 'g-1' },
    { ...completedUpload(25, both.name, both.size), key: both.key, ...toDisk },
  ];
}

/** What was proved about finished videos, from the strongest to the weakest. */
function everyVerification(): readonly Upload[] {
  return (['checksum', 'object', 'size', 'parts'] as const).map((verification, index) =>
    completedUpload(index + 1, `video_${index + 1}_simple.mp4`, (38 + index * 640) * MB, verification),
  );
}

/** An ordinary afternoon: some done, two running, the rest in the queue. */
function ordinary(): readonly Upload[] {
  const done = [1, 2].map((n) => completedUpload(n, `video_${n}_simple.mp4`, (300 + n * 77) * MB, 'checksum'));
  const running = [
    runningUpload({ index: 10, name: 'video_10_simple.mp4', size: 3.8 * GB, share: 0.426 }),
    runningUpload({ index: 11, name: 'video_11_simple.mp4', size: 812 * MB, share: 0.61 }, 3.1 * MB),
  ];
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
    const name = `video_${index}_simple.mp4`;
    const size = 50 * MB + index * 10_000;
    if (index <= 2) return runningUpload({ index, name, size, share: 0.4 }, 4 * MB);
    return { ...uploadNamed(index, name, size), status: 'queued', uploadedBytes: 0, keyEditable: true };
  });
}

const usual = {
  destinations: [r2, disk, practice],
  states: [],
  uploads: [],
  keychainAvailable: true,
  line: quietLine,
  preferences: {},
  receipts: 'same',
} as const;

const blocked = { id: 'd-r2', state: 'blocked', error: { code: 'credentials-rejected' } } as const;
const offline = { id: 'd-r2', state: 'offline', error: { code: 'offline' } } as const;
const names = ['video_31_simple.mp4', 'video_32_simple.mp4', 'video_33_simple.mp4'];
const waitingAll = (reason: WaitReason, code: ErrorCode) =>
  names.map((file, index) => waiting(index, file, reason, code));
const tonight = () => new Date().setHours(24, 0, 0, 0);
const limited = (mbit: number) => ({ mbit, until: tonight(), isBySchedule: true });
const workWeek = [
  { days: [1, 2, 3, 4, 5], from: 8 * 60, to: 18 * 60, mbit: 5 },
  { days: [0, 6], from: 22 * 60, to: 7 * 60, mbit: 0 },
];

const scenarios: Readonly<Record<string, () => Partial<Scenario>>> = {
  'first-run': () => ({ destinations: [] }),
  'no-keychain': () => ({ destinations: [], keychainAvailable: false }),
  one: () => ({ uploads: everyState().slice(0, 1), line: busyLine() }),
  ordinary: () => ({ uploads: ordinary(), line: busyLine() }),
  many: () => ({ uploads: everyState(), line: busyLine() }),
  done: () => ({ uploads: ordinary().slice(0, 2) }),
  failing: () => ({ states: [blocked], uploads: waitingAll('destination', 'credentials-rejected') }),
  offline: () => ({ states: [offline], uploads: waitingAll('offline', 'offline') }),
  large: () => ({ uploads: large(), line: busyLine() }),
  resending: () => ({ uploads: everyState().slice(0, 2), line: busyLine({ connections: 3 }) }),
  limited: () => ({
    uploads: ordinary(),
    line: busyLine({ limit: limited(5), speeds: fakeSpeeds(120, 0.62 * MB, 2) }),
    preferences: { limitMbit: 20, schedule: workWeek, givesWay: true },
  }),
  'giving-way': () => ({
    uploads: ordinary(),
    line: busyLine({ isGivingWay: true, limit: { mbit: 20, until: null, isBySchedule: false } }),
    preferences: { limitMbit: 20, givesWay: true },
  }),
  schedule: () => ({
    uploads: waitingAll('schedule', 'offline'),
    line: { ...quietLine, limit: limited(0) },
    preferences: { schedule: workWeek },
  }),
  'only-one': () => ({ destinations: [r2], uploads: ordinary() }),
  destinations: () => ({ destinations: [r2, s3, keyless, disk, practice], uploads: ordinary() }),
  verification: () => ({ uploads: everyVerification() }),
  'receipt-changed': () => ({ uploads: everyVerification(), receipts: 'changed' }),
  'receipt-refused': () => ({ uploads: everyVerification(), receipts: 'refused' }),
  'receipt-missing': () => ({ uploads: everyVerification(), receipts: 'missing' }),
};

export function scenarioNamed(name: string): Scenario {
  return { ...usual, ...scenarios[name]?.() };
}
