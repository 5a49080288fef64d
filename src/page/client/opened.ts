import { backCoded, bylineLink, pairLink, type ArticleRow, type PageData } from '../data.js';
import { isWeb } from '../html.js';
import { counted } from '../../text/figures.js';
import { count, page, signed } from '../words.js';
import { bdi, button, el } from './dom.js';
import { saveCsv, tableRows } from './download.js';
import { enliven } from './tables.js';

/** Nearest bylines listed. */
const NEAREST = 8;

/** Shows a byline that has no block of its own on the page, or a pair that has none. @returns null for an unknown name */
export function opener(data: PageData, place: HTMLElement): (link: string) => Element | null {
  const byLink = new Map(data.bylines.map(([name], i) => [bylineLink(name), i]));
  const pairs = new Map(data.pairs.map((p, i) => [pairLink(data.bylines[p[0]]![0], data.bylines[p[1]]![0]), i]));
  return (link) => {
    const byline = byLink.get(link);
    const pair = pairs.get(link);
    if (byline === undefined && pair === undefined) return null;
    const block = byline === undefined ? pairBlock(data, pair!) : bylineBlock(data, byline);
    place.replaceChildren(block);
    const table = block.querySelector('table');
    if (table !== null) enliven(table);
    return block;
  };
}

function bylineBlock(data: PageData, byline: number): HTMLElement {
  const [name, articles, words, verdict, log10LR] = data.bylines[byline]!;
  const near = data.pairs
    .filter((p) => p[0] === byline || p[1] === byline)
    .sort((x, y) => y[4] - x[4])
    .slice(0, NEAREST);
  return el(
    'article',
    { class: 'persona opened' },
    el('h3', {}, bdi(name)),
    el(
      'p',
      { class: 'facts' },
      `${counted(articles, 'article')}, ${counted(words, 'word')} of its own · ${page.verdict[verdict] ?? verdict} (log10 LR ${signed(log10LR)})`,
    ),
    near.length === 0 ? null : el('h4', {}, 'Nearest bylines'),
    near.length === 0 ? null : el('ul', {}, ...near.map((p) => el('li', {}, nearLink(data, byline, p)))),
    articlesTable(name, backCoded(data.articles[byline] ?? [])),
    readingButton(data, byline),
  );
}

/** A button that unfolds the articles' texts; null where the report holds none. */
function readingButton(data: PageData, byline: number): HTMLElement | null {
  const texts = data.texts?.[byline];
  if (texts === undefined) return null;
  const place = el('div');
  const rows = backCoded(data.articles[byline] ?? []);
  const article = (text: string, i: number): HTMLElement =>
    el(
      'details',
      { class: 'text' },
      el('summary', {}, bdi(rows[i]?.[1] || rows[i]?.[0] || '')),
      ...text
        .split(/\n+/)
        .filter((line) => line.trim() !== '')
        .map((line) => el('p', { dir: 'auto' }, line)),
    );
  const toggle = (): void => place.replaceChildren(...(place.firstChild === null ? texts.map(article) : []));
  return el('div', {}, el('p', { class: 'tools' }, button(page.read, toggle)), place);
}

/** Puts the button under the blocks that are on the page already. */
export function addReading(data: PageData): void {
  data.bylines.forEach(([name], byline) => {
    const block = document.getElementById(bylineLink(name));
    const reading = block?.classList.contains('persona') === true ? readingButton(data, byline) : null;
    if (reading !== null) block!.append(reading);
  });
}

function nearLink(data: PageData, byline: number, [a, b, verdict, log10LR]: PageData['pairs'][number]): HTMLElement {
  const other = data.bylines[a === byline ? b : a]![0];
  const link = pairLink(data.bylines[a]![0], data.bylines[b]![0]);
  return el(
    'span',
    {},
    el('a', { href: `#${link}` }, bdi(other)),
    ` log10 LR ${signed(log10LR)}, ${page.verdict[verdict] ?? verdict}`,
  );
}

function articlesTable(name: string, articles: readonly ArticleRow[]): HTMLElement {
  const caption = `Articles of ${name}`;
  const table = el(
    'table',
    {},
    el('caption', {}, caption),
    el(
      'thead',
      {},
      el(
        'tr',
        {},
        ...['article', 'date', 'words', 'hand', 'certainty'].map((c, i) =>
          el('th', { scope: 'col', ...(i > 1 ? { class: 'n' } : {}) }, c),
        ),
      ),
    ),
    el('tbody', {}, ...articles.map(articleRow)),
  );
  return el(
    'div',
    {},
    el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption }, table),
    el(
      'p',
      { class: 'tools' },
      button('Download CSV', () => saveCsv('articles', tableRows(table))),
    ),
  );
}

function articleRow([id, title, date, url, words, hand, certainty, told]: ArticleRow): HTMLElement {
  const shown = bdi(title === '' ? id : title);
  const link = isWeb(url)
    ? el('a', { href: url, rel: 'noopener noreferrer', referrerpolicy: 'no-referrer' }, shown)
    : shown;
  return el(
    'tr',
    {},
    el('th', { scope: 'row', 'data-v': id }, link),
    el('td', {}, date),
    el('td', { class: 'n', 'data-v': words }, count(words)),
    el('td', { class: 'n', 'data-v': hand + 1 }, told === 1 ? hand + 1 : page.handUntoldShort(hand)),
    el('td', { class: 'n', 'data-v': certainty / 100 }, `${certainty} %`),
  );
}

function pairBlock(data: PageData, pair: number): HTMLElement {
  const [a, b, verdict, log10LR] = data.pairs[pair]!;
  const names = [data.bylines[a]![0], data.bylines[b]![0]];
  return el(
    'article',
    { class: 'persona opened' },
    el('h3', {}, bdi(names[0]!), ' and ', bdi(names[1]!)),
    el('p', {}, `${page.pairMeasure(log10LR)} Verdict: ${page.verdict[verdict] ?? verdict}.`),
    el('p', {}, ...names.flatMap((n) => [el('a', { href: `#${bylineLink(n)}` }, bdi(n)), ' '])),
  );
}
