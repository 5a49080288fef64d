import { atLeast, STRENGTHS } from '../types/strength.js';
import type { CheckFinding, CheckReport, CheckSubmission, Corpus, Location, Strength } from '../types/types.js';
import { NOTHING_REVIEWED, type Reviewed } from './evidence.js';
import { copiedShare, sourcesOf } from './copied.js';
import { underKnownNames } from './entries.js';
import { charactersFinding, copyFinding, styleFindings, type Subject } from './findings.js';
import { nearestHand } from './hands.js';
import type { CheckReference } from './loaded.js';
import { locator } from './places.js';
import { preparedAll, rowsOf, type Prepared } from './prepare.js';
import type { Yardstick } from './scores.js';
import {
  bylinesOfHand,
  evidenceOf,
  styleAnswer,
  unmeasurable,
  yardstickOf,
  type StyleAnswer,
  type Styled,
} from './style.js';
import { unusualIn } from './unusual.js';
import { unreadAsErrors } from './unread.js';
import { inlineAsync, pause, type Drive, type Steps } from '../work/work.js';
import { words } from './words.js';

export interface CheckOptions {
  /** Findings of this strength or more count; "strong" when left out. */
  readonly failOn?: Strength;
  /** As many of them are let through; none when left out. */
  readonly maxFindings?: number;
  /** Decoded files that hold one article each, by path: passages are then given with their lines. */
  readonly files?: ReadonlyMap<string, string>;
  readonly reviewed?: Reviewed;
  /** Where submissions are cleaned, and what is served between them. */
  readonly drive?: Drive;
  /** Told after every submission that is compared. */
  readonly onCompared?: (done: number, of: number) => void;
}

/** Share of a submission that stands in the archive from which on style is not measured. */
const MOSTLY_COPIED = 0.5;

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
  const { drive = inlineAsync } = options;
  const prepared = await preparedAll(articles, reference, drive);
  const answers = await drive(measuredSteps(prepared, reference, options));
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
  const reached = findings.filter((f) => atLeast(f.strength, failOn)).length;
  // A file passed over is listed with its reason, once.
  const notices = unreadAsErrors(corpus.notices.filter((x) => x.code !== 'skipped'));
  const unread = notices.filter((x) => x.level === 'error').length;
  return {
    schema: 'manyhands.check/1',
    tool: { name: 'manyhands', version, model: reference.facts.model, options: { failOn, maxFindings } },
    reference: { id: reference.id, ...reference.counts },
    asked: { submissions: asked, bylines: compared * reference.bylines.length },
    gate: { failOn, maxFindings, reached, unread, passed: reached <= maxFindings && unread === 0 },
    submissions,
    findings,
    skipped: corpus.skipped ?? [],
    notices,
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

interface Answered {
  /** null where style was not measured, and why. */
  readonly answer: StyleAnswer | null;
  readonly why: string;
  readonly hand: CheckSubmission['hand'];
}

function* measuredSteps(
  prepared: readonly Prepared[],
  reference: CheckReference,
  { reviewed = NOTHING_REVIEWED, onCompared }: CheckOptions,
): Steps<Answered[]> {
  const yardstick = yardstickOf(reference);
  const out: Answered[] = [];
  for (const [i, rows] of rowsOf(prepared, reference).entries()) {
    out.push(measured(prepared[i]!, rows, reference, yardstick, reviewed));
    onCompared?.(out.length, prepared.length);
    // A tenth of a second each against a large archive: who gives up is not kept waiting for thousands.
    yield* pause();
  }
  return out;
}

function measured(
  p: Prepared,
  rows: Styled['rows'] | null,
  reference: CheckReference,
  yardstick: Yardstick,
  reviewed: Reviewed,
): Answered {
  const { document, byline, enrolledAs } = p;
  if (document === null || rows === null) return { answer: null, why: words.noWords(), hand: null };
  const styled = { rows, words: document.words, lang: document.lang, byline, enrolledAs };
  return styleOf(p, styled, reference, yardstick, reviewed);
}

function styleOf(
  p: Prepared,
  styled: Styled,
  reference: CheckReference,
  yardstick: Yardstick,
  reviewed: Reviewed,
): Answered {
  const copied = copiedShare(p);
  const why =
    p.article.bylines.length > 1
      ? words.coBylined(p.article.bylines)
      : copied >= MOSTLY_COPIED
        ? words.mostlyCopied(copied)
        : unmeasurable(reference, styled);
  if (why !== null) return { answer: null, why, hand: null };
  const evidence = evidenceOf(reference, yardstick, styled, reviewed);
  const answer = styleAnswer(reference, evidence, styled, p.printed, reviewed);
  const own = reference.bylines[p.byline];
  if (own === undefined || own.hands < 2) return { answer, why: answer.why, hand: null };
  const members = Array.from(reference.bylineOf.keys()).filter((r) => reference.bylineOf[r] === p.byline);
  const packed = reference.views.map((v) => v.articles);
  const nearest = nearestHand(styled.rows, packed, members, reference.handOf, p.enrolledAs);
  return { answer, why: answer.why, hand: { ...nearest, of: own.hands } };
}

async function answered(
  p: Prepared,
  told: Answered,
  reference: CheckReference,
  asked: number,
  options: CheckOptions,
): Promise<{ submission: CheckSubmission; found: CheckFinding[] }> {
  const { article, document } = p;
  const file = options.files?.get(article.source.path) ?? null;
  const place = locator(article, article.source.line === null ? file : null);
  const whole = { ...place(0, 0), endLine: null, startColumn: null, endColumn: null };
  const subject = subjectOf(p, reference, options.reviewed ?? NOTHING_REVIEWED, asked, whole);
  const found = told.answer === null ? [] : styleFindings(reference, subject, told.answer);
  for (const source of sourcesOf(p, place))
    found.push(copyFinding(subject, source, await reference.places(source.articles)));
  const unusual = document === null ? null : unusualIn(article.text, document.unusual);
  if (unusual !== null) found.push(charactersFinding(subject, unusual, place(unusual.start, unusual.end)));
  return { submission: submissionOf(p, told), found };
}

function subjectOf(
  { article, document, printed, byline, sha256 }: Prepared,
  reference: CheckReference,
  reviewed: Reviewed,
  asked: number,
  whole: Location,
): Subject {
  return {
    id: article.id,
    byline: printed,
    number: byline,
    asked,
    own: [...article.bylines, ...bylinesOfHand(reference, byline, reviewed).map((b) => reference.bylines[b]!.name)],
    sha256,
    text: document?.text ?? '',
    lang: document?.lang ?? null,
    words: document?.words ?? 0,
    form: document?.form ?? null,
    credited: document?.credited?.name ?? null,
    whole,
  };
}

function submissionOf(
  { article, document, printed, byline, sha256, enrolledAs }: Prepared,
  { answer, why, hand }: Answered,
): CheckSubmission {
  return {
    id: article.id,
    source: article.source,
    byline: printed,
    title: article.title,
    words: document?.words ?? 0,
    sha256,
    bylineKnown: byline >= 0,
    alreadyEnrolled: enrolledAs >= 0,
    verdict: answer?.verdict ?? 'abstain',
    why,
    log10LR: answer?.log10LR ?? 0,
    score: answer?.score ?? 0,
    hand,
    nearest: answer?.nearest ?? [],
  };
}
