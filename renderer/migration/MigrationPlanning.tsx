import type { MigrationState } from '../../shared/migration.ts';
import { useBridge } from '../state/services.tsx';
import { useCommand } from '../state/use-command.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { Button } from '../ui/Button.tsx';
import { ProgressBar } from '../ui/ProgressBar.tsx';
import { MigrationCounts } from './MigrationCounts.tsx';

/** How far the looking is. */
export function MigrationPlanning({ migration }: { readonly migration: MigrationState }) {
  const { migration: words, format } = useTexts();
  const bridge = useBridge();
  const command = useCommand();
  const { looked, total, sourceName } = migration;
  const said = words.looked(format.integer(looked), total === null ? null : format.integer(total));
  return (
    <div className="care migration">
      <div className="migration-progress">
        <p className="migration-title">{words.planning(sourceName)}</p>
        <ProgressBar
          label={words.planning(sourceName)}
          share={total === null || total === 0 ? 1 : looked / total}
          said={said}
          tone={total === null ? 'muted' : 'accent'}
          isMoving
        />
        <p className="care-muted">{said}</p>
      </div>
      <MigrationCounts migration={migration} />
      <footer className="dialog-buttons migration-buttons">
        <span className="form-spring" />
        <Button onPress={() => void command(bridge.stopMigration())}>{words.stopPlanning}</Button>
      </footer>
    </div>
  );
}
