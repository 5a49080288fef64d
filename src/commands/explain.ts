import type { ChalkInstance } from 'chalk';
import { handHabits } from '../judge/evidence.js';
import { examplesOf } from '../judge/examples.js';
import { day, handName, handWords } from '../judge/hand-words.js';
import { formSentence, handsAgainst } from '../judge/hands.js';
import { UNSURE } from '../types/strength.js';
import { explainPair } from '../judge/judge.js';
import { pairIndex } from '../judge/pair-evidence.js';
import { whyNotAsked } from '../judge/verdicts.js';
import { outlyingPassages, type Outlying } from '../pipeline/outlying.js';
import type { Run } from '../pipeline/pipeline.js';
import { page } from '../page/words.js';
import { wrap } from '../text/folded.js';
import { capitalised, counted } from '../text/figures.js';
import { jsonText } from '../text/json.js';
import { ratioText } from '../text/ratio.js';
import { visible } from '../text/visible.js';
import type { Assignment, BylineReport, Document, Evidence } from '../types/types.js';
import { formatOf, painter, type InputOptions } from './common.js';
import { deliver, deliverText } from './deliver.js';
import { findByline, runOn } from './running.js';

/** Bylines shown as nearest. */
const NEAREST = 5;
/** Habits that part the hands, and those shown with a sentence from each side. */
const HABITS = 10;
const WITH_EXAMPLES = 5;
/** Articles of a hand and passages that are listed. */
const LISTED = 30;
const PASSAGES = 5;

/** One estimated hand of the byline. */
interface HandSide {
  readonly hand: number;
  readonly name: string;
  readonly articles: number;
  readonly words: number;
  /** First and last day of publication; null where no article is dated. */
  readonly from: string | null;
  readonly to: string | null;
}

/** A habit that parts the hands, with a sentence from each side that shows it. */
type Parted = Evidence & {
  readonly sentences: readonly { readonly hand: '1' | 'others'; readonly article: string; readonly sentence: string }[];
};

interface Explained {
  readonly sides: readonly HandSide[];
  readonly habits: readonly Parted[];
  readonly against: readonly Evidence[];
  readonly passages: Outlying | null;
}

/** `manyhands explain BYLINE --in PATH`: its hands side by side, what argues against, passages, its nearest bylines. */
export async function explain(name: string, options: InputOptions & { readonly in: readonly string[] }): Promise<void> {
  const format = formatOf(options, ['terminal', 'json']);
  const { found } = await runOn(options.in, { ...options, about: [name] });
  const byline = findByline(found, name);
  const own = found.judged.bylines[byline]!;
  const near = nearestPairs(found, byline);
  const explained = await explainHands(found, byline);
  if (format === 'json') {
    const { sides, habits, against, passages } = explained;
    const all = { ...own, sides, habits, against, passages: passages?.passages ?? null, nearest: near };
    return deliver(`${jsonText(all, 2)}\n`, options);
  }
  const paint = painter(options);
  const lines = [
    paint.bold(visible(own.byline)),
    `${counted(own.articles, 'article')}, ${counted(own.words, 'word')} of its own`,
    '',
    ...handLines(found, byline, own, explained, paint),
    '',
    ...passageLines(explained.passages, paint),
    '',
    paint.bold('Nearest bylines'),
  ];
  if (near.length === 0) lines.push('  none: no other byline could be compared with it');
  for (const pair of near)
    lines.push(
      wrap(
        `${pair.a === own.byline ? pair.b : pair.a}: ${page.verdict[pair.verdict]!}, log10 LR ${ratioText(pair.log10LR)}; ${pair.why}`,
        '  ',
        '    ',
      ),
    );
  return deliverText(`${lines.join('\n')}\n`, options);
}

/** Of the pairs that are answered, ranked by score first: the evidence of a pair is worked out only for those that are shown. */
function nearestPairs(found: Run, byline: number): ReturnType<typeof explainPair>[] {
  const n = found.cleaned.bylines.length;
  const order = (other: number): [number, number] => [Math.min(byline, other), Math.max(byline, other)];
  const score = (other: number): number => found.pairs.score[pairIndex(found.pairs, n, ...order(other))]!;
  const { read } = found.judged;
  const answered = (other: number): boolean =>
    whyNotAsked(found.pairs, pairIndex(found.pairs, n, ...order(other)), read.languages) === null;
  return Array.from({ length: n }, (_, other) => other)
    .filter((other) => other !== byline && answered(other))
    .sort((a, b) => score(b) - score(a))
    .slice(0, NEAREST)
    .map((other) => explainPair(found, read, ...order(other)));
}

async function explainHands(found: Run, byline: number): Promise<Explained> {
  const d = found.diarisations[byline]!;
  const passages = outlyingPassages(found, byline);
  const against = handsAgainst(found, d);
  const form = formSentence(found.cleaned, d);
  if (d.count < 2) return { sides: [], habits: [], against: [], passages };
  const documentsOf = (first: boolean): Document[] =>
    d.articles.filter((_, i) => (d.hands[i] === 0) === first).map((row) => found.cleaned.documents[row]!);
  const habits: Parted[] = [];
  for (const [i, habit] of handHabits(found.prints, d.articles, d.hands, HABITS).entries()) {
    const sentences: Parted['sentences'][number][] = [];
    for (const hand of ['1', 'others'] as const) {
      if (i >= WITH_EXAMPLES || habit.habit === undefined) continue;
      const [example] = await examplesOf(habit.habit, documentsOf(hand === '1'), 1);
      if (example !== undefined) sentences.push({ hand, ...example });
    }
    habits.push({ ...habit, sentences });
  }
  return {
    sides: Array.from({ length: d.count }, (_, hand) => sideOf(found, byline, hand)),
    habits,
    against: form === null ? against : [{ kind: 'hands', text: form }, ...against],
    passages,
  };
}

function sideOf({ diarisations, cleaned }: Run, byline: number, hand: number): HandSide {
  const { articles, hands } = diarisations[byline]!;
  const own = articles.filter((_, i) => hands[i] === hand).map((row) => cleaned.documents[row]!);
  const dates = own.flatMap((d) => d.publishedAt ?? []).sort((a, b) => a - b);
  return {
    hand,
    name: handName(hand),
    articles: own.length,
    words: own.reduce((n, d) => n + d.words, 0),
    from: dates.length === 0 ? null : day(dates[0]!),
    to: dates.length === 0 ? null : day(dates[dates.length - 1]!),
  };
}

function handLines(
  found: Run,
  byline: number,
  { hands }: BylineReport,
  { sides, habits, against }: Explained,
  paint: ChalkInstance,
): string[] {
  const { inTime } = found.diarisations[byline]!;
  const lines = [
    paint.bold(`Hands: ${hands.verdict === 'abstain' ? page.verdict['abstain']! : hands.verdict}`),
    wrap(`${capitalised(hands.why)}.`, '  '),
  ];
  if (hands.probabilities !== undefined)
    lines.push(wrap(`${capitalised(handWords.probabilities(hands.probabilities))}.`, '  '));
  if (sides.length === 0) return lines;
  if (hands.verdict !== 'several') lines.push('', wrap(handWords.bestParting(), '  '));
  for (const side of sides) lines.push(...sideLines(side, hands.assignments, paint));
  if (hands.assignments.some((x) => x.confidence < UNSURE)) lines.push('', wrap(handWords.marked(), '  '));
  if (inTime !== undefined)
    lines.push('', paint.bold('  In time'), wrap(`${capitalised(handWords.inTime(inTime))}.`, '    '));
  lines.push('', paint.bold('  Habits that part them (hand 1, and the others)'), ...habitLines(habits, paint));
  lines.push('', paint.bold('  What argues against several hands'));
  if (against.length === 0) lines.push('    nothing that stands out');
  for (const e of against) lines.push(wrap(e.text, '    - ', '      '));
  return lines;
}

/** One hand, with the first of its articles. */
function sideLines(side: HandSide, assignments: readonly Assignment[], paint: ChalkInstance): string[] {
  const span = side.from === null ? 'undated' : side.from === side.to ? side.from : `${side.from} to ${side.to!}`;
  const articles = assignments.filter((x) => x.hand === side.hand);
  const listed = articles
    .slice(0, LISTED)
    .map((x) => `${visible(x.article, 60)}${x.confidence < UNSURE ? ' (?)' : ''}`);
  const more = articles.length - LISTED;
  return [
    '',
    paint.bold(`  Hand ${side.name}: ${counted(side.articles, 'article')}, ${counted(side.words, 'word')}, ${span}`),
    wrap(listed.join(', '), '    '),
    ...(more > 0 ? [`    … and ${more} more, with --format json`] : []),
  ];
}

function habitLines(habits: readonly Parted[], paint: ChalkInstance): string[] {
  if (habits.length === 0) return ['    none that a reader could see'];
  return habits.flatMap((h) => [
    wrap(h.text, '    ', '      '),
    ...h.sentences.map((s) =>
      paint.dim(wrap(`${s.hand === '1' ? 'hand 1' : s.hand}: “${s.sentence}” (${s.article})`, '      ')),
    ),
  ]);
}

/** The first words of a passage, in one line. */
function beginning(text: string): string {
  return text.replace(/\s+/gu, ' ').slice(0, 120).replace(/ \S*$/u, '');
}

function passageLines(found: Outlying | null, paint: ChalkInstance): string[] {
  const out = [paint.bold('Passages outside its range (weaker evidence)')];
  if (found === null) return [...out, '  too little text, or no other byline, to tell a range from'];
  const { read, passages } = found;
  out.push(wrap(`${handWords.passagesRead(read, passages.length)}.`, '  '));
  for (const p of passages.slice(0, PASSAGES))
    out.push(wrap(handWords.passage(visible(p.article, 120), p.first, p.last, beginning(p.text)), '  - ', '    '));
  if (passages.length > PASSAGES) out.push(`  … and ${passages.length - PASSAGES} more, with --format json`);
  return out;
}
