import { useUploads } from './use-uploads.ts';

/** Seconds of the line's plot that the present speed is taken from. */
const recentSeconds = 15;

/** Bytes per second of the last moments; 0 where nothing was sent. */
export function useLineSpeed(): number {
  const { speeds } = useUploads().line;
  const recent = speeds.slice(-recentSeconds);
  return recent.length === 0 ? 0 : recent.reduce((sum, speed) => sum + speed, 0) / recent.length;
}
