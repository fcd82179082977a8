import { CircleCheck } from 'lucide-react';
import { useState } from 'react';
import type { Destination } from '../../shared/settings.ts';
import type { UnfinishedUpload } from '../../shared/storage.ts';
import { useNow } from '../queue/use-now.ts';
import { useBridge } from '../state/services.tsx';
import { useCommand } from '../state/use-command.ts';
import type { Texts } from '../text/texts.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { Button } from '../ui/Button.tsx';
import { Checkbox } from '../ui/Checkbox.tsx';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { useToast } from '../ui/Toast.tsx';
import { keepingCost } from './cost-estimate.ts';

interface UnfinishedListProps {
  readonly id: string;
  readonly kind: Destination['kind'];
  readonly uploads: readonly UnfinishedUpload[];
  readonly onRemoved: () => void;
}

export function UnfinishedList({ id, kind, uploads, onRemoved }: UnfinishedListProps) {
  const texts = useTexts();
  const words = texts.care.unfinished;
  const now = useNow(false);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const { isRemoving, remove } = useRemoval(id, onRemoved);
  const [asks, setAsks] = useState(false);
  const free = uploads.filter(({ owner }) => owner !== 'ours');
  const chosen = free.filter((upload) => selected.has(upload.id));

  if (uploads.length === 0) return <NothingUnfinished />;
  const select = (ids: readonly string[], isSelected: boolean) =>
    setSelected((before) => new Set(isSelected ? [...before, ...ids] : [...before].filter((one) => !ids.includes(one))));
  const onAnswer = (yes: boolean) => {
    setAsks(false);
    if (yes) void remove(chosen.map((upload) => upload.id));
  };
  const freeIds = free.map((upload) => upload.id);
  return (
    <>
      <p className="care-total">{totalOf(uploads, kind, texts)}</p>
      {free.length > 1 && (
        <Checkbox
          isSelected={chosen.length === free.length}
          isIndeterminate={chosen.length > 0 && chosen.length < free.length}
          onChange={(isSelected) => select(freeIds, isSelected)}
        >
          {words.all}
        </Checkbox>
      )}
      <ul className="unfinished-list">
        {uploads.map((upload) => (
          <li key={upload.id} className="unfinished">
            <Checkbox
              isSelected={selected.has(upload.id)}
              isDisabled={upload.owner === 'ours'}
              onChange={(isSelected) => select([upload.id], isSelected)}
            >
              <span className="unfinished-words">
                <span className="unfinished-key">{upload.key}</span>
                <span className="care-muted">{factsOf(upload, kind, texts, now)}</span>
              </span>
            </Checkbox>
          </li>
        ))}
      </ul>
      <div className="care-buttons">
        <Button tone="danger" isDisabled={chosen.length === 0 || isRemoving} onPress={() => setAsks(true)}>
          {isRemoving ? words.removing : words.remove(chosen.length)}
        </Button>
      </div>
      {asks && <ConfirmDialog question={questionOf(chosen, texts)} onAnswer={onAnswer} />}
    </>
  );
}

function NothingUnfinished() {
  const { care } = useTexts();
  return (
    <div className="care-empty">
      <CircleCheck className="icon" aria-hidden />
      <p className="care-empty-title">{care.unfinished.empty}</p>
      <p className="care-muted">{care.unfinished.emptyHint}</p>
    </div>
  );
}

function useRemoval(id: string, onRemoved: () => void) {
  const { care } = useTexts();
  const words = care.unfinished;
  const bridge = useBridge();
  const command = useCommand();
  const toast = useToast();
  const [isRemoving, setRemoving] = useState(false);
  const remove = async (ids: string[]) => {
    setRemoving(true);
    const report = await command(bridge.removeUnfinished(id, ids));
    setRemoving(false);
    if (report === undefined) return;
    const kept = report.kept > 0 ? { body: words.kept(report.kept) } : {};
    toast({ tone: report.kept > 0 ? 'info' : 'success', title: words.removed(report.removed), ...kept });
    onRemoved();
  };
  return { isRemoving, remove };
}

function questionOf(chosen: readonly UnfinishedUpload[], { care, window, format }: Texts) {
  const words = care.unfinished;
  const bytes = bytesOf(chosen);
  return {
    title: words.askTitle(chosen.length),
    body: words.askBody(bytes === 0 ? null : format.bytes(bytes)),
    yes: words.askYes,
    no: window.cancel,
    isDanger: true,
  };
}

/** Those whose size is known. */
function bytesOf(uploads: readonly UnfinishedUpload[]): number {
  return uploads.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0);
}

function totalOf(uploads: readonly UnfinishedUpload[], kind: Destination['kind'], { care, format }: Texts): string {
  const words = care.unfinished;
  const bytes = bytesOf(uploads);
  const cost = kind === 'r2' || kind === 's3' ? [words.perMonth(format.usd(keepingCost(kind, bytes)))] : [];
  return [words.count(uploads.length), format.bytes(bytes), ...cost].join(' · ');
}

function factsOf(upload: UnfinishedUpload, kind: Destination['kind'], { care, format }: Texts, now: number): string {
  const words = care.unfinished;
  const { initiatedAt, bytes, parts, owner } = upload;
  const hasPrice = (kind === 'r2' || kind === 's3') && bytes !== null;
  return [
    initiatedAt === null ? words.ageUnknown : words.begun(format.ago(initiatedAt, now)),
    bytes === null ? words.sizeUnknown : format.bytes(bytes),
    ...(parts === null ? [] : [words.parts(parts, format.integer(parts))]),
    ...(hasPrice ? [words.perMonth(format.usd(keepingCost(kind, bytes)))] : []),
    ...(owner === 'ours' ? [words.ours] : []),
  ].join(' · ');
}
