import { useCallback } from 'react';
import { appErrorOf } from '../bridge.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { useToast } from '../ui/Toast.tsx';
import { useBridge } from './services.tsx';

/**
 * Runs a command of the bridge. A refusal becomes a message with what to do and, where there is one, its technical
 * detail to copy; the answer is undefined then (null is what most commands answer when they succeed).
 */
export function useCommand(): <T>(command: Promise<T>) => Promise<T | undefined> {
  const texts = useTexts();
  const toast = useToast();
  const bridge = useBridge();
  return useCallback(
    async <T>(command: Promise<T>) => {
      try {
        return await command;
      } catch (thrown) {
        const error = appErrorOf(thrown);
        const { title, hint } = texts.errorText(error);
        const details = [error.code, error.detail].filter((part) => part !== undefined).join('\n');
        const copy = {
          text: texts.window.copyDetails,
          run: () => void bridge.copyDetails(details).catch(() => undefined),
        };
        toast({ tone: 'danger', title, body: hint, action: copy });
        return undefined;
      }
    },
    [texts, toast, bridge],
  );
}
