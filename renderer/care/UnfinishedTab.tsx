import { RefreshCw } from 'lucide-react';
import { useCallback, useEffect } from 'react';
import type { Destination } from '../../shared/settings.ts';
import type { UnfinishedUpload } from '../../shared/storage.ts';
import { useAsked } from '../state/asked.ts';
import { useBridge } from '../state/services.tsx';
import { useTexts } from '../text/TextProvider.tsx';
import { Button } from '../ui/Button.tsx';
import { CareRefusal } from './CareRefusal.tsx';
import { UnfinishedList } from './UnfinishedList.tsx';
import { Waiting } from './Waiting.tsx';

interface UnfinishedTabProps {
  readonly id: string;
  readonly kind: Destination['kind'];
}

/** Uploads that were begun there and never finished, whoever began them, and the way to be rid of them. */
export function UnfinishedTab({ id, kind }: UnfinishedTabProps) {
  const { care } = useTexts();
  const words = care.unfinished;
  const bridge = useBridge();
  const { asked, ask } = useAsked<readonly UnfinishedUpload[]>();
  const read = useCallback(() => void ask(bridge.listUnfinished(id)), [ask, bridge, id]);
  useEffect(read, [read]);
  const fate = kind === 'r2' || kind === 's3' ? words.fate[kind] : '';
  return (
    <div className="care">
      <div className="care-head">
        <p className="care-intro">{kind === 'disk' ? words.introDisk : `${words.intro} ${fate}`}</p>
        <Button tone="quiet" icon={RefreshCw} isDisabled={asked.state === 'asking'} onPress={read}>
          {words.refresh}
        </Button>
      </div>
      {asked.state === 'asking' && <Waiting words={words.reading} />}
      {asked.state === 'refused' && (
        <CareRefusal
          title={words.refused}
          error={asked.error}
          destinationId={id}
          onAgain={read}
          {...(asked.error.code === 'access-denied' ? { hint: words.deniedHint } : {})}
        />
      )}
      {asked.state === 'answered' && <UnfinishedList id={id} kind={kind} uploads={asked.answer} onRemoved={read} />}
    </div>
  );
}
