/** Most connections to one destination. On lossy and far links more have carried hardly more (docs/performance.md). */
export const maxConnections = 32;

/** Connections to begin with, by the round trip from which on they hold (milliseconds). */
const beginnings = [
  { from: 100, connections: 32 },
  { from: 25, connections: 16 },
  { from: 0, connections: 4 },
] as const;

/** Seconds after a change before throughput is believed: new connections fill buffers and have to find their speed. */
const settleSeconds = 1;
/** Seconds that throughput is measured for. */
const measureSeconds = 2;
/** More connections have to bring at least this factor to be worth keeping, and to try still more. */
const worthwhile = 1.12;
/** Seconds until more connections are tried again on a link where they did not help, or after a push-back. */
const holdSeconds = 45;

/** How many connections a destination gets, and why. A value: every second makes the next one. */
export interface LinkPace {
  readonly connections: number;
  /** The most there may be: the person's number, or ours. */
  readonly most: number;
  /** `trying`: more connections than before, to see whether they carry more. */
  readonly phase: 'trying' | 'holding';
  /** Seconds in this phase. */
  readonly seconds: number;
  /** Bytes in the measured seconds of this phase. */
  readonly bytes: number;
  /** What the number before carried, bytes per second; 0 where nothing was measured. */
  readonly before: { readonly connections: number; readonly speed: number };
}

/**
 * Where to start. Over a near link a few connections fill it. Each connection takes several round trips to come up to
 * speed and slows down for every lost packet until the next round trip tells of it, so far links need more.
 */
export function startPace(roundTripMs: number | null): LinkPace {
  const beginning = beginnings.find(({ from }) => (roundTripMs ?? 0) >= from);
  return phaseOf('trying', beginning?.connections ?? 4, maxConnections);
}

/** A number that a person has set: fewer only while the destination asks for less. */
export const fixedPace = (connections: number): LinkPace => phaseOf('holding', connections, connections);

function phaseOf(phase: LinkPace['phase'], connections: number, most: number): LinkPace {
  return { connections, most, phase, seconds: 0, bytes: 0, before: { connections, speed: 0 } };
}

/**
 * A second in which all connections had something to send and `bytes` went out. While more connections carry more,
 * their number doubles; when it does not help, it goes back. From time to time it is tried again: links change.
 * `isLineFull`: packets wait in a queue on the way, so the line has no room for more of them; where packets get lost
 * instead, there is none.
 */
export function afterSecond(state: LinkPace, bytes: number, isLineFull = false): LinkPace {
  const seconds = state.seconds + 1;
  const measured = seconds > settleSeconds ? state.bytes + bytes : 0;
  const next = { ...state, seconds, bytes: measured };
  if (state.phase === 'holding') {
    if (seconds < holdSeconds || isLineFull) return next;
    return more(state, measured / (seconds - settleSeconds));
  }
  if (seconds < settleSeconds + measureSeconds) return next;
  const speed = measured / measureSeconds;
  const { before } = state;
  if (isLineFull && before.speed === 0) return phaseOf('holding', state.connections, state.most);
  if (speed < before.speed * worthwhile) {
    // Not worse, not better: the smaller number is kinder to the server and to others on the line.
    return phaseOf('holding', before.connections, state.most);
  }
  return state.connections < state.most ? more(state, speed) : phaseOf('holding', state.connections, state.most);
}

function more(state: LinkPace, speed: number): LinkPace {
  const next = phaseOf('trying', Math.min(state.most, state.connections * 2), state.most);
  return { ...next, before: { connections: state.connections, speed } };
}

/** The destination asked for less (429, 503): half as many, and no more for a while. */
export const afterPushBack = (state: LinkPace): LinkPace =>
  phaseOf('holding', Math.max(1, Math.floor(state.connections / 2)), state.most);
