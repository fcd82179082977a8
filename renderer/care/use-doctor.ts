import { useEffect, useRef, useState } from 'react';
import type { DoctorReport } from '../../shared/doctor.ts';
import type { AppError } from '../../shared/errors.ts';
import { settled } from '../state/asked.ts';
import { useBridge } from '../state/services.tsx';

export interface Doctor {
  /** Of this destination, as it goes on; null before the first step. */
  readonly report: DoctorReport | null;
  readonly isRunning: boolean;
  /** Why the check could not begin. */
  readonly error: AppError | null;
  readonly run: () => void;
  readonly stop: () => void;
}

/** The configuration check of one destination. Nobody watches it any more when this is gone: then it ends. */
export function useDoctor(destinationId: string): Doctor {
  const bridge = useBridge();
  const [report, setReport] = useState<DoctorReport | null>(null);
  const [isRunning, setRunning] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const runs = useRef(0);

  useEffect(() => {
    const accept = (next: DoctorReport) => {
      if (next.destinationId !== destinationId) return;
      setReport((before) => (before === null || next.revision > before.revision ? next : before));
    };
    return bridge.onDoctorChanged(accept);
  }, [bridge, destinationId]);
  useEffect(
    () => () => {
      if (runs.current > 0) void settled(bridge.stopDoctor());
      runs.current = 0;
    },
    [bridge],
  );

  const run = async () => {
    runs.current += 1;
    setRunning(true);
    setError(null);
    const outcome = await settled(bridge.runDoctor(destinationId));
    if (runs.current === 0) return;
    runs.current -= 1;
    setRunning(runs.current > 0);
    if (outcome.state === 'refused') setError(outcome.error);
    if (outcome.state !== 'answered') return;
    const { answer } = outcome;
    setReport((before) => (before === null || answer.revision > before.revision ? answer : before));
  };
  return { report, isRunning, error, run: () => void run(), stop: () => void settled(bridge.stopDoctor()) };
}
