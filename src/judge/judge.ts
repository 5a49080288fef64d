import type { SelfTest } from '../compare/selftest.js';
import type { Calibrated, Model } from '../model/model.js';
import type {
  BylineReport,
  Cleaned,
  Corpus,
  Diarisation,
  Evidence,
  Finding,
  Fingerprints,
  Group,
  PairReport,
  Pairs,
  SharedHands,
} from '../types.js';
import { VIEW_NAMES } from '../views.js';
import { chanceOf, scoreFor } from './chance.js';
import { habitTables, partedHabits, sharedHabits, type HabitTable } from './evidence.js';
import { judgeHands } from './hands.js';
import { teamFindings } from './teams.js';
import { notMeasured, strengthOf, viewWords, words } from './words.js';

/** Chance findings accepted in one report, of each kind: at most one report in ten names an innocent pair. */
export const CHANCE_ACCEPTED = 0.1;
/** Fewest words on the shorter side of a pair that is answered. */
export const FEWEST_WORDS = 400;
/** A finding is never weaker than this log10LR. */
const LEAST_FINDING = 1;
/** Pairs from here up are listed without being asked for, in a dump of many bylines the strongest of them. */

export const REPORT_FROM = 0.5;

export interface Judged {
  readonly bylines: readonly BylineReport[];
  readonly pairs: readonly PairReport[];
  readonly findings: readonly Finding[];
  /** Pairs and bylines that were asked, abstentions left out. */
  readonly asked: { readonly pairs: number; readonly bylines: number };
}

export interface JudgeInput {
  readonly corpus: Corpus;
  readonly cleaned: Cleaned;
  readonly prints: Fingerprints;
  readonly pairs: Pairs;
  readonly groups: readonly Group[];
  readonly diarisations: readonly Diarisation[];
  /** Bylines that share several hands. */
  readonly teams: readonly SharedHands[];
  readonly pairCalibration: Calibrated;
  readonly model: Model;
  readonly selfTest: SelfTest | null;
}

/** True for a pair that can be a link: text enough, and a likeness that does not rest on the subject. */
export function maybeLinked(pairs: Pairs, p: number): boolean {
  return enoughToName(pairs, p) && !restsOnSubject(pairs, p) && !restsOnOutlet(pairs, p);
}

/** True where both sides of a pair have text enough to be asked about. */
export function enoughText(pairs: Pick<Pairs, 'words'>, p: number): boolean {
  return pairs.words[p]! >= FEWEST_WORDS;
}

/**
 * Fewest words on the shorter side of a pair that is named. Below, a ratio is printed and no more: in 429 honest bylines of
 * government posts the four pairs highest by chance had scores above 4, three of them with one article of under 1,000 words.
 */
const FEWEST_TO_NAME = 1000;

function enoughToName({ words: amount }: Pick<Pairs, 'words'>, p: number): boolean {
  return amount[p]! >= FEWEST_TO_NAME;
}

/** Grammar and outline must carry at least this share of what spelling and words carry. */
const LEAST_MASKED = 1 / 3;

/** True where the likeness all but vanishes once the subject is masked: two writers on one beat, not one hand. */
function restsOnSubject({ views }: Pairs, p: number): boolean {
  return views.grammar[p]! + views.outline[p]! < LEAST_MASKED * (views.characters[p]! + views.words[p]!);
}

/** What must be left of a score once the outlets' own style is taken out, in shares of it. */
const LEAST_ACROSS = 1 / 3;

/** True where the likeness all but vanishes without what an outlet puts into all its articles: one house style, not one hand. */
function restsOnOutlet({ score, acrossOutlets }: Pairs, p: number): boolean {
  return acrossOutlets !== undefined && acrossOutlets[p]! < LEAST_ACROSS * score[p]!;
}

/** Chance findings by score, among the pairs that are asked. */
function chanceAmong(
  pairs: Pick<Pairs, 'score' | 'words' | 'others'>,
  calibrated: Calibrated,
): (score: number) => number {
  return chanceOf(pairs.others ?? pairs.score.filter((_, p) => enoughText(pairs, p)), calibrated);
}

/** Score from which a pair is a link: few enough chance links among all pairs of this dump. */
export function linkThreshold(pairs: Pick<Pairs, 'score' | 'words' | 'others'>, calibrated: Calibrated): number {
  return scoreFor(chanceAmong(pairs, calibrated), CHANCE_ACCEPTED, LEAST_FINDING);
}

/** Turns numbers into verdicts and findings. The only place that decides what may be said. */
export function judge(input: JudgeInput, options: { readonly allPairs?: boolean } = {}): Judged {
  const tables = habitTables(input.prints);
  const chance = chanceAmong(input.pairs, input.pairCalibration);
  const threshold = linkThreshold(input.pairs, input.pairCalibration);
  const languages = languagesOf(input.cleaned);
  const copied = copiesBetween(input.cleaned);
  const reports: PairReport[] = [];
  const linking = new Map<string, number>();
  const listedFrom = options.allPairs === true ? -Infinity : listingFloor(input.pairs, threshold);
  for (let p = 0; p < input.pairs.a.length; p++) {
    if (input.pairs.score[p]! < listedFrom) continue;
    const verdict = pairVerdict(input, p, threshold, chance, languages);
    const [a, b] = [input.pairs.a[p]!, input.pairs.b[p]!];
    if (verdict.verdict === 'same-hand') linking.set(`${a} ${b}`, p);
    const listed =
      verdict.verdict === 'same-hand' || (verdict.verdict === 'inconclusive' && verdict.log10LR >= REPORT_FROM);
    if (!listed && options.allPairs !== true) continue;
    reports.push({
      a: input.cleaned.bylines[a]!.name,
      b: input.cleaned.bylines[b]!.name,
      ...verdict,
      score: input.pairs.score[p]!,
      evidence: listed ? pairEvidence(input, p, tables, copied) : [],
    });
  }
  const { bylines, findings: several } = judgeHands(input, CHANCE_ACCEPTED);
  reports.sort((x, y) => y.score - x.score || (x.a < y.a ? -1 : x.a > y.a ? 1 : x.b < y.b ? -1 : 1));
  const teams = teamFindings(input);
  // What a team explains is told once: not again as several hands behind each byline, and as one hand behind all.
  const told = (f: Finding): boolean => teams.some((t) => f.bylines.every((b) => t.bylines.includes(b)));
  const links = linkFindings(input, linking, chance, tables, copied);
  const findings = [...[...links, ...several].filter((f) => !told(f)), ...teams];
  findings.sort((x, y) => y.log10LR - x.log10LR || (x.bylines[0]! < y.bylines[0]! ? -1 : 1));
  return {
    bylines,
    pairs: reports,
    findings,
    asked: {
      pairs: pairsAsked(input, languages),
      bylines: bylines.filter((b) => b.hands.verdict !== 'abstain').length,
    },
  };
}

/** Most pairs that are listed without being asked for. */
const MOST_LISTED = 10_000;

/** Score from which pairs are listed: all links, and no more of the others than a reader could ever look at. */
function listingFloor({ score }: Pairs, threshold: number): number {
  const above = score.filter((s) => s >= REPORT_FROM);
  if (above.length <= MOST_LISTED) return REPORT_FROM;
  return Math.min(threshold, above.sort()[above.length - MOST_LISTED]!);
}

/** Pairs with text enough on both sides and no two languages. */
function pairsAsked({ prints, pairs }: JudgeInput, languages: readonly (string | null)[]): number {
  if (pairs.others === undefined) {
    const sameLanguage = (x: string | null, y: string | null): boolean => x === null || y === null || x === y;
    let asked = 0;
    for (let p = 0; p < pairs.a.length; p++)
      if (enoughText(pairs, p) && sameLanguage(languages[pairs.a[p]!]!, languages[pairs.b[p]!]!)) asked++;
    return asked;
  }
  const words = new Float64Array(prints.bylines);
  for (let d = 0; d < prints.documents; d++) words[prints.bylineOf[d]!]! += prints.words[d]!;
  const count = new Map<string | null, number>();
  languages.forEach((lang, b) => {
    if (words[b]! >= FEWEST_WORDS) count.set(lang, (count.get(lang) ?? 0) + 1);
  });
  const among = (n: number): number => (n * (n - 1)) / 2;
  const unknown = count.get(null) ?? 0;
  const known = [...count].filter(([lang]) => lang !== null);
  return among(unknown) + known.reduce((sum, [, n]) => sum + among(n) + n * unknown, 0);
}

type PairVerdict = Pick<PairReport, 'verdict' | 'why' | 'log10LR'>;

function pairVerdict(
  input: JudgeInput,
  p: number,
  threshold: number,
  chance: (score: number) => number,
  languages: readonly (string | null)[],
): PairVerdict {
  const { pairs } = input;
  const [la, lb] = [languages[pairs.a[p]!]!, languages[pairs.b[p]!]!];
  const log10LR = pairs.log10LR[p]!;
  if (!enoughText(pairs, p))
    return { verdict: 'abstain', why: words.tooLittle(pairs.words[p]!, FEWEST_WORDS), log10LR: 0 };
  if (la !== null && lb !== null && la !== lb)
    return { verdict: 'abstain', why: words.otherLanguage(la, lb), log10LR: 0 };
  if (pairs.score[p]! >= threshold && !enoughToName(pairs, p))
    return { verdict: 'inconclusive', why: words.littleToName(log10LR, pairs.words[p]!, FEWEST_TO_NAME), log10LR };
  if (pairs.score[p]! >= threshold && restsOnSubject(pairs, p))
    return { verdict: 'inconclusive', why: words.topic(), log10LR };
  if (pairs.score[p]! >= threshold && restsOnOutlet(pairs, p))
    return { verdict: 'inconclusive', why: words.houseStyle(), log10LR };
  if (pairs.score[p]! >= threshold) return { verdict: 'same-hand', why: words.sameHand(log10LR), log10LR };
  if (log10LR >= LEAST_FINDING)
    return { verdict: 'inconclusive', why: words.notRare(log10LR, chance(pairs.score[p]!)), log10LR };
  if (log10LR <= -1) return { verdict: 'different-hands', why: words.differentHands(log10LR), log10LR };
  return { verdict: 'inconclusive', why: words.undecided(), log10LR };
}

/** The language most of a byline's words are in. */
function languagesOf(cleaned: Cleaned): (string | null)[] {
  const counts = cleaned.bylines.map(() => new Map<string, number>());
  for (const d of cleaned.documents)
    if (d.lang !== null) counts[d.byline]!.set(d.lang, (counts[d.byline]!.get(d.lang) ?? 0) + d.words);
  return counts.map((c) => [...c].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? null);
}

function copiesBetween(cleaned: Cleaned): Map<string, number> {
  const out = new Map<string, number>();
  for (const c of cleaned.copies) {
    if (c.keptByline === c.droppedByline) continue;
    const key = [c.keptByline, c.droppedByline].sort().join('\n');
    out.set(key, (out.get(key) ?? 0) + 1);
  }
  return out;
}

/** Spreads of strangers that a view must add to count as evidence of its own. */
const CLEAR_VIEW = 0.5;

function pairEvidence(
  input: JudgeInput,
  p: number,
  tables: readonly HabitTable[],
  copied: ReadonlyMap<string, number>,
): Evidence[] {
  const { pairs, cleaned } = input;
  const [a, b] = [pairs.a[p]!, pairs.b[p]!];
  const out: Evidence[] = VIEW_NAMES.filter((v) => pairs.views[v][p]! > CLEAR_VIEW).map((v) => ({
    kind: 'style',
    text: words.view(viewWords[v], pairs.views[v][p]!),
    values: { spreads: pairs.views[v][p]! },
  }));
  out.push(...sharedHabits(tables, a, b));
  const copies = copied.get([cleaned.bylines[a]!.name, cleaned.bylines[b]!.name].sort().join('\n')) ?? 0;
  if (copies > 0) out.push({ kind: 'copy', text: words.copied(copies), values: { articles: copies } });
  return out;
}

/** What argues against one hand behind a pair. */
export function pairAgainst(input: JudgeInput, p: number, tables: readonly HabitTable[]): Evidence[] {
  const { pairs } = input;
  const out: Evidence[] = VIEW_NAMES.filter((v) => pairs.views[v][p]! <= CLEAR_VIEW).map((v) => ({
    kind: 'style',
    text: words.weakView(viewWords[v]),
    values: { spreads: pairs.views[v][p]! },
  }));
  out.push(...partedHabits(tables, pairs.a[p]!, pairs.b[p]!));
  if (pairs.words[p]! < 2000)
    out.push({ kind: 'amount', text: words.shorter(pairs.words[p]!), values: { words: pairs.words[p]! } });
  return out;
}

/** Where the pair a < b stands in the columns; -1 for one that is not kept there. */
export function pairIndex(pairs: Pairs, n: number, a: number, b: number): number {
  if (pairs.others === undefined) return (a * (2 * n - a - 1)) / 2 + (b - a - 1);
  let [low, high] = [0, pairs.a.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const order = pairs.a[middle]! - a || pairs.b[middle]! - b;
    if (order === 0) return middle;
    if (order < 0) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** One pair in full, whatever its strength: a < b are byline indices. */
export function explainPair(
  input: JudgeInput,
  a: number,
  b: number,
): PairReport & { readonly against: readonly Evidence[]; readonly notMeasured: readonly string[] } {
  const p = pairIndex(input.pairs, input.prints.bylines, a, b);
  const tables = habitTables(input.prints);
  const chance = chanceAmong(input.pairs, input.pairCalibration);
  return {
    a: input.cleaned.bylines[a]!.name,
    b: input.cleaned.bylines[b]!.name,
    ...pairVerdict(input, p, linkThreshold(input.pairs, input.pairCalibration), chance, languagesOf(input.cleaned)),
    score: input.pairs.score[p]!,
    evidence: pairEvidence(input, p, tables, copiesBetween(input.cleaned)),
    against: pairAgainst(input, p, tables),
    notMeasured: notMeasured.pair,
  };
}

/** One finding a group; links that no group holds are findings of their own. */
function linkFindings(
  input: JudgeInput,
  linking: ReadonlyMap<string, number>,
  chance: (score: number) => number,
  tables: readonly HabitTable[],
  copied: ReadonlyMap<string, number>,
): Finding[] {
  const left = new Map(linking);
  const out: Finding[] = [];
  const name = (b: number): string => input.cleaned.bylines[b]!.name;
  /** What else the shared bylines of a group write like. */
  const elsewhere = ({ bylines, shared }: Group): Evidence[] =>
    shared.map((b) => {
      const others = input.groups
        .filter((g) => g.bylines !== bylines && g.bylines.includes(b))
        .flatMap((g) => g.bylines.filter((x) => !bylines.includes(x)));
      return { kind: 'hands', text: words.sharedByline(name(b), [...new Set(others)].map(name)) };
    });
  const add = (members: readonly number[], inside: readonly number[], log10LR: number, more: Evidence[] = []): void => {
    const best = inside.reduce((x, y) => (input.pairs.score[y]! > input.pairs.score[x]! ? y : x));
    const weakest = inside.reduce((x, y) => (input.pairs.score[y]! < input.pairs.score[x]! ? y : x));
    out.push({
      kind: 'sockpuppets',
      bylines: members.map(name),
      strength: strengthOf(log10LR),
      log10LR,
      expectedByChance: chance(input.pairs.score[best]!),
      evidence: pairEvidence(input, best, tables, copied),
      against: [...more, ...pairAgainst(input, weakest, tables)],
      notMeasured: notMeasured.pair,
    });
  };
  for (const group of input.groups) {
    const inside: number[] = [];
    for (const [key, p] of linking) {
      const [a, b] = key.split(' ').map(Number);
      if (!group.bylines.includes(a!) || !group.bylines.includes(b!)) continue;
      inside.push(p);
      left.delete(key);
    }
    if (inside.length > 0)
      add(group.bylines, inside, Math.max(...inside.map((p) => input.pairs.log10LR[p]!)), elsewhere(group));
  }
  for (const p of left.values()) add([input.pairs.a[p]!, input.pairs.b[p]!], [p], input.pairs.log10LR[p]!);
  return out;
}
