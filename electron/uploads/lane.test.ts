import { describe, expect, it } from 'vitest';
import { ManualClock, settle } from '../../tests/support/manual-clock.ts';
import { FakeObjectStorage } from '../../tests/support/fake-object-storage.ts';
import { Lane } from './lane.ts';
import { Lanes } from './lanes.ts';
import { Line, type LineSettings } from './line.ts';
import type { PartSlot } from './part-slots.ts';

const patient = new AbortController().signal;

function makeLane(setting: number | 'auto' = 'auto', more: Partial<LineSettings> = {}) {
  const clock = new ManualClock();
  const line = new Line(clock, () => ({ limitMbit: null, schedule: [], givesWay: false, ...more }));
  const storage = new FakeObjectStorage(clock);
  return { clock, line, storage, lane: new Lane(line, setting) };
}

/** All permits that there are at the moment. */
async function takeAll(lane: Lane): Promise<PartSlot[]> {
  const slots: PartSlot[] = [];
  while (lane.slots.inUse < lane.connections) slots.push(await lane.slots.acquire(patient));
  return slots;
}

/** So many seconds with every permit in use, in which each connection carries `bytes`. */
async function carry(lane: Lane, seconds: number, bytes: number): Promise<void> {
  for (let n = 0; n < seconds; n += 1) {
    await takeAll(lane);
    lane.moved(lane.connections * bytes);
    lane.second();
  }
}

describe('the connections of a lane', () => {
  it('become more while all of them are in use and more carry more', async () => {
    const { lane } = makeLane();
    expect(lane.connections).toBe(4);
    await carry(lane, 30, 1_000);
    expect(lane.connections).toBe(32);
  });

  it('say nothing about the link while one of them is idle', async () => {
    const { lane } = makeLane();
    const [first] = await takeAll(lane);
    first?.release();
    for (let second = 0; second < 30; second += 1) {
      lane.moved(1_000_000 * second);
      lane.second();
    }
    expect(lane.connections).toBe(4);
  });

  it('say nothing about the link while a limit holds them back', async () => {
    const { lane } = makeLane('auto', { limitMbit: 5 });
    await carry(lane, 30, 1_000);
    expect(lane.connections).toBe(4);
  });

  it('do not become more when the round trip shows a queue', async () => {
    const { lane, storage } = makeLane();
    storage.roundTripMs = 40;
    await lane.measure(storage, patient);
    storage.roundTripMs = 55;
    await lane.measure(storage, patient);
    await carry(lane, 30, 1_000);
    expect(lane.connections).toBe(16);
  });

  it.each([
    ['so little that it may be chance', 49],
    ['of the link itself', 40],
  ])('become more when the round trip is above its floor by %s', async (_why, roundTripMs) => {
    const { lane, storage } = makeLane();
    storage.roundTripMs = 40;
    await lane.measure(storage, patient);
    storage.roundTripMs = roundTripMs;
    await lane.measure(storage, patient);
    await carry(lane, 30, 1_000);
    expect(lane.connections).toBe(32);
  });
});

describe('a push-back', () => {
  it('halves the permits once, however many requests hear of it', async () => {
    const { lane } = makeLane(16);
    for (const now of [10_000, 10_001, 11_999]) lane.pushedBack(now);
    expect(lane.connections).toBe(8);
    expect(await takeAll(lane)).toHaveLength(8);
    lane.pushedBack(12_000);
    expect(lane.connections).toBe(4);
  });

  it('to a number that a person set is made up for after a while', async () => {
    const { lane } = makeLane(8);
    lane.pushedBack(0);
    await carry(lane, 44, 1_000);
    expect(lane.connections).toBe(4);
    await carry(lane, 10, 1_000);
    expect(lane.connections).toBe(8);
  });
});

describe('the round trip', () => {
  it('decides once how many connections to begin with', async () => {
    const { lane, storage } = makeLane();
    storage.roundTripMs = 30;
    await lane.measure(storage, patient);
    expect(lane).toMatchObject({ connections: 16, roundTripMs: 30 });
    storage.roundTripMs = 150;
    await lane.measure(storage, patient);
    expect(lane).toMatchObject({ connections: 16, roundTripMs: 150 });
  });

  it('does not touch the number that a person set, until that is "auto"', async () => {
    const { lane, storage } = makeLane(3);
    storage.roundTripMs = 150;
    await lane.measure(storage, patient);
    expect(lane.connections).toBe(3);
    lane.use('auto');
    expect(lane.connections).toBe(32);
    lane.use(5);
    expect(lane.connections).toBe(5);
  });

  it('is measured by one at a time, and one that fails leaves the last one', async () => {
    const { lane, storage } = makeLane();
    let asked = 0;
    const answer = { roundTrip: () => Promise.resolve(12) };
    await lane.measure(Object.assign(storage, answer), patient);
    storage.roundTrip = () => {
      asked += 1;
      return new Promise((_resolve, reject) => setImmediate(() => reject(new Error('no socket'))));
    };
    await Promise.all([lane.measure(storage, patient), lane.measure(storage, patient)]);
    expect(asked).toBe(1);
    expect(lane.roundTripMs).toBe(12);
  });

  it('is wanted while the number is being looked for', async () => {
    expect(makeLane().lane.wantsRoundTrips).toBe(true);
    expect(makeLane(4).lane.wantsRoundTrips).toBe(false);
    const { lane } = makeLane();
    await carry(lane, 60, 1_000);
    expect(lane.connections).toBe(32);
    expect(lane.wantsRoundTrips).toBe(false);
  });
});

describe('the beat', () => {
  function makeLanes(more: Partial<LineSettings> = {}, partsInParallel: number | 'auto' = 'auto') {
    const { clock, line, storage } = makeLane('auto', more);
    let seconds = 0;
    let measured = 0;
    storage.roundTrip = () => {
      measured += 1;
      return Promise.resolve(5);
    };
    const setting = { partsInParallel };
    const lanes = new Lanes({
      clock,
      line,
      isLocal: () => false,
      partsInParallel: () => setting.partsInParallel,
      onSecond: () => (seconds += 1),
    });
    return { clock, line, storage, lanes, setting, seconds: () => seconds, measured: () => measured };
  }

  it('goes only while a run is in', async () => {
    const { clock, storage, lanes, seconds } = makeLanes();
    await clock.advance(5_000);
    expect(clock.sleeping).toBe(0);
    const first = lanes.enter('r2', storage);
    await clock.advance(1_500);
    const second = lanes.enter('r2', storage);
    first.leave();
    await clock.advance(1_500);
    expect(seconds()).toBe(3);
    second.leave();
    await settle();
    expect(clock.sleeping).toBe(0);
    await clock.advance(10_000);
    expect(seconds()).toBe(3);
  });

  it('tells the line what went out, and forgets it when nobody sends', async () => {
    const { clock, line, storage, lanes } = makeLanes();
    const { lane, leave } = lanes.enter('r2', storage);
    lane.moved(700);
    await clock.advance(1_000);
    lane.moved(300);
    await clock.advance(1_000);
    expect(line.state(0).speeds).toEqual([700, 300]);
    leave();
    expect(line.state(0).speeds).toEqual([]);
  });

  it('measures the first way once, and goes on only where that is of use', async () => {
    const fixed = makeLanes({}, 4);
    fixed.lanes.enter('r2', fixed.storage);
    await fixed.clock.advance(10_000);
    fixed.lanes.enter('r2', fixed.storage);
    expect(fixed.measured()).toBe(1);
    const kind = makeLanes({ givesWay: true }, 4);
    kind.lanes.enter('r2', kind.storage);
    await kind.clock.advance(10_000);
    expect(kind.measured()).toBe(11);
  });

  it('one lane per destination is shared by its runs; a changed number holds for all', async () => {
    const { storage, lanes, setting } = makeLanes({}, 4);
    const [a, b, other] = ['r2', 'r2', 's3'].map((id) => lanes.enter(id, storage).lane);
    expect(a).toBe(b);
    expect(a).not.toBe(other);
    await a!.slots.acquire(patient);
    await other!.slots.acquire(patient);
    expect(lanes.connections).toBe(2);
    setting.partsInParallel = 7;
    lanes.settingsChanged();
    expect([a!.connections, other!.connections]).toEqual([7, 7]);
  });
});
