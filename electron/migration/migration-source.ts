import type { AppError } from '../../shared/errors.ts';
import type { StoredObject } from '../uploads/ports.ts';

/** A video at the place that is migrated from. */
export interface SourceVideo {
  /** Below the folder, with slashes; or the key at the source. */
  readonly path: string;
  /** What its key is made of; null where the key is given as a whole. */
  readonly id: string | null;
  /** The key that it wants behind the target's prefix. */
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** Why it is none that can be sent; null where it is. */
  readonly error: AppError | null;
}

export type Sameness = 'same' | 'different' | 'unsure';

/** Where existing videos are. */
export interface MigrationSource {
  /** For people. */
  readonly name: string;
  /**
   * Every video, in an order that is the same each time, and what looks like one and is none. `total`: how many there
   * are; null where that is known only at the end.
   */
  find(signal: AbortSignal): Promise<{ readonly total: number | null; readonly videos: AsyncIterable<SourceVideo> }>;
  /** Whether an object at the target has the video's content, found out without sending either. */
  compare(video: SourceVideo, at: { readonly key: string; readonly object: StoredObject }, signal: AbortSignal): Promise<Sameness>;
}
