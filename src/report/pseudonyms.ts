import { literally } from '../text/pattern.js';
import { UNSPACED } from '../text/scripts.js';
import type {
  Assignment,
  BylineReport,
  Evidence,
  EvidenceExample,
  GroupReport,
  HandOfByline,
  PairReport,
  Report,
  SharedPassage,
} from '../types/types.js';

/** What things are called instead; the same name always gets the same pseudonym. */
export interface Pseudonyms {
  readonly byline: (name: string) => string;
  readonly article: (id: string) => string;
  readonly file: (path: string) => string;
}

const LEFT_OUT = '(left out: it may name someone)';

/** A pseudonymiser's ways with one report: names as in `Pseudonyms`, and with names inside texts. */
interface Hiding extends Pseudonyms {
  /** A text without the names in it. */
  readonly hide: (text: string) => string;
}

/**
 * The report without the names of bylines, articles and files. Titles, links and outlets, by which an article can be
 * looked up, are left out, and so is what notices say. Quoted sentences stay, without the names in them: they are the
 * evidence, and whoever has the archive can still find them.
 */
export function pseudonymised(report: Report, pseudonyms: Pseudonyms): Report {
  const { byline, file } = pseudonyms;
  const hiding: Hiding = { ...pseudonyms, hide: textHider(report, byline) };
  const { tool, inputs, clustering } = report;
  return {
    ...report,
    tool: {
      ...tool,
      options: { ...tool.options, pseudonymised: true },
      ...(tool.command === undefined ? {} : { command: hiddenCommand(tool.command) }),
    },
    ...(inputs === undefined ? {} : { inputs: inputs.map((x) => ({ ...x, path: file(x.path) })) }),
    corpus: hiddenCorpus(report.corpus, hiding),
    bylines: report.bylines.map((b) => hiddenByline(b, hiding)).sort(byName),
    pairs: report.pairs.map((p) => hiddenPair(p, hiding)),
    groups: report.groups.map((g) => hiddenGroup(g, hiding)),
    findings: report.findings.map((f) => ({
      ...f,
      bylines: hiddenNames(f.bylines, hiding),
      evidence: hiddenEvidence(f.evidence, hiding),
      against: hiddenEvidence(f.against, hiding),
    })),
    ...(clustering === undefined ? {} : { clustering: { ...clustering, bylines: clustering.bylines.map(byline) } }),
    notices: report.notices.map((n) => ({ ...n, message: `${n.code} ${LEFT_OUT}`, source: null })),
  };
}

/** What stood in order of name stands in order of pseudonym, for the old order would tell. */
function hiddenNames(names: readonly string[], { byline }: Hiding): string[] {
  return names.map(byline).sort();
}

function byName(x: { readonly byline: string }, y: { readonly byline: string }): number {
  return x.byline < y.byline ? -1 : 1;
}

/** Lines and offsets go: with the archive at hand they would lead straight to the article. */
function hiddenExample(
  { byline: name, article: id, sentence, hand }: EvidenceExample,
  { byline, article, hide }: Hiding,
): EvidenceExample {
  return {
    byline: byline(name),
    article: article(id),
    sentence: hide(sentence),
    ...(hand === undefined ? {} : { hand }),
  };
}

function hiddenEvidence(list: readonly Evidence[], hiding: Hiding): Evidence[] {
  const { hide } = hiding;
  return list.map((e) => {
    if (e.examples === undefined) return { ...e, text: hide(e.text) };
    const examples = e.examples.map((x) => hiddenExample(x, hiding));
    if (e.habit !== undefined) return { ...e, text: hide(e.text), examples };
    // What is quoted for no habit credits someone, who may be no byline, by name.
    const text = hide(e.text.replace(/“[^”]*”/g, '[name]'));
    return { ...e, text, examples: examples.map((x) => ({ ...x, sentence: LEFT_OUT })) };
  });
}

function hiddenCorpus(corpus: Report['corpus'], { byline, article, hide }: Hiding): Report['corpus'] {
  return {
    ...corpus,
    merges: corpus.merges.map((m) => ({
      byline: byline(m.byline),
      spellings: m.spellings.map((s) => ({ ...s, spelling: byline(s.spelling) })),
    })),
    copies: corpus.copies.map((c) => ({
      ...c,
      kept: article(c.kept),
      dropped: article(c.dropped),
      keptByline: byline(c.keptByline),
      droppedByline: byline(c.droppedByline),
      ...(c.passages === undefined
        ? {}
        : { passages: c.passages.map((p) => ({ kept: hide(p.kept), dropped: hide(p.dropped) })) }),
    })),
  };
}

function hiddenByline(b: BylineReport, { byline, article, hide }: Hiding): BylineReport {
  const { hands } = b;
  return {
    ...b,
    byline: byline(b.byline),
    hands: { ...hands, why: hide(hands.why), assignments: hands.assignments.map((a) => unnamed(a, article)) },
  };
}

function hiddenPair(p: PairReport, hiding: Hiding): PairReport {
  return {
    ...p,
    a: hiding.byline(p.a),
    b: hiding.byline(p.b),
    why: hiding.hide(p.why),
    evidence: hiddenEvidence(p.evidence, hiding),
    ...(p.against === undefined ? {} : { against: hiddenEvidence(p.against, hiding) }),
    ...(p.shared === undefined ? {} : { shared: p.shared.map((x) => hiddenPassage(x, hiding)) }),
  };
}

/** Biographies, sign-offs and templates say whose they are, in words that no list of names holds. */
function hiddenPassage(x: SharedPassage, hiding: Hiding): SharedPassage {
  const [a, b] = [hiddenExample(x.a, hiding), hiddenExample(x.b, hiding)];
  if (x.setAside === undefined || x.setAside === 'quotation') return { ...x, a, b };
  return { ...x, a: { ...a, sentence: LEFT_OUT }, b: { ...b, sentence: LEFT_OUT } };
}

function hiddenGroup(g: GroupReport, hiding: Hiding): GroupReport {
  const members = (all: readonly HandOfByline[]): HandOfByline[] =>
    all.map((m) => ({ ...m, byline: hiding.byline(m.byline) })).sort(byName);
  return {
    ...g,
    bylines: hiddenNames(g.bylines, hiding),
    ...(g.shared === undefined ? {} : { shared: hiddenNames(g.shared, hiding) }),
    ...(g.hands === undefined ? {} : { hands: g.hands.map((hand) => ({ members: members(hand.members) })) }),
  };
}

/** An article without what it can be looked up by. */
function unnamed(a: Assignment, article: (id: string) => string): Assignment {
  return {
    article: article(a.article),
    hand: a.hand,
    confidence: a.confidence,
    ...(a.told === undefined ? {} : { told: a.told }),
    ...(a.date === undefined ? {} : { date: a.date }),
    ...(a.words === undefined ? {} : { words: a.words }),
  };
}

/** Flags stay, paths go. */
function hiddenCommand(command: readonly string[]): string[] {
  const firstFlag = command.findIndex((c, i) => i > 1 && c.startsWith('--'));
  return [...command.slice(0, 2), 'PATH...', ...(firstFlag < 0 ? [] : command.slice(firstFlag))];
}

/** Fewest letters of a name that is looked for inside texts, and of a surname that is looked for by itself. */
const FEWEST = 3;
const SURNAME = 4;

/** Two characters of these scripts are a name. */
const UNSPACED_NAME = new RegExp(String.raw`^[${UNSPACED}\p{Script=Hangul}]+$`, 'v');
const FEWEST_UNSPACED = 2;
/** Names in scripts that put no space between words, or write particles on to them, are looked for inside words as well. */
const JOINED = new RegExp(String.raw`[${UNSPACED}\p{Script=Hangul}\p{Script=Arabic}\p{Script=Hebrew}]`, 'v');
/** Letters of an ending with which a surname may stand where names are inflected ("Петрова", "Петровым"). */
const ENDING = 3;
const INFLECTED = /\p{Script=Cyrillic}/u;

/** Makes the function that replaces every byline and spelling inside a text, the longest first, whatever its case. */
function textHider(report: Report, byline: (name: string) => string): (text: string) => string {
  const names = new Map<string, string>();
  for (const { byline: name } of report.bylines) names.set(name.toLowerCase(), byline(name));
  // A byline that only copied has no entry of its own.
  for (const c of report.corpus.copies)
    for (const name of [c.keptByline, c.droppedByline]) names.set(name.toLowerCase(), byline(name));
  for (const m of report.corpus.merges)
    for (const s of [m.byline, ...m.spellings.map((x) => x.spelling)]) names.set(s.toLowerCase(), byline(s));
  const wanted = [...names.keys()]
    .filter((x) => x.length >= (UNSPACED_NAME.test(x) ? FEWEST_UNSPACED : FEWEST))
    .sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  if (wanted.length === 0) return (text) => text;
  const any = wanted.map((x) => {
    const written = literally(x).replace(/\s+/g, '\\s+');
    return JOINED.test(x) ? written : `(?<![\\p{L}\\p{N}])${written}(?![\\p{L}\\p{N}])`;
  });
  const pattern = new RegExp(any.join('|'), 'giu');
  const surnames = new Set(wanted.map(surname).filter((s) => s !== null));
  const word = /(?<![\p{L}\p{N}])[\p{Lu}\p{Lo}][\p{L}\p{M}]+/gu;
  const isSurname = (found: string): boolean =>
    Array.from({ length: INFLECTED.test(found) ? ENDING + 1 : 1 }, (_, n) => found.slice(0, found.length - n)).some(
      (part) => surnames.has(part),
    );
  return (text) =>
    text
      .replace(pattern, (found) => names.get(found.toLowerCase().replace(/\s+/g, ' ')) ?? '[name]')
      .replace(word, (found) => (isSurname(found.toLowerCase()) ? '[name]' : found));
}

/** The last word of a name of several, in small letters; it tells who is meant as well as the whole does. */
function surname(name: string): string | null {
  const last = name.split(/\s+/).slice(1).at(-1);
  return last !== undefined && last.length >= SURNAME && /^[\p{L}\p{M}]+$/u.test(last) ? last : null;
}
