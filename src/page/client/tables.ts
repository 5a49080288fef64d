import { button, el } from './dom.js';

/** Fewest rows of a table worth a search field. */
const SEARCH_FROM = 8;

/** Makes a table sortable by its headers, and searchable when it is long. */
export function enliven(table: HTMLTableElement): void {
  const body = table.tBodies[0];
  if (body === undefined || body.rows.length < 2) return;
  [...(table.tHead?.rows[0]?.cells ?? [])].forEach((cell, column) => {
    if (cell.classList.contains('chart')) return;
    const name = cell.textContent ?? '';
    const numeric = cell.classList.contains('n');
    const sort = button(name, () => sortBy(table, column, numeric), { class: 'sort' });
    cell.replaceChildren(sort);
  });
  if (body.rows.length >= SEARCH_FROM) addSearch(table, body);
}

function sortBy(table: HTMLTableElement, column: number, numeric: boolean): void {
  const header = table.tHead!.rows[0]!.cells[column]!;
  const first = numeric ? 'descending' : 'ascending';
  const other = numeric ? 'ascending' : 'descending';
  const direction = header.getAttribute('aria-sort') === first ? other : first;
  for (const cell of table.tHead!.rows[0]!.cells) cell.removeAttribute('aria-sort');
  header.setAttribute('aria-sort', direction);
  const sign = direction === 'ascending' ? 1 : -1;
  const body = table.tBodies[0]!;
  const keyed = [...body.rows].map((row, i) => ({ row, i, key: valueOf(row.cells[column]!) }));
  keyed.sort(
    (x, y) =>
      sign * (numeric ? Number(x.key) - Number(y.key) : x.key < y.key ? -1 : x.key > y.key ? 1 : 0) || x.i - y.i,
  );
  body.append(...keyed.map((k) => k.row));
}

function valueOf(cell: HTMLTableCellElement): string {
  const text = cell.dataset['v'] ?? cell.textContent ?? '';
  return cell.classList.contains('n') ? text.replace(/[,\s%]/g, '').replace('\u2212', '-') : text.toLowerCase();
}

function addSearch(table: HTMLTableElement, body: HTMLTableSectionElement): void {
  const name = table.caption?.textContent ?? '';
  const status = el('span', { class: 'note', role: 'status' });
  const filter = (): void => {
    const wanted = input.value.trim().toLowerCase();
    let shown = 0;
    for (const row of body.rows) {
      row.hidden = wanted !== '' && !(row.textContent ?? '').toLowerCase().includes(wanted);
      if (!row.hidden) shown++;
    }
    status.textContent = wanted === '' ? '' : `${shown} of ${body.rows.length} rows`;
  };
  const input = el('input', { type: 'search', input: filter, 'aria-label': `Search: ${name}`, placeholder: 'Search' });
  table.closest('.scroll')?.before(el('p', { class: 'tools' }, input, status));
}
