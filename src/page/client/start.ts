import { backCoded, type PageData } from '../data.js';
import { plain } from '../html.js';
import { unpacked } from '../packed.js';
import { el, watchPrinting } from './dom.js';
import { addDownloads } from './download.js';
import { followLinks } from './links.js';
import { drawMap } from './map.js';
import type { MakeUnderlay } from './map-scene.js';
import { drawMatrix } from './matrix.js';
import { addReading, opener } from './opened.js';
import { enliven } from './tables.js';

/** Draws a figure when the reader comes near it, so that the first paint waits for none; all of them before printing. */
function drawNear(figure: HTMLElement | null, draw: (figure: HTMLElement) => void): void {
  const section = figure?.closest('section') ?? null;
  if (figure === null || section === null) return;
  let drawn = false;
  const once = (): void => {
    if (drawn) return;
    drawn = true;
    watch.disconnect();
    draw(figure);
  };
  const watch = new IntersectionObserver((entries) => entries.some((e) => e.isIntersecting) && once(), {
    rootMargin: '600px',
  });
  watch.observe(section);
  addEventListener('beforeprint', once);
}

/** Filter of the table of pairs by least strength. */
function addStrengthFilter(table: HTMLTableElement | null): void {
  const body = table?.tBodies[0];
  if (table === null || body === undefined || body.rows.length < 2) return;
  const said = el('span', { class: 'note', role: 'status' });
  const least = el('span', { class: 'value', 'aria-hidden': 'true' }, '0');
  const from = el('input', {
    type: 'range',
    min: 0,
    max: 6,
    step: 0.5,
    value: 0,
    'aria-label': 'Least log10 LR of a pair in the table',
    input: () => {
      let shown = 0;
      least.textContent = from.value;
      for (const row of body.rows) {
        const weak = Number(row.cells[2]?.dataset['v']) < Number(from.value);
        row.classList.toggle('weak', weak && Number(from.value) > 0);
        if (!row.classList.contains('weak')) shown++;
      }
      said.textContent = `${shown} pairs of log10 LR ${from.value} or more`;
    },
  });
  table.closest('.scroll')?.before(el('p', { class: 'tools' }, el('label', {}, 'log10 LR from ', from, least), said));
}

/** The articles of a byline, all of them, whatever the page lists. */
function articleRows(rows: PageData['articles'][number]): (string | number)[][] {
  return [
    ['article', 'title', 'date', 'link', 'words', 'hand', 'certainty', 'told'],
    ...backCoded(rows).map(([id, title, date, url, words, hand, certainty, told]) => [
      id,
      title,
      date,
      url,
      words,
      hand + 1,
      certainty / 100,
      told === 1 ? 'yes' : 'no',
    ]),
  ];
}

/**
 * Brings the page to life.
 *
 * @param underlay what can draw a large map below its canvas; null on pages whose map the canvas draws alone
 */
export function start(underlay: MakeUnderlay | null): void {
  watchPrinting();
  const block = document.getElementById('data')!;
  const data = unpacked(block.textContent!) as PageData;
  // The text is read; of a large dump it is a megabyte.
  block.remove();
  const name = (i: number): string => plain(data.bylines[i]![0]);
  addDownloads({
    'all-pairs': () => [
      ['a', 'b', 'verdict', 'log10 LR', 'score'],
      ...data.pairs.map(([a, b, verdict, log10LR, score]) => [name(a), name(b), verdict, log10LR, score]),
    ],
    ...Object.fromEntries(data.articles.map((rows, i) => [`articles-${i}`, () => articleRows(rows)])),
  });
  for (const table of document.querySelectorAll<HTMLTableElement>('table[data-file]')) enliven(table);
  addReading(data);
  addStrengthFilter(document.querySelector('#all-pairs'));
  drawNear(document.getElementById('map-figure'), (figure) => {
    if (data.bylines.length > 1) drawMap(data, figure, underlay);
  });
  const { clustering } = data;
  drawNear(document.getElementById('matrix-figure'), (figure) => {
    if (clustering !== null && clustering.order.length > 1) drawMatrix(data, clustering, figure);
  });
  addEventListener('beforeprint', () => {
    for (const details of document.querySelectorAll('details.pair, details.inputs'))
      (details as HTMLDetailsElement).open = true;
  });
  followLinks(opener(data, document.getElementById('opened')!));
}
