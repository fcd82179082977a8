import type { PricedKind } from '../../shared/costs.ts';
import { pricesAsOf } from '../../shared/prices.ts';
import type { Destination } from '../../shared/settings.ts';
import { usePreferences } from '../settings/use-preferences.ts';
import { useTexts } from '../text/TextProvider.tsx';
import type { CostLines, Stored } from './cost-estimate.ts';
import { compareCosts, monthOf, pricedKinds, sendingPlanOf } from './cost-estimate.ts';

interface CostTableProps {
  /** The destination's own column, marked. */
  readonly here: PricedKind;
  readonly destination: Destination;
  readonly stored: Stored;
}

const lines = ['storage', 'unfinished', 'requests', 'egress', 'total'] as const;

/** The same month on the three systems, line by line, so that one sees where the difference comes from. */
export function CostTable({ here, destination, stored }: CostTableProps) {
  const { care, format } = useTexts();
  const words = care.costs;
  const { preferences } = usePreferences();
  const use = monthOf(stored, preferences.viewsPerVideo, sendingPlanOf(preferences));
  const costs = compareCosts(use, stored.unfinishedBytes ?? 0);
  const isCounted = stored.unfinishedBytes !== null;
  const said = (line: (typeof lines)[number], cost: CostLines) =>
    line === 'unfinished' && !isCounted ? '–' : format.usd(cost[line]);
  const priceOf = ({ egress }: CostLines) => (egress === 0 ? words.nothing : format.usd(egress));
  return (
    <>
      <table className="costs" aria-label={words.table}>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{words.table}</span>
            </th>
            {pricedKinds.map((kind) => (
              <th key={kind} scope="col" className={kind === here ? 'costs-here' : ''}>
                {words.kinds[kind]}
                {kind === here && <span className="costs-mark">{words.here}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line} className={`costs-${line}`}>
              <th scope="row">
                {words.lines[line]}
                {line === 'unfinished' && !isCounted && <span className="costs-note">{words.notCounted}</span>}
              </th>
              {pricedKinds.map((kind) => (
                <td key={kind} className={kind === here ? 'costs-here' : ''}>
                  {said(line, costs[kind])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="costs-why">
        {use.egressBytes === 0
          ? words.whyNobody
          : words.why(format.bytes(use.egressBytes), { r2: priceOf(costs.r2), s3: priceOf(costs.s3) })}
      </p>
      <p className="care-muted">
        {[
          words.prices(format.date(new Date(`${pricesAsOf}T00:00`).getTime())),
          ...(destination.kind === 'disk' ? [words.ownDisk] : []),
          ...(destination.kind === 's3' && destination.endpoint !== null ? [words.ownServer] : []),
          words.freeTiers,
        ].join(' ')}
      </p>
    </>
  );
}
