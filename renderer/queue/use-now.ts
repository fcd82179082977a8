import { useSyncExternalStore } from 'react';

/** The time in whole seconds (epoch milliseconds), kept up to date while something counts down. */
export function useNow(isTicking: boolean): number {
  return useSyncExternalStore(isTicking ? everySecond : never, currentSecond);
}

function everySecond(notify: () => void): () => void {
  const timer = setInterval(notify, 1000);
  return () => clearInterval(timer);
}

function never(): () => void {
  return () => undefined;
}

function currentSecond(): number {
  return Math.floor(Date.now() / 1000) * 1000;
}
