import type { CheckResult, DoctorReport } from '../../shared/doctor.ts';
import type { Destination } from '../../shared/settings.ts';
import type { DestinationTab } from '../state/panels.tsx';
import { useTexts } from '../text/TextProvider.tsx';
import { CheckItem } from './CheckItem.tsx';
import { grouped } from './doctor-summary.ts';

interface CheckListProps {
  readonly report: DoctorReport;
  readonly isOver: boolean;
  readonly destination: Destination;
  readonly onOpen: (tab: DestinationTab) => void;
}

/** In its order while it runs; when it is over, what needs a person first. */
export function CheckList({ report, isOver, destination, onOpen }: CheckListProps) {
  const { care } = useTexts();
  const words = care.check;
  const items = (checks: readonly CheckResult[]) => (
    <ul className="checks">
      {checks.map((check) => (
        <CheckItem key={check.name} check={check} destination={destination} onOpen={onOpen} />
      ))}
    </ul>
  );
  if (!isOver) return items(report.checks);
  const { toLookAt, works, notChecked } = grouped(report.checks);
  const groups = [
    [words.toLookAt, toLookAt],
    [words.works, works],
    [words.notChecked, notChecked],
  ] as const;
  return groups
    .filter(([, checks]) => checks.length > 0)
    .map(([title, checks]) => (
      <section key={title}>
        <h3 className="care-heading">{title}</h3>
        {items(checks)}
      </section>
    ));
}
