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
} from '../../shared/upload.ts';
import { mendingPanel } from '../state/mending-panel.ts';
import { type Row, leadOf, legsOf, linkedLegOf } from '../state/rows.ts';
import type { ErrorAction } from '../text/error-action.ts';
import { type Action, isMovable } from './upload-actions.ts';
import type { DeedTools, Rows } from './deed-tools.ts';

type Deeds<A extends Action> = Readonly<Record<A, (rows: Rows) => void>>;

/** What lets uploads go on, stand still or change places. */
export function moving({
  bridge,
  command,
}: DeedTools): Deeds<'pause' | 'resume' | 'retry' | 'try-now' | 'move-first' | 'move-up' | 'move-down'> {
  const send = (ask: (ids: string[]) => Promise<null>, uploads: readonly Upload[]) => {
    if (uploads.length > 0) void command(ask(uploads.map(({ id }) => id)));
  };
  const move = async (direction: 'up' | 'down', rows: readonly Row[]) => {
    for (const { id } of direction === 'up' ? rows : rows.toReversed()) await command(bridge.moveUpload(id, direction));
  };
  return {
    pause: (rows) => send(bridge.pauseUploads, legsOf(rows).filter(canPause)),
    resume: (rows) => send(bridge.resumeUploads, legsOf(rows).filter(canResume)),
    retry: (rows) => send(bridge.retryUploads, legsOf(rows).filter(canRetry)),
    'try-now': (rows) => {
      // Offline belongs to the destination, a backoff to the one upload.
      const uploads = legsOf(rows);
      const destinations = new Set(uploads.filter(isOffline).map((upload) => upload.destinationId));
      for (const id of destinations) void command(bridge.retryDestination(id));
      send(
        bridge.retryUploads,
        uploads.filter((upload) => canRetry(upload) && !isOffline(upload)),
      );
    },
    'move-first': ([row]) => void command(bridge.moveUpload(row.id, 'first')),
    'move-up': (rows) => void move('up', rows.filter(isMovable)),
    'move-down': (rows) => void move('down', rows.filter(isMovable)),
  };
}

/** What mends an error, where no question has to be asked. */
export function mending({
  bridge,
  command,
  openPanel,
}: DeedTools): Deeds<'locate' | 'restart' | 'change-key' | 'edit-destination' | 'change-proxy' | 'change-schedule'> {
  const panel = (action: ErrorAction) => ([row]: Rows) => openPanel(mendingPanel(action, leadOf(row).destinationId));
  return {
    locate: ([row]) => void command(bridge.locateFile((row.legs.find(canLocate) ?? row).id)),
    restart: ([row]) => void command(bridge.restartUpload(leadOf(row).id)),
    'change-key': panel('change-key'),
    'edit-destination': panel('edit-destination'),
    'change-proxy': panel('change-proxy'),
    'change-schedule': panel('change-schedule'),
  };
}

/** What opens something before anything is done, and the links. */
export function asking({
  bridge,
  command,
  requests,
  onCopied,
  legOnDisk,
}: DeedTools): Deeds<Exclude<Action, keyof ReturnType<typeof moving> | keyof ReturnType<typeof mending>>> {
  const copyLinks = async (uploads: readonly Upload[]) => {
    if (uploads.length === 0) return;
    const report = await command(bridge.copyLinks(uploads.map(({ id }) => id)));
    if (report !== undefined) onCopied(report);
  };
  const question = (kind: 'cancel' | 'remove', is: (upload: Upload) => boolean) => (rows: Rows) => {
    if (legsOf(rows).some(is)) requests.open({ kind: 'question', question: { kind, rows } });
  };
  return {
    // A file that went to several places has one link, that of the main one where it arrived there.
    'copy-link': (rows) => void copyLinks(rows.flatMap((row) => linkedLegOf(row) ?? [])),
    receipt: ([row]) => requests.open({ kind: 'receipt', id: row.id }),
    details: ([row]) => requests.open({ kind: 'details', id: row.id }),
    'edit-key': ([row]) => requests.editKey(row),
    'settle-conflict': (rows) => open(requests, 'conflict', legsOf(rows).filter(canSettleConflict)),
    'send-elsewhere': (rows) => open(requests, 'elsewhere', legsOf(rows).filter(canSendElsewhere)),
    'show-object': ([row]) => {
      const leg = legOnDisk(row);
      if (leg !== undefined) void command(bridge.showObject(leg.id));
    },
    'delete-object': ([row]) => {
      const upload = row.legs.find(canDeleteObject);
      if (upload !== undefined) requests.open({ kind: 'delete-object', upload });
    },
    'delete-local': ([row]) => {
      const upload = row.legs.find((leg) => leg.status === 'completed' && leg.localFile === 'no-trash');
      if (upload !== undefined) requests.open({ kind: 'delete-local', upload });
    },
    cancel: question('cancel', canCancel),
    remove: question('remove', canRemove),
  };
}

function open(requests: DeedTools['requests'], kind: 'conflict' | 'elsewhere', [first, ...others]: readonly Upload[]): void {
  if (first !== undefined) requests.open({ kind, uploads: [first, ...others] });
}

const isOffline = (upload: Upload): boolean => upload.status === 'waiting' && upload.reason === 'offline';
