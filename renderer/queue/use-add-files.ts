import { useCallback, useMemo, useState } from 'react';
import type { AddOptions } from '../../shared/ipc.ts';
import type { DroppedFile } from '../../shared/remessa-api.ts';
import type { AddReport, KeyMapReport, RefusedFile } from '../../shared/replies.ts';
import { useBridge } from '../state/services.tsx';
import { useCommand } from '../state/use-command.ts';
import { useSettings } from '../state/use-settings.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { useToast } from '../ui/Toast.tsx';
import type { DropChoice } from '../state/use-window-drop.ts';

/** Where everything goes, at once. */
export const everywhere: AddOptions = { destinationIds: null, waits: false };

/** The ways of adding that buttons and menus know. */
export interface AddCommands {
  readonly choose: (what: 'files' | 'folder', options: AddOptions) => void;
  readonly chooseMap: () => void;
}

/** What did not enter, until the person has read it. */
export interface LeftOutside {
  readonly refused: readonly RefusedFile[];
  readonly leftOut: number;
}

const nothing: LeftOutside = { refused: [], leftOut: 0 };

/** Hands files over; keeps what did not enter, and what waits to be looked at, until the person has done so. */
export function useAddFiles() {
  const bridge = useBridge();
  const command = useCommand();
  const toast = useToast();
  const { window: words, adding } = useTexts();
  const { preferences } = useSettings();
  const [outside, setOutside] = useState(nothing);
  const [reviewed, setReviewed] = useState<readonly string[]>([]);
  const { reviewsFirst } = preferences;
  const tellMap = useCallback(
    (map: KeyMapReport | null) => {
      if (map === null) return;
      const body = map.applied > 0 ? adding.mapApplied(map.applied) : adding.mapHint;
      toast({ tone: 'success', title: adding.mapInForce(map.name, map.rows), body });
    },
    [toast, adding],
  );
  const accept = useCallback(
    async (asked: Promise<AddReport>, waits: boolean) => {
      const report = await command(asked);
      if (report === undefined) return;
      setOutside({ refused: report.refused, leftOut: report.leftOut });
      tellMap(report.keyMap);
      if (report.known.length > 0) toast({ tone: 'info', title: words.alreadyThere(report.known.length) });
      // What comes while a batch is looked at joins it; the earlier ones would else stay paused without a word.
      if (waits || reviewsFirst) setReviewed((before) => Array.from(new Set([...before, ...report.addedIds])));
    },
    [command, toast, words, tellMap, reviewsFirst],
  );
  const addFiles = useCallback(
    (files: readonly DroppedFile[], choice: DropChoice) => {
      const options = optionsOf(choice);
      void accept(bridge.addFiles(files, options), options.waits);
    },
    [accept, bridge],
  );
  const add = useMemo<AddCommands>(
    () => ({
      choose: (what, options) => void accept(bridge.chooseFiles(what, options), options.waits),
      chooseMap: () => void command(bridge.chooseKeyMap()).then((map) => tellMap(map ?? null)),
    }),
    [accept, bridge, command, tellMap],
  );
  const forgetOutside = useCallback(() => setOutside(nothing), []);
  /** What joined while the answer about `ids` was on its way is still to be looked at. */
  const endReview = useCallback((ids: readonly string[]) => {
    const ended = new Set(ids);
    setReviewed((before) => before.filter((id) => !ended.has(id)));
  }, []);
  return { outside, reviewed, add, addFiles, forgetOutside, endReview };
}

function optionsOf(choice: DropChoice): AddOptions {
  if (choice.kind === 'destination') return { destinationIds: [choice.id], waits: false };
  return { ...everywhere, waits: choice.kind === 'review' };
}
