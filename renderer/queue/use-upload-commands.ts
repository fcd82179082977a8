import { useMemo } from 'react';
import type { CopyReport } from '../../shared/replies.ts';
import type { Upload } from '../../shared/upload.ts';
import { canCancel, canCopyLink, canPause, canRemove, canResume, canRetry, canSettleConflict } from '../../shared/upload.ts';
import { mendingPanel } from '../state/mending-panel.ts';
import { useOpenPanel } from '../state/panels.tsx';
import { useBridge } from '../state/services.tsx';
import { useCommand } from '../state/use-command.ts';
import type { ErrorAction } from '../text/error-action.ts';
import type { Texts } from '../text/TextProvider.tsx';
import { useTexts } from '../text/TextProvider.tsx';
import { useToast } from '../ui/Toast.tsx';
import { type Action, isMovable } from './upload-actions.ts';

/** What a row asks of its list: a question to confirm, the details, or the field for the key. */
export interface ListRequests {
  readonly confirm: (kind: 'cancel' | 'remove' | 'replace', uploads: readonly Upload[]) => void;
  readonly showDetails: (upload: Upload) => void;
  readonly showReceipt: (upload: Upload) => void;
  readonly editKey: (upload: Upload) => void;
}

/** Does an action to uploads; those that it makes no sense for are left alone. */
export type RunAction = (action: Action, uploads: readonly Upload[]) => void;
type Uploads = readonly [Upload, ...Upload[]];

/** Action → what is done about it. Buttons, menus and keys all come through here. */
export function useUploadCommands(requests: ListRequests): RunAction {
  const bridge = useBridge();
  const command = useCommand();
  const toast = useToast();
  const texts = useTexts();
  const openPanel = useOpenPanel();

  return useMemo(() => {
    const send = (ask: (ids: string[]) => Promise<null>, uploads: readonly Upload[]) => {
      if (uploads.length > 0) void command(ask(idsOf(uploads)));
    };
    const move = async (direction: 'up' | 'down', uploads: readonly Upload[]) => {
      for (const { id } of direction === 'up' ? uploads : uploads.toReversed()) {
        await command(bridge.moveUpload(id, direction));
      }
    };
    const copyLinks = async (uploads: readonly Upload[]) => {
      if (uploads.length === 0) return;
      const report = await command(bridge.copyLinks(idsOf(uploads)));
      if (report !== undefined) toast({ tone: 'success', ...linksMessage(report, texts) });
    };
    const mend = (action: ErrorAction, [upload]: Uploads) => openPanel(mendingPanel(action, upload.destinationId));

    const deeds: Readonly<Record<Action, (uploads: Uploads) => void>> = {
      pause: (uploads) => send(bridge.pauseUploads, uploads.filter(canPause)),
      resume: (uploads) => send(bridge.resumeUploads, uploads.filter(canResume)),
      retry: (uploads) => send(bridge.retryUploads, uploads.filter(canRetry)),
      'try-now': (uploads) => {
        // Offline belongs to the destination, a backoff to the one upload.
        const destinations = new Set(uploads.filter(isOffline).map((upload) => upload.destinationId));
        for (const id of destinations) void command(bridge.retryDestination(id));
        send(
          bridge.retryUploads,
          uploads.filter((upload) => canRetry(upload) && !isOffline(upload)),
        );
      },
      'copy-link': (uploads) => void copyLinks(uploads.filter(canCopyLink)),
      receipt: ([upload]) => requests.showReceipt(upload),
      'settle-conflict': (uploads) => requests.confirm('replace', uploads.filter(canSettleConflict)),
      'send-elsewhere': ([upload]) => requests.showDetails(upload),
      'edit-key': ([upload]) => requests.editKey(upload),
      locate: ([upload]) => void command(bridge.locateFile(upload.id)),
      restart: ([upload]) => void command(bridge.restartUpload(upload.id)),
      'change-key': (uploads) => mend('change-key', uploads),
      'edit-destination': (uploads) => mend('edit-destination', uploads),
      'change-proxy': (uploads) => mend('change-proxy', uploads),
      'change-schedule': (uploads) => mend('change-schedule', uploads),
      'move-first': ([upload]) => void command(bridge.moveUpload(upload.id, 'first')),
      'move-up': (uploads) => void move('up', uploads.filter(isMovable)),
      'move-down': (uploads) => void move('down', uploads.filter(isMovable)),
      details: ([upload]) => requests.showDetails(upload),
      cancel: (uploads) => requests.confirm('cancel', uploads.filter(canCancel)),
      remove: (uploads) => requests.confirm('remove', uploads.filter(canRemove)),
    };
    return (action, [first, ...rest]) => {
      if (first !== undefined) deeds[action]([first, ...rest]);
    };
  }, [bridge, command, toast, texts, openPanel, requests]);
}

function idsOf(uploads: readonly Upload[]): string[] {
  return uploads.map((upload) => upload.id);
}

function isOffline(upload: Upload): boolean {
  return upload.status === 'waiting' && upload.reason === 'offline';
}

export function linksMessage(report: CopyReport, { queue, format }: Texts): { title: string; body: string } {
  const title = queue.linksCopied(report.count);
  if (report.kind === 'public' || report.expiresAt === null) return { title, body: queue.linksPublic };
  const until = format.dateTime(report.expiresAt);
  return { title, body: report.kind === 'mixed' ? queue.linksMixed(until) : queue.linksUntil(until) };
}
