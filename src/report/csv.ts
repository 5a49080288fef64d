/**
 * Rows as CSV (RFC 4180). A text cell that a spreadsheet would read as a formula (it begins with = + - @, a tab or a
 * line end) gets an apostrophe before it; numbers stay numbers.
 */
export function csvText(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(value: string | number): string {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  const text = value.replaceAll('\0', '').replace(/^(?=\s*[=+\-@\t\r\n＝＋－＠])/u, "'");
  return /[",\r\n;\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
