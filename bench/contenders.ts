import { MiB } from '../electron/uploads/part-plan.ts';
import type { EngineWish } from './job.ts';
import type { Choice, Options } from './options.ts';
import { type Peer, installedPeers, peerNames } from './peers.ts';

/** What is measured, before it is known where it runs. */
export type Contender = { readonly name: string; readonly title: string } & (
  | { readonly kind: 'engine'; readonly wish: EngineWish }
  | { readonly kind: 'lib-storage'; readonly partSize: number; readonly connections: number }
  | { readonly kind: 'raw'; readonly partSize: number; readonly connections: number; readonly isHashed: boolean }
  | { readonly kind: 'bare' }
  | { readonly kind: 'peer'; readonly peer: Peer; readonly connections: number }
);

type Place = Pick<Options, 'endpoint' | 'connections' | 'partSize' | 'givesWay'>;

/** What the ratios are taken against. Over a link smaller parts are the stronger rival. */
export const yardstickOf = ({ endpoint }: Pick<Options, 'endpoint'>): string =>
  endpoint === null ? 'lib-storage-16' : 'lib-storage-8';

/** Run where `--only` says nothing. Over a link the number of connections decides, and not what a hash costs. */
const usual = {
  loopback: ['engine', 'lib-storage-8', 'lib-storage-16', 'raw', 'raw-sha256', 'rclone', 'aws', 's3cmd'],
  link: ['engine', 'lib-storage-8', 'rclone-5', 'rclone-16', 'raw-16x5'],
};

/** The process alone. Every other contender's memory is measured above it. */
export const bare: Contender = { name: 'bare', title: 'the bare process', kind: 'bare' };

function sized(count: Choice, size: Choice): string {
  if (count === 'auto' && size === 'auto') return 'automatic';
  return `${count === 'auto' ? 'its own number' : count} × ${size === 'auto' ? 'its own size' : `${size / MiB} MiB`}`;
}

function ours(place: Place): readonly Contender[] {
  const isLink = place.endpoint !== null;
  const asked = typeof place.connections === 'number' ? place.connections : null;
  const connections = asked ?? 4;
  const wish: EngineWish = {
    connections: place.connections ?? (isLink ? 'auto' : 4),
    partSize: place.partSize ?? (isLink ? 'auto' : 8 * MiB),
    givesWay: place.givesWay,
  };
  const lib = (size: number): Contender => ({
    name: `lib-storage-${size}`,
    title: `lib-storage, ${sized(connections, size * MiB)}`,
    kind: 'lib-storage',
    partSize: size * MiB,
    connections,
  });
  const raw = (name: string, title: string, options: { count: number; size: number; isHashed: boolean }): Contender => ({
    name,
    title: `${title}, ${sized(options.count, options.size * MiB)}`,
    kind: 'raw',
    partSize: options.size * MiB,
    connections: options.count,
    isHashed: options.isHashed,
  });
  return [
    { name: 'engine', title: `Remessa’s engine, ${sized(wish.connections, wish.partSize)}`, kind: 'engine', wish },
    lib(8),
    lib(16),
    raw('raw', 'raw PUT', { count: connections, size: 16, isHashed: false }),
    raw('raw-sha256', 'raw PUT + SHA-256', { count: connections, size: 16, isHashed: true }),
    raw('raw-16x5', 'raw PUT', { count: asked ?? 16, size: 5, isHashed: false }),
  ];
}

/** Throws when a wanted name is nobody's. */
export function chooseContenders(place: Place & Pick<Options, 'only'>): {
  readonly contenders: readonly Contender[];
  /** Peers that are not on this computer. */
  readonly absent: readonly string[];
} {
  const own = ours(place);
  const names = [...own.map(({ name }) => name), ...peerNames];
  const wanted = place.only ?? (place.endpoint === null ? usual.loopback : usual.link);
  for (const name of wanted) {
    if (!names.includes(name)) throw new Error(`--only ${name}: there are ${names.join(', ')}`);
  }
  const connections = typeof place.connections === 'number' ? place.connections : 4;
  const peers = installedPeers().map(
    (peer): Contender => ({ name: peer.name, title: peer.titleWith(connections), kind: 'peer', peer, connections }),
  );
  return {
    contenders: [...own, ...peers].filter(({ name }) => wanted.includes(name)),
    absent: peerNames.filter((name) => wanted.includes(name) && !peers.some((peer) => peer.name === name)),
  };
}
