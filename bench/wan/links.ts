/** A connection between two places, as a person has one. Rates are Mbit/s, the same in both directions. */
export interface Link {
  readonly name: string;
  readonly upMbit: number;
  readonly roundTripMs: number;
  /** Share of packets, in each direction. */
  readonly loss: number;
  /** How much the narrowest place stores before it drops packets. */
  readonly queueMs: number;
  /** Later rates, seconds after the upload's beginning. */
  readonly changes: ReadonlyArray<{ readonly at: number; readonly upMbit: number }>;
}

const link = (name: string, upMbit: number, rest: Partial<Link>): Link => ({
  name,
  upMbit,
  roundTripMs: 40,
  loss: 0,
  queueMs: 50,
  changes: [],
  ...rest,
});

const links: readonly Link[] = [
  link('lossy', 200, { loss: 0.005 }),
  link('clean', 200, {}),
  link('home', 40, { roundTripMs: 20, loss: 0.0005 }),
  link('far', 100, { roundTripMs: 180, loss: 0.001 }),
  link('changing', 100, {
    changes: [
      { at: 8, upMbit: 20 },
      { at: 20, upMbit: 100 },
    ],
  }),
];

/** For competition only: many home routers store far more than is good for others. */
const deepQueue = link('home-deep-queue', 40, { roundTripMs: 20, loss: 0, queueMs: 250 });

/** Throws when a name is no link's. */
export function chooseLinks(names: readonly string[] | null): readonly Link[] {
  const all = [...links, deepQueue];
  return (names ?? links.map(({ name }) => name)).map((name) => {
    const found = all.find((candidate) => candidate.name === name);
    if (found === undefined) throw new Error(`--links ${name}: there are ${all.map((each) => each.name).join(', ')}`);
    return found;
  });
}

export function describeLink({ name, upMbit, roundTripMs, loss, queueMs, changes }: Link): string {
  const rate = [upMbit, ...changes.map((change) => change.upMbit)].join(' → ');
  const when = changes.length === 0 ? '' : ` (after ${changes.map(({ at }) => `${at} s`).join(' and ')})`;
  const lost = loss === 0 ? 'no loss' : `${+(loss * 100).toFixed(3)} % loss`;
  return `${name}: ${rate} Mbit/s${when}, ${roundTripMs} ms, ${lost}${queueMs === 50 ? '' : `, ${queueMs} ms of queue`}`;
}

/** The mean rate of the link over the upload's first `seconds`. */
export function capacityOver({ upMbit, changes }: Link, seconds: number): number {
  const steps = [{ at: 0, upMbit }, ...changes, { at: Infinity, upMbit: 0 }];
  let megabits = 0;
  for (const [index, step] of steps.entries()) {
    const until = Math.min(steps[index + 1]?.at ?? step.at, seconds);
    if (until > step.at) megabits += (until - step.at) * step.upMbit;
  }
  return megabits / seconds;
}
