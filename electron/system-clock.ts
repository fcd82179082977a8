import type { Clock } from './uploads/ports.ts';

/** Real time and chance. */
export const systemClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const interrupted = (): void => {
        clearTimeout(timer);
        reject(signal.reason as Error);
      };
      const timer = setTimeout(() => {
        signal.removeEventListener('abort', interrupted);
        resolve();
      }, ms);
      signal.addEventListener('abort', interrupted, { once: true });
    }),
};
