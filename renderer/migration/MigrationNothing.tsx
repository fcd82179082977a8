import { CircleCheck, CircleMinus, SearchX } from 'lucide-react';
import type { MigrationState } from '../../shared/migration.ts';
import { useTexts } from '../text/TextProvider.tsx';

/** There is nothing to send: nothing was found, everything is there, or the rest is left as it is. */
export function MigrationNothing({ migration }: { readonly migration: MigrationState }) {
  const { migration: words, format } = useTexts();
  const { looked, counts } = migration;
  const left = looked - counts.same.videos - counts.sent.videos;
  if (looked === 0) return <Nothing icon={SearchX} title={words.nothingFound} help={words.nothingFoundHelp} />;
  if (left <= 0) return <Nothing icon={CircleCheck} isGood title={words.allThere} help={words.allThereHelp} />;
  return <Nothing icon={CircleMinus} title={words.nothingToSend} help={words.nothingToSendHelp(left, format.integer(left))} />;
}

interface NothingProps {
  readonly icon: typeof CircleCheck;
  readonly isGood?: boolean;
  readonly title: string;
  readonly help: string;
}

function Nothing({ icon: Icon, isGood = false, title, help }: NothingProps) {
  return (
    <div className={`care-empty ${isGood ? '' : 'care-start'}`}>
      <Icon className="icon" aria-hidden />
      <p className="care-empty-title">{title}</p>
      <p className="care-muted">{help}</p>
    </div>
  );
}
