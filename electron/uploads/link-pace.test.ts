import { describe, expect, it } from 'vitest';
import { type LinkPace, afterPushBack, afterSecond, fixedPace, maxConnections, startPace } from './link-pace.ts';

/** A link that carries `perConnection` bytes a second each, up to `capacity`. Returns the numbers of connections tried. */
function follow(start: LinkPace, link: { perConnection: number; capacity: number }, seconds: number): number[] {
  let pace = start;
  const tried = [pace.connections];
  for (let n = 0; n < seconds; n += 1) {
    pace = afterSecond(pace, Math.min(link.capacity, link.perConnection * pace.connections));
    if (pace.connections !== tried.at(-1)) tried.push(pace.connections);
  }
  return tried;
}

describe('the number of connections', () => {
  it.each([
    [null, 4],
    [3, 4],
    [25, 16],
    [99, 16],
    [100, 32],
    [400, 32],
  ])('begins by the round trip: %s ms, %i', (roundTrip, connections) => {
    expect(startPace(roundTrip).connections).toBe(connections);
  });

  it('doubles while more carry more, up to the most', () => {
    expect(follow(startPace(3), { perConnection: 10, capacity: Infinity }, 20)).toEqual([4, 8, 16, 32]);
  });

  it('goes back where more carry nothing more', () => {
    expect(follow(startPace(3), { perConnection: 100, capacity: 100 }, 20)).toEqual([4, 8, 4]);
    expect(follow(startPace(3), { perConnection: 10, capacity: 120 }, 20)).toEqual([4, 8, 16, 32, 16]);
  });

  it('stays where a queue shows that the line is full', () => {
    let pace = startPace(40);
    for (let n = 0; n < 200; n += 1) pace = afterSecond(pace, 100, true);
    expect(pace.connections).toBe(16);
  });

  it('is tried again after a while: links change', () => {
    expect(follow(startPace(3), { perConnection: 100, capacity: 100 }, 60)).toEqual([4, 8, 4, 8, 4]);
  });

  it('halves when the destination asks for less, never below one, and stays for a while', () => {
    let pace = startPace(100);
    pace = afterPushBack(pace);
    expect(pace.connections).toBe(16);
    for (let n = 0; n < 10; n += 1) pace = afterPushBack(pace);
    expect(pace.connections).toBe(1);
    expect(follow(pace, { perConnection: 10, capacity: Infinity }, 40)).toEqual([1]);
  });

  it('that a person set is never exceeded, and is come back to', () => {
    expect(follow(fixedPace(6), { perConnection: 10, capacity: Infinity }, 200)).toEqual([6]);
    const tried = follow(afterPushBack(fixedPace(6)), { perConnection: 10, capacity: Infinity }, 120);
    expect(tried).toEqual([3, 6]);
    expect(maxConnections).toBe(32);
  });
});
