/** Milliseconds of waiting in the line's queue that we allow ourselves to cause: a call does not notice it. */
const toleratedDelayMs = 20;
/** Share of an empty line's round trip that is tolerated besides: far destinations vary more. */
const toleratedShare = 0.25;
/** Bytes per second that are sent however busy the line is, so that nothing times out. */
const slowest = 64 * 1024;
/** Looks after which an old floor is forgotten: the route may have changed. */
const floorLooks = 300;

/** What is remembered from look to look. */
export interface GiveWay {
  /** Round trips of the last minutes, milliseconds, newest last. */
  readonly roundTrips: readonly number[];
  /** Bytes per second that may be sent; null: no need to hold back. */
  readonly rate: number | null;
  /** The rate at which the queue last began to grow, somewhat lowered: up to here it is safe to hurry. */
  readonly ceiling: number;
  /** The delay was more than is tolerated at the last look. */
  readonly isOver: boolean;
  /** Until what the line carries is known: bytes handed over so far, and seconds. */
  readonly learning: { readonly bytes: number; readonly seconds: number } | null;
}

export const notGivingWay: GiveWay = {
  roundTrips: [],
  rate: null,
  ceiling: 0,
  isOver: false,
  learning: { bytes: 0, seconds: 0 },
};

/** Well below what the line would carry: others have it. */
export const isGivingWay = ({ rate, ceiling }: GiveWay): boolean => rate !== null && rate < ceiling / 2;

/**
 * One look at the line, a second after the last: what may be sent from here on. A round trip above its floor is a queue
 * somewhere on the way, and whoever shares the line waits in it too. So the rate follows the queue (the idea of LEDBAT,
 * RFC 6817): beyond what is tolerated it falls by up to a third each second; on an empty line it comes back within
 * seconds to where the queue last began, and feels its way from there. `handed`: bytes handed over since the last look.
 */
export function look(state: GiveWay, roundTripMs: number, handed: number): GiveWay {
  const roundTrips = [...state.roundTrips, roundTripMs].slice(-floorLooks);
  const floor = Math.min(...roundTrips);
  const tolerated = toleratedDelayMs + toleratedShare * floor;
  // The smaller of two looks: one late packet is no queue.
  const delay = Math.min(roundTripMs, roundTrips.at(-2) ?? roundTripMs) - floor;
  const off = (tolerated - delay) / tolerated;
  const seen = { roundTrips, isOver: off < 0 };
  if (state.learning !== null) return learn({ ...state, ...seen }, state.learning, handed);
  const { rate, ceiling } = state;
  if (rate === null) return { ...state, ...seen };
  if (!seen.isOver) return { ...state, ...seen, rate: faster(rate, off, ceiling) };
  // Where it began is told by the first of several looks in a row, and only near the ceiling: far below, others fill
  // the queue.
  const isFound = !state.isOver && rate > ceiling / 2;
  return {
    ...state,
    ...seen,
    rate: Math.max(slowest, rate * Math.max(0.6, 1 + off / 3)),
    ceiling: isFound ? Math.max(slowest, rate * 0.95) : ceiling,
  };
}

/**
 * The system's buffers take in seconds what the line carries in many, so what was handed over says little about the
 * line, until there is nothing left in them. At the first queue nearly nothing more is handed over; when the queue has
 * gone, all of it has been carried, in the time that it took.
 */
function learn(state: GiveWay, learning: NonNullable<GiveWay['learning']>, handed: number): GiveWay {
  const bytes = learning.bytes + handed;
  const seconds = learning.seconds + 1;
  if (state.rate === null) return { ...state, rate: state.isOver ? slowest : null, learning: { bytes, seconds } };
  if (state.isOver) return { ...state, learning: { bytes, seconds } };
  const carried = bytes / seconds;
  return { ...state, rate: Math.max(slowest, carried * 0.95), ceiling: Math.max(slowest, carried), learning: null };
}

/** `off`: 1 on an empty line, 0 where the delay is just tolerated. */
function faster(rate: number, off: number, ceiling: number): number {
  if (rate >= ceiling) return rate * (1 + 0.01 * off);
  // Far below, half of what is missing at once: after a call nobody wants to wait for a crawl from the bottom.
  const step = off > 0.5 && rate < ceiling / 2 ? (rate + ceiling) / 2 : rate * 1.1;
  return Math.min(ceiling, step);
}
