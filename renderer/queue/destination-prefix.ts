import type { DestinationInfo } from '../../shared/settings.ts';

/** What the keys of a destination begin with. */
export function prefixOf(destinations: readonly DestinationInfo[], id: string): string {
  const destination = destinations.find((info) => info.destination.id === id)?.destination;
  return destination?.kind === 'r2' || destination?.kind === 's3' ? destination.prefix : '';
}
