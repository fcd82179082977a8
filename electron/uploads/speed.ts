/** Length of the sliding window, milliseconds: long enough to be calm, short enough to follow the link. */
const windowMs = 8_000;
/** Before this much time nothing is said: the first part would promise too much or too little. */
const settleMs = 1_500;

interface Sample {
  readonly at: number;
  readonly bytes: number;
}

/** Samples of "so many bytes by then", oldest first. A value: `addSample` returns the next one. */
export type SpeedWindow = readonly Sample[];

export function addSample(window: SpeedWindow, at: number, bytes: number): SpeedWindow {
  // Several calls within a tenth of a second are one sample; the list stays below a hundred entries.
  const before = window.at(-2);
  const kept = before !== undefined && at - before.at < 100 ? window.slice(0, -1) : window;
  return [...kept.filter((sample) => sample.at >= at - windowMs), { at, bytes }];
}

/** Bytes per second over the window, or null while there is too little to go by. */
export function bytesPerSecond(window: SpeedWindow, now: number): number | null {
  const first = window[0];
  const last = window.at(-1);
  if (first === undefined || last === undefined || now - first.at < settleMs) return null;
  return Math.max(0, ((last.bytes - first.bytes) * 1000) / (now - first.at));
}

/** Whole seconds left, at least 1; null when nothing moves. */
export function etaSeconds(remainingBytes: number, speed: number | null): number | null {
  if (speed === null || speed < 1) return null;
  return Math.max(1, Math.ceil(remainingBytes / speed));
}
