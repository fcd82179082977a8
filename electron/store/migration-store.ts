import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { errorCodes } from '../../shared/errors.ts';
import { type MigrationRow, migrationRequestSchema, migrationStatuses } from '../../shared/migration.ts';
import type { MigrationHead, MigrationStore } from '../migration/migration-ports.ts';
import { writeAtomically } from './atomic-file.ts';

const head = z.object({
  schemaVersion: z.literal(1),
  request: migrationRequestSchema,
  folder: z.string().nullable(),
  sourceName: z.string(),
  plannedAt: z.number(),
  phase: z.enum(['planning', 'planned', 'running', 'done', 'stopped']),
});

const row = z.object({
  id: z.string(),
  path: z.string().min(1),
  key: z.string(),
  url: z.string(),
  status: z.enum(migrationStatuses),
  size: z.number().nonnegative(),
  error: z.object({ code: z.enum(errorCodes), detail: z.string().exactOptional() }).nullable(),
});

/**
 * The migration in one file, a line for each thing that is noted: the last word on the head and on each path counts.
 * Ten thousand videos are a few megabytes; a line costs the same however many there are.
 */
export function openMigrationStore(path: string): MigrationStore {
  // A line break leads: one that a crash cut short does not spoil the next.
  const append = (values: readonly object[]): Promise<void> =>
    values.length === 0
      ? Promise.resolve()
      : appendFile(path, values.map((value) => `\n${JSON.stringify(value)}`).join(''), { mode: 0o600 });
  return {
    load: async () => {
      const text = await readFile(path, 'utf8').catch(() => '');
      let found: MigrationHead | null = null;
      const rows = new Map<string, MigrationRow>();
      for (const line of text.split('\n')) {
        const value = parse(line);
        if (typeof value !== 'object' || value === null) continue;
        if ('schemaVersion' in value) found = head.safeParse(value).data ?? found;
        else {
          const { data } = row.safeParse(value);
          if (data !== undefined) rows.set(data.path, data);
        }
      }
      return found === null ? null : { head: found, rows: [...rows.values()] };
    },
    begin: async (value) => {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await writeAtomically(path, JSON.stringify(headLine(value)));
    },
    noteHead: (value) => append([headLine(value)]),
    noteRows: append,
  };
}

const headLine = (value: MigrationHead): object => ({ schemaVersion: 1, ...value });

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
