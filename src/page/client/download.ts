import { csvText } from '../../report/csv.js';
import { button, colour, el } from './dom.js';

/** Hands a file to the reader; it is made here and goes nowhere else. */
function save(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = el('a', { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export function saveCsv(name: string, rows: readonly (readonly (string | number)[])[]): void {
  // The mark tells spreadsheets that this is UTF-8.
  save(`${name}.csv`, 'text/csv;charset=utf-8', `\uFEFF${csvText(rows)}`);
}

/** The page's style as a drawing carries it away: in the colours that the reader has it in now. */
function carriedStyle(): string {
  const style = document.querySelector('head style')?.textContent ?? '';
  const names = new Set([...style.matchAll(/--([\w-]+):/g)].map((m) => m[1]!));
  const colours = [...names].map((name) => `--${name}:${colour(name)};`).join('');
  return `${style}\nsvg:root{${colours}background:var(--paper)}`;
}

/** An SVG of the page as a file of its own, with the page's style inside. */
export function saveSvg(name: string, svg: SVGSVGElement): void {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  const style = document.createElementNS('http://www.w3.org/2000/svg', 'style');
  style.textContent = carriedStyle();
  copy.prepend(style);
  save(`${name}.svg`, 'image/svg+xml', new XMLSerializer().serializeToString(copy));
}

/** Rows of a table as its cells say, or as their data-v says where the text is rounded. */
export function tableRows(table: HTMLTableElement): (string | number)[][] {
  return [...table.rows].map((row) =>
    [...row.cells]
      .filter((cell) => !cell.classList.contains('chart'))
      .map((cell) => {
        const text = cell.dataset['v'] ?? (cell.textContent ?? '').trim();
        const number = Number(text);
        return cell.classList.contains('n') && text !== '' && Number.isFinite(number) ? number : text;
      }),
  );
}

/** Buttons under every table and every drawn chart. */
export function addDownloads(all: Readonly<Record<string, () => (string | number)[][]>>): void {
  for (const table of document.querySelectorAll<HTMLTableElement>('table[data-file]')) {
    const name = table.dataset['file']!;
    const rows = table.id !== '' && Object.hasOwn(all, table.id) ? all[table.id]! : () => tableRows(table);
    const save = button('Download CSV', () => saveCsv(name, rows()), {
      'aria-label': `Download CSV: ${captionOf(table)}`,
    });
    table.closest('.scroll')?.after(el('p', { class: 'tools' }, save));
  }
  for (const figure of document.querySelectorAll<HTMLElement>('figure[data-file]')) {
    const svg = figure.querySelector('svg');
    if (svg === null) continue;
    const name = figure.dataset['file']!;
    const label = svg.getAttribute('aria-label') ?? name;
    figure.append(
      el(
        'p',
        { class: 'tools' },
        button('Download SVG', () => saveSvg(name, svg), { 'aria-label': `Download SVG: ${label}` }),
      ),
    );
  }
}

function captionOf(table: HTMLTableElement): string {
  return table.caption?.textContent ?? table.dataset['file'] ?? '';
}
