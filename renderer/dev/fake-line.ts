import type { LimitInForce } from '../../shared/schedule.ts';
import type { LineState } from '../../shared/upload.ts';

/** A speed that looks like a home line: it wanders around `around` and dips now and then. The same at every start. */
export function fakeSpeeds(count: number, around: number, seed = 1): readonly number[] {
  let drift = 0;
  return Array.from({ length: count }, (_, index) => {
    const wave = Math.sin((index + seed * 7) / 6) * 0.08;
    drift = drift * 0.85 + (noise(index + seed * 131) - 0.5) * 0.18;
    const start = Math.min(1, (index + 1) / 6);
    const dip = (index + seed * 5) % 37 === 0 ? 0.35 : 1;
    return Math.max(0, Math.round(around * start * dip * (1 + wave + drift)));
  });
}

/** 0 to 1, without Math.random: pictures and tests stay as they are. */
function noise(value: number): number {
  const wild = Math.sin(value * 12.9898) * 43_758.5453;
  return wild - Math.floor(wild);
}

export const noLimit: LimitInForce = { mbit: null, until: null, isBySchedule: false };
export const quietLine: LineState = { speeds: [], limit: noLimit, isGivingWay: false, connections: 0 };

export function busyLine(changed: Partial<LineState> = {}): LineState {
  return { ...quietLine, speeds: fakeSpeeds(120, 15.5e6, 3), connections: 6, ...changed };
}

/** The next value of a line that is watched live; the oldest one leaves. */
export function nextSpeeds(speeds: readonly number[], most: number): readonly number[] {
  const last = speeds.at(-1) ?? 12e6;
  const next = Math.max(2e6, last * (0.9 + Math.random() * 0.2) + (14e6 - last) * 0.08);
  return [...speeds, Math.round(next)].slice(-most);
}
