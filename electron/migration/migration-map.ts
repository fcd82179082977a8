import { stringify } from 'csv-stringify/sync';
import type { MigrationRow } from '../../shared/migration.ts';
import { guarded } from '../map/formulas.ts';

/** The map of a migration: a table that spreadsheets and the web service read. `url` is one that lasts, or empty. */
export function writeMap(rows: readonly MigrationRow[]): string {
  const cells = rows.map(({ id, path, key, url, status }) => [id, path, key, url, status].map(guarded));
  return stringify([['id', 'path', 'key', 'url', 'status'], ...cells], { record_delimiter: '\r\n' });
}
