import { type LimitInForce, type ScheduleRule, limitAt } from '../../shared/schedule.ts';
import type { LineState } from '../../shared/upload.ts';
import { ByteBudget } from './byte-budget.ts';
import { type GiveWay, isGivingWay, look, notGivingWay } from './give-way.ts';
import type { Clock } from './ports.ts';

/** Points of the plot that the window shows: two minutes. */
const plotSeconds = 120;
const bytesPerMbit = 1_000_000 / 8;

export interface LineSettings {
  /** Mbit/s; null without a limit. */
  readonly limitMbit: number | null;
  readonly schedule: readonly ScheduleRule[];
  readonly givesWay: boolean;
}

/**
 * The line out of this computer, which all uploads share: what has gone over it, and how much may. The limit of the
 * moment is the smallest of the person's, the schedule's and, where it is wanted, of what leaves room for others.
 */
export class Line {
  readonly #clock: Clock;
  readonly #settings: () => LineSettings;
  readonly #budget: ByteBudget;
  #limit: LimitInForce;
  #giveWay: GiveWay = notGivingWay;
  #speeds: readonly number[] = [];
  /** Bytes since the last second. */
  #moved = 0;

  constructor(clock: Clock, settings: () => LineSettings) {
    this.#clock = clock;
    this.#settings = settings;
    this.#budget = new ByteBudget(clock);
    this.#limit = this.#limitNow();
    this.#apply();
  }

  /** Nothing may be sent until this moment (epoch ms); null when sending is allowed. */
  get closedUntil(): number | null {
    return this.#limit.mbit === 0 ? (this.#limit.until ?? Infinity) : null;
  }

  /** When the schedule brings another limit, epoch ms. */
  get changesAt(): number | null {
    return this.#limit.until;
  }

  get wantsRoundTrips(): boolean {
    return this.#settings().givesWay;
  }

  /** Settings have changed, or the moment of `changesAt` has come. */
  refresh(): void {
    this.#limit = this.#limitNow();
    if (!this.#settings().givesWay) this.#giveWay = notGivingWay;
    this.#apply();
  }

  /** How many of the wanted bytes may be sent now; waits for the limit's sake. */
  take(wanted: number, signal: AbortSignal): Promise<number> {
    return this.#budget.take(wanted, signal);
  }

  moved(bytes: number): void {
    this.#moved += bytes;
  }

  /** To be called once a second while anything is sent. */
  tick(roundTripMs: number | null): void {
    const bytes = this.#moved;
    this.#moved = 0;
    this.#speeds = [...this.#speeds, bytes].slice(-plotSeconds);
    if (this.wantsRoundTrips && roundTripMs !== null) {
      this.#giveWay = look(this.#giveWay, roundTripMs, bytes);
      this.#apply();
    }
  }

  /** Nothing is sent any more. */
  rest(): void {
    this.#moved = 0;
    this.#speeds = [];
    // What was learned of the line is true for the next upload as well, unless it was only begun to be learned.
    const { learning } = this.#giveWay;
    if (learning !== null) this.#giveWay = { ...notGivingWay, roundTrips: this.#giveWay.roundTrips };
    this.#apply();
  }

  /** A limit holds the speed down: it says nothing about the link. */
  get isHeldBack(): boolean {
    return this.#limit.mbit !== null || this.#giveWay.rate !== null;
  }

  state(connections: number): LineState {
    return { speeds: this.#speeds, limit: this.#limit, isGivingWay: isGivingWay(this.#giveWay), connections };
  }

  #limitNow(): LimitInForce {
    const { limitMbit, schedule } = this.#settings();
    return limitAt(limitMbit, schedule, this.#clock.now());
  }

  #apply(): void {
    const byPerson = this.#limit.mbit === null ? Infinity : this.#limit.mbit * bytesPerMbit;
    const rate = Math.min(byPerson, this.#giveWay.rate ?? Infinity);
    // Zero closes the line before anything asks for bytes; what is on its way then may end.
    this.#budget.setRate(rate === Infinity || rate === 0 ? null : rate);
  }
}
