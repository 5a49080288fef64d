import { paragraphUnits, unitsOf, type Unit } from './hashes.js';
import type { Edit, Mapped } from './mapped.js';
import { oftenIn, type Often } from './often.js';

/** What of an article is needed to see what recurs. */
export interface Repeatable {
  readonly passages: Passages;
  readonly byline: string;
  readonly outlet: string | null;
}

/** The different passages of a text: paragraphs, and sentences of five words or more. */
export interface Passages {
  readonly keys: Float64Array;
  /** Words of each, up to 255. */
  readonly words: Uint8Array;
}

/** Passages known to recur from an archive read before, and who is told of those that recur here. */
export interface Repeats {
  readonly known: (byline: string, key: number) => boolean;
  /** @param byline null for a passage that recurs under several */
  readonly found: (byline: string | null, key: number) => void;
}

const NO_REPEATS: Repeats = { known: () => false, found: () => undefined };

/** Most articles have none: one for all. */
const NONE = new Float64Array(0);

/** From this many words on, a passage that comes back word for word is no turn of phrase. */
const LONG = 12;
const SHORTEST_SENTENCE = 5;
const OWN_ARTICLES = 3;
const OWN_SHARE = 0.1;
const OTHERS_ARTICLES = 5;
const OTHERS_SHARE = 0.05;

/** Works out what `repeats` needs of a text; it can be done for every text by itself. */
export function passagesOf(text: string): Passages {
  const found = new Map<number, number>();
  for (const { key, words } of wanted(unitsOf(text))) found.set(key, Math.min(255, words));
  return { keys: Float64Array.from(found.keys()), words: Uint8Array.from(found.values()) };
}

/**
 * Finds paragraphs, and sentences of five words or more, that recur: in three of a byline's articles (and, below
 * twelve words, in a tenth of them: "He declined to comment." is a habit), or in five articles of an outlet or of the
 * dump (below twelve words, a twentieth), or, from twelve words on, under two bylines: agency copy and press releases are
 * copied, and nobody's style. Every occurrence goes, the first too.
 *
 * @param copies of others: they recur whole, and would make all their sentences look like a template's
 * @returns for every item the keys of its passages that recur
 */
export function repeats(
  items: readonly Repeatable[],
  copies: ReadonlySet<number>,
  archive: Repeats = NO_REPEATS,
): Float64Array[] {
  const counting = items.filter((_, i) => !copies.has(i));
  const often = oftenIn(counting, ({ passages }) => passages.keys, OWN_ARTICLES);
  const groups = new Map<string, Group>();
  const groupsBy = items.map((item) => groupsOf(item, groups));
  items.forEach((item, i) => {
    if (copies.has(i)) return;
    const { keys } = item.passages;
    for (const group of groupsBy[i]!) group.articles++;
    for (let k = 0; k < keys.length; k++) {
      const key = keys[k]!;
      if (often.of(key) < OWN_ARTICLES) continue;
      for (const { seen } of groupsBy[i]!) seen.set(key, (seen.get(key) ?? 0) + 1);
    }
  });
  const shared = sharedPassages(counting, often);
  return items.map((item, i) => {
    const of = groupsBy[i]!;
    const { keys, words } = item.passages;
    const found: number[] = [];
    for (let k = 0; k < keys.length; k++) {
      const key = keys[k]!;
      const recurring = often.of(key) < OWN_ARTICLES ? [] : of.filter((group) => recurs(group, key, words[k]!));
      const copied = shared(key);
      if (recurring.length > 0 || copied)
        archive.found(!copied && recurring.every((group) => group.own) ? item.byline : null, key);
      else if (!archive.known(item.byline, key)) continue;
      found.push(key);
    }
    return found.length === 0 ? NONE : Float64Array.from(found);
  });
}

/** Long passages that stand under two bylines or more. */
function sharedPassages(items: readonly Repeatable[], often: Often): (key: number) => boolean {
  const under = new Map<number, string | null>();
  for (const { byline, passages } of items) {
    const { keys, words } = passages;
    for (let k = 0; k < keys.length; k++) {
      const key = keys[k]!;
      if (words[k]! < LONG || often.of(key) < 2) continue;
      const before = under.get(key);
      under.set(key, before === undefined || before === byline ? byline : null);
    }
  }
  return (key) => often.of(key) >= 2 && under.get(key) === null;
}

/** The text without the passages of these keys. */
export function withoutPassages(mapped: Mapped, keys: Float64Array): Mapped {
  if (keys.length === 0) return mapped;
  const gone = new Set(keys);
  const edits: Edit[] = [];
  for (const unit of wanted(unitsOf(mapped.text)))
    if (gone.has(unit.key)) edits.push({ start: unit.start, end: unit.end, put: '', reason: 'repeated' });
  return mapped.apply(edits);
}

/** A text printed in this many articles may be a site's template. */
const TEMPLATE_ARTICLES = 5;
const TEMPLATE_REST_WORDS = 20;
const TEMPLATE_REST_SHARE = 0.25;

/** The keys of a text's different paragraphs, for `templatesIn`. */
export function paragraphKeys(text: string): Float64Array {
  return Float64Array.from(new Set(paragraphUnits(text).map((p) => p.key)));
}

/** What `templatesIn` needs of a text. */
interface WithParagraphs {
  /** Keys of its different paragraphs. */
  readonly paragraphs: Float64Array;
}

/** The paragraphs that five or more texts share, for finding copies: two short notes above one long disclaimer are no copies. */
export interface Templates {
  /** Whether a text holds any. */
  readonly in: (text: WithParagraphs) => boolean;
  /** A text without them; null where little else is left (less than a quarter): then the article itself was copied, and stays whole. */
  readonly without: (text: string) => string | null;
}

export function templatesIn(texts: readonly WithParagraphs[]): Templates {
  const often = oftenIn(texts, ({ paragraphs }) => paragraphs, TEMPLATE_ARTICLES);
  const maybe = (key: number): boolean => often.of(key) >= TEMPLATE_ARTICLES;
  const seen = new Map<number, number>();
  for (const { paragraphs } of texts)
    for (const key of paragraphs) if (maybe(key)) seen.set(key, (seen.get(key) ?? 0) + 1);
  const isTemplate = (key: number): boolean => maybe(key) && seen.get(key)! >= TEMPLATE_ARTICLES;
  return {
    in: ({ paragraphs }) => paragraphs.some(isTemplate),
    without: (text) => {
      const units = paragraphUnits(text);
      const rest = units.filter((p) => !isTemplate(p.key));
      const words = rest.reduce((n, p) => n + p.words, 0);
      const all = units.reduce((n, p) => n + p.words, 0);
      const enough = words >= TEMPLATE_REST_WORDS && words >= all * TEMPLATE_REST_SHARE;
      return enough ? rest.map((p) => text.slice(p.start, p.end)).join('\n\n') : null;
    },
  };
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

function recurs(group: Group, key: number, words: number): boolean {
  const times = group.seen.get(key) ?? 0;
  if (times < (group.own ? OWN_ARTICLES : OTHERS_ARTICLES)) return false;
  return words >= LONG || times >= group.articles * (group.own ? OWN_SHARE : OTHERS_SHARE);
}
