import { Fragment } from 'react';
import type { Upload } from '../../shared/upload.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { MenuItem, MenuSeparator } from '../ui/Menu.tsx';
import { isMac, shortcut } from '../ui/shortcut.ts';
import { actionIcons } from './action-icons.ts';
import { menuActions } from './upload-actions.ts';
import type { Action } from './upload-actions.ts';

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
export function UploadMenuItems({ upload, primary }: { readonly upload: Upload; readonly primary: Action | null }) {
  const { queue } = useTexts();
  return menuActions(upload, primary).map((group, index) => (
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
