import { expectedFalse, type Calibrated, type Model } from '../model/model.js';
import type { BylineReport, Cleaned, Diarisation, Evidence, Finding, Fingerprints } from '../types.js';
import { handHabits } from './evidence.js';
import { notMeasured, strengthOf, words } from './words.js';

/** Fewest articles for the test of several hands. */
const FEWEST_ARTICLES = 6;
/** A finding is never weaker: five times likelier. It must be rare by chance as well. */
const LEAST_FINDING = 0.7;
/** Certainty below which an article could belong to either group. */
const UNSURE = 0.55;

interface HandsInput {
  readonly cleaned: Cleaned;
  readonly prints: Fingerprints;
  readonly diarisations: readonly Diarisation[];
  readonly model: Model;
}

/** Verdicts and findings on the number of hands behind each byline. */
export function judgeHands(
  input: HandsInput,
  chanceAccepted: number,
): { readonly bylines: BylineReport[]; readonly findings: Finding[] } {
  const amount = new Float64Array(input.prints.bylines);
  for (let d = 0; d < input.prints.documents; d++) amount[input.prints.bylineOf[d]!]! += input.prints.words[d]!;
  const bylines = input.diarisations.map((d): BylineReport => {
    const byline = input.cleaned.bylines[d.byline]!;
    const { verdict, why } = verdictOn(d, chanceFor(input, d), chanceAccepted, byline.kind);
    return {
      byline: byline.name,
      articles: d.articles.length,
      words: amount[d.byline]!,
      hands: {
        verdict,
        why,
        score: d.score,
        log10LR: verdict === 'abstain' ? 0 : d.log10LR,
        count: d.count,
        assignments: d.articles.map((row, i) => ({
          article: input.cleaned.documents[row]!.id,
          hand: d.hands[i]!,
          confidence: d.confidence[i]!,
        })),
      },
    };
  });
  const findings = bylines.flatMap((report, i) => {
    const desk = input.cleaned.bylines[i]!.kind === 'desk';
    return report.hands.verdict === 'several' && !desk ? [finding(input, report, input.diarisations[i]!)] : [];
  });
  return { bylines, findings };
}

function answerable(d: Diarisation): boolean {
  return d.articles.length >= FEWEST_ARTICLES && d.statistics.length > 0;
}

/** Chance findings at this byline's strength, among the bylines put to the same test as it. */
function chanceFor({ model, diarisations }: HandsInput, d: Diarisation): number {
  const test: Calibrated = d.alone ? model.handsAlone : model.hands;
  return expectedFalse(test, d.log10LR, diarisations.filter((x) => answerable(x) && x.alone === d.alone).length);
}

function verdictOn(
  d: Diarisation,
  chance: number,
  accepted: number,
  kind: 'person' | 'desk',
): Pick<BylineReport['hands'], 'verdict' | 'why'> {
  if (!answerable(d)) {
    const few = d.articles.length < FEWEST_ARTICLES;
    return {
      verdict: 'abstain',
      why: few ? words.fewArticles(d.articles.length, FEWEST_ARTICLES) : words.noStrangers(),
    };
  }
  if (d.log10LR >= LEAST_FINDING) {
    if (chance > accepted) return { verdict: 'inconclusive', why: words.severalNotRare(d.log10LR) };
    const why = words.severalHands(d.log10LR, d.count);
    return { verdict: 'several', why: kind === 'desk' ? `${why}; ${words.desk()}` : why };
  }
  if (d.log10LR <= -0.5) return { verdict: 'one', why: words.oneHand(d.log10LR) };
  return { verdict: 'inconclusive', why: words.undecided() };
}

function finding(input: HandsInput, report: BylineReport, d: Diarisation): Finding {
  const unsure = d.confidence.filter((c) => c < UNSURE).length;
  const against: Evidence[] = [];
  if (unsure > 0) against.push({ kind: 'hands', text: words.unsure(unsure, d.articles.length), values: { unsure } });
  if (d.alone) against.push({ kind: 'hands', text: words.alone() });
  return {
    kind: 'group-run',
    bylines: [report.byline],
    strength: strengthOf(d.log10LR),
    log10LR: d.log10LR,
    expectedByChance: chanceFor(input, d),
    evidence: [
      { kind: 'hands', text: report.hands.why, values: { hands: d.count } },
      ...handHabits(input.prints, d.articles, d.hands),
    ],
    against,
    notMeasured: notMeasured.hands,
  };
}
