import { CircleCheck, ShieldCheck } from 'lucide-react';
import { useRows } from '../state/use-rows.ts';
import type { Texts } from '../text/texts.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { ProgressBar } from '../ui/ProgressBar.tsx';
import { LineNow } from './LineNow.tsx';
import { totalsOf } from './totals-of.ts';
import type { TotalNumbers } from './totals-of.ts';
import './foot.css';

/** The foot: how many of how many, how fast, how long, and what is in force. */
export function Totals() {
  const texts = useTexts();
  const totals = totalsOf(useRows());
  // A list of nothing but skipped and deleted videos is neither under way nor sent.
  const isEmpty = totals.all === 0;
  const isDone = !isEmpty && totals.completed === totals.all;
  const isVerified = totals.verified === totals.all;
  const DoneIcon = isVerified ? ShieldCheck : CircleCheck;
  const done = texts.window.totalsDone(texts.format.integer(totals.completed), texts.format.integer(totals.all));
  return (
    <footer className="foot">
      {!isDone && !isEmpty && (
        <div className="foot-progress">
          <ProgressBar label={done} share={totals.share} tone={totals.bytesPerSecond === null ? 'muted' : 'accent'} />
        </div>
      )}
      <div className="foot-line">
        {isDone && <DoneIcon className={`icon foot-done${isVerified ? ' foot-verified' : ''}`} aria-hidden />}
        {!isEmpty && <span className="foot-strong">{isDone ? texts.window.allDone(isVerified) : done}</span>}
        {totals.failed > 0 && <span className="foot-failed">{texts.window.totalsFailed(totals.failed)}</span>}
        {movement(totals, texts).map((words) => (
          <span key={words} className="foot-number">
            {words}
          </span>
        ))}
        <LineNow bytesPerSecond={totals.bytesPerSecond} />
      </div>
    </footer>
  );
}

function movement(totals: TotalNumbers, { window: words, format }: Texts): readonly string[] {
  if (totals.pending === 0 && totals.paused > 0) return [words.totalsPaused];
  if (totals.bytesPerSecond === null) return [];
  const speed = format.speed(totals.bytesPerSecond);
  return totals.etaSeconds === null ? [speed] : [speed, words.timeLeft(format.duration(totals.etaSeconds))];
}
