import type { DeletionKind } from './upload.ts';
import type { CorsRule } from './cors.ts';

/** An object as a HEAD shows it, for a person who decides about it. */
export interface ObjectFacts {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** Epoch milliseconds; null where the server does not say. */
  readonly modifiedAt: number | null;
  readonly contentType: string | null;
  /** Remessa sent it: its mark is in the metadata. */
  readonly isOurs: boolean;
  /** Links given out that are still alive, and those that never expire. */
  readonly links: { readonly signed: number; readonly lasting: number; readonly lastExpiresAt: number | null };
}

export interface DeletionReport {
  readonly deletion: DeletionKind;
}

/** An upload that was begun at a destination and never finished: its parts are kept, and on S3 paid for. */
export interface UnfinishedUpload {
  /** Stands for the server's own id, which stays in the main process. */
  readonly id: string;
  readonly key: string;
  /** Epoch milliseconds, the server's clock; null where it does not say. */
  readonly initiatedAt: number | null;
  /** Bytes that have arrived; null where the key may not look. */
  readonly bytes: number | null;
  readonly parts: number | null;
  /** `ours`: one of this computer's uploads goes on with it, so it cannot be removed here. */
  readonly owner: 'ours' | 'unknown';
}

export interface RemovalReport {
  readonly removed: number;
  /** Of those that were asked for: ours, or refused by the server. */
  readonly kept: number;
}

/** The rules of a bucket for pages of other origins, as far as the key may see them. */
export interface CorsState {
  readonly rules: readonly CorsRule[];
  /** Where the key may not look, the person copies the rules into the dashboard. */
  readonly isReadable: boolean;
}

/** What is kept at a destination. */
export interface DestinationUsage {
  readonly destinationId: string;
  /** Videos that this computer has sent there and that are still there, as far as it knows. */
  readonly objects: number;
  readonly bytes: number;
  /** Of the current month. */
  readonly sentThisMonth: { readonly objects: number; readonly bytes: number };
}

/** Counted by asking the destination for its list. */
export interface CountedUsage {
  readonly objects: number;
  readonly bytes: number;
  readonly unfinishedBytes: number | null;
}
