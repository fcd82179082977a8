import { useEffect, useState } from 'react';
import type { DestinationUsage } from '../../shared/storage.ts';
import type { Upload } from '../../shared/upload.ts';
import { useBridge } from '../state/services.tsx';
import { useCommand } from '../state/use-command.ts';
import { useSettings } from '../state/use-settings.ts';
import { useUploads } from '../state/use-uploads.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { costsOf } from './review-costs.ts';

/** Seconds of the line's plot that the present speed is taken from. */
const recentSeconds = 15;

interface ReviewSummaryProps {
  readonly uploads: readonly Upload[];
  readonly videos: number;
}

/** How much it is, how long it will take, and what it will cost. */
export function ReviewSummary({ uploads, videos }: ReviewSummaryProps) {
  const { adding, format } = useTexts();
  const { destinations, preferences } = useSettings();
  const usage = useUsage();
  const speed = useSpeed();
  const bytes = uploads.reduce((sum, { size }) => sum + size, 0);
  const costs = costsOf(uploads, { destinations, usage, preferences });
  const local = new Set(destinations.filter(({ destination }) => destination.kind === 'disk').map(({ destination }) => destination.id));
  const overLine = uploads.filter(({ destinationId }) => !local.has(destinationId)).reduce((sum, { size }) => sum + size, 0);
  const words = costs.map(({ name, total }) =>
    total > 0 ? adding.reviewCost(name, format.usd(total)) : adding.reviewFree(name),
  );
  return (
    <div className="review-summary">
      <p className="review-size">
        {adding.reviewSummary(videos, format.bytes(bytes))}
        {speed > 0 && overLine > 0 && <span className="review-time"> · {adding.reviewTime(format.duration(overLine / speed))}</span>}
      </p>
      {words.length > 0 && (
        <p className="review-cost">
          {words.join(' · ')} <span className="review-views">{adding.reviewViews(preferences.viewsPerVideo)}</span>
        </p>
      )}
    </div>
  );
}

/** What is there already: the free tiers may be used up. */
function useUsage(): readonly DestinationUsage[] {
  const bridge = useBridge();
  const command = useCommand();
  const [usage, setUsage] = useState<readonly DestinationUsage[]>([]);
  useEffect(() => {
    let isGone = false;
    void command(bridge.getUsage()).then((answer) => !isGone && answer !== undefined && setUsage(answer));
    return () => {
      isGone = true;
    };
  }, [bridge, command]);
  return usage;
}

/** Bytes per second of the last moments; 0 where nothing was sent. */
function useSpeed(): number {
  const { speeds } = useUploads().line;
  const recent = speeds.slice(-recentSeconds);
  return recent.length === 0 ? 0 : recent.reduce((sum, speed) => sum + speed, 0) / recent.length;
}
