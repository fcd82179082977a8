import { useState } from 'react';
import { useCommand } from '../state/use-command.ts';

/**
 * A command that begins something, once: a second press would be refused over what the first one has begun. It is
 * pending until it is answered and the state of that revision has given way to the next, which the answer may precede.
 */
export function usePending(revision: number) {
  const command = useCommand();
  const [isAsking, setAsking] = useState(false);
  const [begunAt, setBegunAt] = useState<number | null>(null);
  const isPending = isAsking || begunAt === revision;
  const begin = async (ask: () => Promise<unknown>): Promise<boolean> => {
    if (isPending) return false;
    setAsking(true);
    setBegunAt(revision);
    const hasBegun = (await command(ask())) !== undefined;
    if (!hasBegun) setBegunAt(null);
    setAsking(false);
    return hasBegun;
  };
  return { isPending, begin };
}
