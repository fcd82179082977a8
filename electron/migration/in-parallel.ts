/** Does `work` for several items at once; what it makes comes in the order of the items. */
export async function* inParallel<T, R>(
  items: AsyncIterable<T>,
  atOnce: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const running: Array<Promise<R>> = [];
  for await (const item of items) {
    const begun = work(item);
    // It may fail before its turn comes, and after nobody listens any more.
    begun.catch(() => undefined);
    running.push(begun);
    if (running.length >= atOnce) yield await (running.shift() as Promise<R>);
  }
  for (let next = running.shift(); next !== undefined; next = running.shift()) yield await next;
}
