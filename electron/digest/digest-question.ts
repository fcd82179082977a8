import type { DigestName } from '../uploads/ports.ts';

/** What the digest worker is asked, and what it answers. Plain data: it crosses a thread. */
export type DigestQuestion =
  | {
      readonly kind: 'digest';
      readonly id: number;
      readonly path: string;
      readonly start: number;
      readonly size: number;
      readonly names: readonly DigestName[];
    }
  | { readonly kind: 'combine'; readonly id: number; readonly pieces: ReadonlyArray<{ crc64nvme: string; size: number }> };

export type DigestAnswer =
  | { readonly id: number; readonly digests: Readonly<Partial<Record<DigestName, string>>> }
  | { readonly id: number; readonly combined: string }
  /** The system's code, or `SHORT` for a file that ends before the range does. */
  | { readonly id: number; readonly problem: string };
