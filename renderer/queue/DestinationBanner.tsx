import { CloudOff, TriangleAlert } from 'lucide-react';
import type { AppError } from '../../shared/errors.ts';
import type { DestinationState, Upload } from '../../shared/upload.ts';
import { isEnded } from '../../shared/upload.ts';
import { mendingPanel } from '../state/mending-panel.ts';
import { useOpenPanel } from '../state/panels.tsx';
import { useBridge } from '../state/services.tsx';
import { useCommand } from '../state/use-command.ts';
import { useSettings } from '../state/use-settings.ts';
import { useUploads } from '../state/use-uploads.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { Button } from '../ui/Button.tsx';

/** Trouble of a whole destination, said once: cause, what it means for the videos, and the button that mends it. */
export function DestinationBanner() {
  const texts = useTexts();
  const { uploads, destinations: states } = useUploads();
  const { destinations, currentDestinationId } = useSettings();
  const bridge = useBridge();
  const command = useCommand();
  const openPanel = useOpenPanel();
  const trouble = troubleOf(states, uploads, currentDestinationId);
  if (trouble === null) return null;

  const { id, error, isOffline } = trouble;
  const { title, hint, action } = texts.errorText(error);
  const waiting = uploads.filter((upload) => upload.destinationId === id && upload.status === 'waiting').length;
  // The destination in use is named right above.
  const name = destinations.find((info) => info.destination.id === id && id !== currentDestinationId)?.destination.name;
  const panel = mendingPanel(action, id);
  const retry = () => void command(bridge.retryDestination(id));
  const Icon = isOffline ? CloudOff : TriangleAlert;
  return (
    <section className={`banner banner-${isOffline ? 'warning' : 'danger'}`} data-testid="banner" aria-label={title}>
      <Icon className="icon banner-icon" aria-hidden />
      <div className="banner-text">
        <p className="banner-title">
          {title}
          {name !== undefined && <span className="banner-name">{name}</span>}
        </p>
        <p className="banner-hint">
          {hint} {waiting > 0 && texts.window.bannerWaiting(waiting)}
        </p>
      </div>
      <div className="banner-buttons">
        {panel !== null && (
          <Button tone="quiet" onPress={retry}>
            {texts.queue.actions['try-now']}
          </Button>
        )}
        <Button onPress={panel === null ? retry : () => openPanel(panel)}>
          {texts.queue.actions[panel === null || action === null ? 'try-now' : action]}
        </Button>
      </div>
    </section>
  );
}

interface Trouble {
  readonly id: string;
  readonly error: AppError;
  readonly isOffline: boolean;
}

/** The destination in use first, then any other that videos still wait for; a block before being offline. */
function troubleOf(
  states: readonly DestinationState[],
  uploads: readonly Upload[],
  currentId: string | null,
): Trouble | null {
  const wanted = new Set(
    uploads.filter((upload) => !isEnded(upload)).map((upload) => upload.destinationId),
  );
  const rank = (state: DestinationState) => (state.id === currentId ? 0 : 2) + (state.state === 'blocked' ? 0 : 1);
  const [worst] = states
    .filter((state) => state.state !== 'ready' && (state.id === currentId || wanted.has(state.id)))
    .toSorted((a, b) => rank(a) - rank(b));
  if (worst === undefined) return null;
  const isOffline = worst.state === 'offline';
  return { id: worst.id, isOffline, error: worst.error ?? { code: isOffline ? 'offline' : 'internal' } };
}
