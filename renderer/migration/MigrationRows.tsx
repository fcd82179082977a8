import type { MigrationRow, MigrationState } from '../../shared/migration.ts';
import { useTexts } from '../text/TextProvider.tsx';

/** Some of the videos, those that need an eye first. */
export function MigrationRows({ migration }: { readonly migration: MigrationState }) {
  const { migration: words, format } = useTexts();
  const { rows, looked } = migration;
  if (rows.length === 0) return null;
  return (
    <section aria-label={words.rows}>
      <ul className="migration-rows">
        {rows.map((row) => (
          <Row key={row.path} row={row} />
        ))}
      </ul>
      {looked > rows.length && <p className="care-muted migration-more">{words.rowsMore(format.integer(looked - rows.length))}</p>}
    </section>
  );
}

function Row({ row }: { readonly row: MigrationRow }) {
  const { migration: words, format, errorText } = useTexts();
  const { path, key, status, size, error } = row;
  return (
    <li className="migration-row" data-status={status}>
      <span className="migration-row-names">
        <span className="migration-row-path" title={path}>
          {path}
        </span>
        <span className="care-muted">
          {`${words.rowStatus[status]} · ${error === null ? key : errorText(error).cause}`}
        </span>
      </span>
      <span className="migration-row-bytes">{size > 0 ? format.bytes(size) : ''}</span>
    </li>
  );
}
