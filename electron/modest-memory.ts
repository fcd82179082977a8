import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8 from enlarging the space for new objects with every gigabyte that passes: ours are few, small and gone at
 * once, and an app that works in the background for hours should not grow. Measured in docs/performance.md. To be
 * called before the work begins.
 */
export function keepYoungSpaceSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}
