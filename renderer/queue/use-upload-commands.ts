import { useMemo } from 'react';
import type { CopyReport } from '../../shared/replies.ts';
import { useOpenPanel } from '../state/panels.tsx';
import type { Row } from '../state/rows.ts';
import { useBridge } from '../state/services.tsx';
import { useCommand } from '../state/use-command.ts';
import type { Texts } from '../text/texts.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { useToast } from '../ui/Toast.tsx';
import type { DeedTools, ListRequests, Rows } from './deed-tools.ts';
import { asking, mending, moving } from './upload-deeds.ts';
import type { Action } from './upload-actions.ts';
import { useOnDisk } from './use-on-disk.ts';

/** Does an action to rows; those that it makes no sense for are left alone. */
export type RunAction = (action: Action, rows: readonly Row[]) => void;

/** Action → what is done about it. Buttons, menus and keys all come through here. */
export function useUploadCommands(requests: ListRequests): RunAction {
  const bridge = useBridge();
  const command = useCommand();
  const toast = useToast();
  const texts = useTexts();
  const openPanel = useOpenPanel();
  const legOnDisk = useOnDisk();
  return useMemo(() => {
    const onCopied = (report: CopyReport) => toast({ tone: 'success', ...linksMessage(report, texts) });
    const tools: DeedTools = { bridge, command, openPanel, requests, onCopied, legOnDisk };
    const deeds: Readonly<Record<Action, (rows: Rows) => void>> = { ...moving(tools), ...mending(tools), ...asking(tools) };
    return (action, [first, ...rest]) => {
      if (first !== undefined) deeds[action]([first, ...rest]);
    };
  }, [bridge, command, toast, texts, openPanel, requests, legOnDisk]);
}

export function linksMessage(report: CopyReport, { queue, format }: Texts): { title: string; body: string } {
  if (report.kind === 'path') return { title: queue.pathsCopied(report.count), body: queue.pathsHint };
  const title = queue.linksCopied(report.count);
  if (report.expiresAt === null) return { title, body: report.kind === 'mixed' ? queue.linksMixed(null) : queue.linksPublic };
  const until = format.dateTime(report.expiresAt);
  return { title, body: report.kind === 'mixed' ? queue.linksMixed(until) : queue.linksUntil(until) };
}
