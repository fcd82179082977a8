import { describe, expect, it } from 'vitest';
import { settle } from '../../tests/support/manual-clock.ts';
import { type PartSlot, PartSlots } from './part-slots.ts';

const patient = new AbortController().signal;

describe('permits', () => {
  it('are given in the order they were asked for, and never more than there are', async () => {
    const slots = new PartSlots(2);
    const given: number[] = [];
    const held: PartSlot[] = [];
    for (const n of [1, 2, 3, 4]) {
      void slots.acquire(patient).then((slot) => {
        given.push(n);
        held.push(slot);
      });
    }
    await settle();
    expect(given).toEqual([1, 2]);
    held[1]?.release();
    await settle();
    expect(given).toEqual([1, 2, 3]);
  });

  it('come back once, however often they are released', async () => {
    const slots = new PartSlots(1);
    const first = await slots.acquire(patient);
    first.release();
    first.release();
    await slots.acquire(patient);
    let isGiven = false;
    void slots.acquire(patient).then(() => (isGiven = true));
    await settle();
    expect(isGiven).toBe(false);
  });

  it('are not waited for any longer after an abort, and nobody behind loses the turn', async () => {
    const slots = new PartSlots(1);
    const held = await slots.acquire(patient);
    const impatient = new AbortController();
    const dropped = slots.acquire(impatient.signal);
    const behind = slots.acquire(patient);
    impatient.abort(new Error('gone'));
    await expect(dropped).rejects.toThrow('gone');
    held.release();
    await expect(behind).resolves.toBeDefined();
    await expect(slots.acquire(impatient.signal)).rejects.toThrow('gone');
  });

  it('become more at once, and fewer as soon as those in use are back', async () => {
    const slots = new PartSlots(1);
    const first = await slots.acquire(patient);
    const second = slots.acquire(patient);
    slots.setLimit(2);
    const held = await second;
    slots.setLimit(1);
    let isGiven = false;
    void slots.acquire(patient).then(() => (isGiven = true));
    first.release();
    await settle();
    expect(isGiven).toBe(false);
    held.release();
    await settle();
    expect(isGiven).toBe(true);
  });
});

describe('memory', () => {
  it('is the same for every request that a permit carries', async () => {
    const slots = new PartSlots(2);
    const other = await slots.acquire(patient);
    const first = await slots.acquire(patient);
    const memory = first.memory();
    expect(first.memory()).toBe(memory);
    first.release();
    const second = await slots.acquire(patient);
    expect(second.memory()).toBe(memory);
    other.release();
  });

  it('is never shared by two permits in use', async () => {
    const slots = new PartSlots(2);
    const [a, b] = [await slots.acquire(patient), await slots.acquire(patient)];
    expect(a.memory()).not.toBe(b.memory());
  });

  it('is given back when nobody uploads', async () => {
    const slots = new PartSlots(1);
    const first = await slots.acquire(patient);
    const memory = first.memory();
    first.release();
    expect((await slots.acquire(patient)).memory()).not.toBe(memory);
  });
});
