import { paragraphUnits, unitsOf, type Unit } from './hashes.js';
import type { Edit, Mapped } from './mapped.js';

/** What of an article is needed to see what recurs. */
export interface Repeatable {
  readonly mapped: Mapped;
  readonly byline: string;
  readonly outlet: string | null;
  /** False for a copy of another article: it recurs whole, and would make all its sentences look like a template's. */
  readonly counts: boolean;
}

/** Passages known to recur from an archive read before, and who is told of those that recur here. */
export interface Repeats {
  readonly known: (byline: string, key: number) => boolean;
  /** @param byline null for a passage that recurs under several */
  readonly found: (byline: string | null, key: number) => void;
}

const NO_REPEATS: Repeats = { known: () => false, found: () => undefined };

/** From this many words on, a passage that comes back word for word is no turn of phrase. */
const LONG = 12;
const SHORTEST_SENTENCE = 5;
const OWN_ARTICLES = 3;
const OWN_SHARE = 0.1;
const OTHERS_ARTICLES = 5;
const OTHERS_SHARE = 0.05;

/**
 * Takes out paragraphs, and sentences of five words or more, that recur: in three of a byline's articles (and, below
 * twelve words, in a tenth of them: "He declined to comment." is a habit), or in five articles of an outlet or of the
 * dump (below twelve words, a twentieth). Every occurrence goes, the first too. Results are in the order of `items`.
 */
export function withoutRepeats(items: readonly Repeatable[], repeats: Repeats = NO_REPEATS): Mapped[] {
  const groups = new Map<string, Group>();
  const units = items.map((item) => unitsOf(item.mapped.text));
  items.forEach((item, i) => {
    if (!item.counts) return;
    const keys = new Set<number>();
    for (const unit of wanted(units[i])) keys.add(unit.key);
    for (const group of groupsOf(item, groups)) {
      group.articles++;
      for (const key of keys) group.seen.set(key, (group.seen.get(key) ?? 0) + 1);
    }
  });
  return items.map((item, i) => {
    const of = groupsOf(item, groups);
    const edits: Edit[] = [];
    for (const unit of wanted(units[i])) {
      const recurring = of.filter((group) => recurs(group, unit));
      if (recurring.length === 0 && !repeats.known(item.byline, unit.key)) continue;
      if (recurring.length > 0) repeats.found(recurring.every((group) => group.own) ? item.byline : null, unit.key);
      edits.push({ start: unit.start, end: unit.end, put: '', reason: 'repeated' });
    }
    return item.mapped.apply(edits);
  });
}

/** A text printed in this many articles may be a site's template. */
const TEMPLATE_ARTICLES = 5;
const TEMPLATE_REST_WORDS = 20;
const TEMPLATE_REST_SHARE = 0.25;

/**
 * The texts without the paragraphs that five or more of them share, for finding copies: two short notes above one long
 * disclaimer are no copies. Where little else is left (less than a quarter), the article itself was copied, and stays whole.
 */
export function withoutTemplates(texts: readonly string[]): string[] {
  const seen = new Map<number, number>();
  const units = texts.map(paragraphUnits);
  for (const paragraphs of units)
    for (const key of new Set(paragraphs.map((p) => p.key))) seen.set(key, (seen.get(key) ?? 0) + 1);
  return texts.map((text, i) => {
    const rest = units[i].filter((p) => seen.get(p.key)! < TEMPLATE_ARTICLES);
    if (rest.length === units[i].length) return text;
    const words = rest.reduce((n, p) => n + p.words, 0);
    const all = units[i].reduce((n, p) => n + p.words, 0);
    const enough = words >= TEMPLATE_REST_WORDS && words >= all * TEMPLATE_REST_SHARE;
    return enough ? rest.map((p) => text.slice(p.start, p.end)).join('\n\n') : text;
  });
}

interface Group {
  readonly own: boolean;
  articles: number;
  readonly seen: Map<number, number>;
}

function groupsOf({ byline, outlet }: Repeatable, groups: Map<string, Group>): Group[] {
  const named: [string, boolean][] = [
    [`byline ${byline}`, true],
    [outlet === null ? 'dump' : `outlet ${outlet}`, false],
    ['dump', false],
  ];
  const out: Group[] = [];
  for (const [name, own] of named) {
    let group = groups.get(name);
    if (group === undefined) groups.set(name, (group = { own, articles: 0, seen: new Map() }));
    if (!out.includes(group)) out.push(group);
  }
  return out;
}

function* wanted({ paragraphs, sentences }: ReturnType<typeof unitsOf>): Generator<Unit> {
  for (const paragraph of paragraphs) if (paragraph.words > 0) yield paragraph;
  for (const sentence of sentences) if (sentence.words >= SHORTEST_SENTENCE) yield sentence;
}

function recurs(group: Group, unit: Unit): boolean {
  const times = group.seen.get(unit.key) ?? 0;
  if (times < (group.own ? OWN_ARTICLES : OTHERS_ARTICLES)) return false;
  return unit.words >= LONG || times >= group.articles * (group.own ? OWN_SHARE : OTHERS_SHARE);
}
