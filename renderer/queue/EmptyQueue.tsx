import { useTexts } from '../text/TextProvider.tsx';
import { AddButton } from './AddButton.tsx';
import { DropDrawing } from './DropDrawing.tsx';
import type { AddCommands } from './use-add-files.ts';

interface EmptyQueueProps {
  readonly destinationName: string;
  readonly add: AddCommands;
}

/** Nothing to send yet: one drawing, one sentence, one button, and where it will go. */
export function EmptyQueue({ destinationName, add }: EmptyQueueProps) {
  const { window: words } = useTexts();
  return (
    <section className="empty">
      <DropDrawing />
      <h1 className="empty-title">{words.emptyTitle}</h1>
      <p className="empty-body">{words.emptyBody}</p>
      <AddButton add={add} isLarge />
      <p className="empty-destination">{words.emptyDestination(destinationName)}</p>
    </section>
  );
}
