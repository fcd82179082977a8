import { assertNever } from '../../shared/errors.ts';
import type { Upload } from '../../shared/upload.ts';
import {
  canCancel,
  canDeleteObject,
  canLocate,
  canPause,
  canRemove,
  canResume,
  canRetry,
  canSendElsewhere,
  canSettleConflict,
  isEnded,
} from '../../shared/upload.ts';
import { type Row, linkedLegOf } from '../state/rows.ts';
import type { ErrorAction } from '../text/error-action.ts';

/** Everything that can be done to a row. */
export type Action =
  | ErrorAction
  | 'pause'
  | 'resume'
  | 'copy-link'
  | 'receipt'
  | 'move-first'
  | 'move-up'
  | 'move-down'
  | 'details'
  | 'show-object'
  | 'delete-object'
  | 'delete-local'
  | 'cancel'
  | 'remove';

/** The one button of a row: what a person most likely wants now. Null where there is nothing to do but wait. */
export function primaryAction(upload: Upload, proposed: ErrorAction | null): Action | null {
  switch (upload.status) {
    case 'queued':
    case 'uploading':
      return 'pause';
    case 'paused':
      return 'resume';
    case 'waiting':
      return waitingAction(upload.reason);
    case 'completed':
      return 'copy-link';
    case 'failed':
      return possible(upload, proposed) ?? 'retry';
    case 'skipped':
      return 'settle-conflict';
    case 'deleted':
    case 'completing':
    case 'canceling':
      return null;
    default:
      return assertNever(upload);
  }
}

function waitingAction(reason: Extract<Upload, { status: 'waiting' }>['reason']): Action {
  switch (reason) {
    case 'source':
      return 'locate';
    case 'offline':
    case 'backoff':
    case 'rate-limited':
      return 'try-now';
    // The banner on top has the button that mends the destination, once for all of its videos.
    case 'destination':
      return 'pause';
    case 'schedule':
      return 'change-schedule';
    case 'growing':
      return 'pause';
    default:
      return assertNever(reason);
  }
}

/** Some errors have no button of ours; a failed row can then only be tried again or canceled. */
function possible(upload: Upload, proposed: ErrorAction | null): Action | null {
  if (proposed === 'locate' && !canLocate(upload)) return 'retry';
  if (proposed === 'edit-key' && !upload.keyEditable) return 'retry';
  return proposed;
}

/** The second button of a failed row: the other way out, where there is one. */
export function secondaryAction(upload: Upload): Action | null {
  if (upload.status !== 'failed') return null;
  if (upload.error.code === 'object-exists' && upload.keyEditable) return 'edit-key';
  return canLocate(upload) ? 'locate' : null;
}

/**
 * The rest, for the menu, in groups. `isOnDisk`: what was sent is a file that this computer can show. A file to several
 * places may have arrived at one and not at another: what can be done about each of them is offered.
 */
export function menuActions(row: Row, primary: Action | null, isOnDisk: boolean): readonly (readonly Action[])[] {
  const all: readonly (readonly [Action, boolean])[][] = [
    [
      ['copy-link', linkedLegOf(row) !== undefined],
      ['receipt', linkedLegOf(row) !== undefined],
      ['pause', canPause(row)],
      ['resume', canResume(row)],
      ['retry', canRetry(row) && row.status === 'failed'],
      ['locate', canLocate(row)],
      ['restart', row.status === 'failed' && row.error.code === 'source-changed'],
      ['settle-conflict', row.legs.some(canSettleConflict)],
      ['send-elsewhere', canSendElsewhere(row)],
      ['edit-key', row.keyEditable],
    ],
    [
      ['move-first', isMovable(row)],
      ['move-up', isMovable(row)],
      ['move-down', isMovable(row)],
    ],
    [
      ['details', true],
      ['show-object', isOnDisk],
      ['delete-local', isEnded(row) && row.legs.some(isStuckInPlace)],
      ['delete-object', isEnded(row) && row.legs.some(canDeleteObject)],
    ],
    [
      ['cancel', canCancel(row)],
      ['remove', canRemove(row)],
    ],
  ];
  return all
    .map((group) => group.filter(([action, is]) => is && action !== primary).map(([action]) => action))
    .filter((group) => group.length > 0);
}

/** The system has no trash for the file: only a person may delete it for good. */
const isStuckInPlace = (leg: Upload): boolean => leg.status === 'completed' && leg.localFile === 'no-trash';

/** Order matters only for what has not ended. */
export function isMovable(upload: Upload): boolean {
  return !isEnded(upload) && upload.status !== 'completing' && upload.status !== 'canceling';
}
