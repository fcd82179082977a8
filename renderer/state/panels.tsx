import { createContext, useContext } from 'react';
import type { ReactNode } from 'react';

/** What stands open above the main view; at most one. */
export type Panel =
  | { readonly kind: 'settings'; readonly place: 'destinations' | 'sending' | 'limits' | 'names' | 'safety' | 'general' }
  | { readonly kind: 'add-destination' }
  /** `changesKey`: the person came to type another key. */
  | { readonly kind: 'edit-destination'; readonly id: string; readonly changesKey: boolean }
  /** What is done to a destination besides uploading: check, rules for players, leftovers, costs, deleting by key. */
  | { readonly kind: 'destination'; readonly id: string; readonly tab: DestinationTab }
  /** Existing videos, from a folder or another destination. */
  | { readonly kind: 'migration' };

export type DestinationTab = 'check' | 'playback' | 'unfinished' | 'costs' | 'delete';

type OpenPanel = (panel: Panel | null) => void;

const PanelContext = createContext<OpenPanel | null>(null);

export function PanelProvider(props: { readonly open: OpenPanel; readonly children: ReactNode }) {
  return <PanelContext value={props.open}>{props.children}</PanelContext>;
}

export function useOpenPanel(): OpenPanel {
  const open = useContext(PanelContext);
  if (open === null) throw new Error('useOpenPanel outside of PanelProvider');
  return open;
}
