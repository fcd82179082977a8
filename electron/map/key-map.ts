import type { MappedName } from '../uploads/intake.ts';
import type { MapRow } from './read-map.ts';

/** A list of ids or keys by file, as somebody keeps it in a table. */
export interface KeyMap {
  /** The file's name, for people. */
  readonly name: string;
  readonly rows: number;
  readonly find: (path: string) => MappedName | null;
}

/**
 * Finds a file's row by the end of its path: `aulas/intro.mp4` in the table is `/home/ana/aulas/intro.mp4` on the disk.
 * Of several rows the one that says most of the path counts; two that say as much and name different videos say nothing.
 * Accents may be composed or not, and capitals do not matter: Windows and macOS do not tell them apart either.
 */
export function keyMapOf(name: string, rows: readonly MapRow[]): KeyMap {
  const byName = new Map<string, Array<{ readonly segments: readonly string[]; readonly row: MapRow }>>();
  for (const row of rows) {
    const segments = segmentsOf(row.path);
    const last = segments.at(-1);
    if (last === undefined) continue;
    const there = byName.get(last) ?? [];
    there.push({ segments, row });
    byName.set(last, there);
  }
  return {
    name,
    rows: rows.length,
    find: (path) => {
      const segments = segmentsOf(path);
      const fitting = (byName.get(segments.at(-1) ?? '') ?? []).filter((entry) => isEndOf(entry.segments, segments));
      const most = fitting.reduce((length, entry) => Math.max(length, entry.segments.length), 0);
      const best = fitting.filter((entry) => entry.segments.length === most).map(({ row }) => row);
      const [first] = best;
      if (first === undefined || best.some(({ id, key }) => id !== first.id || key !== first.key)) return null;
      return { id: first.id, key: first.key };
    },
  };
}

const segmentsOf = (path: string): readonly string[] =>
  path
    .normalize('NFC')
    .toLowerCase()
    .split(/[/\\]+/)
    .filter((segment) => segment !== '' && segment !== '.');

const isEndOf = (end: readonly string[], whole: readonly string[]): boolean =>
  end.length <= whole.length && end.every((segment, n) => segment === whole[whole.length - end.length + n]);
