import type { CopyReport } from '../../shared/replies.ts';
import type { Bridge } from '../bridge.ts';
import type { useOpenPanel } from '../state/panels.tsx';
import type { Row } from '../state/rows.ts';
import type { useCommand } from '../state/use-command.ts';
import type { OpenListDialog } from './ListDialog.tsx';
import type { useOnDisk } from './use-on-disk.ts';

/** What a row asks of its list: a dialog, or the field for the key. */
export interface ListRequests {
  readonly open: (dialog: OpenListDialog) => void;
  readonly editKey: (row: Row) => void;
}

/** What deeds are done with. */
export interface DeedTools {
  readonly bridge: Bridge;
  readonly command: ReturnType<typeof useCommand>;
  readonly openPanel: ReturnType<typeof useOpenPanel>;
  readonly requests: ListRequests;
  readonly onCopied: (report: CopyReport) => void;
  readonly legOnDisk: ReturnType<typeof useOnDisk>;
}

export type Rows = readonly [Row, ...Row[]];
