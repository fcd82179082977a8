import type { ErrorAction } from '../text/error-action.ts';
import type { Panel } from './panels.tsx';

/** Where a person mends what an error names; null where nothing of ours has to be opened for it. */
export function mendingPanel(action: ErrorAction | null, destinationId: string): Panel | null {
  switch (action) {
    case 'change-key':
      return { kind: 'edit-destination', id: destinationId, changesKey: true };
    case 'edit-destination':
      return { kind: 'edit-destination', id: destinationId, changesKey: false };
    case 'change-proxy':
      return { kind: 'settings', place: 'sending' };
    case 'change-schedule':
      return { kind: 'settings', place: 'limits' };
    case null:
    case 'retry':
    case 'try-now':
    case 'locate':
    case 'restart':
    case 'edit-key':
    case 'settle-conflict':
    case 'send-elsewhere':
      return null;
  }
}
