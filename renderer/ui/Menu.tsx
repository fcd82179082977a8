import type { LucideIcon } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import { Menu as AriaMenu, MenuItem as AriaMenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components';
import './overlays.css';

interface MenuProps {
  readonly label: string;
  readonly onAction: (id: string) => void;
  readonly children: ReactNode;
}

function MenuList({ label, onAction, children }: MenuProps) {
  return (
    <AriaMenu className="menu" aria-label={label} onAction={(key) => onAction(String(key))}>
      {children}
    </AriaMenu>
  );
}

interface MenuButtonProps extends MenuProps {
  /** The button that opens it. */
  readonly button: ReactNode;
  readonly placement?: 'bottom start' | 'bottom end';
}

export function MenuButton({ button, placement = 'bottom end', ...menu }: MenuButtonProps) {
  return (
    <MenuTrigger>
      {button}
      <Popover className="popover" placement={placement} offset={4}>
        <MenuList {...menu} />
      </Popover>
    </MenuTrigger>
  );
}

interface ContextMenuProps extends MenuProps {
  /** An element of no size at the place that was clicked. */
  readonly anchor: RefObject<Element | null>;
  readonly onClose: () => void;
}

export function ContextMenu({ anchor, onClose, ...menu }: ContextMenuProps) {
  return (
    <Popover
      className="popover"
      aria-label={menu.label}
      isOpen
      triggerRef={anchor}
      placement="bottom start"
      offset={0}
      onOpenChange={(isOpen) => !isOpen && onClose()}
    >
      <MenuList
        {...menu}
        onAction={(id) => {
          onClose();
          menu.onAction(id);
        }}
      />
    </Popover>
  );
}

interface MenuItemProps {
  readonly id: string;
  readonly text: string;
  readonly icon?: LucideIcon;
  readonly note?: string;
  readonly shortcut?: string;
  readonly isDanger?: boolean;
}

export function MenuItem({ id, text, icon: Icon, note, shortcut, isDanger = false }: MenuItemProps) {
  return (
    <AriaMenuItem id={id} textValue={text} className={`menu-item ${isDanger ? 'menu-item-danger' : ''}`}>
      <span className="menu-item-icon">{Icon !== undefined && <Icon className="icon" aria-hidden />}</span>
      <span className="menu-item-text">
        {text}
        {note !== undefined && <span className="menu-item-note">{note}</span>}
      </span>
      {shortcut !== undefined && <kbd className="kbd">{shortcut}</kbd>}
    </AriaMenuItem>
  );
}

export function MenuSeparator() {
  return <Separator className="menu-separator" />;
}
