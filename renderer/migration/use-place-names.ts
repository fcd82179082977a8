import type { MigrationState } from '../../shared/migration.ts';
import { useSettings } from '../state/use-settings.ts';

/** What the two ends are called. A destination that is gone has no name any more. */
export function usePlaceNames({ sourceName, request }: MigrationState): { readonly from: string; readonly to: string } {
  const { destinations } = useSettings();
  const target = destinations.find(({ destination }) => destination.id === request?.destinationId);
  return { from: sourceName, to: target?.destination.name ?? '—' };
}
