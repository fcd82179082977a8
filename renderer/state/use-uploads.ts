import { useSyncExternalStore } from 'react';
import type { UploadList } from '../../shared/upload.ts';
import { useServices } from './services.tsx';

const none: UploadList = {
  revision: -1,
  uploads: [],
  destinations: [],
  line: { speeds: [], limit: { mbit: null, until: null, isBySchedule: false }, isGivingWay: false, connections: 0 },
  setAside: 0,
};

/** The queue as the main process last published it. */
export function useUploads(): UploadList {
  const { uploads } = useServices();
  return useSyncExternalStore(uploads.subscribe, uploads.getSnapshot) ?? none;
}
