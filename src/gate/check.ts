import type { CheckFinding, CheckReport, CheckSubmission, Location } from '../check-types.js';
import { clean, placedWords, sourceOffset } from '../clean/clean.js';
import { countViews } from '../fingerprint/views.js';
import { VIEW_NAMES } from '../views.js';
import type { Article, Corpus, Document, Strength } from '../types.js';
import { NOTHING_REVIEWED, type Reviewed } from './calibrate.js';
import { contentHash, RepeatsSeen, underKnownNames } from './entries.js';
import { charactersFinding, copyFinding, styleFindings, type CopiedFrom, type Subject } from './findings.js';
import { nearestHand } from './hands.js';
import { copiedPassages, winnowed, type Passage } from './passages.js';
import { locator } from './places.js';
import type { CheckReference } from './loaded.js';
import { projectedRows, turned } from './space.js';
import { evidenceOf, styleAnswer, unmeasurable, yardstickOf, type StyleAnswer, type Styled } from './style.js';
import { unusualIn } from './unusual.js';
import { words } from './words.js';

export interface CheckOptions {
  /** Findings of this strength or more count; "strong" when left out. */
  readonly failOn?: Strength;
  /** As many of them are let through; none when left out. */
  readonly maxFindings?: number;
  /** Decoded files that hold one article each, by path: passages are then given with their lines. */
  readonly files?: ReadonlyMap<string, string>;
  readonly reviewed?: Reviewed;
}

/** What is known of a submission before it is compared. */
export interface Prepared {
  readonly article: Article;
  readonly document: Document | null;
  /** Byline number; -1 for one the reference does not hold. */
  readonly byline: number;
  readonly printed: string;
  readonly sha256: string;
  readonly enrolledAs: number;
  readonly passages: readonly Passage[];
  readonly places: ReturnType<typeof placedWords> | null;
}

/** Submissions measured at a time. */
const BATCH = 200;
/** Share of a submission that stands in the archive from which on style is not measured. */
const MOSTLY_COPIED = 0.5;
/** Fewest words that are told of one archived article. */
const SHORTEST_COPY = 20;
const STRENGTHS: readonly Strength[] = ['limited', 'moderate', 'strong', 'very-strong'];
/** Cleaned like any other where no byline, or several, are printed. */
const NO_NAME = 'a byline that is not printed';

/**
 * Checks each article of a corpus against a reference, by itself: no answer depends on what else is checked.
 *
 * @param version printed in the report
 */
export async function checkCorpus(
  corpus: Corpus,
  reference: CheckReference,
  version: string,
  options: CheckOptions = {},
): Promise<CheckReport> {
  const { articles } = underKnownNames(
    corpus,
    reference.bylines.map((b) => b.name),
  );
  const prepared = await preparedAll(articles, reference);
  const answers = measured(prepared, reference, options.reviewed ?? NOTHING_REVIEWED);
  const asked = answers.filter((a) => a.answer !== null && a.answer.verdict !== 'abstain').length;
  const compared = answers.filter((a) => a.answer !== null).length;
  const submissions: CheckSubmission[] = [];
  const findings: CheckFinding[] = [];
  for (const [i, p] of prepared.entries()) {
    const { submission, found } = await answered(p, answers[i]!, reference, compared, options);
    submissions.push(submission);
    findings.push(...found);
  }
  findings.sort(byStrength);
  const { failOn = 'strong', maxFindings = 0 } = options;
  const reached = findings.filter((f) => STRENGTHS.indexOf(f.strength) >= STRENGTHS.indexOf(failOn)).length;
  return {
    schema: 'manyhands.check/1',
    tool: { name: 'manyhands', version, model: reference.facts.model, options: { failOn, maxFindings } },
    reference: { id: reference.id, ...reference.counts },
    asked: { submissions: asked, bylines: compared * reference.bylines.length },
    gate: { failOn, maxFindings, reached, passed: reached <= maxFindings },
    submissions,
    findings,
    skipped: corpus.skipped ?? [],
    // A file passed over is listed with its reason, once.
    notices: corpus.notices.filter((x) => x.code !== 'skipped'),
  };
}

function byStrength(a: CheckFinding, b: CheckFinding): number {
  return (
    STRENGTHS.indexOf(b.strength) - STRENGTHS.indexOf(a.strength) ||
    (b.log10LR ?? 0) - (a.log10LR ?? 0) ||
    compare(a.submission, b.submission) ||
    compare(a.rule, b.rule) ||
    a.location.startLine - b.location.startLine ||
    compare(a.fingerprint, b.fingerprint)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Submissions cleaned one by one, and what of them stands in the archive. */
export async function preparedAll(articles: readonly Article[], reference: CheckReference): Promise<Prepared[]> {
  const numbers = new Map(reference.bylines.map((b, i) => [b.name, i]));
  const repeats = new RepeatsSeen(
    reference.repeats,
    reference.bylines.map((b) => b.name),
  );
  const drafts = [];
  for (const article of articles) {
    const printed = article.bylines.length === 1 ? article.bylines[0]! : '';
    const alone: Corpus = {
      articles: [{ ...article, bylines: [printed === '' ? NO_NAME : printed] }],
      merges: [],
      notices: [],
    };
    const { known } = repeats.options.repeats;
    const cleaned = await clean(alone, {
      keepQuotations: reference.facts.keepQuotations,
      repeats: { known, found: () => undefined },
    });
    const document = cleaned.documents[0] ?? null;
    const places = document === null ? null : placedWords(document.text);
    const sha256 = contentHash(article.text);
    drafts.push({
      article,
      document,
      printed,
      byline: printed === '' ? -1 : (numbers.get(printed) ?? -1),
      sha256,
      enrolledAs: reference.numberOf(sha256),
      places,
      grams: winnowed(places?.hashes ?? new Int32Array(0)),
    });
  }
  const hashes = Int32Array.from(drafts.flatMap((d) => [...d.grams.hash]));
  const found = await reference.findPassages(hashes);
  return drafts.map(({ grams, ...d }) => ({ ...d, passages: copiedPassages(grams, found, d.enrolledAs) }));
}

interface Answered {
  /** null where style was not measured, and why. */
  readonly answer: StyleAnswer | null;
  readonly why: string;
  readonly hand: CheckSubmission['hand'];
}

function measured(prepared: readonly Prepared[], reference: CheckReference, reviewed: Reviewed): Answered[] {
  const yardstick = yardstickOf(reference);
  return rowsOf(prepared, reference).map((rows, i): Answered => {
    const p = prepared[i]!;
    if (p.document === null || rows === null) return { answer: null, why: words.noWords(), hand: null };
    const { document, byline, enrolledAs } = p;
    const styled = { rows, words: document.words, lang: document.lang, byline, enrolledAs };
    return styleOf(p, styled, reference, yardstick, reviewed);
  });
}

/** Every submission as rows of unit length, one a view; null for one without words. */
export function rowsOf(prepared: readonly Prepared[], reference: CheckReference): (Float32Array[] | null)[] {
  const out: (Float32Array[] | null)[] = [];
  for (let from = 0; from < prepared.length; from += BATCH) {
    const batch = prepared.slice(from, from + BATCH);
    const documents = batch.flatMap((p) => (p.document === null ? [] : [p.document]));
    const counted = countViews(documents, reference.common);
    const views = VIEW_NAMES.map((name, v) => {
      const { whitening, turn } = reference.spaces[v]!;
      return turned(projectedRows(counted[name], whitening), turn);
    });
    let row = 0;
    for (const p of batch) {
      const at = p.document === null ? -1 : row++;
      out.push(at < 0 ? null : views.map(({ dims, values }) => values.slice(at * dims, (at + 1) * dims)));
    }
  }
  return out;
}

function styleOf(
  p: Prepared,
  styled: Styled,
  reference: CheckReference,
  yardstick: ReturnType<typeof yardstickOf>,
  reviewed: Reviewed,
): Answered {
  const copied = copiedShare(p);
  const why =
    p.article.bylines.length > 1
      ? words.coBylined()
      : copied >= MOSTLY_COPIED
        ? words.mostlyCopied(copied)
        : unmeasurable(reference, styled, p.printed);
  if (why !== null) return { answer: null, why, hand: null };
  const evidence = evidenceOf(reference, yardstick, styled);
  const answer = styleAnswer(reference, evidence, styled, p.printed, reviewed);
  const own = reference.bylines[p.byline];
  if (own === undefined || own.hands < 2) return { answer, why: answer.why, hand: null };
  const members: number[] = [];
  reference.bylineOf.forEach((b, r) => {
    if (b === p.byline) members.push(r);
  });
  const packed = reference.views.map((v) => v.articles);
  const nearest = nearestHand(styled.rows, packed, members, reference.handOf, p.enrolledAs);
  return { answer, why: answer.why, hand: { ...nearest, of: own.hands } };
}

/** Share of the words that stand in archived articles. */
function copiedShare({ passages, places }: Prepared): number {
  if (places === null || places.hashes.length === 0) return 0;
  const seen = new Uint8Array(places.hashes.length);
  for (const { first, last } of passages) seen.fill(1, first, last + 1);
  return seen.reduce((n, s) => n + s, 0) / seen.length;
}

async function answered(
  p: Prepared,
  { answer, why, hand }: Answered,
  reference: CheckReference,
  asked: number,
  options: CheckOptions,
): Promise<{ submission: CheckSubmission; found: CheckFinding[] }> {
  const { article, document, printed, byline } = p;
  const own = options.files?.get(article.source.path) ?? null;
  const place = locator(article, article.source.line === null ? own : null);
  const whole = { ...place(0, 0), endLine: null, startColumn: null, endColumn: null };
  const amount = document?.words ?? 0;
  const subject: Subject = {
    id: article.id,
    byline: printed,
    sha256: p.sha256,
    text: document?.text ?? '',
    words: amount,
    whole,
  };
  const found: CheckFinding[] = [];
  if (answer !== null) {
    const reviewed = options.reviewed ?? NOTHING_REVIEWED;
    const rejected = answer.other !== null && byline >= 0 && reviewed.apart(byline, answer.other.byline);
    found.push(...styleFindings(reference, subject, answer, byline, rejected, asked));
  }
  for (const source of sourcesOf(p, place))
    found.push(copyFinding(subject, source, await reference.places(source.articles)));
  const unusual = document === null ? null : unusualIn(article.text, document.unusual);
  if (unusual !== null) found.push(charactersFinding(subject, unusual, place(unusual.start, unusual.end)));
  return {
    submission: {
      id: article.id,
      source: article.source,
      byline: printed,
      title: article.title,
      words: amount,
      sha256: p.sha256,
      bylineKnown: byline >= 0,
      alreadyEnrolled: p.enrolledAs >= 0,
      verdict: answer?.verdict ?? 'abstain',
      why,
      log10LR: answer?.log10LR ?? 0,
      score: answer?.score ?? 0,
      hand,
      nearest: answer?.nearest ?? [],
    },
    found,
  };
}

/**
 * Copied passages by the archived article they stand in: first the article that holds most of the submission's words,
 * then the one that holds most of what is left. Articles with the same passages stand beside the first.
 */
function sourcesOf({ passages, places, document }: Prepared, place: (a: number, b: number) => Location): CopiedFrom[] {
  if (places === null || document === null) return [];
  const byArticle = new Map<number, Passage[]>();
  for (const p of passages) byArticle.set(p.article, [...(byArticle.get(p.article) ?? []), p]);
  const left = new Uint8Array(places.hashes.length).fill(1);
  const gain = (own: readonly Passage[]): number => {
    const seen = new Uint8Array(left.length);
    for (const { first, last } of own) seen.fill(1, first, last + 1);
    return seen.reduce((n, s, i) => n + (s & left[i]!), 0);
  };
  const out: CopiedFrom[] = [];
  while (byArticle.size > 0) {
    const ranked = [...byArticle]
      .map(([article, own]) => ({ article, own, words: gain(own) }))
      .sort((a, b) => b.words - a.words || a.article - b.article);
    const [best] = ranked;
    if (best === undefined || best.words < SHORTEST_COPY) break;
    const longest = best.own.reduce((x, y) => (y.last - y.first > x.last - x.first ? y : x));
    const start = sourceOffset(document.origin, places.starts[longest.first]!);
    const end = sourceOffset(document.origin, places.ends[longest.last]! - 1) + 1;
    for (const { first, last } of best.own) left.fill(0, first, last + 1);
    const same = ranked.filter((r) => r !== best && gain(r.own) < SHORTEST_COPY);
    for (const { article } of [best, ...same]) byArticle.delete(article);
    out.push({
      words: best.words,
      passages: best.own.length,
      articles: [best, ...same].map((r) => r.article),
      location: place(start, Math.max(start, end)),
      key: contentHash(places.hashes.subarray(longest.first, longest.last + 1).join(' ')),
    });
  }
  return out;
}
