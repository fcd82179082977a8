import { CircleCheck, CirclePause, TriangleAlert } from 'lucide-react';
import type { MigrationState } from '../../shared/migration.ts';
import { useBridge } from '../state/services.tsx';
import { useTexts } from '../text/TextProvider.tsx';
import { Button } from '../ui/Button.tsx';
import { MigrationCounts } from './MigrationCounts.tsx';
import { MigrationRefusal } from './MigrationRefusal.tsx';
import { MigrationRows } from './MigrationRows.tsx';
import { SaveMap } from './SaveMap.tsx';
import { usePending } from './use-pending.ts';
import { usePlaceNames } from './use-place-names.ts';

interface MigrationEndProps {
  readonly migration: MigrationState;
  readonly onAgain: () => void;
}

/** What has become of it: finished, stopped, or unable to go on. */
export function MigrationEnd({ migration, onAgain }: MigrationEndProps) {
  const { migration: words } = useTexts();
  const bridge = useBridge();
  const { isPending, begin } = usePending(migration.revision);
  const { from, to } = usePlaceNames(migration);
  const { error, left, counts } = migration;
  const failed = counts.failed.videos;
  const goesOn = left.videos > 0 ? words.goOn : failed > 0 ? words.retryFailed : null;
  return (
    <div className="care migration">
      <p className="migration-title">{words.planned(from, to)}</p>
      {error === null ? (
        <Outcome migration={migration} />
      ) : (
        <MigrationRefusal migration={migration} title={words.failedRun} error={error} />
      )}
      <MigrationCounts migration={migration} />
      <MigrationRows migration={migration} />
      <footer className="dialog-buttons migration-buttons">
        <Button tone="quiet" onPress={onAgain}>
          {words.again}
        </Button>
        <span className="form-spring" />
        {goesOn !== null && (
          <Button isPending={isPending} onPress={() => void begin(bridge.runMigration)}>
            {goesOn}
          </Button>
        )}
        <SaveMap />
      </footer>
    </div>
  );
}

/** What keeps an end from being a good one: these videos are not at the destination. */
const notThere = ['failed', 'invalid', 'different', 'unsure', 'skipped'] as const;

function Outcome({ migration }: { readonly migration: MigrationState }) {
  const { migration: words, format } = useTexts();
  const { phase, counts } = migration;
  const there = counts.sent.videos + counts.same.videos;
  const trouble = notThere.reduce((sum, status) => sum + counts[status].videos, 0);
  const isStopped = phase === 'stopped';
  const Icon = isStopped ? CirclePause : trouble > 0 ? TriangleAlert : CircleCheck;
  const tone = isStopped ? 'tone-muted' : trouble > 0 ? 'tone-warning' : 'tone-success';
  return (
    <output className="migration-outcome">
      <Icon className={`icon ${tone}`} aria-hidden />
      <span>
        <span className="migration-sum">{isStopped ? words.stopped : words.done}</span>
        <span className="care-muted">
          {isStopped ? words.stoppedHelp : words.doneHelp(there, format.integer(there))}
          {!isStopped && trouble > 0 && ` ${words.doneWithTrouble(trouble, format.integer(trouble))}`}
        </span>
      </span>
    </output>
  );
}
