import { Check, CircleAlert, Minus } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { ReceiptCheck, ReceiptReport } from '../../shared/receipt.ts';
import type { Asked } from '../state/asked.ts';
import type { ErrorAction } from '../text/error-action.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { Refusal } from './Refusal.tsx';
import { outcomeOf } from './receipt-lines.ts';

interface CheckReportProps {
  readonly report: Asked<ReceiptReport>;
  readonly onAgain: () => void;
  readonly onMend: (action: ErrorAction) => void;
}

/** What a second look at the object found, compared with the receipt. */
export function CheckReport({ report, onAgain, onMend }: CheckReportProps) {
  const { receipt: words } = useTexts();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (report.state !== 'none') place.current?.scrollIntoView({ block: 'end' });
  }, [report.state]);
  return (
    <div aria-live="polite" className="test" ref={place}>
      {report.state === 'asking' && (
        <p className="test-running">
          <span className="spinner" aria-hidden />
          {words.checking}
        </p>
      )}
      {report.state === 'refused' && (
        <Refusal title={words.failedToCheck} error={report.error} onAgain={onAgain} onMend={onMend} />
      )}
      {report.state === 'answered' && <Findings report={report.answer} />}
    </div>
  );
}

const tones = { passed: 'success', changed: 'danger', unsure: 'warning' } as const;

function Findings({ report }: { readonly report: ReceiptReport }) {
  const { receipt: words } = useTexts();
  const outcome = outcomeOf(report);
  return (
    <div className={`note note-${tones[outcome]}`}>
      <p className="note-title">{words[outcome]}</p>
      <ul className="test-steps receipt-checks">
        {report.checks.map((check) => (
          <Finding key={check.what} check={check} />
        ))}
      </ul>
    </div>
  );
}

const icons = { same: Check, different: CircleAlert, unknown: Minus } as const;
const stepNames = { same: 'passed', different: 'failed', unknown: 'skipped' } as const;

function Finding({ check: { what, result } }: { readonly check: ReceiptCheck }) {
  const { receipt: words } = useTexts();
  const Icon = icons[result];
  const said = what === 'exists' ? words.existence : words.results;
  return (
    <li className={`test-step test-step-${stepNames[result]}`}>
      <Icon className="icon" aria-hidden />
      <div>
        <span className="test-step-name">{words.checks[what]}</span>
        <span className="test-step-said">{said[result]}</span>
      </div>
    </li>
  );
}
