import { useSyncExternalStore } from 'react';
import type { MigrationState } from '../../shared/migration.ts';
import { useServices } from './services.tsx';

/** The migration as the main process last published it; null for the moment before the first word. */
export function useMigration(): MigrationState | null {
  const { migration } = useServices();
  return useSyncExternalStore(migration.subscribe, migration.getSnapshot);
}
