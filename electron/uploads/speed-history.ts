/**
 * Speed over a whole transfer in a bounded number of points: when they are full, two neighbours become one and each
 * stands for twice the time. So an upload of ten seconds and one of ten hours have a curve of the same length.
 */
export class SpeedHistory {
  readonly #capacity: number;
  #points: number[] = [];
  #seconds = 1;
  /** Bytes and seconds that do not make up a point yet. */
  #open = { bytes: 0, seconds: 0 };

  /** `capacity`: even, points kept at most. */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** To be called once a second with the bytes of that second. */
  add(bytes: number): void {
    this.#open.bytes += bytes;
    this.#open.seconds += 1;
    if (this.#open.seconds < this.#seconds) return;
    this.#points.push(Math.round(this.#open.bytes / this.#open.seconds));
    this.#open = { bytes: 0, seconds: 0 };
    if (this.#points.length < this.#capacity) return;
    this.#points = this.#points.flatMap((speed, n) => (n % 2 === 0 ? [(speed + (this.#points[n + 1] ?? speed)) / 2] : []));
    this.#seconds *= 2;
  }

  /** Bytes per second at even distances, oldest first. */
  get points(): readonly number[] {
    return this.#points;
  }
}
