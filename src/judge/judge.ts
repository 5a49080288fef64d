import type { SelfTest } from '../compare/selftest.js';
import { expectedFalse, type Calibrated, type Model } from '../model/model.js';
import type {
  BylineReport,
  Cleaned,
  Diarisation,
  Evidence,
  Finding,
  Fingerprints,
  Group,
  PairReport,
  Pairs,
  ViewName,
} from '../types.js';
import { chanceOf, scoreFor } from './chance.js';
import { habitTables, handHabits, partedHabits, sharedHabits, type HabitTable } from './evidence.js';
import { notMeasured, strengthOf, viewWords, words } from './words.js';

/** Chance findings accepted in one report, of each kind: at most one report in four names an innocent pair. */
const CHANCE_ACCEPTED = 0.25;
/** Fewest words on the shorter side of a pair that is answered. */
const FEWEST_WORDS = 400;
/** Fewest articles for the test of several hands. */
const FEWEST_ARTICLES = 6;
/** A finding is never weaker than this log10LR. */
const LEAST_FINDING = 1;
/** Pairs from here up are listed without being asked for. */
const REPORT_FROM = 0.5;

export interface Judged {
  readonly bylines: readonly BylineReport[];
  readonly pairs: readonly PairReport[];
  readonly findings: readonly Finding[];
  /** Pairs and bylines that were asked, abstentions left out. */
  readonly asked: { readonly pairs: number; readonly bylines: number };
}

export interface JudgeInput {
  readonly cleaned: Cleaned;
  readonly prints: Fingerprints;
  readonly pairs: Pairs;
  readonly groups: readonly Group[];
  readonly diarisations: readonly Diarisation[];
  readonly pairCalibration: Calibrated;
  readonly model: Model;
  readonly selfTest: SelfTest | null;
}

/** Score from which a pair is a link: few enough chance links among all pairs of this dump. */
export function linkThreshold(pairs: Pairs, calibrated: Calibrated): number {
  return scoreFor(chanceOf(pairs.score, calibrated), CHANCE_ACCEPTED, LEAST_FINDING);
}

/** Turns numbers into verdicts and findings. The only place that decides what may be said. */
export function judge(input: JudgeInput, options: { readonly allPairs?: boolean } = {}): Judged {
  const tables = habitTables(input.prints);
  const chance = chanceOf(input.pairs.score, input.pairCalibration);
  const threshold = linkThreshold(input.pairs, input.pairCalibration);
  const languages = languagesOf(input.cleaned);
  const copied = copiesBetween(input.cleaned);
  const reports: PairReport[] = [];
  const linking = new Map<string, number>();
  let asked = 0;
  for (let p = 0; p < input.pairs.a.length; p++) {
    const verdict = pairVerdict(input, p, threshold, chance, languages);
    if (verdict.verdict !== 'abstain') asked++;
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
  const bylines = handReports(input);
  reports.sort((x, y) => y.score - x.score || (x.a < y.a ? -1 : x.a > y.a ? 1 : x.b < y.b ? -1 : 1));
  const findings = [...linkFindings(input, linking, chance, tables, copied), ...handFindings(input, bylines)];
  findings.sort((x, y) => y.log10LR - x.log10LR || (x.bylines[0]! < y.bylines[0]! ? -1 : 1));
  return {
    bylines,
    pairs: reports,
    findings,
    asked: { pairs: asked, bylines: bylines.filter((b) => b.hands.verdict !== 'abstain').length },
  };
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
  if (pairs.words[p]! < FEWEST_WORDS)
    return { verdict: 'abstain', why: words.tooLittle(pairs.words[p]!, FEWEST_WORDS), log10LR: 0 };
  if (la !== null && lb !== null && la !== lb)
    return { verdict: 'abstain', why: words.otherLanguage(la, lb), log10LR: 0 };
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

const VIEWS: readonly ViewName[] = ['characters', 'grammar', 'words'];

function pairEvidence(
  input: JudgeInput,
  p: number,
  tables: readonly HabitTable[],
  copied: ReadonlyMap<string, number>,
): Evidence[] {
  const { pairs, cleaned } = input;
  const [a, b] = [pairs.a[p]!, pairs.b[p]!];
  const out: Evidence[] = VIEWS.filter((v) => pairs.views[v][p]! > 1).map((v) => ({
    kind: 'style',
    text: words.view(viewWords[v], pairs.views[v][p]!),
    values: { spreads: pairs.views[v][p]! },
  }));
  out.push(...sharedHabits(tables, a, b));
  const copies = copied.get([cleaned.bylines[a]!.name, cleaned.bylines[b]!.name].sort().join('\n')) ?? 0;
  if (copies > 0) out.push({ kind: 'copy', text: words.copied(copies), values: { articles: copies } });
  return out;
}

function pairAgainst(input: JudgeInput, p: number, tables: readonly HabitTable[]): Evidence[] {
  const { pairs } = input;
  const out: Evidence[] = VIEWS.filter((v) => pairs.views[v][p]! <= 1).map((v) => ({
    kind: 'style',
    text: words.weakView(viewWords[v]),
    values: { spreads: pairs.views[v][p]! },
  }));
  out.push(...partedHabits(tables, pairs.a[p]!, pairs.b[p]!));
  if (pairs.words[p]! < 2000)
    out.push({ kind: 'amount', text: words.shorter(pairs.words[p]!), values: { words: pairs.words[p]! } });
  return out;
}

/** One pair in full, whatever its strength: a < b are byline indices. */
export function explainPair(
  input: JudgeInput,
  a: number,
  b: number,
): PairReport & { readonly against: readonly Evidence[]; readonly notMeasured: readonly string[] } {
  const n = input.prints.bylines;
  const p = (a * (2 * n - a - 1)) / 2 + (b - a - 1);
  const tables = habitTables(input.prints);
  const chance = chanceOf(input.pairs.score, input.pairCalibration);
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
  const add = (members: readonly number[], inside: readonly number[], log10LR: number): void => {
    const best = inside.reduce((x, y) => (input.pairs.score[y]! > input.pairs.score[x]! ? y : x));
    const weakest = inside.reduce((x, y) => (input.pairs.score[y]! < input.pairs.score[x]! ? y : x));
    out.push({
      kind: 'sockpuppets',
      bylines: members.map((m) => input.cleaned.bylines[m]!.name),
      strength: strengthOf(log10LR),
      log10LR,
      expectedByChance: chance(input.pairs.score[best]!),
      evidence: pairEvidence(input, best, tables, copied),
      against: pairAgainst(input, weakest, tables),
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
    if (inside.length > 0) add(group.bylines, inside, Math.max(...inside.map((p) => input.pairs.log10LR[p]!)));
  }
  for (const p of left.values()) add([input.pairs.a[p]!, input.pairs.b[p]!], [p], input.pairs.log10LR[p]!);
  return out;
}

function handReports(input: JudgeInput): BylineReport[] {
  const { cleaned, prints, diarisations, model } = input;
  const amount = new Float64Array(prints.bylines);
  for (let d = 0; d < prints.documents; d++) amount[prints.bylineOf[d]!]! += prints.words[d]!;
  const answerable = diarisations.filter((d) => d.articles.length >= FEWEST_ARTICLES && d.statistics.length > 0).length;
  return diarisations.map((d) => {
    const byline = cleaned.bylines[d.byline]!;
    const known = d.articles.length >= FEWEST_ARTICLES && d.statistics.length > 0;
    const chance = expectedFalse(d.alone ? model.handsAlone : model.hands, d.log10LR, answerable);
    const several = known && d.log10LR >= LEAST_FINDING && chance <= CHANCE_ACCEPTED;
    const verdict = !known ? 'abstain' : several ? 'several' : d.log10LR <= -0.5 ? 'one' : 'inconclusive';
    const why = !known
      ? d.articles.length < FEWEST_ARTICLES
        ? words.fewArticles(d.articles.length, FEWEST_ARTICLES)
        : words.noStrangers()
      : several
        ? words.severalHands(d.log10LR, d.count) + (byline.kind === 'desk' ? `; ${words.desk()}` : '')
        : verdict === 'one'
          ? words.oneHand(d.log10LR)
          : d.log10LR >= LEAST_FINDING
            ? words.severalNotRare(d.log10LR)
            : words.undecided();
    return {
      byline: byline.name,
      articles: d.articles.length,
      words: amount[d.byline]!,
      hands: {
        verdict,
        why,
        score: d.score,
        log10LR: known ? d.log10LR : 0,
        count: d.count,
        assignments: d.articles.map((row, i) => ({
          article: cleaned.documents[row]!.id,
          hand: d.hands[i]!,
          confidence: d.confidence[i]!,
        })),
      },
    };
  });
}

function handFindings(input: JudgeInput, reports: readonly BylineReport[]): Finding[] {
  const answerable = reports.filter((r) => r.hands.verdict !== 'abstain').length;
  return reports.flatMap((report, i): Finding[] => {
    if (report.hands.verdict !== 'several' || input.cleaned.bylines[i]!.kind === 'desk') return [];
    const d = input.diarisations[i]!;
    const unsure = d.confidence.filter((c) => c < 0.55).length;
    return [
      {
        kind: 'group-run',
        bylines: [report.byline],
        strength: strengthOf(d.log10LR),
        log10LR: d.log10LR,
        expectedByChance: expectedFalse(d.alone ? input.model.handsAlone : input.model.hands, d.log10LR, answerable),
        evidence: [
          { kind: 'hands', text: report.hands.why, values: { hands: d.count } },
          ...handHabits(input.prints, d.articles, d.hands),
        ],
        against:
          unsure > 0
            ? [
                {
                  kind: 'hands',
                  text: `${unsure} of ${d.articles.length} articles could belong to either group`,
                  values: { unsure },
                },
              ]
            : [],
        notMeasured: notMeasured.hands,
      },
    ];
  });
}
