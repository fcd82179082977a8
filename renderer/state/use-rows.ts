import { useSyncExternalStore } from 'react';
import type { Row } from './rows.ts';
import { useServices } from './services.tsx';

const none: readonly Row[] = [];

/** The list's rows: uploads of one file to several destinations are one. */
export function useRows(): readonly Row[] {
  const { rows } = useServices();
  return useSyncExternalStore(rows.subscribe, rows.getSnapshot) ?? none;
}
