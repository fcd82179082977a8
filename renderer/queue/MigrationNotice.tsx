import { FolderInput } from 'lucide-react';
import { useOpenPanel } from '../state/panels.tsx';
import { useMigration } from '../state/use-migration.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { Button } from '../ui/Button.tsx';

/** Copies between destinations are no rows of the list: that they are under way, or stopped, is said here. */
export function MigrationNotice() {
  const { migration: words, format } = useTexts();
  const openPanel = useOpenPanel();
  const migration = useMigration();
  if (migration === null) return null;
  const { phase, counts, left } = migration;
  const isStopped = (phase === 'stopped' || phase === 'failed') && migration.isPlanned;
  if (phase !== 'running' && !(isStopped && left.videos > 0)) return null;
  const done = format.integer(counts.sent.videos);
  const title = isStopped ? words.noticeStopped : words.noticeRunning(done, format.integer(counts.sent.videos + left.videos));
  return (
    <section className="banner banner-slim" aria-label={words.title} data-testid="migration-notice">
      <FolderInput className="icon banner-icon" aria-hidden />
      <div className="banner-text">
        <p className="banner-title">{title}</p>
      </div>
      <div className="banner-buttons">
        <Button tone="quiet" onPress={() => openPanel({ kind: 'migration' })}>
          {words.show}
        </Button>
      </div>
    </section>
  );
}
