/** Somebody else who uses the link while an upload runs. */
export interface RivalWish {
  /** `greedy`: one TCP connection that takes what it gets. `call`: 3 Mbit/s of UDP packets, like a video call. */
  readonly kind: 'greedy' | 'call';
  /** Seconds after the upload's first byte. */
  readonly from: number;
  readonly to: number;
}

/** `call:10-25`. */
export function readRival(text: string): RivalWish {
  const [, kind, from, to] = /^(greedy|call):(\d+)-(\d+)$/.exec(text) ?? [];
  if ((kind !== 'greedy' && kind !== 'call') || Number(from) >= Number(to)) {
    throw new Error(`--rival ${text}: greedy or call with its seconds is meant, as in call:10-25`);
  }
  return { kind, from: Number(from), to: Number(to) };
}
