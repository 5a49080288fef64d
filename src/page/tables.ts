import { html, type Markup, type Part } from './html.js';

export interface Column<T> {
  readonly name: string;
  /** A number is aligned right and sorts as one. */
  readonly number?: boolean;
  /** A word or two, kept on one line. */
  readonly short?: boolean;
  /** The header of its row. */
  readonly head?: boolean;
  /** Drawn: neither sorted by nor downloaded. */
  readonly chart?: boolean;
  readonly cell: (row: T) => Part;
  /** What the table is sorted by and what its CSV holds, where that is not the text of the cell. */
  readonly value?: (row: T) => string | number;
}

interface TableOptions {
  readonly caption: string;
  /** Name of its CSV file. */
  readonly file: string;
  readonly id?: string;
  /** The caption says what the heading above says, so only screen readers get it. */
  readonly quiet?: boolean;
}

/** A table that the page's script makes sortable and downloadable. */
export function table<T>(
  rows: readonly T[],
  columns: readonly Column<T>[],
  { caption, file, id, quiet }: TableOptions,
): Markup {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table data-file="${file}"${id === undefined ? null : html` id="${id}"`}><caption${quiet === true ? html` class="quiet"` : null}>${caption}</caption>
<thead><tr>${columns.map((c) => html`<th scope="col"${kindOf(c)}>${c.name}</th>`)}</tr></thead>
<tbody>${rows.map(
    (row) => html`<tr>${columns.map((c) => cellOf(c, row))}</tr>
`,
  )}</tbody></table></div>`;
}

function kindOf<T>({ number, short, chart }: Column<T>): Markup | null {
  const kind = number === true ? 'n' : short === true ? 's' : chart === true ? 'chart' : null;
  return kind === null ? null : html` class="${kind}"`;
}

function cellOf<T>(column: Column<T>, row: T): Markup {
  const value = column.value === undefined ? null : html` data-v="${column.value(row)}"`;
  const kind = kindOf(column);
  return column.head === true
    ? html`<th scope="row"${kind}${value}>${column.cell(row)}</th>`
    : html`<td${kind}${value}>${column.cell(row)}</td>`;
}
