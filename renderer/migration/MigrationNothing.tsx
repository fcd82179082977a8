import { CircleCheck, SearchX } from 'lucide-react';
import { useTexts } from '../text/TextProvider.tsx';

/** There is nothing to send: because nothing was found, or because everything is there. */
export function MigrationNothing({ isEmpty }: { readonly isEmpty: boolean }) {
  const { migration: words } = useTexts();
  const Icon = isEmpty ? SearchX : CircleCheck;
  return (
    <div className={`care-empty ${isEmpty ? 'care-start' : ''}`}>
      <Icon className="icon" aria-hidden />
      <p className="care-empty-title">{isEmpty ? words.nothingFound : words.allThere}</p>
      <p className="care-muted">{isEmpty ? words.nothingFoundHelp : words.allThereHelp}</p>
    </div>
  );
}
