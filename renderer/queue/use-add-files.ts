import { useCallback, useState } from 'react';
import type { DroppedFile } from '../../shared/remessa-api.ts';
import type { AddReport, RefusedFile } from '../../shared/replies.ts';
import { useBridge } from '../state/services.tsx';
import { useCommand } from '../state/use-command.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { useToast } from '../ui/Toast.tsx';

const everywhere = { destinationIds: null, waits: false };

/** Hands files over, and keeps what did not enter until the person has read it. */
export function useAddFiles() {
  const bridge = useBridge();
  const command = useCommand();
  const toast = useToast();
  const { window: words } = useTexts();
  const [refused, setRefused] = useState<readonly RefusedFile[]>([]);

  const accept = useCallback(
    async (asked: Promise<AddReport>) => {
      const report = await command(asked);
      if (report === undefined) return;
      setRefused(report.refused);
      if (report.known.length > 0) toast({ tone: 'info', title: words.alreadyThere(report.known.length) });
    },
    [command, toast, words],
  );
  const addFiles = useCallback(
    (files: readonly DroppedFile[]) => void accept(bridge.addFiles(files, everywhere)),
    [accept, bridge],
  );
  const chooseFiles = useCallback(() => void accept(bridge.chooseFiles('files', everywhere)), [accept, bridge]);
  const forgetRefused = useCallback(() => setRefused([]), []);
  return { refused, addFiles, chooseFiles, forgetRefused };
}
