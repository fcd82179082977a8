/** happy-dom lays nothing out, and a virtual list in a box without size has no rows: for tests every box is large. */
export function giveElementsSize(): void {
  for (const side of ['clientWidth', 'clientHeight'] as const) {
    Object.defineProperty(HTMLElement.prototype, side, { configurable: true, get: () => 5000 });
  }
}
