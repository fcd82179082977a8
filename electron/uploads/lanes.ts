import { Lane } from './lane.ts';
import type { Line } from './line.ts';
import type { Clock, ObjectStorage } from './ports.ts';

const secondMs = 1_000;
/** Parts written to a disk at once: one is read while the other is flushed; more would make heads jump. */
const localParts = 2;

interface LanesWorld {
  readonly clock: Clock;
  readonly line: Line;
  readonly partsInParallel: () => number | 'auto';
  /** A disk of this computer: no line is used. */
  readonly isLocal: (destinationId: string) => boolean;
  /** Called once a second while anything runs. */
  readonly onSecond: () => void;
}

/** The lanes to all destinations, and the beat by which they and the line are looked at. */
export class Lanes {
  readonly #world: LanesWorld;
  readonly #lanes = new Map<string, Lane>();
  /** Runs in progress, with what they send to. */
  readonly #runs = new Map<symbol, { readonly lane: Lane; readonly storage: ObjectStorage }>();
  #beat: AbortController | null = null;

  constructor(world: LanesWorld) {
    this.#world = world;
  }

  /** A run begins. `leave` when it has ended. */
  enter(destinationId: string, storage: ObjectStorage): { readonly lane: Lane; readonly leave: () => void } {
    const lane = this.#lanes.get(destinationId) ?? this.#newLane(destinationId);
    this.#lanes.set(destinationId, lane);
    const run = Symbol(destinationId);
    this.#runs.set(run, { lane, storage });
    this.#begin();
    if (lane.roundTripMs === null && this.#beat !== null) void lane.measure(storage, this.#beat.signal);
    return {
      lane,
      leave: () => {
        this.#runs.delete(run);
        if (this.#runs.size === 0) this.#end();
      },
    };
  }

  settingsChanged(): void {
    for (const lane of this.#lanes.values()) if (!lane.isLocal) lane.use(this.#world.partsInParallel());
  }

  #newLane(destinationId: string): Lane {
    const { line, partsInParallel, isLocal } = this.#world;
    return isLocal(destinationId) ? new Lane(null, localParts) : new Lane(line, partsInParallel());
  }

  /** Requests with a body in flight. */
  get connections(): number {
    let count = 0;
    for (const { slots } of this.#lanes.values()) count += slots.inUse;
    return count;
  }

  #begin(): void {
    if (this.#beat !== null) return;
    this.#beat = new AbortController();
    this.#keepTime(this.#beat.signal).catch(() => undefined);
  }

  #end(): void {
    this.#beat?.abort();
    this.#beat = null;
    this.#world.line.rest();
  }

  async #keepTime(signal: AbortSignal): Promise<void> {
    for (;;) {
      await this.#world.clock.sleep(secondMs, signal);
      const active = new Map([...this.#runs.values()].map(({ lane, storage }) => [lane, storage]));
      for (const lane of active.keys()) lane.second();
      const first = [...active.keys()].find((lane) => !lane.isLocal);
      this.#world.line.tick(first?.roundTripMs ?? null);
      for (const [lane, storage] of active) {
        if (this.#world.line.wantsRoundTrips || lane.wantsRoundTrips) void lane.measure(storage, signal);
      }
      this.#world.onSecond();
    }
  }
}
