/** What work settles with, unless the signal comes first: for what cannot be stopped, or must not be. */
export function unlessInterrupted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const interrupt = (): void => reject(signal.reason as Error);
    const stopListening = (): void => signal.removeEventListener('abort', interrupt);
    signal.addEventListener('abort', interrupt, { once: true });
    work.then(resolve, reject).finally(stopListening).catch(stopListening);
    if (signal.aborted) interrupt();
  });
}
