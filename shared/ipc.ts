import { z } from 'zod';
import type { AppError, ErrorCode, Result } from './errors.ts';
import { credentialsSchema, destinationDraftSchema, preferencesSchema } from './settings.ts';
import type { Receipt, ReceiptReport } from './receipt.ts';
import type { SettingsSnapshot } from './settings.ts';
import type { UploadList } from './upload.ts';

/**
 * THE CONTRACT between window and main process. One line per request: its name, the types of its arguments and their
 * run-time check. `electron/ipc/register.ts` is a loop over it, so no unchecked channel can exist.
 */
const id = z.string().min(1).max(64);
const ids = z.array(id).min(1).max(10_000);
/** Paths come from preload (dropped files) only; the page itself can hand over Files, never strings. */
const paths = z.array(z.string().min(1).max(32_768)).min(1).max(10_000);

export const requests = {
  'uploads:get': z.tuple([]),
  'uploads:add': z.tuple([paths]),
  'uploads:choose': z.tuple([]),
  'uploads:pause': z.tuple([ids]),
  'uploads:resume': z.tuple([ids]),
  'uploads:retry': z.tuple([ids]),
  'uploads:cancel': z.tuple([ids]),
  'uploads:remove': z.tuple([ids]),
  'uploads:move': z.tuple([id, z.enum(['up', 'down', 'first'])]),
  'uploads:set-key': z.tuple([id, z.string().max(4096)]),
  'uploads:replace-object': z.tuple([id]),
  'uploads:restart': z.tuple([id]),
  'uploads:locate': z.tuple([id]),
  'uploads:copy-links': z.tuple([ids]),
  'receipts:get': z.tuple([id]),
  'receipts:check': z.tuple([id]),
  'receipts:show-file': z.tuple([id]),
  'settings:get': z.tuple([]),
  'settings:save-preferences': z.tuple([preferencesSchema.partial()]),
  'destinations:test': z.tuple([destinationDraftSchema, credentialsSchema.nullable(), id.nullable()]),
  'destinations:save': z.tuple([
    z.object({
      id: id.nullable(),
      draft: destinationDraftSchema,
      credentials: credentialsSchema.nullable(),
      keep: z.enum(['keychain', 'session']),
    }),
  ]),
  'destinations:use': z.tuple([id]),
  'destinations:remove': z.tuple([id]),
  'destinations:retry': z.tuple([id]),
  'practice:usage': z.tuple([]),
  'practice:empty': z.tuple([]),
  'quit:answer': z.tuple([z.enum(['quit', 'stay'])]),
  'details:copy': z.tuple([z.string().max(4_000_000)]),
} as const;

export type Channel = keyof typeof requests;
export type Arguments<C extends Channel> = z.infer<(typeof requests)[C]>;

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
}

export interface CopyReport {
  readonly count: number;
  readonly kind: 'public' | 'presigned' | 'mixed';
  /** Epoch milliseconds of the first one to expire; null for public links. */
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
  /** The endpoint that was asked, for "where did it look". */
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

export interface Replies {
  'uploads:get': UploadList;
  'uploads:add': AddReport;
  'uploads:choose': AddReport;
  'uploads:pause': null;
  'uploads:resume': null;
  'uploads:retry': null;
  'uploads:cancel': null;
  'uploads:remove': null;
  'uploads:move': null;
  'uploads:set-key': null;
  'uploads:replace-object': null;
  'uploads:restart': null;
  'uploads:locate': null;
  'uploads:copy-links': CopyReport;
  /** Of a completed upload. */
  'receipts:get': Receipt;
  /** Looks at the object again, without downloading it. */
  'receipts:check': ReceiptReport;
  /** Opens the folder with the receipt in it. */
  'receipts:show-file': null;
  'settings:get': SettingsSnapshot;
  'settings:save-preferences': null;
  'destinations:test': TestReport;
  'destinations:save': { readonly id: string };
  'destinations:use': null;
  'destinations:remove': null;
  'destinations:retry': null;
  'practice:usage': PracticeUsage;
  'practice:empty': null;
  'quit:answer': null;
  'details:copy': null;
}

export interface Events {
  'uploads:changed': UploadList;
  'settings:changed': SettingsSnapshot;
  /** The person wants to quit while work is pending; answered with `quit:answer`. */
  'quit:asked': { readonly pending: number };
}

export type EventChannel = keyof Events;

/** `shared/` knows no DOM: what preload needs of a dropped File. */
export interface DroppedFile {
  readonly name: string;
  readonly size: number;
}

type Ask<C extends Channel> = (...args: Arguments<C>) => Promise<Result<Replies[C]>>;

/** `window.remessa`: named methods only, never a generic `invoke`. Each `onX` returns its unsubscribe. */
export interface RemessaApi {
  readonly getUploads: Ask<'uploads:get'>;
  readonly addFiles: (files: readonly DroppedFile[]) => Promise<Result<AddReport>>;
  readonly chooseFiles: Ask<'uploads:choose'>;
  readonly pauseUploads: Ask<'uploads:pause'>;
  readonly resumeUploads: Ask<'uploads:resume'>;
  readonly retryUploads: Ask<'uploads:retry'>;
  readonly cancelUploads: Ask<'uploads:cancel'>;
  readonly removeUploads: Ask<'uploads:remove'>;
  readonly moveUpload: Ask<'uploads:move'>;
  readonly setKey: Ask<'uploads:set-key'>;
  readonly replaceObject: Ask<'uploads:replace-object'>;
  readonly restartUpload: Ask<'uploads:restart'>;
  readonly locateFile: Ask<'uploads:locate'>;
  readonly copyLinks: Ask<'uploads:copy-links'>;
  readonly getReceipt: Ask<'receipts:get'>;
  readonly checkReceipt: Ask<'receipts:check'>;
  readonly showReceiptFile: Ask<'receipts:show-file'>;
  readonly getSettings: Ask<'settings:get'>;
  readonly savePreferences: Ask<'settings:save-preferences'>;
  readonly testDestination: Ask<'destinations:test'>;
  readonly saveDestination: Ask<'destinations:save'>;
  readonly useDestination: Ask<'destinations:use'>;
  readonly removeDestination: Ask<'destinations:remove'>;
  readonly retryDestination: Ask<'destinations:retry'>;
  readonly getPracticeUsage: Ask<'practice:usage'>;
  readonly emptyPractice: Ask<'practice:empty'>;
  readonly answerQuit: Ask<'quit:answer'>;
  readonly copyDetails: Ask<'details:copy'>;
  readonly onUploadsChanged: (listener: (list: UploadList) => void) => () => void;
  readonly onSettingsChanged: (listener: (settings: SettingsSnapshot) => void) => () => void;
  readonly onQuitAsked: (listener: (question: Events['quit:asked']) => void) => () => void;
}
