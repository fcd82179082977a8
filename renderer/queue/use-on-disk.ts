import { useCallback } from 'react';
import type { Upload } from '../../shared/upload.ts';
import type { Row } from '../state/rows.ts';
import { useSettings } from '../state/use-settings.ts';

/** Which leg of a row is a finished file on a disk of this computer, if any. */
export function useOnDisk(): (row: Pick<Row, 'legs'>) => Upload | undefined {
  const { destinations } = useSettings();
  return useCallback(
    ({ legs }) => {
      const isDisk = (id: string) => destinations.some(({ destination }) => destination.id === id && destination.kind === 'disk');
      return legs.find(({ status, destinationId }) => status === 'completed' && isDisk(destinationId));
    },
    [destinations],
  );
}
