import type { Upload } from '../../shared/upload.ts';
import { canCopyLink, isEnded, uploadedBytesOf } from '../../shared/upload.ts';

type Legs = readonly [Upload, ...Upload[]];

/**
 * One line of the list: an upload, or those of one file to several destinations with the state of the whole. Its id is
 * that of the first leg; the legs stand in the order of the destinations, the main one first.
 */
export type Row = Upload & { readonly legs: Legs };

/**
 * What the whole shows of several: trouble before movement, movement before rest, and done only when all are. A leg that
 * was skipped or deleted is not there, whatever became of the others.
 */
const ranks: Readonly<Record<Upload['status'], number>> = {
  failed: 0,
  uploading: 1,
  completing: 2,
  waiting: 3,
  canceling: 4,
  queued: 5,
  paused: 6,
  skipped: 7,
  deleted: 8,
  completed: 9,
};

/** The rows of a snapshot; those of `before` are handed on where nothing of them has changed, so that they are not drawn again. */
export function rowsOf(uploads: readonly Upload[], before: readonly Row[] = []): readonly Row[] {
  const known = new Map(before.map((row) => [row.id, row]));
  const groups = new Map<string, [Upload, ...Upload[]]>();
  for (const upload of uploads) {
    const name = upload.groupId ?? upload.id;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [upload]);
    else group.push(upload);
  }
  const rows = Array.from(groups.values(), (legs) => {
    const old = known.get(legs[0].id);
    const isSame = old?.legs.length === legs.length && legs.every((leg, n) => leg === old.legs[n]);
    return isSame && old !== undefined ? old : { ...wholeOf(legs), legs };
  });
  return rows.length === before.length && rows.every((row, n) => row === before[n]) ? before : rows;
}

/** The leg that a person has to look at: the one whose state the row shows. */
export function leadOf({ legs }: { readonly legs: Legs }): Upload {
  return legs.reduce((lead, leg) => (ranks[leg.status] < ranks[lead.status] ? leg : lead));
}

/** The leg that a row's link is of: the first that arrived, main one first, once nothing of the row goes on any more. */
export function linkedLegOf(row: Row): Upload | undefined {
  return isEnded(row) ? row.legs.find(canCopyLink) : undefined;
}

/** Everything that is sent for these rows. */
export const legsOf = (rows: readonly Row[]): readonly Upload[] => rows.flatMap(({ legs }) => legs);

function wholeOf(legs: Legs): Upload {
  const [first, ...others] = legs;
  if (others.length === 0) return first;
  const lead = leadOf({ legs });
  const shared = { id: first.id, key: first.key, keyEditable: legs.every((leg) => leg.keyEditable), holding: holdingOf(legs) };
  const share = legs.reduce((sum, leg) => sum + uploadedBytesOf(leg), 0) / legs.length;
  const uploadedBytes = Math.min(lead.size, Math.round(share));
  switch (lead.status) {
    case 'uploading':
      return { ...lead, ...shared, uploadedBytes, ...movementOf(legs, lead.size) };
    case 'completed':
      // No more is said of the whole than of the leg of which least is known.
      return { ...lead, ...shared, completedAt: Math.max(...legs.map(endOf)), verification: weakest(legs, lead.verification) };
    case 'skipped':
    case 'deleted':
    case 'canceling':
      return { ...lead, ...shared };
    case 'failed':
    case 'completing':
    case 'waiting':
    case 'queued':
    case 'paused':
      return { ...lead, ...shared, uploadedBytes };
  }
}

/** Two lines beside each other carry what both carry, and take as long as the slower one. */
function movementOf(legs: Legs, size: number) {
  const moving = legs.filter((leg) => leg.status === 'uploading');
  const confirmed = legs.reduce((sum, leg) => sum + (leg.status === 'uploading' ? leg.confirmedBytes : uploadedBytesOf(leg)), 0);
  const speeds = moving.map(({ bytesPerSecond }) => bytesPerSecond).filter((speed) => speed !== null);
  const etas = moving.map(({ etaSeconds }) => etaSeconds).filter((eta) => eta !== null);
  return {
    confirmedBytes: Math.min(size, Math.round(confirmed / legs.length)),
    bytesPerSecond: speeds.length === 0 ? null : speeds.reduce((sum, speed) => sum + speed, 0),
    etaSeconds: etas.length < moving.length ? null : Math.max(...etas),
  };
}

const levels = ['parts', 'size', 'object', 'checksum'] as const;

function weakest(legs: Legs, verification: (typeof levels)[number]): (typeof levels)[number] {
  const reached = legs.map((leg) => (leg.status === 'completed' ? levels.indexOf(leg.verification) : levels.length));
  return levels[Math.min(...reached)] ?? verification;
}

const endOf = (leg: Upload): number => (leg.status === 'completed' ? leg.completedAt : 0);
const holdingOf = (legs: Legs): Upload['holding'] => legs.find(({ holding }) => holding !== null)?.holding ?? null;
