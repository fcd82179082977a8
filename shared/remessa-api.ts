import type { Result } from './errors.ts';
import type { AddOptions, Arguments, Channel } from './ipc.ts';
import type { AddReport, EventChannel, Events, Replies } from './replies.ts';

/** `shared/` knows no DOM: what preload needs of a dropped File. */
export interface DroppedFile {
  readonly name: string;
  readonly size: number;
}

type Ask<C extends Channel> = (...args: Arguments<C>) => Promise<Result<Replies[C]>>;
type Listen<E extends EventChannel> = (listener: (message: Events[E]) => void) => () => void;

/** `window.remessa`: named methods only, never a generic `invoke`. Each `onX` returns its unsubscribe. */
export interface RemessaApi {
  readonly getUploads: Ask<'uploads:get'>;
  readonly addFiles: (files: readonly DroppedFile[], options: AddOptions) => Promise<Result<AddReport>>;
  readonly chooseFiles: Ask<'uploads:choose'>;
  readonly pauseUploads: Ask<'uploads:pause'>;
  readonly resumeUploads: Ask<'uploads:resume'>;
  readonly retryUploads: Ask<'uploads:retry'>;
  readonly cancelUploads: Ask<'uploads:cancel'>;
  readonly removeUploads: Ask<'uploads:remove'>;
  readonly moveUpload: Ask<'uploads:move'>;
  readonly setKey: Ask<'uploads:set-key'>;
  readonly setVideoId: Ask<'uploads:set-video-id'>;
  readonly settleConflict: Ask<'uploads:settle-conflict'>;
  readonly restartUpload: Ask<'uploads:restart'>;
  readonly locateFile: Ask<'uploads:locate'>;
  readonly sendTo: Ask<'uploads:send-to'>;
  readonly deleteLocalFile: Ask<'uploads:delete-local'>;
  readonly showObject: Ask<'uploads:show-object'>;
  readonly copyLinks: Ask<'uploads:copy-links'>;
  readonly getReceipt: Ask<'receipts:get'>;
  readonly checkReceipt: Ask<'receipts:check'>;
  readonly showReceiptFile: Ask<'receipts:show-file'>;
  readonly getSettings: Ask<'settings:get'>;
  readonly savePreferences: Ask<'settings:save-preferences'>;
  readonly exportSettings: Ask<'settings:export'>;
  readonly chooseKeyMap: Ask<'key-map:choose'>;
  readonly forgetKeyMap: Ask<'key-map:forget'>;
  readonly testDestination: Ask<'destinations:test'>;
  readonly saveDestination: Ask<'destinations:save'>;
  readonly renameDestination: Ask<'destinations:rename'>;
  readonly useDestination: Ask<'destinations:use'>;
  readonly copyToDestination: Ask<'destinations:copy-to'>;
  readonly removeDestination: Ask<'destinations:remove'>;
  readonly retryDestination: Ask<'destinations:retry'>;
  readonly chooseFolder: Ask<'destinations:choose-folder'>;
  readonly addThisComputer: Ask<'destinations:add-this-computer'>;
  readonly findImports: Ask<'imports:find'>;
  readonly chooseImportFile: Ask<'imports:choose-file'>;
  readonly lookAtObject: Ask<'objects:look'>;
  readonly deleteObject: Ask<'objects:delete'>;
  readonly runDoctor: Ask<'doctor:run'>;
  readonly stopDoctor: Ask<'doctor:stop'>;
  readonly readCors: Ask<'cors:read'>;
  readonly letInOrigins: Ask<'cors:let-in'>;
  readonly addLifecycleRule: Ask<'lifecycle:add-rule'>;
  readonly listUnfinished: Ask<'unfinished:list'>;
  readonly removeUnfinished: Ask<'unfinished:remove'>;
  readonly getUsage: Ask<'usage:get'>;
  readonly countUsage: Ask<'usage:count'>;
  readonly getMigration: Ask<'migration:get'>;
  readonly chooseMigrationFolder: Ask<'migration:choose-folder'>;
  readonly planMigration: Ask<'migration:plan'>;
  readonly runMigration: Ask<'migration:run'>;
  readonly stopMigration: Ask<'migration:stop'>;
  readonly saveMigrationMap: Ask<'migration:save-map'>;
  readonly getPracticeUsage: Ask<'practice:usage'>;
  readonly emptyPractice: Ask<'practice:empty'>;
  readonly answerQuit: Ask<'quit:answer'>;
  readonly copyDetails: Ask<'details:copy'>;
  readonly onUploadsChanged: Listen<'uploads:changed'>;
  readonly onSettingsChanged: Listen<'settings:changed'>;
  readonly onDoctorChanged: Listen<'doctor:changed'>;
  readonly onMigrationChanged: Listen<'migration:changed'>;
  readonly onQuitAsked: Listen<'quit:asked'>;
}
