import { useSyncExternalStore } from 'react';
import type { DestinationInfo, SettingsSnapshot } from '../../shared/settings.ts';
import { useServices } from './services.tsx';

/** Null until the main process has answered for the first time. */
export function useSettingsOrNull(): SettingsSnapshot | null {
  const { settings } = useServices();
  return useSyncExternalStore(settings.subscribe, settings.getSnapshot);
}

/** Below App, which waits for the first snapshot. */
export function useSettings(): SettingsSnapshot {
  const settings = useSettingsOrNull();
  if (settings === null) throw new Error('useSettings before the first snapshot');
  return settings;
}

export function currentDestination(settings: SettingsSnapshot): DestinationInfo | null {
  return settings.destinations.find((info) => info.destination.id === settings.currentDestinationId) ?? null;
}
