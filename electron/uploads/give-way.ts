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
  /** What went through before we began to give way, bytes per second. */
  readonly usual: number;
}

export const notGivingWay: GiveWay = { roundTrips: [], rate: null, usual: 0 };

/** Well below the usual: others have the line. */
export const isGivingWay = ({ rate, usual }: GiveWay): boolean => rate !== null && rate < usual * 0.7;

/**
 * One look at the line, a second after the last: what may be sent from here on. A round trip above its floor is a queue
 * somewhere on the way, and whoever shares the line waits in it too. So the rate follows the queue (as LEDBAT does,
 * RFC 6817): far above what is tolerated it falls by a third each second, near it hardly moves, and on an empty line
 * it comes back within seconds. `speed`: bytes per second that went through since the last look.
 */
export function look(state: GiveWay, roundTripMs: number, speed: number): GiveWay {
  const roundTrips = [...state.roundTrips, roundTripMs].slice(-floorLooks);
  const floor = Math.min(...roundTrips);
  const tolerated = toleratedDelayMs + toleratedShare * floor;
  // The smaller of two looks: one late packet is no queue.
  const delay = Math.min(roundTripMs, roundTrips.at(-2) ?? roundTripMs) - floor;
  const off = (tolerated - delay) / tolerated;
  if (state.rate === null) {
    if (off >= 0) return { roundTrips, rate: null, usual: Math.max(speed, state.usual * 0.99) };
    return { roundTrips, rate: Math.max(slowest, speed * 0.7), usual: Math.max(speed, state.usual) };
  }
  const rate = Math.max(slowest, nextRate(state.rate, off, state.usual));
  const usual = Math.max(state.usual, speed);
  // Twice as much allowed as ever went through, and still no queue: the line is ours again.
  return { roundTrips, rate: rate > 2 * usual && off > 0 ? null : rate, usual };
}

/** `off`: 1 on an empty line, 0 where the delay is just tolerated, below 0 beyond. */
function nextRate(rate: number, off: number, usual: number): number {
  if (off < 0) return rate * Math.max(0.67, 1 + off / 3);
  // After a call the way back is by halves of what is missing, not by a crawl from the bottom.
  if (off > 0.75 && rate < usual / 2) return Math.max(rate * 1.5, (rate + usual / 2) / 2);
  return rate * (1 + 0.1 * off);
}
