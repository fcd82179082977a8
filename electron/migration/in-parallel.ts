/** Does `work` for several items at once; what it makes comes in the order of the items. */
export async function* inParallel<T, R>(
  items: AsyncIterable<T>,
  atOnce: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const running: Array<Promise<R>> = [];
  try {
    for await (const item of items) {
      running.push(work(item));
      if (running.length >= atOnce) yield await (running.shift() as Promise<R>);
    }
    for (let next = running.shift(); next !== undefined; next = running.shift()) yield await next;
  } finally {
    // Whoever stops listening need not hear how the rest ended.
    for (const rest of running) rest.catch(() => undefined);
  }
}
