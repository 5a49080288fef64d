import { bylineIn } from './text.js';

/** A piece of text on a page: its foot at x, y in points from the lower left corner. */
export interface Item {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** Height of its letters. */
  readonly size: number;
  /** Whether a line ends behind it. */
  readonly ends: boolean;
}

/** What a browser prints at the head and the foot of a page: when, and from where. */
const PRINTED =
  /^(?:https?|file|about):\S*\s+\d+\/\d+$|^\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}[:.]\d{2}(?: ?[AP]M)?(?: |$)/;

interface Line {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly y: number;
  readonly size: number;
}

/** Lines at the head and at the foot of a page among which running titles and page numbers are looked for. */
const EDGE = 3;
/** Share of the pages on which a line must stand to be one, and how far it may move, in points. */
const [RECURS, MOVES] = [0.5, 3];
/** Times the usual distance between lines, and letters of indentation, from which on a paragraph begins. */
const [GAP, INDENT] = [1.3, 0.8];
/** Share of the width of a column that the last line of a paragraph hardly fills. */
const FULL = 0.8;
/** Lines before and behind another that are of its column. */
const NEAR = 40;

/** The text of a PDF in paragraphs, without running titles and page numbers, and words in one where a line broke them. */
export function textOfPages(pages: readonly (readonly Item[])[]): string {
  const all = pages.map(linesOf);
  const has = (mark: RegExp): boolean => all.flat().some(({ text }) => mark.test(text));
  const form = has(/^End of Document$/) ? NEXIS : has(/^AN Document \S/) ? FACTIVA : null;
  const lines = withoutEdges(all, form);
  const body: Body = {
    size: quantile(
      0.5,
      lines.flatMap((own) => own.map(({ size }) => size)),
    ),
    step: quantile(
      0.25,
      lines.flatMap((own) => own.slice(1).map((line, i) => own[i]!.y - line.y)).filter((step) => step > 0),
    ),
  };
  const paragraphs: Line[][] = [];
  /** Above the text of an article of a database, where every line says something else; but for long titles. */
  let above = form === NEXIS;
  const isOwn = ({ text, size }: Line): boolean =>
    bylineIn(text) !== null || form?.test(text) === true || (above && size <= 1.1 * body.size);
  for (const own of lines)
    own.forEach((line, i) => {
      const before = paragraphs.at(-1)?.at(-1);
      const apart =
        before === undefined || isOwn(line) || isOwn(before) || begins(line, before, i === 0, body, around(own, i));
      if (form === NEXIS && /^(?:Body|End of Document)$/.test(line.text)) above = line.text !== 'Body';
      if (apart) paragraphs.push([line]);
      else paragraphs.at(-1)!.push(line);
    });
  const words = new Set(lines.flat().flatMap(({ text }) => text.match(/[\p{L}\p{M}]+(?:-[\p{L}\p{M}]+)*/gu) ?? []));
  return paragraphs.map((paragraph) => joined(paragraph, words)).join('\n\n');
}

/** Lines near one, which tell how wide its column is. */
function around(lines: readonly Line[], i: number): readonly Line[] {
  return lines.slice(Math.max(0, i - NEAR), i + NEAR);
}

function linesOf(items: readonly Item[]): Line[] {
  const out: Line[] = [];
  let open: Item[] = [];
  const end = (): void => {
    const text = open.map((item) => item.text).join('').replace(/\s+/gu, ' ').trim(); // prettier-ignore
    const inked = open.filter((item) => item.text.trim() !== '');
    if (text !== '') {
      const left = inked.reduce((least, { x }) => Math.min(least, x), Infinity);
      const right = inked.reduce((most, { x, width }) => Math.max(most, x + width), -Infinity);
      const longest = inked.reduce((most, item) => (item.width > most.width ? item : most));
      out.push({ text, left, right, y: longest.y, size: longest.size });
    }
    open = [];
  };
  for (const item of items) {
    const last = open.at(-1);
    // A raised figure is on its line; anything farther off is on another.
    if (last !== undefined && Math.abs(item.y - last.y) > Math.max(item.size, last.size) && item.text.trim() !== '')
      end();
    open.push(item);
    if (item.ends) end();
  }
  end();
  return out;
}

/** Running titles and page numbers: what stands at the edge of many pages in the same place, whatever its figures. */
function withoutEdges(pages: readonly Line[][], form: RegExp | null): Line[][] {
  // Articles of a database begin on pages of their own, outlet and date in the same place.
  const edge = form === null ? EDGE : 1;
  const same = (line: Line): string => line.text.replace(/\d+/g, '#');
  const edges = pages.map((lines) => {
    const down = lines.toSorted((a, b) => b.y - a.y);
    return new Set([...down.slice(0, edge), ...down.slice(-edge)].filter(({ text }) => form?.test(text) !== true));
  });
  const places = new Map<string, { readonly y: number; readonly page: number }[]>();
  edges.forEach((lines, page) => {
    for (const line of lines) {
      const own = places.get(same(line)) ?? [];
      own.push({ y: line.y, page });
      places.set(same(line), own);
    }
  });
  const recurs = (line: Line): boolean => {
    const near = places.get(same(line))!.filter(({ y }) => Math.abs(y - line.y) <= MOVES);
    return new Set(near.map(({ page }) => page)).size >= Math.max(2, RECURS * pages.length);
  };
  const isEdge = (line: Line): boolean =>
    PRINTED.test(line.text) ||
    recurs(line) ||
    (pages.length === 1 && /^(?:page )?1(?: ?(?:of|\/) ?1)?$/i.test(line.text));
  return pages.map((lines, page) => lines.filter((line) => !edges[page]!.has(line) || !isEdge(line)));
}

/** Usual size of letters, and distance of lines: many of a short text are a paragraph each. */
interface Body {
  readonly size: number;
  readonly step: number;
}

/** Whether a line begins a paragraph, for it stands apart, is indented or of another size, or the one before ended early. */
function begins(line: Line, before: Line, top: boolean, body: Body, near: readonly Line[]): boolean {
  if (Math.abs(line.size - before.size) > 0.1 * before.size) return true;
  if (!top && before.y - line.y > GAP * body.step * Math.max(1, line.size / body.size)) return true;
  const column = near.filter((other) => Math.abs(other.left - line.left) < 3 * line.size && other.size === line.size);
  const [left, right] = [Math.min(...column.map((l) => l.left)), Math.max(...column.map((l) => l.right))];
  const indented = line.left - left > INDENT * line.size && line.left - left < 5 * line.size;
  if (indented && !top && Math.abs(before.left - left) < INDENT * line.size) return true;
  const ended = /[.!?:…]["'”’»)\]]*$/u.test(before.text);
  const short = before.right - before.left < FULL * (right - left);
  return ended && short && !/^\p{Ll}/u.test(line.text);
}

function joined(lines: readonly Line[], words: ReadonlySet<string>): string {
  // The end of the text by itself: a paragraph may have a hundred thousand lines.
  const [done, last] = lines.reduce<readonly [string[], string]>(
    ([before, text], line) => {
      const broken = /([\p{L}\p{M}]+)([-\u00ad\u2010])$/u.exec(text);
      const goesOn = /^[\p{Ll}\p{M}]+/u.exec(line.text)?.[0];
      if (broken === null || goesOn === undefined) {
        if (text !== '') before.push(text);
        return [before, line.text];
      }
      // "well-known" keeps its mark where the text has it within a line too.
      const kept = broken[2] !== '\u00ad' && words.has(`${broken[1]!}-${goesOn}`) && !words.has(broken[1]! + goesOn);
      return [before, (kept ? text : text.slice(0, -1)) + line.text];
    },
    [[], ''],
  );
  return [...done, last].join(' ');
}

/** Lines of the forms of press databases, which are one by themselves. */
const NEXIS =
  /^(?:Body|End of Document|Classification|(?:Byline|Section|Length|Dateline|Highlight|Headline|Load-Date|Graphic|Language|Subject|Publication-Type)\s*:.*|Copyright\b.*)$/;
const FACTIVA = /^(?:SE|HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|LA|CY|LP|TD|CO|IN|NS|RE|IPC|IPD|PUB|AN)(?: \S|$)/;

function quantile(share: number, values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(share * values.length)] ?? 0;
}
