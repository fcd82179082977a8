import { useEffect, useState } from 'react';
import type { DestinationUsage } from '../../shared/storage.ts';
import { useBridge } from './services.tsx';
import { useCommand } from './use-command.ts';

/** What we have sent to each destination; nothing until it is known. */
export function useUsage(): readonly DestinationUsage[] {
  const bridge = useBridge();
  const command = useCommand();
  const [usage, setUsage] = useState<readonly DestinationUsage[]>([]);
  useEffect(() => {
    let isGone = false;
    void command(bridge.getUsage()).then((answer) => !isGone && answer !== undefined && setUsage(answer));
    return () => {
      isGone = true;
    };
  }, [bridge, command]);
  return usage;
}
