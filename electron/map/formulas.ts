/**
 * A cell that begins so is a formula to a spreadsheet, whoever wrote it (OWASP, "CSV Injection"; Excel takes the
 * full-width signs for the plain ones). Apostrophes before it belong to it: what looks guarded is guarded once more, or it
 * would come back as something else.
 */
const formula = /^'*[=+\-@\t\r\n＝＋－＠]/;

/** The text as a cell that no spreadsheet computes. */
export const guarded = (text: string): string => (formula.test(text) ? `'${text}` : text);

/** What `guarded` was given. */
export const unguarded = (cell: string): string => (cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell);
