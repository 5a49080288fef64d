import { sourceOffset } from '../clean/clean.js';
import { examplesOf, type Example } from '../judge/examples.js';
import { pairAgainst, pairIndex } from '../judge/pair-evidence.js';
import { contributions } from './contributions.js';
import { passagesShared } from './passages.js';
import type { Run } from '../pipeline/pipeline.js';
import type {
  Document,
  Evidence,
  EvidenceExample,
  Finding,
  PairReport,
  Report,
  SharedPassage,
} from '../types/types.js';
import { inlineAsync, type Steps } from '../work/work.js';

/** Pairs that are given with what argues against them and with sentences, strongest first. */
const MOST_PAIRS = 40;
/** Sentences given for a habit and side. */
const EXAMPLES = 2;

/** Articles of one side: of a byline, or of one of its estimated hands. */
interface Side {
  readonly byline: string;
  readonly hand?: number;
  readonly documents: readonly Document[];
}

/**
 * Adds what only a reader of the full report needs: for the strongest pairs what argues against one hand and
 * what both have word for word, and for findings and pairs sentences from each side that show a habit.
 *
 * @param shared of `sharedSteps`, where somebody drives them; worked out here when left out
 */
export async function withDetails(
  report: Report,
  run: Run,
  shared: Promise<readonly (readonly SharedPassage[])[]> = inlineAsync(sharedSteps(run)),
): Promise<Report> {
  // Waited for last: until then nobody would see that it failed.
  shared.catch(() => undefined);
  const quote = quoter(run);
  const indexOf = new Map(run.cleaned.bylines.map((b, i) => [b.name, i]));
  const documentsOf = new Map<string, Document[]>(run.cleaned.bylines.map((b) => [b.name, []]));
  for (const d of run.cleaned.documents) documentsOf.get(run.cleaned.bylines[d.byline]!.name)!.push(d);
  const sideOf = (byline: string): Side => ({ byline, documents: documentsOf.get(byline) ?? [] });
  const detailed = detailedOf(report.pairs);
  const contributionsOf = contributions(run);
  const evidence = await inTurn(detailed, async (pair) => {
    const [a, b] = [indexOf.get(pair.a)!, indexOf.get(pair.b)!];
    const p = pairIndex(run.pairs, run.prints.bylines, a, b);
    const against = pairAgainst(run, p, run.judged.read);
    const sides = [sideOf(pair.a), sideOf(pair.b)];
    return {
      ...pair,
      evidence: await quote(pair.evidence, sides),
      against: await quote(against, sides),
      contributions: contributionsOf(p),
    };
  });
  const findings = await inTurn(report.findings, async (finding) => ({
    ...finding,
    evidence: await quote(finding.evidence, sidesOf(finding, report, sideOf)),
  }));
  const passages = await shared;
  const pairs = report.pairs.map((pair) => {
    const at = detailed.indexOf(pair);
    return at < 0 ? pair : { ...evidence[at]!, shared: passages[at]! };
  });
  return { ...report, pairs, findings };
}

function detailedOf(pairs: readonly PairReport[]): PairReport[] {
  return pairs.slice(0, MOST_PAIRS).filter((p) => p.evidence.length > 0);
}

/** What the two bylines of each pair given in detail have word for word. */
export function sharedSteps(run: Run): Steps<SharedPassage[][]> {
  return passagesShared(
    run,
    detailedOf(run.judged.pairs).map((p) => [p.a, p.b]),
  );
}

/** The first bylines of a group, or the two largest hands of one byline. */
function sidesOf(finding: Finding, report: Report, sideOf: (byline: string) => Side): Side[] {
  if (finding.kind !== 'group-run') return finding.bylines.slice(0, 2).map(sideOf);
  const byline = finding.bylines[0]!;
  const hands = report.bylines.find((b) => b.byline === byline)?.hands.assignments ?? [];
  const handOf = new Map(hands.map((x) => [x.article, x.hand]));
  const { documents } = sideOf(byline);
  return [0, 1].map((hand) => ({
    byline,
    hand,
    documents: documents.filter((d) => (hand === 0 ? handOf.get(d.id) === 0 : handOf.get(d.id) !== 0)),
  }));
}

/** Makes the function that finds a sentence for every habit and side; one search a habit and side. */
function quoter(run: Run): (evidence: readonly Evidence[], sides: readonly Side[]) => Promise<Evidence[]> {
  const known = new Map<string, readonly Example[]>();
  const names = new Set(run.prints.habits.map((h) => h.name));
  const placed = placer(run);
  const withSource = sourced(placed);
  const search = async (habit: string, { byline, hand, documents }: Side): Promise<EvidenceExample[]> => {
    const key = `${habit}\n${byline}\n${hand ?? ''}`;
    const found = known.get(key) ?? (await examplesOf(habit, documents, EXAMPLES));
    known.set(key, found);
    return found.map((x) => ({ byline, ...placed(x), ...(hand === undefined ? {} : { hand }) }));
  };
  return (evidence, sides) =>
    inTurn(evidence, async (e) => {
      if (e.habit === undefined && e.examples !== undefined) return { ...e, examples: e.examples.map(withSource) };
      if (e.habit === undefined || !names.has(e.habit)) return e;
      const examples = (await inTurn(sides, (side) => search(e.habit!, side))).flat();
      return examples.length === 0 ? e : { ...e, examples };
    });
}

/** Says where a sentence stands: `placer`. */
export type Placer = (example: Example) => Omit<EvidenceExample, 'byline'>;

/** Makes the function that adds file and line to a quotation whose place in the article is known. */
export function sourced(placed: Placer): (example: EvidenceExample) => EvidenceExample {
  return (example) => ({ ...example, ...placed({ ...example, place: null }) });
}

/** Makes the function that says where a sentence stands: file, line, and offsets in the article as read. */
export function placer({ corpus, cleaned }: Run): Placer {
  const sources = new Map(corpus.articles.map((a) => [a.id, a.source]));
  const documents = new Map(cleaned.documents.map((d) => [d.id, d]));
  return ({ article, sentence, place }) => {
    const [source, document] = [sources.get(article), documents.get(article)];
    return {
      article,
      sentence,
      ...(source === undefined ? {} : { source: source.path }),
      ...(source === undefined || source.line === null ? {} : { line: source.line }),
      ...(place === null || document === undefined
        ? {}
        : {
            start: sourceOffset(document.origin, place.start),
            end: sourceOffset(document.origin, place.end - 1) + 1,
          }),
    };
  };
}

/** One after the other, so that the order of work, and with it the bytes, never vary. */
async function inTurn<T, U>(items: readonly T[], each: (item: T, i: number) => Promise<U>): Promise<U[]> {
  const out: U[] = [];
  for (const [i, item] of items.entries()) out.push(await each(item, i));
  return out;
}
