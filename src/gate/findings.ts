import { createHash } from 'node:crypto';
import { strengthOf } from '../types/strength.js';
import { nearest } from '../text/nearest.js';
import type { ArticleForm, CheckFinding, CheckRule, Evidence, Location, Related, Strength } from '../types/types.js';
import { farHabits, nearerHabits, readings, usualHabits, type Reading } from './habits.js';
import type { CheckReference } from './loaded.js';
import type { Place } from './lookup.js';
import { SPELT_ALIKE, type StyleAnswer } from './style.js';
import type { UnusualFound } from './unusual.js';
import { notMeasured, words } from './words.js';

/** What all findings of one submission share. */
export interface Subject {
  readonly id: string;
  readonly byline: string;
  /** Of its byline in the reference; -1 for one that it does not hold. */
  readonly number: number;
  /** Submissions that were asked the same. */
  readonly asked: number;
  /** All bylines printed, and those confirmed to be the same hand: what stands under one of them is its own. */
  readonly own: readonly string[];
  readonly sha256: string;
  /** Clean text and its words. */
  readonly text: string;
  readonly lang: string | null;
  readonly words: number;
  readonly form: ArticleForm | null;
  /** The writer its own text credits. */
  readonly credited: string | null;
  readonly whole: Location;
}

function fingerprint(rule: CheckRule, { byline, sha256 }: Subject, other: string | null, more = ''): string {
  const parts = [rule, byline, other ?? '', sha256, more];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

function finding(
  subject: Subject,
  rule: CheckRule,
  own: Pick<CheckFinding, 'strength' | 'log10LR' | 'expectedByChance' | 'message'> & Partial<CheckFinding>,
): CheckFinding {
  const otherByline = own.otherByline ?? null;
  return {
    rule,
    submission: subject.id,
    byline: subject.byline,
    otherByline,
    location: subject.whole,
    related: [],
    evidence: [],
    against: [],
    notMeasured: notMeasured.style,
    fingerprint: fingerprint(rule, subject, otherByline),
    ...own,
  };
}

/** What style says of a submission, as findings. */
export function styleFindings(reference: CheckReference, subject: Subject, answer: StyleAnswer): CheckFinding[] {
  const { against, other, nearest } = answer;
  const own = subject.number < 0 ? null : readings(subject, subject.words, reference, subject.number);
  return [
    ...(against === null || own === null ? [] : [doubtFinding(reference, subject, against, own, nearest)]),
    ...(other === null ? [] : [otherFinding(reference, subject, other, own)]),
  ];
}

function doubtFinding(
  { bylines }: CheckReference,
  subject: Subject,
  { log10LR, chance, rank }: NonNullable<StyleAnswer['against']>,
  own: readonly Reading[],
  [best]: StyleAnswer['nearest'],
): CheckFinding {
  const evidence: Evidence[] = [
    { kind: 'style', text: words.rank(subject.byline, rank, bylines.length), values: { rank } },
    ...(rank > 1 ? [{ kind: 'style', text: words.better(best!.byline, best!.log10LR) } as const] : []),
  ];
  return finding(subject, 'not-this-byline', {
    strength: strengthOf(log10LR),
    log10LR,
    expectedByChance: chance * subject.asked,
    message: words.notThisByline(subject.byline, log10LR),
    evidence: [...evidence, ...farHabits(own, true)],
    against: [...usualHabits(own), ...thin(subject, bylines[subject.number]?.articles ?? null)],
  });
}

function otherFinding(
  reference: CheckReference,
  subject: Subject,
  { byline, log10LR, chance, alone, heldBy, rejected }: NonNullable<StyleAnswer['other']>,
  own: readonly Reading[] | null,
): CheckFinding {
  const { bylines } = reference;
  const { name, articles } = bylines[byline]!;
  const theirs = readings(subject, subject.words, reference, byline);
  const alike = own === null && nearest(subject.byline, [name], SPELT_ALIKE) !== null;
  const against: Evidence[] = [
    ...(alike ? [words.misspelt(name)] : []),
    ...(rejected ? [words.reviewedApart()] : []),
    ...(heldBy === null ? [] : [words.held(alone, log10LR, heldBy, bylines.length)]),
  ].map((text) => ({ kind: 'style', text }));
  return finding(subject, 'fits-another-byline', {
    strength: strengthOf(log10LR),
    log10LR,
    expectedByChance: chance * subject.asked,
    message: words.fitsAnother(name, log10LR, alike),
    otherByline: name,
    evidence: [
      { kind: 'style', text: words.rank(name, 1, bylines.length), values: { rank: 1 } },
      ...nearerHabits(theirs, own),
    ],
    against: [...against, ...farHabits(theirs, false), ...thin(subject, articles)],
  });
}

/** Words of a submission, and articles of a byline, below which a finding says how few they are. */
const FEW = { words: 400, articles: 6 };

/** Other voices in it, and little text on either side. */
function thin(subject: Subject, articles: number | null): Evidence[] {
  const out: Evidence[] = [];
  if (subject.form !== null) out.push({ kind: 'style', text: words.form(subject.form, subject.credited ?? '') });
  if (subject.words < FEW.words)
    out.push({ kind: 'amount', text: words.shortText(subject.words), values: { words: subject.words } });
  if (articles !== null && articles < FEW.articles)
    out.push({ kind: 'amount', text: words.fewArticles(articles), values: { articles } });
  return out;
}

/** Passages of the submission that stand in one archived article, and the other articles that hold them too. */
export interface CopiedFrom {
  readonly words: number;
  readonly passages: number;
  readonly articles: readonly number[];
  /** Of the longest passage. */
  readonly location: Location;
  /** Hash of the words of the longest passage. */
  readonly key: string;
}

const MOST_RELATED = 5;

/** Copied passages as a finding: what it says depends on how much it is and on whose words they are. */
export function copyFinding(
  subject: Subject,
  { words: amount, passages, articles, location, key }: CopiedFrom,
  places: ReadonlyMap<number, Place>,
): CheckFinding {
  const related = articles.slice(0, MOST_RELATED).flatMap((article): Related[] => {
    const place = places.get(article);
    return place === undefined ? [] : [{ byline: place.byline, article: place.id, path: place.path, line: place.line }];
  });
  const own = articles.map((a) => places.get(a)?.byline).find((b) => b !== undefined && subject.own.includes(b));
  const share = Math.min(1, amount / Math.max(1, subject.words));
  const otherByline = own === undefined ? (related[0]?.byline ?? null) : null;
  return finding(subject, 'copied-passage', {
    strength: own === undefined ? copyStrength(amount, share) : 'limited',
    log10LR: null,
    expectedByChance: null,
    message:
      own === undefined ? words.copied(amount, otherByline ?? '') : words.copiedFromItself(amount, own, subject.byline),
    otherByline,
    location,
    related,
    evidence: [{ kind: 'copy', text: words.copiedShare(share, passages), values: { words: amount, share, passages } }],
    against: [{ kind: 'copy', text: words.sampled() }],
    notMeasured: notMeasured.passage,
    fingerprint: fingerprint('copied-passage', subject, otherByline, key),
  });
}

/** Twenty words are a turn of phrase or a press release; a hundred, or a third of the text, are no accident. */
function copyStrength(amount: number, share: number): Strength {
  if (amount >= 300 || (amount >= 100 && share >= 0.5)) return 'very-strong';
  if (amount >= 100 || (amount >= 60 && share >= 1 / 3)) return 'strong';
  return amount >= 40 ? 'moderate' : 'limited';
}

export function charactersFinding(subject: Subject, found: UnusualFound, location: Location): CheckFinding {
  return finding(subject, 'unusual-characters', {
    strength: found.strength,
    log10LR: null,
    expectedByChance: null,
    message: words.unusual(found.what),
    location,
    against: [{ kind: 'amount', text: found.honest }],
    notMeasured: notMeasured.characters,
  });
}
