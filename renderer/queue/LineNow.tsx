import { Gauge, TrafficCone } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import type { LimitInForce } from '../../shared/schedule.ts';
import { useOpenPanel } from '../state/panels.tsx';
import { useUploads } from '../state/use-uploads.ts';
import { limitWords } from '../text/limit-words.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { Tooltip } from '../ui/Tooltip.tsx';
import { LinePlot } from './LinePlot.tsx';
import { useNow } from './use-now.ts';

/** What holds on the line that all uploads share: giving way, the limit in force, and how fast it was lately. */
export function LineNow({ bytesPerSecond }: { readonly bytesPerSecond: number | null }) {
  const texts = useTexts();
  const { line } = useUploads();
  const { window: words } = texts;
  // Read anew whenever something is published: often enough for "tomorrow".
  const now = useNow(false);
  return (
    <div className="foot-line-now">
      {line.isGivingWay && (
        <LimitButton tip={words.givingWayHelp} tone="warning">
          <TrafficCone className="icon" aria-hidden />
          <span className="foot-button-words">{words.givingWay}</span>
        </LimitButton>
      )}
      {isWorthSaying(line.limit) && (
        <LimitButton tip={words.adjustLimit} tone="plain">
          <Gauge className="icon" aria-hidden />
          <span className="foot-button-words">{limitWords(line.limit, texts, now)}</span>
        </LimitButton>
      )}
      <LinePlot line={line} bytesPerSecond={bytesPerSecond} />
    </div>
  );
}

/** That there is no limit goes without saying, unless the schedule lifts one. */
function isWorthSaying(limit: LimitInForce): boolean {
  return limit.mbit !== null || limit.isBySchedule;
}

interface LimitButtonProps {
  readonly tip: string;
  readonly tone: 'plain' | 'warning';
  readonly children: ReactNode;
}

function LimitButton({ tip, tone, children }: LimitButtonProps) {
  const openPanel = useOpenPanel();
  return (
    <Tooltip text={tip}>
      <Button
        className={`foot-button foot-button-${tone}`}
        onPress={() => openPanel({ kind: 'settings', place: 'limits' })}
      >
        {children}
      </Button>
    </Tooltip>
  );
}
