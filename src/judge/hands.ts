import { ascending, quantile, sumsBy } from '../math/statistics.js';
import { expectedFalse, type Calibrated, type Model } from '../model/model.js';
import { ONE_HAND, strengthOf, UNSURE } from '../types/strength.js';
import type {
  BylineReport,
  Cleaned,
  Corpus,
  Diarisation,
  Document,
  Evidence,
  Finding,
  Fingerprints,
  Unanswered,
} from '../types/types.js';
import { handHabits } from './evidence.js';
import { creditsAmong } from './credits.js';
import { formApart, formsAmong, otherwiseApart } from './forms.js';
import { day, handWords } from './hand-words.js';
import { CHANCE_ACCEPTED } from './verdicts.js';
import { notMeasured, words } from './words.js';

/** log10LR from which a byline may be said to be several hands: five times likelier. It must be rare by chance as well. */
export const LEAST_SEVERAL = 0.7;

/** What verdicts on the number of hands rest on. */
export interface AskedHands {
  readonly cleaned: Cleaned;
  readonly diarisations: readonly Diarisation[];
  readonly model: Model;
}

export interface HandsInput extends AskedHands {
  readonly corpus: Corpus;
  readonly prints: Fingerprints;
}

/** Verdicts and findings on the number of hands behind each byline. */
export function judgeHands(input: HandsInput): { readonly bylines: BylineReport[]; readonly findings: Finding[] } {
  const { bylineOf, bylines: count, words: written } = input.prints;
  const amount = sumsBy(bylineOf, count, written);
  const bylines = input.diarisations.map((d): BylineReport => {
    const { verdict, why } = verdictOn(input, d);
    const answered = verdict !== 'abstain';
    return {
      byline: input.cleaned.bylines[d.byline]!.name,
      articles: d.articles.length,
      words: amount[d.byline]!,
      hands: {
        verdict,
        why,
        score: d.score,
        log10LR: answered ? d.log10LR : 0,
        count: d.count,
        ...(answered ? { probabilities: probabilities(d) } : {}),
        ...(answered && d.inTime !== undefined && d.count > 1 ? { time: timeOf(d.inTime) } : {}),
        assignments: d.articles.map((row, i) => ({
          article: input.cleaned.documents[row]!.id,
          hand: d.hands[i]!,
          confidence: d.confidence[i]!,
          ...(d.count > 1 && d.confidence[i]! < UNSURE ? { told: false } : {}),
        })),
      },
    };
  });
  const findings = bylines.flatMap((report, i) =>
    report.hands.verdict === 'several' && input.cleaned.bylines[i]!.kind !== 'desk'
      ? [finding(input, report, input.diarisations[i]!)]
      : [],
  );
  return { bylines, findings };
}

/** How likely 1, 2, 3, and 4 or more hands are, with even odds of one and several before. */
function probabilities({ log10LR, further }: Diarisation): [number, number, number, number] {
  const several = 1 / (1 + 10 ** -log10LR);
  return [1 - several, several * further[0], several * further[1], several * further[2]];
}

function timeOf({ kind, handovers }: NonNullable<Diarisation['inTime']>): NonNullable<BylineReport['hands']['time']> {
  return {
    kind,
    handovers: handovers.map((h) => ({
      at: day(h.at),
      from: day(h.from),
      to: day(h.to),
      before: h.before,
      after: h.after,
      stepOverTrend: h.stepOverTrend,
    })),
  };
}

/** Chance findings at this byline's strength, among the bylines put to the same test as it. */
export function chanceFor({ model, diarisations }: AskedHands, d: Diarisation): number {
  const test: Calibrated = d.alone ? model.handsAlone : model.hands;
  return expectedFalse(
    test,
    d.log10LR,
    diarisations.filter((x) => x.unanswered === null && x.alone === d.alone).length,
  );
}

/** True where a byline is found to be several hands by itself. */
export function saysSeveral(input: AskedHands, d: Diarisation): boolean {
  return verdictOn(input, d).verdict === 'several';
}

function verdictOn(input: AskedHands, d: Diarisation): Pick<BylineReport['hands'], 'verdict' | 'why'> {
  if (d.unanswered !== null) return { verdict: 'abstain', why: whyUnanswered(d.unanswered, d.alone) };
  if (d.log10LR >= LEAST_SEVERAL) {
    if (chanceFor(input, d) > CHANCE_ACCEPTED) return { verdict: 'inconclusive', why: words.severalNotRare(d.log10LR) };
    const otherwise = otherwiseApart(input.cleaned.documents, d);
    if (otherwise !== null) return { verdict: 'inconclusive', why: otherwise };
    const why = words.severalHands(d.log10LR, d.count);
    const desk = input.cleaned.bylines[d.byline]!.kind === 'desk';
    return { verdict: 'several', why: desk ? `${why}; ${words.desk()}` : why };
  }
  if (d.log10LR <= ONE_HAND) return { verdict: 'one', why: words.oneHand(d.log10LR) };
  return { verdict: 'inconclusive', why: words.undecided() };
}

function whyUnanswered(unanswered: Unanswered, alone: boolean): string {
  switch (unanswered.why) {
    case 'few':
      return words.fewArticles(unanswered.have, unanswered.need);
    case 'short':
      return words.shortArticles(unanswered.have, unanswered.need, alone);
    case 'strangers':
      return words.noStrangers();
  }
}

function finding(input: HandsInput, report: BylineReport, d: Diarisation): Finding {
  const evidence: Evidence[] = [{ kind: 'hands', text: report.hands.why, values: { hands: d.count } }];
  if (d.inTime !== undefined && d.inTime.kind !== 'drift' && d.inTime.kind !== 'undated')
    evidence.push({ kind: 'hands', text: handWords.inTime(d.inTime) });
  return {
    kind: 'group-run',
    bylines: [report.byline],
    strength: strengthOf(d.log10LR),
    log10LR: d.log10LR,
    expectedByChance: chanceFor(input, d),
    evidence: [...evidence, ...handHabits(input.prints, d.articles, d.hands)],
    against: handsAgainst(input, d),
    notMeasured: [...notMeasured.hands, ...(unlexed(input, d) ? [handWords.otherLanguage()] : [])],
  };
}

/** True where most of the byline's articles are in a language whose honest bylines could not be tested. */
function unlexed({ prints }: HandsInput, d: Diarisation): boolean {
  return !d.alone && d.articles.filter((row) => prints.lexed[row] === 0).length * 2 > d.articles.length;
}

/** Groups of articles of which one are so many times as long as the other are of two kinds, as like as not. */
const LENGTHS_APART = 3;

/** Words of the median article of each hand. */
function mediansOf(documents: readonly Document[], { articles, hands }: Diarisation): number[] {
  return [...new Set(hands)].map((hand) => {
    const own = articles.filter((_, i) => hands[i] === hand);
    return quantile(ascending(own.map((row) => documents[row]!.words)), 0.5);
  });
}

/** What argues against several hands behind a byline, or weakens the parting. */
export function handsAgainst({ corpus, cleaned }: HandsInput, d: Diarisation): Evidence[] {
  const out: Evidence[] = [];
  const say = (text: string, values?: Readonly<Record<string, number>>): void => {
    out.push({ kind: 'hands', text, ...(values === undefined ? {} : { values }) });
  };
  const unsure = d.confidence.filter((c) => c < UNSURE).length;
  if (unsure > 0) say(words.unsure(unsure, d.articles.length, d.count), { unsure });
  const lengths = mediansOf(cleaned.documents, d);
  const [short, long] = [Math.min(...lengths), Math.max(...lengths)];
  if (long >= LENGTHS_APART * short) say(words.lengthsApart(short, long), { short, long });
  if (d.inTime?.kind === 'drift') say(handWords.driftAgainst());
  const name = cleaned.bylines[d.byline]!.name;
  for (const [form, n] of formsAmong(cleaned.documents, d)) say(handWords.someForm(form, n, d.articles.length));
  const credits = creditsAmong(
    d.articles.map((row) => cleaned.documents[row]!),
    name,
  );
  if (credits !== null) out.push(credits);
  const together = corpus.articles.filter((a) => a.bylines.length > 1 && a.bylines.includes(name)).length;
  if (together > 0) say(handWords.coBylined(together), { articles: together });
  if (d.alone) say(words.alone());
  if (d.apart === 'done') say(words.apart());
  return out;
}

/** The form that one group of articles is made of, with its figures as a sentence; used by `explain`. */
export function formSentence(cleaned: Cleaned, d: Diarisation): string | null {
  const form = formApart(cleaned.documents, d);
  return form === null ? null : handWords.form(form.form, form.inside, form.of, form.elsewhere, form.others);
}
