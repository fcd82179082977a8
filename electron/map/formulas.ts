/** A cell that begins so is a formula to a spreadsheet, whoever wrote it (OWASP, "CSV Injection"). */
const formula = /^[=+\-@\t\r]/;

/** The text as a cell that no spreadsheet computes. */
export const guarded = (text: string): string => (formula.test(text) ? `'${text}` : text);

/** What `guarded` was given. */
export const unguarded = (cell: string): string => (cell.startsWith("'") && formula.test(cell.slice(1)) ? cell.slice(1) : cell);
