import type { AppError } from '../../shared/errors.ts';
import type { MigrationState } from '../../shared/migration.ts';
import { CareRefusal } from '../care/CareRefusal.tsx';
import { mendingPanel } from '../state/mending-panel.ts';
import { useSettings } from '../state/use-settings.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { usePlaceNames } from './use-place-names.ts';

interface MigrationRefusalProps {
  readonly migration: MigrationState;
  readonly title: string;
  readonly error: AppError;
}

/**
 * Why it did not go on. An error does not say which end it is of: between two destinations the form of neither is
 * offered, because it may be the wrong one, with a good key in it.
 */
export function MigrationRefusal({ migration, title, error }: MigrationRefusalProps) {
  const { migration: words, errorText } = useTexts();
  const { request } = migration;
  const { from, to } = usePlaceNames(migration);
  const { destinations } = useSettings();
  const source = request?.source.kind === 'destination' ? request.source : null;
  const destinationId = request === null || source !== null ? null : request.destinationId;
  const { action, hint } = errorText(error);
  const isOfDestination = mendingPanel(action, '')?.kind === 'edit-destination';
  if (source === null || !isOfDestination) return <CareRefusal title={title} error={error} destinationId={destinationId} />;
  // A plan that failed early may not know its source's name yet.
  const sourceName = destinations.find(({ destination }) => destination.id === source.id)?.destination.name ?? from;
  return <CareRefusal title={title} error={error} destinationId={null} hint={`${hint} ${words.eitherEnd(sourceName, to)}`} />;
}
