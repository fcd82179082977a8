import { Fragment } from 'react';
import type { Row } from '../state/rows.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { MenuItem, MenuSeparator } from '../ui/Menu.tsx';
import { isMac, shortcut } from '../ui/shortcut.ts';
import { actionIcons } from './action-icons.ts';
import { menuActions } from './upload-actions.ts';
import type { Action } from './upload-actions.ts';
import { useOnDisk } from './use-on-disk.ts';

const shortcuts: Readonly<Partial<Record<Action, string>>> = {
  pause: '␣',
  resume: '␣',
  'copy-link': shortcut('C'),
  receipt: shortcut('I'),
  'move-up': isMac ? '⌥↑' : 'Alt+↑',
  'move-down': isMac ? '⌥↓' : 'Alt+↓',
  cancel: isMac ? '⌫' : 'Del',
  remove: isMac ? '⌫' : 'Del',
};

/** Everything that makes sense for the row now, in groups; `primary` is left out where its button stands beside it. */
export function UploadMenuItems({ row, primary }: { readonly row: Row; readonly primary: Action | null }) {
  const { queue } = useTexts();
  const legOnDisk = useOnDisk();
  return menuActions(row, primary, legOnDisk(row) !== undefined).map((group, index) => (
    <Fragment key={group[0]}>
      {index > 0 && <MenuSeparator />}
      {group.map((action) => {
        const keys = shortcuts[action];
        return (
          <MenuItem
            key={action}
            id={action}
            icon={actionIcons[action]}
            text={queue.actions[action]}
            isDanger={action === 'cancel' || action === 'delete-object' || action === 'delete-local'}
            {...(keys === undefined ? {} : { shortcut: keys })}
          />
        );
      })}
    </Fragment>
  ));
}
