import type { DoctorReport } from './doctor.ts';
import type { AppError, ErrorCode } from './errors.ts';
import type { ImportCandidate } from './imports.ts';
import type { Channel } from './ipc.ts';
import type { MigrationState } from './migration.ts';
import type { Receipt, ReceiptReport } from './receipt.ts';
import type { SettingsSnapshot } from './settings.ts';
import type {
  CorsState,
  CountedUsage,
  DeletionReport,
  DestinationUsage,
  ObjectFacts,
  RemovalReport,
  UnfinishedUpload,
} from './storage.ts';
import type { UploadList } from './upload.ts';

/** A file that did not enter the queue, and why. The others of the same drop did. */
export interface RefusedFile {
  readonly name: string;
  readonly code: ErrorCode;
}

export interface AddReport {
  readonly addedIds: readonly string[];
  /** Already in the queue: the same file, continued and not doubled. */
  readonly known: readonly string[];
  readonly refused: readonly RefusedFile[];
  /** Files inside dropped folders that are no videos: nobody chose them one by one. */
  readonly leftOut: number;
  /** A list of ids was among the files; it is in force for them and from now on. Null: none. */
  readonly keyMap: KeyMapReport | null;
}

export interface KeyMapReport {
  readonly name: string;
  readonly rows: number;
  /** Uploads that were in the list already and have got their id or key from it. */
  readonly applied: number;
}

export interface CopyReport {
  readonly count: number;
  /** `path`: of a file on a disk without a public address. */
  readonly kind: 'public' | 'presigned' | 'path' | 'mixed';
  /** Epoch milliseconds of the first one to expire; null for links that last. */
  readonly expiresAt: number | null;
}

/** One thing that the connection test tried. */
export interface TestStep {
  readonly step: 'reach' | 'credentials' | 'multipart' | 'write' | 'read' | 'delete';
  readonly state: 'passed' | 'failed' | 'skipped';
  readonly error: AppError | null;
}

export interface TestReport {
  readonly passed: boolean;
  readonly steps: readonly TestStep[];
  /** The endpoint or the folder that was asked, for "where did it look". */
  readonly endpoint: string;
  /** Milliseconds this computer's clock is behind the server's (negative: ahead); null where the server said nothing. */
  readonly clockBehindMs: number | null;
  /** The bucket's true region, where the server named another one. */
  readonly region: string | null;
}

export interface PracticeUsage {
  readonly objects: number;
  readonly bytes: number;
  readonly unfinishedUploads: number;
}

/** A folder that was chosen in the system's dialog. */
export interface ChosenFolder {
  readonly folder: string;
  readonly freeBytes: number;
}

/** Requests that answer with nothing but their success. */
type Commands =
  | 'uploads:pause'
  | 'uploads:resume'
  | 'uploads:retry'
  | 'uploads:cancel'
  | 'uploads:remove'
  | 'uploads:move'
  | 'uploads:set-key'
  | 'uploads:set-video-id'
  | 'uploads:settle-conflict'
  | 'uploads:restart'
  | 'uploads:locate'
  | 'uploads:send-to'
  | 'uploads:delete-local'
  | 'uploads:show-object'
  | 'receipts:show-file'
  | 'settings:save-preferences'
  | 'key-map:forget'
  | 'destinations:rename'
  | 'destinations:use'
  | 'destinations:copy-to'
  | 'destinations:remove'
  | 'destinations:retry'
  | 'doctor:stop'
  | 'lifecycle:add-rule'
  | 'migration:choose-folder'
  | 'migration:plan'
  | 'migration:run'
  | 'migration:stop'
  | 'practice:empty'
  | 'quit:answer'
  | 'details:copy';

interface Answers {
  'uploads:get': UploadList;
  'uploads:add': AddReport;
  'uploads:choose': AddReport;
  'uploads:copy-links': CopyReport;
  /** Of a completed upload. */
  'receipts:get': Receipt;
  /** Looks at the object again, without downloading it. */
  'receipts:check': ReceiptReport;
  'settings:get': SettingsSnapshot;
  /** The file's name; null when the person thought better of it. */
  'settings:export': string | null;
  'key-map:choose': KeyMapReport | null;
  'destinations:test': TestReport;
  'destinations:save': { readonly id: string };
  'destinations:choose-folder': ChosenFolder | null;
  'destinations:add-this-computer': { readonly id: string };
  'imports:find': readonly ImportCandidate[];
  /** Null when no file was chosen. */
  'imports:choose-file': readonly ImportCandidate[] | null;
  'objects:look': ObjectFacts;
  'objects:delete': DeletionReport;
  /** When it has ended; `doctor:changed` tells of every step. */
  'doctor:run': DoctorReport;
  'cors:read': CorsState;
  'cors:let-in': CorsState;
  'unfinished:list': readonly UnfinishedUpload[];
  'unfinished:remove': RemovalReport;
  'usage:get': readonly DestinationUsage[];
  'usage:count': CountedUsage;
  'migration:get': MigrationState;
  /** The file's name; null when the person thought better of it. */
  'migration:save-map': string | null;
  'practice:usage': PracticeUsage;
}

/** A channel that is in neither list answers `never`: its handler does not compile. */
export type Replies = {
  readonly [C in Channel]: C extends keyof Answers ? Answers[C] : C extends Commands ? null : never;
};

export interface Events {
  'uploads:changed': UploadList;
  'settings:changed': SettingsSnapshot;
  'doctor:changed': DoctorReport;
  'migration:changed': MigrationState;
  /** The person wants to quit while work is pending; answered with `quit:answer`. */
  'quit:asked': { readonly pending: number };
}

export type EventChannel = keyof Events;
