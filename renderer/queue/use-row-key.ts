import { keyProblem } from '../../shared/object-key.ts';
import type { Row } from '../state/rows.ts';
import { useBridge } from '../state/services.tsx';
import { useCommand } from '../state/use-command.ts';
import { useSettings } from '../state/use-settings.ts';
import { useUploads } from '../state/use-uploads.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { prefixOf } from './destination-prefix.ts';

/** The key that each leg of a row gets when its first one gets `key`: one name, behind each destination's prefix. */
function useLegKeys() {
  const { destinations } = useSettings();
  return (row: Row, key: string) => {
    const name = key.slice(prefixOf(destinations, row.legs[0].destinationId).length);
    return row.legs.map((leg, n) => ({ leg, key: n === 0 ? key : prefixOf(destinations, leg.destinationId) + name }));
  };
}

/** Sets the name of a row at all of its destinations. False when one of them refused; the person has been told why. */
export function useSetKey(): (row: Row, key: string) => Promise<boolean> {
  const bridge = useBridge();
  const command = useCommand();
  const legKeys = useLegKeys();
  return async (row, key) => {
    for (const { leg, key: its } of legKeys(row, key)) {
      if ((await command(bridge.setKey(leg.id, its))) === undefined) return false;
    }
    return true;
  };
}

/** What is wrong with a key for a row, in words; null while it is right and nobody else's. */
export function useKeyProblem(): (row: Row, key: string) => string | null {
  const { queue } = useTexts();
  const { uploads } = useUploads();
  const { destinations } = useSettings();
  const legKeys = useLegKeys();
  return (row, key) => {
    const problem = keyProblem(key);
    if (problem !== null) return queue.keyProblems[problem];
    const prefix = prefixOf(destinations, row.legs[0].destinationId);
    if (!key.startsWith(prefix)) return queue.keyOutside(prefix);
    const isTaken = legKeys(row, key).some(({ leg, key: its }) =>
      uploads.some((other) => other.id !== leg.id && other.destinationId === leg.destinationId && other.key === its),
    );
    return isTaken ? queue.keyTaken : null;
  };
}
