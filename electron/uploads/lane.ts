import { type LinkPace, afterPushBack, afterSecond, fixedPace, startPace } from './link-pace.ts';
import { PartSlots } from './part-slots.ts';
import type { Line } from './line.ts';
import type { ObjectStorage } from './ports.ts';

/** A round trip that is so much above its floor has waited in a queue: milliseconds, and share of the floor. */
const queueMs = 10;
const queueShare = 0.25;
/** Several requests are refused at once when a server is busy: that is one push-back. Milliseconds. */
const samePushBackMs = 2_000;

/** The way to one destination: how many requests go at once, and how they fare. */
export class Lane {
  readonly slots: PartSlots;
  /** Null on the way to a disk of this computer. */
  readonly #line: Line | null;
  #setting: number | 'auto';
  #pace: LinkPace;
  #bytes = 0;
  #pushedBackAt = -Infinity;
  #roundTripMs: number | null = null;
  #floorMs = Infinity;
  #measuring = false;

  constructor(line: Line | null, setting: number | 'auto') {
    this.#line = line;
    this.#setting = setting;
    this.#pace = setting === 'auto' ? startPace(null) : fixedPace(setting);
    this.slots = new PartSlots(this.#pace.connections);
  }

  get connections(): number {
    return this.#pace.connections;
  }

  get isLocal(): boolean {
    return this.#line === null;
  }

  /** The last measured one, milliseconds. */
  get roundTripMs(): number | null {
    return this.#roundTripMs;
  }

  /** Whether round trips help to decide how many connections there are to be. */
  get wantsRoundTrips(): boolean {
    return this.#setting === 'auto' && this.#pace.phase === 'trying';
  }

  get #isLineFull(): boolean {
    const above = (this.#roundTripMs ?? 0) - this.#floorMs;
    return above > queueMs && above > this.#floorMs * queueShare;
  }

  use(setting: number | 'auto'): void {
    if (setting === this.#setting) return;
    this.#setting = setting;
    this.#follow(setting === 'auto' ? startPace(this.#roundTripMs) : fixedPace(setting));
  }

  take(wanted: number, signal: AbortSignal): Promise<number> {
    return this.#line?.take(wanted, signal) ?? Promise.resolve(wanted);
  }

  moved(bytes: number): void {
    this.#bytes += bytes;
    this.#line?.moved(bytes);
  }

  pushedBack(now: number): void {
    if (now - this.#pushedBackAt < samePushBackMs) return;
    this.#pushedBackAt = now;
    this.#follow(afterPushBack(this.#pace));
  }

  /** A second has passed. Says nothing about the link unless every permit was in use and nothing held us back. */
  second(): void {
    const bytes = this.#bytes;
    this.#bytes = 0;
    const isFull = this.slots.inUse >= this.#pace.connections && this.#line?.isHeldBack !== true;
    if (isFull) this.#follow(afterSecond(this.#pace, bytes, this.#isLineFull));
  }

  /** Takes the round trip; the first one decides how many connections to begin with. */
  async measure(storage: ObjectStorage, signal: AbortSignal): Promise<void> {
    if (this.#measuring) return;
    this.#measuring = true;
    try {
      const isFirst = this.#roundTripMs === null;
      this.#roundTripMs = await storage.roundTrip(signal);
      this.#floorMs = Math.min(this.#floorMs, this.#roundTripMs ?? Infinity);
      if (isFirst && this.#setting === 'auto') this.#follow(startPace(this.#roundTripMs));
    } catch {
      // Without an answer the last one holds; whether the destination can be reached is the gate's question.
    } finally {
      this.#measuring = false;
    }
  }

  #follow(pace: LinkPace): void {
    this.#pace = pace;
    this.slots.setLimit(pace.connections);
  }
}
