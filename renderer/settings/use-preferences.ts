import type { Preferences } from '../../shared/settings.ts';
import { useBridge } from '../state/services.tsx';
import { useCommand } from '../state/use-command.ts';
import { useSettings } from '../state/use-settings.ts';

/** The preferences and a way to change one; it counts at once, so there is no "apply". */
export function usePreferences() {
  const bridge = useBridge();
  const command = useCommand();
  const { preferences } = useSettings();
  const change = (changed: Partial<Preferences>) => void command(bridge.savePreferences(changed));
  return { preferences, change };
}
