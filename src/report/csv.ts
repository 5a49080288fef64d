import type { Cell, ReportTable } from './tables.js';

/** A table of the report as CSV, its header first. */
export function tableCsv({ columns, rows }: ReportTable): string {
  return csvText([columns.map((c) => c.name), ...rows]);
}

/**
 * Rows as CSV (RFC 4180). A text cell that a spreadsheet would read as a formula (it begins with = + - @, a tab or a
 * line end) gets an apostrophe before it; numbers stay numbers.
 */
export function csvText(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  const text = value.replaceAll('\0', '').replace(/^(?=\s*[=+\-@\t\r\n＝＋－＠])/u, "'");
  return /[",\r\n;\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
