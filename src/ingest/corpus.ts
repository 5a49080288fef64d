import { addressIn } from '../text/address.js';
import { counted } from '../text/figures.js';
import { textOf } from '../text/held.js';
import { visible } from '../text/visible.js';
import type { Article, BylineKind, BylineMerge } from '../types/types.js';
import { isCode, isDesk, mergeBylines, parseByline, type ParsedByline } from './bylines.js';
import { orderShown, readDate, resolved, type DayOrder } from './dates.js';
import type { Draft } from './draft.js';
import { farDates } from './far-dates.js';
import { asText } from './fields.js';
import { compare, placeName, type Notices } from './notices.js';

const NO_BYLINE: ParsedByline = { names: [], kind: 'none', place: null, hadHidden: false };

/**
 * Records of files that name no byline take the name of the folder their file stands in, where there are several: so exports of
 * one person's account are told apart.
 */
export function withAccountNames(drafts: readonly Draft[], notices: Notices): readonly Draft[] {
  const signed = new Set(drafts.filter((d) => d.authors !== null).map((d) => d.place.path));
  const unsigned = (d: Draft): boolean => d.page === null && d.folder !== null && !signed.has(d.place.path);
  const folders = [...new Set(drafts.filter(unsigned).map((d) => d.folder!))].sort();
  if (folders.length < 2) return drafts;
  const which = `${folders.slice(0, 5).map((f) => `"${visible(f, 40)}"`).join(', ')}${folders.length > 5 ? `, … (${folders.length})` : ''}`; // prettier-ignore
  notices.about(
    'bylines-from',
    `no field of the files in ${which} is known to hold a byline: these folders are taken for the bylines. If a field holds it, name it with --map author=FIELD`,
  );
  return drafts.map((d) => (unsigned(d) ? { ...d, authors: [d.folder!] } : d));
}

/** Drafts whose file names no byline take their folder's name, where that can be one. */
export function withFolderNames(drafts: readonly Draft[]): readonly Draft[] {
  const bylinedFormats = new Set(
    drafts.filter((d) => d.page !== null && d.authors !== null).map((d) => d.page!.format),
  );
  const named = drafts.filter((d) => d.page !== null && d.page.folder === null).map((d) => parentOf(d.place.path));
  // Files named one by one: their folders tell bylines apart only when there are several.
  const byParent = new Set(named).size > 1;
  return drafts.map((draft) => {
    if (draft.page === null || draft.authors !== null) return draft;
    // Saved pages and posts often lie in folders by year or outlet: only when no file of the kind says its byline.
    if (draft.page.format !== 'text' && bylinedFormats.has(draft.page.format)) return draft;
    const folder = draft.page.folder ?? (byParent ? parentOf(draft.place.path) : null);
    return folder === null
      ? draft
      : { ...draft, authors: [folder], page: { ...draft.page, way: 'folder name' as const } };
  });
}

function parentOf(path: string): string | null {
  if (addressIn(path) !== null) return null;
  return /([^/]+?)(?:\.(?:zip|tar|tgz|tar\.gz))?\/[^/]+$/i.exec(path)?.[1] ?? null;
}

/** Says from where single-article files have their bylines, with counts. */
export function noteWays(drafts: readonly Draft[], notices: Notices): void {
  const ways = new Map<string, number>();
  for (const { page } of drafts) {
    if (page === null) continue;
    const way = page.way ?? 'none found';
    ways.set(way, (ways.get(way) ?? 0) + 1);
  }
  if (ways.size === 0) return;
  const counts = [...ways].sort((a, b) => b[1] - a[1] || compare(a[0], b[0])).map(([way, n]) => `${way} ${n}`);
  notices.about('bylines-from', `bylines of single-article files taken from: ${counts.join(', ')}`, 'info');
}

/** Sorts by id, and gives the second of two the suffix "~2"; by content, so that the order of input is no matter. */
export function withUniqueIds(drafts: readonly Draft[], notices: Notices): readonly Draft[] {
  const sorted = drafts.slice().sort((a, b) => compare(a.id, b.id) || compareContent(a, b));
  const used = new Set(sorted.map((d) => d.id));
  /** Suffix to be tried next, by id. */
  const next = new Map<string, number>();
  const out = sorted.map((draft) => {
    let n = next.get(draft.id);
    if (n === undefined) {
      next.set(draft.id, 2);
      return draft;
    }
    while (used.has(`${draft.id}~${n}`)) n++;
    next.set(draft.id, n + 1);
    const id = `${draft.id}~${n}`;
    used.add(id);
    notices.at(
      draft.place,
      'same-id',
      `the id "${visible(draft.id, 80)}" stands more than once; here it is called "${visible(id, 90)}"`,
    );
    return { ...draft, id };
  });
  return out.sort((a, b) => compare(a.id, b.id));
}

function compareContent(a: Draft, b: Draft): number {
  return (
    compare(textOf(a.text), textOf(b.text)) ||
    compare(JSON.stringify(a.authors), JSON.stringify(b.authors)) ||
    compare(a.title ?? '', b.title ?? '') ||
    compare(a.place.path, b.place.path) ||
    (a.place.line ?? 0) - (b.place.line ?? 0)
  );
}

/** Bylines of each draft, merged over the corpus unless `exact`. */
export function bylinesOf(
  drafts: readonly Draft[],
  exact: boolean,
  notices: Notices,
): {
  readonly bylines: readonly { names: readonly string[]; kind: BylineKind }[];
  readonly merges: readonly BylineMerge[];
} {
  // Bylines are printed again and again.
  const parsedOf = remembered(parseByline);
  const parsed = drafts.map(({ authors }) => (authors === null ? NO_BYLINE : parsedOf(authors)));
  tellHidden(
    drafts.filter((_, i) => parsed[i].hadHidden),
    notices,
  );
  const counts = new Map<string, number>();
  for (const { names } of parsed) for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const merged = mergeBylines(counts);
  for (const name of merged.homoglyphs)
    notices.about(
      'byline-homoglyphs',
      `the byline "${visible(name)}" (${codes(name)}) has letters of another script that look Latin`,
    );
  const codesArePeople = mostlyCodes(counts, notices);
  const outlets = outletsOfMany(drafts, parsed);
  const bylineOf = remembered(({ names, kind }: ParsedByline) => ({
    names: exact ? names : [...new Set(names.map((name) => merged.display.get(name)!))],
    kind:
      kind === 'desk' && codesArePeople && names.some(isCode)
        ? ('person' as const)
        : kind === 'person' && names.every((name) => outlets.has(outletKey(name)))
          ? ('desk' as const)
          : kind,
  }));
  const bylines = parsed.map(bylineOf);
  return { bylines, merges: exact ? [] : merged.merges };
}

/** A function that works out each different argument once: different strings, or different objects. */
function remembered<A, R>(of: (argument: A) => R): (argument: A) => R {
  const known = new Map<A, R>();
  return (argument) => {
    let result = known.get(argument);
    if (result === undefined) known.set(argument, (result = of(argument)));
    return result;
  };
}

/** One notice for all bylines with hidden characters, at the first: a system that puts them into one puts them into all. */
function tellHidden(drafts: readonly Draft[], notices: Notices): void {
  const at = ({ place }: Draft): readonly [string, number] => [place.path, place.line ?? 0];
  const [first] = drafts.slice().sort((x, y) => compare(at(x)[0], at(y)[0]) || at(x)[1] - at(y)[1]);
  if (first === undefined) return;
  const raw = typeof first.authors === 'string' ? first.authors : (first.authors ?? []).join(', ');
  const more =
    drafts.length === 1 ? '' : `, and in those of ${counted(drafts.length - 1, 'more article', 'more articles')}`;
  const what = `control or invisible characters in the byline "${visible(raw, 80)}"${more} were removed`;
  notices.at(first.place, 'byline-control-characters', what);
}

/** Outlets, by key, that print two bylines or more beside their own name: a blog named after its one writer is none. */
function outletsOfMany(drafts: readonly Draft[], parsed: readonly ParsedByline[]): ReadonlySet<string> {
  const others = new Map<string, Set<string>>();
  drafts.forEach(({ outlet }, i) => {
    if (outlet === null) return;
    const key = outletKey(outlet);
    const names = others.get(key) ?? new Set<string>();
    others.set(key, names);
    for (const name of parsed[i].names) if (names.size < 2 && outletKey(name) !== key) names.add(name);
  });
  return new Set([...others].filter(([, names]) => names.size >= 2).map(([key]) => key));
}

function outletKey(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^the\s+|[^\p{L}\p{N}]+/gu, '');
}

/** The letters that are not Latin, as code points: "U+0430". */
function codes(name: string): string {
  const letters = [...name].filter((c) => /\p{L}/u.test(c) && !/\p{Script=Latin}/u.test(c));
  return [...new Set(letters)]
    .map((c) => `U+${c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`)
    .join(' ');
}

/** "A12" is a team's name in a list of people's, and a person's in a list of such codes. */
function mostlyCodes(counts: ReadonlyMap<string, number>, notices: Notices): boolean {
  const names = [...counts.keys()];
  const codeLike = names.filter((name) => isCode(name) && isDesk(name)).length;
  if (codeLike < 3 || codeLike * 2 <= names.length) return false;
  notices.about(
    'bylines-are-codes',
    `${codeLike} of ${names.length} bylines are codes of capitals and figures; taken for persons`,
    'info',
  );
  return true;
}

/** Dates in ms UTC; what is no certain date becomes null, and one notice says how many and where the first stands. */
export function datesOf(drafts: readonly Draft[], notices: Notices): readonly (number | null)[] {
  const orders = new Set(drafts.map((d) => orderShown(d.date)).filter((o) => o !== null));
  const order: DayOrder = orders.size === 1 ? [...orders][0] : null;
  const unread: Draft[] = [];
  const ambiguous: Draft[] = [];
  const dates = drafts.map((draft) => {
    const printed = readDate(draft.date);
    const ms = resolved(printed, order);
    if (ms === null && printed !== null) ambiguous.push(draft);
    else if (ms === null && draft.date !== null && draft.date !== '') unread.push(draft);
    return ms;
  });
  noteDates(unread, 'not-a-date', 'not a date that can be read; left out', notices);
  const why = orders.size > 1 ? 'other dates show both orders' : 'no other date shows which';
  noteDates(ambiguous, 'ambiguous-date', `day or month first? ${why}; left out`, notices);
  const found = farDates(dates);
  if (found !== null) {
    const [from, to] = [found.from, found.to].map((ms) => new Date(ms).getUTCFullYear());
    const span = from === to ? String(from) : `${from} to ${to}`;
    noteDates(
      found.far.map((i) => drafts[i]),
      'far-date',
      `far from all other dates (${span}); read as it stands`,
      notices,
    );
  }
  return dates;
}

function noteDates(drafts: readonly Draft[], code: string, what: string, notices: Notices): void {
  if (drafts.length === 0) return;
  const first = drafts
    .slice()
    .sort((a, b) => compare(a.place.path, b.place.path) || (a.place.line ?? 0) - (b.place.line ?? 0))[0];
  const more = drafts.length > 1 ? ` (${drafts.length} articles in all)` : '';
  notices.at(first.place, code, `"${visible(asText(first.date) ?? typeof first.date, 40)}" is ${what}${more}`);
}

/** Says so where no article has a byline, and what to do; a few without are told when they are set aside. */
export function noteUnsigned(articles: readonly Article[], notices: Notices): void {
  if (articles.length === 0 || articles.some((a) => a.bylines.length > 0)) return;
  const hint = articles.some((a) => a.source.line === null)
    ? 'Give each text a line "By …" on top, front matter with "author:", or a folder named after its byline'
    : 'If another field holds the byline, name it with --map author=FIELD';
  const which =
    articles.length === 1 ? 'the article has no byline' : `none of the ${articles.length} articles has a byline`;
  notices.about(
    'no-bylines',
    `${which} (${articles.length === 1 ? '' : 'the first: '}${placeName(articles[0].source)}). ${hint}`,
  );
}
