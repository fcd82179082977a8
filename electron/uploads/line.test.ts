import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../tests/support/manual-clock.ts';
import { Line, type LineSettings } from './line.ts';

const patient = new AbortController().signal;
/** A Monday, local time. */
const at = (hour: number): number => new Date(2026, 10, 23, hour).getTime();
const rule = (mbit: number | null): LineSettings['schedule'][number] => ({ days: [1], from: 9 * 60, to: 18 * 60, mbit });

function makeLine(changes: Partial<LineSettings> = {}, hour = 8) {
  const settings: { -readonly [K in keyof LineSettings]: LineSettings[K] } = {
    limitMbit: null,
    schedule: [],
    givesWay: false,
    ...changes,
  };
  const clock = new ManualClock(at(hour));
  return { clock, settings, line: new Line(clock, () => settings) };
}

/** Bytes per second that one greedy connection gets over `seconds`. */
async function rateOf(line: Line, clock: ManualClock, seconds = 10): Promise<number> {
  const stop = new AbortController();
  let sent = 0;
  const send = async (): Promise<void> => {
    for (;;) {
      const granted = await line.take(10_000, stop.signal);
      sent += granted;
    }
  };
  send().catch(() => undefined);
  await clock.advance(seconds * 1_000);
  stop.abort();
  return sent / seconds;
}

describe('the limit of the moment', () => {
  it("is the person's", async () => {
    const { line, clock } = makeLine({ limitMbit: 0.8 });
    expect(await rateOf(line, clock)).toBeGreaterThan(97_000);
    expect(await rateOf(line, clock)).toBeLessThan(103_000);
    expect(line.isHeldBack).toBe(true);
  });

  it('is none without one: everything at once', async () => {
    const { line } = makeLine();
    expect(await line.take(1e9, patient)).toBe(1e9);
    expect(line).toMatchObject({ isHeldBack: false, closedUntil: null, changesAt: null });
  });

  it("becomes the schedule's when its time has come and the line looks again", async () => {
    const { line, clock } = makeLine({ limitMbit: 8, schedule: [rule(0.8)] });
    expect(line.changesAt).toBe(at(9));
    await clock.advance(3_600_000);
    line.refresh();
    expect(line.state(0).limit).toEqual({ mbit: 0.8, until: at(18), isBySchedule: true });
    expect(await rateOf(line, clock)).toBeLessThan(103_000);
  });

  it('of zero closes the line until the schedule opens it', async () => {
    const { line, clock } = makeLine({ schedule: [rule(0)] }, 10);
    expect(line.closedUntil).toBe(at(18));
    await clock.advance(8 * 3_600_000);
    line.refresh();
    expect(line.closedUntil).toBeNull();
  });

  it('of zero without an end closes it for good', () => {
    expect(makeLine({ limitMbit: 0 }).line.closedUntil).toBe(Infinity);
  });

  it('follows a changed setting', async () => {
    const { line, clock, settings } = makeLine({ limitMbit: 0.8 });
    await rateOf(line, clock);
    settings.limitMbit = 1.6;
    line.refresh();
    expect(await rateOf(line, clock)).toBeGreaterThan(190_000);
    settings.limitMbit = null;
    line.refresh();
    expect(await line.take(1e9, patient)).toBe(1e9);
  });
});

describe('giving way', () => {
  /** An empty line is learned, then a queue comes that stays. */
  function meetQueue(line: Line): void {
    for (const ms of [20, 20, 20, 80, 80, 80]) {
      line.moved(500_000);
      line.tick(ms);
    }
  }

  it('holds back when round trips grow, and says so', async () => {
    const { line, clock } = makeLine({ givesWay: true });
    expect(line.wantsRoundTrips).toBe(true);
    meetQueue(line);
    expect(line.isHeldBack).toBe(true);
    expect(await rateOf(line, clock)).toBeLessThan(80_000);
    for (let n = 0; n < 3; n += 1) line.tick(20);
    for (let n = 0; n < 10; n += 1) line.tick(80);
    expect(line.state(0).isGivingWay).toBe(true);
  });

  it('is left when the setting is turned off', async () => {
    const { line, settings } = makeLine({ givesWay: true });
    meetQueue(line);
    settings.givesWay = false;
    line.refresh();
    expect(line.isHeldBack).toBe(false);
    expect(await line.take(1e9, patient)).toBe(1e9);
  });

  it('never happens where nobody wants it, or where nothing could be measured', () => {
    const unwanted = makeLine().line;
    meetQueue(unwanted);
    expect(unwanted.isHeldBack).toBe(false);
    const blind = makeLine({ givesWay: true }).line;
    for (let n = 0; n < 20; n += 1) blind.tick(null);
    expect(blind.isHeldBack).toBe(false);
  });

  it('never lets more out than the person allows', async () => {
    const { line, clock } = makeLine({ givesWay: true, limitMbit: 0.08 });
    meetQueue(line);
    for (let n = 0; n < 10; n += 1) line.tick(20);
    expect(await rateOf(line, clock, 20)).toBeLessThan(10_800);
  });

  it('keeps what it has learned of the line for the next upload, but not what it has only begun to learn', () => {
    const learning = makeLine({ givesWay: true }).line;
    meetQueue(learning);
    learning.rest();
    expect(learning.isHeldBack).toBe(false);
    const learned = makeLine({ givesWay: true }).line;
    meetQueue(learned);
    for (let n = 0; n < 3; n += 1) learned.tick(20);
    learned.rest();
    expect(learned.isHeldBack).toBe(true);
  });
});

describe('what the window is told', () => {
  it('are the last two minutes, newest last, and the connections', () => {
    const { line } = makeLine();
    for (let second = 1; second <= 130; second += 1) {
      line.moved(second);
      line.tick(null);
    }
    const state = line.state(3);
    expect(state.speeds).toHaveLength(120);
    expect([state.speeds[0], state.speeds.at(-1)]).toEqual([11, 130]);
    expect(state).toMatchObject({ isGivingWay: false, connections: 3, limit: { mbit: null, until: null } });
    line.rest();
    expect(line.state(0).speeds).toEqual([]);
  });
});
