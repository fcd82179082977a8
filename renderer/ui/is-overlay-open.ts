/** A dialog or a menu stands above the window. A toast does not count: it leaves the keys to what is below. */
export function isOverlayOpen(): boolean {
  return document.querySelector('.modal-overlay, .popover') !== null;
}
