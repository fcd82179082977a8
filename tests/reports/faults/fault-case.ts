import type { ErrorCode } from '../../../shared/errors.ts';
import type { WaitReason } from '../../../shared/upload.ts';
import type { Decide } from '../../support/fault-proxy.ts';
import type { S3Target } from '../../support/s3-target.ts';

/** Where an upload comes to rest. `waiting`: until a person does something. */
export type Ending = 'completed' | `stopped: ${ErrorCode}` | `waiting: ${WaitReason}` | 'HANGS';

/** What stands in the bucket at the end. `foreign`: somebody else's object, untouched. */
export type ObjectState = 'right' | 'none' | 'foreign' | 'WRONG';

/** What a fault can reach while an upload is under way; the same for the engine and for its peer. */
export interface Scene {
  readonly target: S3Target;
  /** The video that is being sent. */
  readonly path: string;
  readonly key: string;
  readonly size: number;
  /** Seeded by the fault's name: chance is the same in every run. */
  readonly random: () => number;
  /** Settles when so much of the file has arrived, 0 to 1. */
  readonly arrived: (share: number) => Promise<void>;
  /** A person gives new keys. Does nothing where nobody can. */
  readonly giveNewKeys: () => void;
  readonly setJournalFull: (isFull: boolean) => void;
}

export interface FaultCase {
  /** For `--only`. */
  readonly name: string;
  readonly title: string;
  /** What happens to the requests, from the beginning. */
  readonly decide?: (scene: Scene) => Decide;
  /** What happens beside them; begins with the upload. */
  readonly act?: (scene: Scene) => Promise<void>;
  /** The app ends in the middle: killed, or quit and its journal damaged while it is away. */
  readonly restart?: 'killed' | 'journal-damaged';
  readonly expected: {
    readonly ending: Ending;
    readonly object: ObjectState;
    /** Part bytes that may cross the wire, as a multiple of the file. */
    readonly atMost: number;
    /** Words that the person must have seen. */
    readonly says?: readonly string[];
  };
  /** Seconds, where it takes long by its nature: those begin first. */
  readonly lasts?: number;
  /** False: lib-storage has nothing that this could happen to. */
  readonly isForPeer?: boolean;
}

export const completes = (atMost: number, ...says: readonly string[]): FaultCase['expected'] => ({
  ending: 'completed', object: 'right', atMost, says,
});
