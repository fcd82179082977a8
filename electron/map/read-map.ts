import { parse } from 'csv-parse/sync';
import { cleanVideoId } from '../../shared/key-template.ts';
import { keyProblem } from '../../shared/object-key.ts';
import { UploadError } from '../uploads/upload-error.ts';
import { unguarded } from './formulas.ts';

/** A row of the map `id,path,key,url,status`, as far as it is of use. */
export interface MapRow {
  readonly path: string;
  /** Null where the row names none. */
  readonly id: string | null;
  readonly key: string | null;
}

/** What people call the columns, without accents. */
const columnNames: Readonly<Record<string, 'id' | 'path' | 'key' | 'url' | 'status'>> = {
  id: 'id',
  video: 'id',
  video_id: 'id',
  path: 'path',
  file: 'path',
  arquivo: 'path',
  caminho: 'path',
  key: 'key',
  chave: 'key',
  url: 'url',
  link: 'url',
  status: 'status',
};

/** Characters of an id: as many as a person may type, and a key has room for them. */
const maxIdLength = 300;

/**
 * Reads a table as spreadsheets write it: comma, semicolon (Excel in Brazil) or tab; UTF-8, or Windows-1252 where it is
 * none. Rejects with `map-unreadable` when there is no column with files, or none with ids or keys.
 */
export function readMap(bytes: Uint8Array): readonly MapRow[] {
  const rows = tableOf(textOf(bytes));
  const header = rows[0]?.map((title) => columnNames[columnName(title)]) ?? [];
  const hasNames = header.includes('id') || header.includes('key');
  if (!header.includes('path') || !hasNames) throw new UploadError('map-unreadable');
  const cell = (row: readonly string[], column: 'id' | 'path' | 'key'): string =>
    unguarded((row[header.indexOf(column)] ?? '').trim());
  return rows.slice(1).flatMap((row) => {
    const path = cell(row, 'path');
    const id = cleanVideoId(cell(row, 'id'));
    const key = cell(row, 'key').normalize('NFC');
    const isId = id !== '' && id.length <= maxIdLength;
    const usable = { path, id: isId ? id : null, key: keyProblem(key) === null ? key : null };
    return path === '' || (usable.id === null && usable.key === null) ? [] : [usable];
  });
}

const columnName = (title: string): string =>
  title.normalize('NFD').replace(/\p{M}/gu, '').trim().toLowerCase().replace(/\s+/g, '_');

function tableOf(text: string): readonly (readonly string[])[] {
  const firstLine = /\S.*/.exec(text)?.[0] ?? '';
  const delimiter = [';', '\t', ','].find((candidate) => firstLine.includes(candidate)) ?? ',';
  try {
    return parse(text, { bom: true, delimiter, relaxColumnCount: true, relaxQuotes: true, skipEmptyLines: true });
  } catch (error) {
    throw new UploadError('map-unreadable', { cause: error });
  }
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Saved by a spreadsheet on Windows.
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
