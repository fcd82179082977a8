import { Check, CircleAlert, Minus } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { TestReport, TestStep } from '../../shared/replies.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { Button } from '../ui/Button.tsx';
import type { FormKind } from './destination-fields.ts';
import type { DestinationFormState } from './use-destination-form.ts';

/** Less than this is the ordinary difference between two clocks. */
const noticeableClockMs = 60_000;

/** What the connection test proved, step by step; a failed step says why and what to do. */
export function TestResult({ form }: { readonly form: DestinationFormState }) {
  const { destination: words, errorText } = useTexts();
  const { test } = form;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (test.state === 'reported' || test.state === 'refused') place.current?.scrollIntoView({ block: 'end' });
  }, [test.state]);
  return (
    <div aria-live="polite" className="test" ref={place}>
      {test.state === 'running' && (
        <p className="test-running">
          <span className="spinner" aria-hidden />
          {words.testing}
        </p>
      )}
      {test.state === 'refused' && (
        <div className="note note-danger">
          <p className="note-title">{errorText(test.error).title}</p>
          <p>{errorText(test.error).hint}</p>
          {test.error.code === 'other-place' && (
            <p className="test-aside">
              <Button isDisabled={form.isSaving} onPress={() => void form.saveAsNew()}>
                {words.saveAsNew}
              </Button>
            </p>
          )}
          {test.error.detail !== undefined && <p className="note-detail">{test.error.detail}</p>}
        </div>
      )}
      {test.state === 'reported' && <Report report={test.report} form={form} />}
    </div>
  );
}

function Report({ report, form }: { readonly report: TestReport; readonly form: DestinationFormState }) {
  const { destination: words } = useTexts();
  const { region } = report;
  const [passed, failed] =
    form.kind === 'disk' ? [words.folderPassed, words.folderFailed] : [words.testPassed, words.testFailed];
  const isElsewhere = region !== null && form.kind === 's3' && region !== form.values.region.trim();
  return (
    <div className={`note ${report.passed ? 'note-success' : 'note-danger'}`}>
      <p className="note-title">{report.passed ? passed : failed}</p>
      <ol className="test-steps">
        {report.steps.map((step) => (
          <Step key={step.step} step={step} kind={form.kind} />
        ))}
      </ol>
      {isElsewhere && (
        <p className="test-aside">
          {words.regionIs(region)}
          <Button onPress={() => form.change({ region })}>{words.takeRegion(region)}</Button>
        </p>
      )}
      <ClockNote behindMs={report.clockBehindMs} />
      <p className="note-detail">{words.testAskedAt(report.endpoint)}</p>
    </div>
  );
}

const stepIcons = { passed: Check, failed: CircleAlert, skipped: Minus } as const;

function Step({ step, kind }: { readonly step: TestStep; readonly kind: FormKind }) {
  const { destination: words, errorText } = useTexts();
  const Icon = stepIcons[step.state];
  const error = step.error === null ? null : errorText(step.error);
  const own = kind === 'disk' ? words.folderSteps[step.step] : undefined;
  const passed = own?.passed ?? words.stepPassed[step.step];
  const said = step.state === 'passed' ? passed : words.stepSkipped;
  return (
    <li className={`test-step test-step-${step.state}`}>
      <Icon className="icon" aria-hidden />
      <div>
        <span className="test-step-name">{own?.name ?? words.stepNames[step.step]}</span>
        <span className="test-step-said">{error === null ? said : `${error.title}. ${error.hint}`}</span>
        {step.error?.detail !== undefined && <span className="note-detail">{step.error.detail}</span>}
      </div>
    </li>
  );
}

function ClockNote({ behindMs }: { readonly behindMs: number | null }) {
  const { destination: words, format } = useTexts();
  if (behindMs === null || Math.abs(behindMs) < noticeableClockMs) return null;
  const duration = format.duration(Math.abs(behindMs) / 1000);
  return <p className="test-aside">{behindMs > 0 ? words.clockBehind(duration) : words.clockAhead(duration)}</p>;
}
