import { useCallback, useMemo, useState } from 'react';
import { GridList, ListLayout, Virtualizer } from 'react-aria-components';
import type { Selection } from 'react-aria-components';
import type { Row } from '../state/rows.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { ListContextMenu, menuPlaceOf } from './ListContextMenu.tsx';
import type { MenuPlace } from './ListContextMenu.tsx';
import { ListDialog } from './ListDialog.tsx';
import type { OpenListDialog } from './ListDialog.tsx';
import { SelectionBar } from './SelectionBar.tsx';
import { UploadRow } from './UploadRow.tsx';
import { useListKeys } from './use-list-keys.ts';
import { useUploadCommands } from './use-upload-commands.ts';
import type { ListRequests } from './deed-tools.ts';
import './list.css';
import './row.css';

const layoutOptions = { estimatedRowHeight: 68, gap: 0, padding: 8 };

/** The list is the window. Selection, keys and menus as in a file manager. */
export function UploadList({ rows }: { readonly rows: readonly Row[] }) {
  const texts = useTexts();
  const [selected, setSelected] = useState<Selection>(new Set());
  const [editingId, setEditingId] = useState<string | null>(null);
  const [dialog, setDialog] = useState<OpenListDialog | null>(null);
  const [menu, setMenu] = useState<MenuPlace | null>(null);
  const requests = useMemo<ListRequests>(
    () => ({ open: setDialog, editKey: ({ id }) => setEditingId(id) }),
    [],
  );
  const run = useUploadCommands(requests);
  const { selectedRows, concerned, onKeyDownCapture } = useListKeys({ rows, selected, run });
  const onKeyEdited = useCallback((id: string) => {
    setEditingId(null);
    focusRow(id);
  }, []);

  return (
    <div
      className="list-frame"
      onKeyDownCapture={onKeyDownCapture}
      onContextMenu={(event) => setMenu(menuPlaceOf(event, concerned))}
    >
      <h1 className="visually-hidden">{texts.queue.listName}</h1>
      <Virtualizer layout={ListLayout} layoutOptions={layoutOptions} shouldObserveItemSize>
        <GridList
          className="list"
          aria-label={texts.queue.listName}
          items={rows}
          dependencies={[texts, editingId, run]}
          selectionMode="multiple"
          selectionBehavior="replace"
          keyboardNavigationBehavior="tab"
          selectedKeys={selected}
          // "All" means those that are there now: a video that is added later was never chosen.
          onSelectionChange={(keys) => setSelected(keys === 'all' ? new Set(rows.map(({ id }) => id)) : keys)}
        >
          {(row) => (
            <UploadRow
              id={row.id}
              row={row}
              isEditingKey={row.id === editingId}
              run={run}
              onKeyEdited={onKeyEdited}
            />
          )}
        </GridList>
      </Virtualizer>
      {selectedRows.length > 1 && (
        <SelectionBar rows={selectedRows} run={run} onClear={() => setSelected(new Set())} />
      )}
      {menu !== null && <ListContextMenu place={menu} run={run} onClose={() => setMenu(null)} />}
      <ListDialog dialog={dialog} rows={rows} onEnd={() => setDialog(null)} />
    </div>
  );
}

/** After the field in it has gone, and the focus with it. */
function focusRow(id: string): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-upload-id="${CSS.escape(id)}"]`)?.focus());
}
