import type { MigrationState } from '../../shared/migration.ts';
import { useBridge } from '../state/services.tsx';
import { useCommand } from '../state/use-command.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { Button } from '../ui/Button.tsx';
import { ProgressBar } from '../ui/ProgressBar.tsx';
import { MigrationCounts } from './MigrationCounts.tsx';
import { MigrationRows } from './MigrationRows.tsx';
import { shareOf } from './migration-share.ts';
import { usePlaceNames } from './use-place-names.ts';

/** How far it is. It goes on when nobody looks. */
export function MigrationRun({ migration }: { readonly migration: MigrationState }) {
  const { migration: words, format } = useTexts();
  const bridge = useBridge();
  const command = useCommand();
  const { from, to } = usePlaceNames(migration);
  const { left, sentBytes, bytesPerSecond, request } = migration;
  const { share, totalBytes, leftBytes } = shareOf(migration);
  const facts = [
    words.sent(format.bytes(sentBytes), format.bytes(totalBytes)),
    ...(bytesPerSecond === null ? [] : [format.speed(bytesPerSecond)]),
    ...(bytesPerSecond === null || bytesPerSecond < 1 ? [] : [words.time(format.duration(leftBytes / bytesPerSecond))]),
    words.leftVideos(left.videos, format.integer(left.videos)),
  ].join(' · ');
  return (
    <div className="care migration">
      <div className="migration-progress">
        <p className="migration-title">{words.running(from, to)}</p>
        <ProgressBar label={words.running(from, to)} share={share} said={facts} tone="accent" isMoving />
        <p className="care-muted migration-facts">{facts}</p>
      </div>
      <MigrationCounts migration={migration} />
      <MigrationRows migration={migration} />
      <footer className="dialog-buttons migration-buttons">
        <p className="care-muted migration-hint">{request?.source.kind === 'destination' ? words.copiesStay : words.mayClose}</p>
        <span className="form-spring" />
        <Button onPress={() => void command(bridge.stopMigration())}>{words.stop}</Button>
      </footer>
    </div>
  );
}
