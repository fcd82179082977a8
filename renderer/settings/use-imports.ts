import { useEffect, useState } from 'react';
import type { ImportCandidate } from '../../shared/imports.ts';
import { appErrorOf } from '../bridge.ts';
import type { Asked } from '../state/asked.ts';
import { settled } from '../state/asked.ts';
import { useBridge } from '../state/services.tsx';
import { useCommand } from '../state/use-command.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { useToast } from '../ui/Toast.tsx';

interface ImportListeners {
  /** A file that was opened had one destination in it. */
  readonly onOnlyOne: (candidate: ImportCandidate) => void;
  readonly onSeveral: () => void;
}

/** Settings that are on this computer already: those that were found by looking, and those of a file that was opened. */
export function useImports({ onOnlyOne, onSeveral }: ImportListeners) {
  const { destination: words } = useTexts();
  const bridge = useBridge();
  const command = useCommand();
  const toast = useToast();
  const [found, setFound] = useState<Asked<readonly ImportCandidate[]>>({ state: 'asking' });
  const [fromFile, setFromFile] = useState<readonly ImportCandidate[]>([]);
  useEffect(() => {
    let isGone = false;
    void settled(bridge.findImports()).then((outcome) => !isGone && setFound(outcome));
    return () => {
      isGone = true;
    };
  }, [bridge]);

  const openFile = async () => {
    const candidates = await command(bridge.chooseImportFile().catch(noneInFile));
    if (candidates === undefined || candidates === null) return;
    const [first, ...others] = candidates;
    if (first === undefined) toast({ tone: 'info', title: words.imports.nothingInFile });
    else if (others.length === 0) onOnlyOne(first);
    else {
      setFromFile(candidates);
      onSeveral();
    }
  };
  const known = found.state === 'answered' ? found.answer : [];
  return { isSearching: found.state === 'asking', candidates: [...fromFile, ...known], openFile };
}

/** The main process refuses a file that says nothing about storage: nothing has to be mended, there is nothing in it. */
function noneInFile(thrown: unknown): readonly ImportCandidate[] {
  if (appErrorOf(thrown).code === 'settings-incomplete') return [];
  throw thrown;
}
