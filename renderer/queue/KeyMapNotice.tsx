import { TableProperties } from 'lucide-react';
import { useBridge } from '../state/services.tsx';
import { useCommand } from '../state/use-command.ts';
import { useSettings } from '../state/use-settings.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { Button } from '../ui/Button.tsx';

/** Names come from a list: said as long as it is so. */
export function KeyMapNotice() {
  const { adding } = useTexts();
  const { keyMap } = useSettings();
  const bridge = useBridge();
  const command = useCommand();
  if (keyMap === null) return null;
  return (
    <section className="banner banner-slim" aria-label={adding.mapInForce(keyMap.name, keyMap.rows)} data-testid="key-map">
      <TableProperties className="icon banner-icon" aria-hidden />
      <div className="banner-text">
        <p className="banner-title">{adding.mapInForce(keyMap.name, keyMap.rows)}</p>
        <p className="banner-hint">{adding.mapHint}</p>
      </div>
      <div className="banner-buttons">
        <Button tone="quiet" onPress={() => void command(bridge.forgetKeyMap())}>
          {adding.mapForget}
        </Button>
      </div>
    </section>
  );
}
