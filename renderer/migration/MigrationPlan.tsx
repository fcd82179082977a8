import type { MigrationState } from '../../shared/migration.ts';
import { costsOf } from '../review/review-costs.ts';
import { useBridge } from '../state/services.tsx';
import { useLineSpeed } from '../state/use-line-speed.ts';
import { useSettings } from '../state/use-settings.ts';
import { useUsage } from '../state/use-usage.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { Button } from '../ui/Button.tsx';
import { MigrationCounts } from './MigrationCounts.tsx';
import { MigrationNothing } from './MigrationNothing.tsx';
import { MigrationRows } from './MigrationRows.tsx';
import { SaveMap } from './SaveMap.tsx';
import { usePending } from './use-pending.ts';
import { usePlaceNames } from './use-place-names.ts';

/** A line as many offices have it: what a plan counts with before anything was measured. Mbit/s. */
const usualMbit = 40;

interface MigrationPlanProps {
  readonly migration: MigrationState;
  readonly onAgain: () => void;
}

/** What would be sent, how long it takes and what it costs. Nothing has happened yet. */
export function MigrationPlan({ migration, onAgain }: MigrationPlanProps) {
  const { migration: words, format } = useTexts();
  const bridge = useBridge();
  const { isPending, begin } = usePending(migration.revision);
  const { from, to } = usePlaceNames(migration);
  const { videos, bytes } = migration.left;
  return (
    <div className="care migration">
      <p className="migration-title">{words.planned(from, to)}</p>
      <MigrationCounts migration={migration} />
      {videos === 0 ? <MigrationNothing migration={migration} /> : <Expected migration={migration} />}
      <MigrationRows migration={migration} />
      <footer className="dialog-buttons migration-buttons">
        <Button tone="quiet" onPress={onAgain}>
          {words.again}
        </Button>
        <SaveMap isDisabled={migration.looked === 0} />
        <span className="form-spring" />
        {videos > 0 && (
          <Button tone="accent" isPending={isPending} onPress={() => void begin(bridge.runMigration)}>
            {`${words.run(videos, format.integer(videos))} · ${format.bytes(bytes)}`}
          </Button>
        )}
      </footer>
    </div>
  );
}

function Expected({ migration }: { readonly migration: MigrationState }) {
  const { migration: words, adding, format } = useTexts();
  const { destinations, preferences } = useSettings();
  const usage = useUsage();
  const measured = useLineSpeed();
  const { left, request } = migration;
  const destinationId = request?.destinationId ?? '';
  const average = { destinationId, size: left.bytes / left.videos };
  const costs = costsOf(Array.from({ length: left.videos }, () => average), { destinations, usage, preferences });
  const isDisk = destinations.some(({ destination }) => destination.id === destinationId && destination.kind === 'disk');
  const usesLine = !isDisk || request?.source.kind === 'destination';
  const speed = measured > 0 ? measured : (usualMbit * 1e6) / 8;
  const duration = format.duration(left.bytes / speed);
  const time = measured > 0 ? words.time(duration) : words.timeAt(duration, format.megabits(usualMbit));
  return (
    <div>
      <p className="migration-sum">
        {words.willSend(left.videos, format.integer(left.videos), format.bytes(left.bytes))}
        {usesLine && <span className="migration-time"> · {time}</span>}
      </p>
      {costs.map(({ id, name, total }) => (
        <p key={id} className="care-muted">
          {total > 0 ? words.cost(name, format.usd(total)) : words.free(name)} · {adding.reviewViews(preferences.viewsPerVideo)}
        </p>
      ))}
    </div>
  );
}
