import { MiB } from '../electron/uploads/part-plan.ts';
import { type Peer, installedPeers, peerNames } from './peers.ts';

/** What is measured, before it is known where it runs. */
export type Contender = { readonly name: string; readonly title: string } & (
  | { readonly kind: 'engine' | 'lib-storage'; readonly partSize: number }
  | { readonly kind: 'raw'; readonly partSize: number; readonly isHashed: boolean }
  | { readonly kind: 'bare' }
  | { readonly kind: 'peer'; readonly peer: Peer }
);

/** What the ratios are taken against. */
export const yardstick = 'lib-storage-16';

const ours: readonly Contender[] = [
  { name: 'engine', title: 'Remessa’s engine, 8 MiB', kind: 'engine', partSize: 8 * MiB },
  { name: 'lib-storage-8', title: 'lib-storage, 8 MiB', kind: 'lib-storage', partSize: 8 * MiB },
  { name: 'lib-storage-16', title: 'lib-storage, 16 MiB', kind: 'lib-storage', partSize: 16 * MiB },
  { name: 'raw', title: 'raw PUT, 16 MiB', kind: 'raw', partSize: 16 * MiB, isHashed: false },
  { name: 'raw-sha256', title: 'raw PUT + SHA-256, 16 MiB', kind: 'raw', partSize: 16 * MiB, isHashed: true },
];

/** The process alone. Runs always: every other contender's memory is measured above it. */
export const bare: Contender = { name: 'bare', title: 'the bare process', kind: 'bare' };

/** Throws when a wanted name is nobody's. */
export function chooseContenders(only: readonly string[] | null): {
  readonly contenders: readonly Contender[];
  /** Peers that are not on this computer. */
  readonly absent: readonly string[];
} {
  const known = [...ours.map(({ name }) => name), ...peerNames];
  for (const name of only ?? []) {
    if (!known.includes(name)) throw new Error(`--only ${name}: there are ${known.join(', ')}`);
  }
  const isWanted = (name: string): boolean => only === null || only.includes(name);
  const peers = installedPeers().map((peer): Contender => ({ name: peer.name, title: peer.title, kind: 'peer', peer }));
  return {
    contenders: [...ours, ...peers].filter(({ name }) => isWanted(name)),
    absent: peerNames.filter((name) => isWanted(name) && !peers.some((peer) => peer.name === name)),
  };
}
