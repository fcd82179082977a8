import type { Destination } from '../../shared/settings.ts';
import type { DestinationTab } from '../state/panels.tsx';

const tabs: Readonly<Record<Destination['kind'], readonly DestinationTab[]>> = {
  r2: ['check', 'playback', 'unfinished', 'costs', 'delete'],
  s3: ['check', 'playback', 'unfinished', 'costs', 'delete'],
  // No page asks a folder, and what it costs is what the disk cost.
  disk: ['check', 'unfinished', 'costs', 'delete'],
  // It is for trying things out: no page plays from it, and nobody charges for it.
  practice: ['check', 'unfinished', 'delete'],
};

export function tabsOf(kind: Destination['kind']): readonly DestinationTab[] {
  return tabs[kind];
}

/** The one that was asked for, where this kind of destination has it. */
export function tabFor(kind: Destination['kind'], wanted: DestinationTab): DestinationTab {
  return tabs[kind].includes(wanted) ? wanted : 'check';
}
