import { ListChecks } from 'lucide-react';
import { DestinationIcon } from '../settings/DestinationIcon.tsx';
import { useSettings } from '../state/use-settings.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { reviewTarget } from '../state/use-window-drop.ts';

/** More would not fit beside each other; all of them stand in the menu of the button. */
const shownAtMost = 4;

/** The other places where files can be let go: one destination of this drop only, or a look before anything is sent. */
export function DropTargets({ over }: { readonly over: string | null }) {
  const { adding } = useTexts();
  const { destinations, currentDestinationId } = useSettings();
  const others = destinations.filter(({ destination }) => destination.id !== currentDestinationId).slice(0, shownAtMost);
  return (
    <div className="drop-targets">
      {others.map(({ destination }) => (
        <div
          key={destination.id}
          className="drop-target"
          data-drop-target={destination.id}
          data-over={over === destination.id || undefined}
        >
          <DestinationIcon kind={destination.kind} />
          <span className="drop-target-name">{destination.name}</span>
        </div>
      ))}
      <div className="drop-target" data-drop-target={reviewTarget} data-over={over === reviewTarget || undefined}>
        <ListChecks className="icon" aria-hidden />
        <span className="drop-target-name">
          {adding.dropReview}
          <span className="drop-target-note">{adding.dropReviewBody}</span>
        </span>
      </div>
    </div>
  );
}
