/** Where a Disk destination is. */
export interface DiskAddress {
  /** Absolute. */
  readonly folder: string;
  /** What the marker in the folder must say; null for a folder that has not been claimed yet. */
  readonly volumeId: string | null;
  /** Bytes that its videos may take; null: as many as the disk has. */
  readonly quotaBytes: number | null;
  readonly publicBaseUrl: string | null;
}
