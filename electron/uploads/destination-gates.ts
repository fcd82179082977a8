import type { AppError } from '../../shared/errors.ts';
import type { DestinationState } from '../../shared/upload.ts';
import type { Clock, Destinations } from './ports.ts';

/** Between two looks at whether a destination answers again; with the probe's own limit less than five seconds. */
const probeEveryMs = 2_000;
const probeTimeoutMs = 2_500;

interface ClosedGate {
  readonly state: 'offline' | 'blocked' | 'slowed';
  readonly error: AppError;
  /** Epoch ms at which it opens by itself; 0 where something else than time opens it. */
  readonly until: number;
  /** Ends the wait that opens it. */
  readonly opener: AbortController;
}

/**
 * One gate per destination. What is wrong with a destination is wrong once: its uploads wait at the gate instead of
 * failing one after the other. Offline opens when the destination answers, slowed by time, blocked by a person.
 */
export class DestinationGates {
  readonly #closed = new Map<string, ClosedGate>();
  /** How often each gate was opened: tells a run that began before from one that began after. */
  readonly #openings = new Map<string, number>();
  readonly #clock: Clock;
  readonly #destinations: Destinations;
  readonly #onChange: (destinationId: string, isOpen: boolean) => void;

  constructor(
    clock: Clock,
    destinations: Destinations,
    onChange: (destinationId: string, isOpen: boolean) => void,
  ) {
    this.#clock = clock;
    this.#destinations = destinations;
    this.#onChange = onChange;
  }

  isOpen(destinationId: string): boolean {
    return !this.#closed.has(destinationId);
  }

  /** A cancel asks again where a person has to mend something: the bucket that is gone has nothing left to abort. */
  isOpenForCancel(destinationId: string): boolean {
    const gate = this.#closed.get(destinationId);
    return gate === undefined || gate.state === 'blocked';
  }

  openings(destinationId: string): number {
    return this.#openings.get(destinationId) ?? 0;
  }

  closeOffline(destinationId: string, error: AppError): void {
    if (this.#closed.has(destinationId)) return;
    const { signal } = this.#close(destinationId, 'offline', error);
    void this.#openWhenReachable(destinationId, signal);
  }

  closeBlocked(destinationId: string, error: AppError): void {
    this.#close(destinationId, 'blocked', error);
  }

  /** The longest wait that was asked for holds. */
  closeUntil(destinationId: string, error: AppError, at: number): void {
    const gate = this.#closed.get(destinationId);
    if (gate !== undefined && (gate.state !== 'slowed' || gate.until >= at)) return;
    const { signal } = this.#close(destinationId, 'slowed', error, at);
    void this.#clock.sleep(Math.max(0, at - this.#clock.now()), signal).then(
      () => this.open(destinationId),
      () => undefined,
    );
  }

  /** Opened by a person, new credentials, a waking computer, or by itself. */
  open(destinationId: string): void {
    this.#openings.set(destinationId, this.openings(destinationId) + 1);
    const gate = this.#closed.get(destinationId);
    if (gate === undefined) return;
    this.#closed.delete(destinationId);
    gate.opener.abort();
    this.#onChange(destinationId, true);
  }

  /** A sign that the network may be back: whatever waits for it tries at once. */
  openOffline(): void {
    for (const [id, gate] of this.#closed) if (gate.state === 'offline') this.open(id);
  }

  states(): readonly DestinationState[] {
    return [...this.#closed].map(([id, { state, error }]) =>
      state === 'slowed' ? { id, state: 'ready', error: null } : { id, state, error },
    );
  }

  stop(): void {
    for (const gate of this.#closed.values()) gate.opener.abort();
    this.#closed.clear();
  }

  #close(destinationId: string, state: ClosedGate['state'], error: AppError, until = 0): AbortController {
    this.#closed.get(destinationId)?.opener.abort();
    const opener = new AbortController();
    this.#closed.set(destinationId, { state, error, until, opener });
    this.#onChange(destinationId, false);
    return opener;
  }

  async #openWhenReachable(destinationId: string, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#clock.sleep(probeEveryMs, signal).catch(() => undefined);
      const isBack = !signal.aborted && (await this.#isReachable(destinationId, signal));
      // The gate may have been closed for another reason while the probe was out.
      if (isBack && !signal.aborted) return this.open(destinationId);
    }
  }

  async #isReachable(destinationId: string, signal: AbortSignal): Promise<boolean> {
    const timeout = new AbortController();
    void this.#clock.sleep(probeTimeoutMs, signal).then(
      () => timeout.abort(),
      () => undefined,
    );
    try {
      const storage = await this.#destinations.storageFor(destinationId);
      return await storage.isReachable(AbortSignal.any([signal, timeout.signal]));
    } catch {
      // No answer is the answer; settings that are gone are found by the next run, which says so.
      return false;
    }
  }
}
