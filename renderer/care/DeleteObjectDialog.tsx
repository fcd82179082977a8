import { useCallback, useEffect } from 'react';
import type { DeletionReport, ObjectFacts } from '../../shared/storage.ts';
import { useNow } from '../queue/use-now.ts';
import { useAsked } from '../state/asked.ts';
import { useBridge } from '../state/services.tsx';
import { useSettings } from '../state/use-settings.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { CareRefusal } from './CareRefusal.tsx';
import { Waiting } from './Waiting.tsx';
import '../settings/form.css';
import '../settings/form-answers.css';
import './care.css';

interface DeleteObjectDialogProps {
  readonly destinationId: string;
  readonly objectKey: string;
  readonly onClose: () => void;
  readonly onDeleted?: () => void;
}

/** Looks at a video, says what would die with it, and deletes it after a yes. What the server then says stays to be read. */
export function DeleteObjectDialog({ destinationId, objectKey, onClose, onDeleted }: DeleteObjectDialogProps) {
  const { care, window: windowWords } = useTexts();
  const words = care.deletion;
  const bridge = useBridge();
  const look = useAsked<ObjectFacts>();
  const deletion = useAsked<DeletionReport>();
  const askLook = look.ask;
  const lookAgain = useCallback(
    () => void askLook(bridge.lookAtObject(destinationId, objectKey)),
    [askLook, bridge, destinationId, objectKey],
  );
  useEffect(lookAgain, [lookAgain]);
  const isDeleting = deletion.asked.state === 'asking';
  const isDone = deletion.asked.state === 'answered';
  const found = look.asked.state === 'answered' ? look.asked.answer : null;

  const deleteIt = async () => {
    const outcome = await deletion.ask(bridge.deleteObject(destinationId, objectKey));
    if (outcome.state === 'answered') onDeleted?.();
    // The next yes is for what is there now.
    if (outcome.state === 'refused' && outcome.error.code === 'object-changed') lookAgain();
  };
  return (
    <Dialog title={words.title} closeLabel={windowWords.close} onClose={onClose}>
      <div className="care delete-object" aria-live="polite">
        <p className="delete-key">{objectKey}</p>
        {look.asked.state === 'asking' && <Waiting words={words.looking} />}
        {look.asked.state === 'refused' && (
          <CareRefusal
            title={words.notFound}
            error={look.asked.error}
            destinationId={destinationId}
            onAgain={lookAgain}
          />
        )}
        {found !== null && !isDone && (
          <>
            <Facts facts={found} destinationId={destinationId} />
            <p>{words.warning}</p>
          </>
        )}
        {deletion.asked.state === 'refused' && (
          <CareRefusal title={words.failed} error={deletion.asked.error} destinationId={destinationId} />
        )}
        {deletion.asked.state === 'answered' && <Outcome report={deletion.asked.answer} />}
        <footer className="dialog-buttons care-buttons">
          <Button autoFocus={isDone} tone={isDone ? 'accent' : 'plain'} isDisabled={isDeleting} onPress={onClose}>
            {found === null || isDone ? windowWords.close : windowWords.cancel}
          </Button>
          {found !== null && !isDone && (
            <Button tone="danger" isDisabled={isDeleting} onPress={() => void deleteIt()}>
              {isDeleting ? words.deleting : words.yes}
            </Button>
          )}
        </footer>
      </div>
    </Dialog>
  );
}

interface FactsProps {
  readonly facts: ObjectFacts;
  readonly destinationId: string;
}

function Facts({ facts: { size, modifiedAt, contentType, isOurs, links }, destinationId }: FactsProps) {
  const { care, window: windowWords, format } = useTexts();
  const { destinations } = useSettings();
  const words = care.deletion;
  const now = useNow(false);
  const alive = links.signed + links.lasting;
  const until =
    links.lastExpiresAt === null || links.lasting > 0 ? '' : `, ${words.linksUntil(format.dateTime(links.lastExpiresAt))}`;
  const written =
    modifiedAt === null ? words.ageUnknown : `${format.ago(modifiedAt, now)} (${format.fullDateTime(modifiedAt)})`;
  // The same video may be at another destination, too, and stays there.
  const place = destinations.find(({ destination }) => destination.id === destinationId)?.destination.name ?? '';
  const rows: readonly (readonly [string, string])[] = [
    [windowWords.destination, place],
    [words.size, format.bytes(size)],
    [words.age, written],
    [words.type, contentType ?? words.typeUnknown],
    [words.sender, isOurs ? words.ours : words.foreign],
    [words.links, alive === 0 ? words.noLinks : `${words.linksDie(alive)}${until}`],
  ];
  return (
    <dl className="object-facts">
      {rows.map(([name, value]) => (
        <div key={name} className="object-fact">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Outcome({ report }: { readonly report: DeletionReport }) {
  const { care } = useTexts();
  const words = care.deletion;
  const isHidden = report.deletion === 'hidden';
  return (
    <div className={`note ${isHidden ? 'note-warning' : 'note-success'}`}>
      <p className="note-title">{isHidden ? words.hidden : words.erased}</p>
      <p>{isHidden ? words.hiddenHint : words.erasedHint}</p>
    </div>
  );
}
