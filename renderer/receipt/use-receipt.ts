import { useCallback, useEffect, useState } from 'react';
import type { AppError } from '../../shared/errors.ts';
import type { Receipt, ReceiptReport } from '../../shared/receipt.ts';
import { appErrorOf } from '../bridge.ts';
import { useBridge } from '../state/services.tsx';

/** A question to the main process, as it stands. */
export type Asked<T> =
  | { readonly state: 'none' }
  | { readonly state: 'asking' }
  | { readonly state: 'answered'; readonly answer: T }
  | { readonly state: 'refused'; readonly error: AppError };

/** The receipt of an upload, and a second look at its object. */
export function useReceipt(id: string) {
  const bridge = useBridge();
  const [receipt, setReceipt] = useState<Asked<Receipt>>({ state: 'asking' });
  const [report, setReport] = useState<Asked<ReceiptReport>>({ state: 'none' });

  const open = useCallback(() => {
    let isGone = false;
    void settled(bridge.getReceipt(id)).then((outcome) => !isGone && setReceipt(outcome));
    return () => {
      isGone = true;
    };
  }, [bridge, id]);
  useEffect(open, [open]);

  const openAgain = useCallback(() => {
    setReceipt({ state: 'asking' });
    open();
  }, [open]);
  const check = useCallback(async () => {
    setReport({ state: 'asking' });
    setReport(await settled(bridge.checkReceipt(id)));
  }, [bridge, id]);
  return { receipt, report, openAgain, check };
}

async function settled<T>(asked: Promise<T>): Promise<Asked<T>> {
  try {
    return { state: 'answered', answer: await asked };
  } catch (thrown) {
    return { state: 'refused', error: appErrorOf(thrown) };
  }
}
