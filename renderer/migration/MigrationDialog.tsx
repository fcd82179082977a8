import { useState } from 'react';
import type { MigrationState } from '../../shared/migration.ts';
import { useMigration } from '../state/use-migration.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { MigrationEnd } from './MigrationEnd.tsx';
import { MigrationForm } from './MigrationForm.tsx';
import { MigrationPlan } from './MigrationPlan.tsx';
import { MigrationPlanning } from './MigrationPlanning.tsx';
import { MigrationRun } from './MigrationRun.tsx';
import '../settings/settings.css';
import '../settings/form.css';
import '../settings/form-answers.css';
import '../care/care.css';
import './migration.css';

/** Existing videos, from a folder or another destination: asked, planned, run, done. */
export function MigrationDialog({ onClose }: { readonly onClose: () => void }) {
  const { migration: words, window: windowWords } = useTexts();
  const migration = useMigration();
  return (
    <Dialog title={words.title} closeLabel={windowWords.close} onClose={onClose} size="large">
      {migration !== null && <MigrationView migration={migration} />}
    </Dialog>
  );
}

function MigrationView({ migration }: { readonly migration: MigrationState }) {
  /** A person wants another plan although there is one. */
  const [wantsForm, setWantsForm] = useState(false);
  const { phase, isPlanned } = migration;
  const onAgain = () => setWantsForm(true);
  if (phase === 'planning') return <MigrationPlanning migration={migration} />;
  if (phase === 'running') return <MigrationRun migration={migration} />;
  if (wantsForm || !isPlanned) return <MigrationForm migration={migration} onPlanned={() => setWantsForm(false)} />;
  if (phase === 'planned') return <MigrationPlan migration={migration} onAgain={onAgain} />;
  return <MigrationEnd migration={migration} onAgain={onAgain} />;
}
