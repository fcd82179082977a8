import type { MigrationState, MigrationStatus } from '../../shared/migration.ts';
import { useTexts } from '../text/TextProvider.tsx';

/** In the order in which a plan becomes a result. */
const order: readonly MigrationStatus[] = ['new', 'same', 'sent', 'different', 'unsure', 'invalid', 'skipped', 'failed'];
const toneOf: Readonly<Partial<Record<MigrationStatus, string>>> = {
  new: 'tone-accent',
  same: 'tone-success',
  sent: 'tone-success',
  different: 'tone-warning',
  unsure: 'tone-warning',
  invalid: 'tone-danger',
  failed: 'tone-danger',
};

/** How many videos there are of each kind; kinds without any are not shown. */
export function MigrationCounts({ migration }: { readonly migration: MigrationState }) {
  const { migration: words, format } = useTexts();
  const shown = order.filter((status) => migration.counts[status].videos > 0);
  if (shown.length === 0) return null;
  return (
    <dl className="migration-counts">
      {shown.map((status) => {
        const { videos, bytes } = migration.counts[status];
        return (
          <div key={status} className="migration-count" data-testid={`count-${status}`}>
            <dt className="migration-count-name">{words.statuses[status]}</dt>
            <dd className={`migration-count-number ${toneOf[status] ?? 'tone-muted'}`}>{format.integer(videos)}</dd>
            <dd className="care-muted">{bytes > 0 ? format.bytes(bytes) : words.statusHelp[status]}</dd>
          </div>
        );
      })}
    </dl>
  );
}
