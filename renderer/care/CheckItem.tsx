import { CircleAlert, CircleCheck, CircleDashed, CircleX, Copy, Minus } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { CheckResult } from '../../shared/doctor.ts';
import type { Destination } from '../../shared/settings.ts';
import type { DestinationTab } from '../state/panels.tsx';
import { useBridge } from '../state/services.tsx';
import { useCommand } from '../state/use-command.ts';
import { checkWords } from '../text/check-words.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { IconButton } from '../ui/Button.tsx';
import { Mend } from './Mend.tsx';

import { detailsOf } from './doctor-summary.ts';

interface CheckItemProps {
  readonly check: CheckResult;
  readonly destination: Destination;
  readonly onOpen: (tab: DestinationTab) => void;
}

const icons: Readonly<Record<Exclude<CheckResult['state'], 'running'>, LucideIcon>> = {
  waiting: CircleDashed,
  passed: CircleCheck,
  warned: CircleAlert,
  failed: CircleX,
  skipped: Minus,
};

/** One thing that was looked at: a line where it works; cause, remedy and the button that mends it where it does not. */
export function CheckItem({ check, destination, onOpen }: CheckItemProps) {
  const texts = useTexts();
  const { name, state, said, remedy } = checkWords(check, texts);
  const isTrouble = check.state === 'failed' || check.state === 'warned';
  return (
    <li className={`check check-${check.state}`} data-testid={`check-${check.name}`}>
      {check.state === 'running' ? (
        <span className="spinner check-icon" aria-hidden />
      ) : (
        <StateIcon state={check.state} />
      )}
      <div className="check-words">
        <p className="check-line">
          <span className="check-name">{name}</span>
          <span className={isTrouble ? 'check-state' : 'visually-hidden'}>{state}</span>
          {!isTrouble && <span className="check-said">{said}</span>}
        </p>
        {isTrouble && (
          <>
            <p>{said}</p>
            {remedy !== '' && <p className="care-muted">{remedy}</p>}
            <Mend check={check} destination={destination} onOpen={onOpen} />
          </>
        )}
      </div>
      {isTrouble && <CopyCheck check={check} name={name} />}
    </li>
  );
}

function StateIcon({ state }: { readonly state: keyof typeof icons }) {
  const Icon = icons[state];
  return <Icon className="icon check-icon" aria-hidden />;
}

function CopyCheck({ check, name }: { readonly check: CheckResult; readonly name: string }) {
  const { care } = useTexts();
  const bridge = useBridge();
  const command = useCommand();
  const details = detailsOf(check);
  if (details === '') return null;
  return (
    <IconButton
      icon={Copy}
      label={care.check.copyDetailsOf(name)}
      onPress={() => void command(bridge.copyDetails(details))}
    />
  );
}
