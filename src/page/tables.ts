import { html, type Markup, type Part } from './html.js';

export interface Column<T> {
  readonly name: string;
  /** A number is aligned right and sorts as one. */
  readonly number?: boolean;
  /** The header of its row. */
  readonly head?: boolean;
  readonly cell: (row: T) => Part;
  /** What the table is sorted by and what its CSV holds, where that is not the text of the cell. */
  readonly value?: (row: T) => string | number;
}

/** A table that the page's script makes sortable and downloadable. */
export function table<T>(
  rows: readonly T[],
  columns: readonly Column<T>[],
  { caption, file, id }: { readonly caption: string; readonly file: string; readonly id?: string },
): Markup {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table data-file="${file}"${id === undefined ? null : html` id="${id}"`}><caption>${caption}</caption>
<thead><tr>${columns.map((c) => html`<th scope="col"${c.number === true ? html` class="n"` : null}>${c.name}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${columns.map((c) => cellOf(c, row))}</tr>
`)}</tbody></table></div>`;
}

function cellOf<T>(column: Column<T>, row: T): Markup {
  const value = column.value === undefined ? null : html` data-v="${column.value(row)}"`;
  const kind = column.number === true ? html` class="n"` : null;
  return column.head === true
    ? html`<th scope="row"${kind}${value}>${column.cell(row)}</th>`
    : html`<td${kind}${value}>${column.cell(row)}</td>`;
}
