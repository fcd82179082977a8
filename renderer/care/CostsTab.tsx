import { useCallback, useEffect } from 'react';
import type { Destination } from '../../shared/settings.ts';
import { useAsked } from '../state/asked.ts';
import { useBridge } from '../state/services.tsx';
import { useTexts } from '../text/TextProvider.tsx';
import { Button } from '../ui/Button.tsx';
import { CareRefusal } from './CareRefusal.tsx';
import { CostTable } from './CostTable.tsx';
import { ViewsField } from './ViewsField.tsx';
import { Waiting } from './Waiting.tsx';
import { pricedKindOf } from './cost-estimate.ts';
import type { Stored } from './cost-estimate.ts';

/** What this destination costs in a month, and what the same would cost elsewhere. */
export function CostsTab({ destination }: { readonly destination: Destination }) {
  const { care } = useTexts();
  const words = care.costs;
  const { usage, count, counted, read } = useUsage(destination.id);
  const kind = pricedKindOf(destination.kind);
  if (kind === null) return null;
  return (
    <div className="care">
      <p className="care-intro">{words.intro}</p>
      {usage.state === 'asking' && <Waiting words={words.reading} />}
      {usage.state === 'refused' && (
        <CareRefusal title={words.refused} error={usage.error} destinationId={destination.id} onAgain={read} />
      )}
      {usage.state === 'answered' && (
        <>
          <Known
            stored={usage.answer}
            isCounted={counted.state === 'answered'}
            isCounting={counted.state === 'asking'}
            onCount={count}
          />
          {counted.state === 'refused' && (
            <CareRefusal title={words.refused} error={counted.error} destinationId={destination.id} />
          )}
          <ViewsField />
          <CostTable here={kind} destination={destination} stored={usage.answer} />
        </>
      )}
    </div>
  );
}

interface KnownProps {
  readonly stored: Stored;
  readonly isCounted: boolean;
  readonly isCounting: boolean;
  readonly onCount: () => void;
}

function Known({ stored, isCounted, isCounting, onCount }: KnownProps) {
  const { care, format } = useTexts();
  const words = care.costs;
  const bytes = format.bytes(stored.bytes);
  return (
    <div className="care-head">
      <p>{isCounted ? words.counted(stored.objects, bytes) : words.known(stored.objects, bytes)}</p>
      {!isCounted && (
        <Button isDisabled={isCounting} onPress={onCount}>
          {isCounting ? words.counting : words.countAll}
        </Button>
      )}
    </div>
  );
}

const nothing: Stored = { objects: 0, bytes: 0, unfinishedBytes: null, sentThisMonth: { objects: 0, bytes: 0 } };

/** What this computer knows, at once; what is really there, when somebody asks for it. */
function useUsage(id: string) {
  const bridge = useBridge();
  const known = useAsked<Stored>();
  const counted = useAsked<Stored>();
  const askKnown = known.ask;
  const read = useCallback(() => {
    const ours = bridge.getUsage().then((all) => all.find(({ destinationId }) => destinationId === id));
    void askKnown(ours.then((found) => (found === undefined ? nothing : { ...found, unfinishedBytes: null })));
  }, [askKnown, bridge, id]);
  useEffect(read, [read]);
  const sentThisMonth = known.asked.state === 'answered' ? known.asked.answer.sentThisMonth : nothing.sentThisMonth;
  const count = () => void counted.ask(bridge.countUsage(id).then((all) => ({ ...all, sentThisMonth })));
  const usage = counted.asked.state === 'answered' ? counted.asked : known.asked;
  return { usage, counted: counted.asked, count, read };
}
