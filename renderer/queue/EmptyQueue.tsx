import { Plus } from 'lucide-react';
import { useTexts } from '../text/TextProvider.tsx';
import { Button } from '../ui/Button.tsx';
import { DropDrawing } from './DropDrawing.tsx';

interface EmptyQueueProps {
  readonly destinationName: string;
  readonly onChoose: () => void;
}

/** Nothing to send yet: one drawing, one sentence, one button, and where it will go. */
export function EmptyQueue({ destinationName, onChoose }: EmptyQueueProps) {
  const { window: words } = useTexts();
  return (
    <section className="empty">
      <DropDrawing />
      <h1 className="empty-title">{words.emptyTitle}</h1>
      <p className="empty-body">{words.emptyBody}</p>
      <Button tone="accent" icon={Plus} className="button-large" onPress={onChoose}>
        {words.addVideos}
      </Button>
      <p className="empty-destination">{words.emptyDestination(destinationName)}</p>
    </section>
  );
}
