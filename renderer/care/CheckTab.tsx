import { CircleCheck, CircleX, Copy, Stethoscope, TriangleAlert } from 'lucide-react';
import type { DoctorReport } from '../../shared/doctor.ts';
import type { Destination } from '../../shared/settings.ts';
import type { DestinationTab } from '../state/panels.tsx';
import { useBridge } from '../state/services.tsx';
import { useCommand } from '../state/use-command.ts';
import { useSettings } from '../state/use-settings.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { Button } from '../ui/Button.tsx';
import { ProgressBar } from '../ui/ProgressBar.tsx';
import { useToast } from '../ui/Toast.tsx';
import { CareRefusal } from './CareRefusal.tsx';
import { CheckList } from './CheckList.tsx';
import { reportText, summaryOf } from './doctor-summary.ts';
import type { Summary } from './doctor-summary.ts';
import type { Doctor } from './use-doctor.ts';

interface CheckTabProps {
  readonly destination: Destination;
  readonly doctor: Doctor;
  readonly onOpen: (tab: DestinationTab) => void;
}

/** The configuration check: one button, then each thing as it is tried, and in the end what is to be done. */
export function CheckTab({ destination, doctor, onOpen }: CheckTabProps) {
  const { care } = useTexts();
  const words = care.check;
  const { report, isRunning, error, run, stop } = doctor;
  if (error !== null) {
    return <CareRefusal title={words.refused} error={error} destinationId={destination.id} onAgain={run} />;
  }
  if (report === null) return <NotYet isRunning={isRunning} onStart={run} />;
  return (
    <div className="care">
      <div className="care-head">
        <SummaryLine report={report} isRunning={isRunning} />
        {isRunning ? (
          <Button onPress={stop}>{words.stop}</Button>
        ) : (
          <Button icon={Stethoscope} onPress={run}>
            {words.again}
          </Button>
        )}
      </div>
      <CheckList report={report} isOver={!isRunning} destination={destination} onOpen={onOpen} />
      {!isRunning && <CopyReport report={report} destination={destination} />}
    </div>
  );
}

/** Before the first check: one button, in the middle. */
function NotYet({ isRunning, onStart }: { readonly isRunning: boolean; readonly onStart: () => void }) {
  const { care } = useTexts();
  return (
    <div className="care-empty care-start">
      <Stethoscope className="icon" aria-hidden />
      <p className="care-intro">{care.check.intro}</p>
      <Button tone="accent" className="button-large" isDisabled={isRunning} onPress={onStart}>
        {care.check.start}
      </Button>
    </div>
  );
}

const looks = {
  running: { icon: Stethoscope, tone: 'accent' },
  stopped: { icon: TriangleAlert, tone: 'warning' },
  fine: { icon: CircleCheck, tone: 'success' },
  warned: { icon: TriangleAlert, tone: 'warning' },
  'failed-beside': { icon: CircleX, tone: 'danger' },
  'failed-uploads': { icon: CircleX, tone: 'danger' },
} as const satisfies Readonly<Record<Summary['kind'], unknown>>;

function SummaryLine({ report, isRunning }: { readonly report: DoctorReport; readonly isRunning: boolean }) {
  const { care, doctor } = useTexts();
  const words = care.check;
  const summary = summaryOf(report);
  const said = useSummaryWords(summary);
  const { icon: Icon, tone } = looks[summary.kind];
  return (
    <div className="care-summary" aria-live="polite">
      <span className={`care-summary-icon tone-${tone}`} aria-hidden>
        {summary.kind === 'running' ? <span className="spinner" /> : <Icon className="icon" />}
      </span>
      <div className="care-summary-words">
        <p className="care-summary-title">{said}</p>
        {summary.kind === 'running' ? (
          <ProgressBar
            label={said}
            share={summary.all === 0 ? 0 : summary.done / summary.all}
            tone="accent"
            isMoving={isRunning}
          />
        ) : (
          <p className="care-muted">
            {[summary.kind === 'fine' ? words.fineHint : '', report.isCleanedUp ? words.cleanedUp : doctor.notCleanedUp]
              .join(' ')
              .trim()}
          </p>
        )}
      </div>
    </div>
  );
}

function useSummaryWords(summary: Summary): string {
  const { care, format } = useTexts();
  const words = care.check;
  switch (summary.kind) {
    case 'running':
      return words.running(format.integer(summary.done), format.integer(summary.all));
    case 'stopped':
      return words.stopped;
    case 'fine':
      return words.fine;
    case 'warned':
      return words.warned(summary.count);
    case 'failed-beside':
      return words.failedBeside(summary.count);
    case 'failed-uploads':
      return words.failedUploads(summary.count);
  }
}

function CopyReport({ report, destination }: { readonly report: DoctorReport; readonly destination: Destination }) {
  const { care } = useTexts();
  const words = care.check;
  const { appVersion } = useSettings();
  const bridge = useBridge();
  const command = useCommand();
  const toast = useToast();
  const copy = async () => {
    if ((await command(bridge.copyDetails(reportText(report, destination, appVersion)))) === undefined) return;
    toast({ tone: 'success', title: words.reportCopied });
  };
  return (
    <div className="care-buttons">
      <Button tone="quiet" icon={Copy} onPress={() => void copy()}>
        {words.copyReport}
      </Button>
    </div>
  );
}
