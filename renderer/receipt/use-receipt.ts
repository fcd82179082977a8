import { useCallback, useEffect, useState } from 'react';
import type { Receipt, ReceiptReport } from '../../shared/receipt.ts';
import type { Asked } from '../state/asked.ts';
import { settled } from '../state/asked.ts';
import { useBridge } from '../state/services.tsx';

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
