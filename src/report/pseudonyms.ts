import type { Assignment, Evidence, EvidenceExample, Report, SharedPassage } from '../types.js';

/** What things are called instead; the same name always gets the same pseudonym. */
export interface Pseudonyms {
  readonly byline: (name: string) => string;
  readonly article: (id: string) => string;
  readonly file: (path: string) => string;
}

const LEFT_OUT = '(left out: it may name someone)';

/**
 * The report without the names of bylines, articles and files. Titles, links and outlets, by which an article can be
 * looked up, are left out, and so is what notices say. Quoted sentences stay, without the names in them: they are the
 * evidence, and whoever has the archive can still find them.
 */
export function pseudonymised(report: Report, { byline, article, file }: Pseudonyms): Report {
  const hide = textHider(report, byline);
  // Lines and offsets go: with the archive at hand they would lead straight to the article.
  const example = ({ byline: name, article: id, sentence, hand }: EvidenceExample): EvidenceExample => ({
    byline: byline(name),
    article: article(id),
    sentence: hide(sentence),
    ...(hand === undefined ? {} : { hand }),
  });
  // Biographies, sign-offs and templates say whose they are, in words that no list of names holds.
  const sharedPassage = (x: SharedPassage): SharedPassage => {
    const [a, b] = [example(x.a), example(x.b)];
    if (x.setAside === undefined || x.setAside === 'quotation') return { ...x, a, b };
    return { ...x, a: { ...a, sentence: LEFT_OUT }, b: { ...b, sentence: LEFT_OUT } };
  };
  const evidence = (list: readonly Evidence[]): Evidence[] =>
    list.map((e) => {
      if (e.examples === undefined) return { ...e, text: hide(e.text) };
      const examples = e.examples.map(example);
      if (e.habit !== undefined) return { ...e, text: hide(e.text), examples };
      // What is quoted for no habit credits someone, who may be no byline, by name.
      const text = hide(e.text.replace(/“[^”]*”/g, '[name]'));
      return { ...e, text, examples: examples.map((x) => ({ ...x, sentence: LEFT_OUT })) };
    });
  // What stood in order of name stands in order of pseudonym, for the old order would tell.
  const named = (names: readonly string[]): string[] => names.map(byline).sort();
  return {
    ...report,
    tool: {
      ...report.tool,
      options: { ...report.tool.options, pseudonymised: true },
      ...(report.tool.command === undefined ? {} : { command: hiddenCommand(report.tool.command) }),
    },
    ...(report.inputs === undefined ? {} : { inputs: report.inputs.map((x) => ({ ...x, path: file(x.path) })) }),
    corpus: {
      ...report.corpus,
      merges: report.corpus.merges.map((m) => ({
        byline: byline(m.byline),
        spellings: m.spellings.map((s) => ({ ...s, spelling: byline(s.spelling) })),
      })),
      copies: report.corpus.copies.map((c) => ({
        ...c,
        kept: article(c.kept),
        dropped: article(c.dropped),
        keptByline: byline(c.keptByline),
        droppedByline: byline(c.droppedByline),
        ...(c.passages === undefined
          ? {}
          : { passages: c.passages.map((p) => ({ kept: hide(p.kept), dropped: hide(p.dropped) })) }),
      })),
    },
    bylines: report.bylines
      .map((b) => ({
        ...b,
        byline: byline(b.byline),
        hands: {
          ...b.hands,
          why: hide(b.hands.why),
          assignments: b.hands.assignments.map((a) => unnamed(a, article)),
        },
      }))
      .sort((x, y) => (x.byline < y.byline ? -1 : 1)),
    pairs: report.pairs.map((p) => ({
      ...p,
      a: byline(p.a),
      b: byline(p.b),
      why: hide(p.why),
      evidence: evidence(p.evidence),
      ...(p.against === undefined ? {} : { against: evidence(p.against) }),
      ...(p.shared === undefined ? {} : { shared: p.shared.map(sharedPassage) }),
    })),
    groups: report.groups.map((g) => ({
      ...g,
      bylines: named(g.bylines),
      ...(g.shared === undefined ? {} : { shared: named(g.shared) }),
      ...(g.hands === undefined
        ? {}
        : {
            hands: g.hands.map(({ members }) => ({
              members: members
                .map((m) => ({ ...m, byline: byline(m.byline) }))
                .sort((x, y) => (x.byline < y.byline ? -1 : 1)),
            })),
          }),
    })),
    findings: report.findings.map((f) => ({
      ...f,
      bylines: named(f.bylines),
      evidence: evidence(f.evidence),
      against: evidence(f.against),
    })),
    ...(report.clustering === undefined
      ? {}
      : { clustering: { ...report.clustering, bylines: report.clustering.bylines.map(byline) } }),
    notices: report.notices.map((n) => ({ ...n, message: `${n.code} ${LEFT_OUT}`, source: null })),
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
    .filter((x) => x.length >= FEWEST)
    .sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  if (wanted.length === 0) return (text) => text;
  const any = wanted.map((x) => x.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace(/\s+/g, '\\s+')).join('|');
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${any})(?![\\p{L}\\p{N}])`, 'giu');
  const surnames = new Set(wanted.map(surname).filter((s) => s !== null));
  const word = /(?<![\p{L}\p{N}])\p{Lu}[\p{L}\p{M}]+/gu;
  return (text) =>
    text
      .replace(pattern, (found) => names.get(found.toLowerCase().replace(/\s+/g, ' ')) ?? '[name]')
      .replace(word, (found) => (surnames.has(found.toLowerCase()) ? '[name]' : found));
}

/** The last word of a name of several, in small letters; it tells who is meant as well as the whole does. */
function surname(name: string): string | null {
  const last = name.split(/\s+/).slice(1).at(-1);
  return last !== undefined && last.length >= SURNAME && /^[\p{L}\p{M}]+$/u.test(last) ? last : null;
}
