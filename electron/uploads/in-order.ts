/**
 * Prepares several items at once and finishes each in the order of the list; what `prepare` answers is begun in that
 * order, and may go on beside the next ones. Whatever fails is told for its item. Never rejects.
 */
export async function inOrder<T>(
  items: readonly T[],
  atOnce: number,
  prepare: (item: T) => Promise<() => Promise<void>>,
  onFailure: (item: T, thrown: unknown) => void,
): Promise<void> {
  const preparing = new Map<number, Promise<(() => Promise<void>) | null>>();
  const finishing = new Set<Promise<void>>();
  const begin = (index: number): void => {
    const item = items[index];
    if (item === undefined) return;
    const prepared = prepare(item).catch((thrown: unknown) => {
      onFailure(item, thrown);
      return null;
    });
    preparing.set(index, prepared);
  };
  for (let index = 0; index < Math.min(atOnce, items.length); index += 1) begin(index);
  for (const [index, item] of items.entries()) {
    const finish = await preparing.get(index);
    preparing.delete(index);
    begin(index + atOnce);
    if (finish === null || finish === undefined) continue;
    const task = finish()
      .catch((thrown: unknown) => onFailure(item, thrown))
      .finally(() => finishing.delete(task));
    finishing.add(task);
    if (finishing.size >= atOnce) await Promise.race(finishing);
  }
  await Promise.all(finishing);
}
