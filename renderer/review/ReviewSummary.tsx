import type { Upload } from '../../shared/upload.ts';
import { useLineSpeed } from '../state/use-line-speed.ts';
import { useSettings } from '../state/use-settings.ts';
import { useUsage } from '../state/use-usage.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { costsOf } from './review-costs.ts';

interface ReviewSummaryProps {
  readonly uploads: readonly Upload[];
  readonly videos: number;
}

/** How much it is, how long it will take, and what it will cost. */
export function ReviewSummary({ uploads, videos }: ReviewSummaryProps) {
  const { adding, format } = useTexts();
  const { destinations, preferences } = useSettings();
  // What is there already: the free tiers may be used up.
  const usage = useUsage();
  const speed = useLineSpeed();
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
