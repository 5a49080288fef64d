import { wordsByByline } from '../compare/compare.js';
import { contrastStructure } from '../diarise/contrast.js';
import { aloneFeatures, measureHands } from '../diarise/diarise.js';
import { pickRows } from '../fingerprint/counting.js';
import { breaksAreKept, fingerprintCounted } from '../fingerprint/fingerprint.js';
import { countViews } from '../fingerprint/views.js';
import type { Logistic } from '../math/logistic.js';
import { cllr, cllrMin, recallAt } from '../math/metrics.js';
import { FEWEST_ARTICLES, type Calibrated } from '../model/model.js';
import type { Fingerprints } from '../types/types.js';
import { COUNTED_VIEWS, mapViews } from '../types/views.js';
import { calibrated, fitCases, leaveCorpusOut, shareWriters, type Fitted } from './fit.js';
import type { Case } from './gather.js';
import { dumpOf, joined, personas, type Labelled, type Simulated } from './simulate.js';

/** The calibrations of the test for several hands. */
export interface TrainedHands {
  readonly hands: Calibrated;
  readonly handsAlone: Calibrated;
  /** `hands` fitted without a corpus, and without those that share its writers. */
  readonly without: (name: string) => Logistic;
  /** Cost and recall on corpora left out of the fit. */
  readonly heldOut: Readonly<Record<string, number>>;
}

/** Observations of both tests. */
export interface HandsCases {
  readonly hands: readonly Case[];
  readonly alone: readonly Case[];
}

/** Simulates personas from all corpora and measures them. */
export function gatherHands(corpora: readonly Labelled[], seeds: number, say: (line: string) => void): HandsCases {
  const hands: Case[] = [];
  const alone: Case[] = [];
  for (const corpus of corpora) {
    const print = printerOf(corpus);
    for (const { simulated, cell } of personaDumps(corpus, seeds))
      hands.push(...handCases(simulated, print(simulated), corpus.name, cell));
    for (const { simulated, cell } of longDumps(corpus, seeds)) alone.push(...aloneCases(simulated, corpus.name, cell));
    say(`${corpus.name}: ${hands.length} personas, ${alone.length} of long articles`);
  }
  return { hands, alone };
}

/** Fits both tests for several hands. */
export function fitHands({ hands, alone }: HandsCases): TrainedHands {
  // One corpus alone in its kind of language cannot be measured by leaving it out: nothing is left to fit its kind on.
  const measurable = hands.filter((c) => c.features[2] === 0);
  return {
    hands: { ...calibrated(measurable, 'hands'), ...fitCases(hands, 'hands') },
    handsAlone: calibrated(alone, 'handsAlone'),
    without: (name) =>
      fitCases(
        hands.filter((c) => !shareWriters(c.corpus, name)),
        'hands',
      ),
    heldOut: { ...figures('hands', measurable), ...figures('handsAlone', alone) },
  };
}

function figures(name: Fitted, cases: readonly Case[]): Record<string, number> {
  const scored = leaveCorpusOut(cases, name).map((h) => h.scored);
  return {
    [`${name} cllr`]: cllr(scored),
    [`${name} cllrMin`]: cllrMin(scored),
    [`${name} recall at 1 %`]: recallAt(scored, 0.01),
  };
}

interface Dump {
  readonly simulated: Simulated;
  readonly cell: string;
}

/** Kinds of personas: hands, share of the last, one desk, personas in the dump. */
const KINDS = [
  [2, null, false, Infinity],
  [2, null, true, Infinity],
  [2, 0.2, false, Infinity],
  [3, null, false, Infinity],
  [2, null, true, 2],
  [2, 0.2, false, 2],
] as const;

/**
 * Personas for the test of several hands. Dumps in which few bylines are personas stand beside dumps in which half are,
 * because the level a byline is measured against comes from its dump; and beside both stand dumps of single hands that
 * change their subject, and every hand at its full length and span, so that honest drift is part of the null.
 *
 * A dump of both kinds of bylines is a cell of its own: how alike one hand is in a dump depends on how many of its bylines
 * are personas, and must not tell the fit which they are.
 */
function personaDumps(corpus: Labelled, seeds: number): Dump[] {
  const out: Dump[] = [];
  for (const articles of [6, 10, 20, 40, 80])
    for (let seed = 0; seed < seeds; seed++) {
      if (articles >= 40 && seed > 0) continue;
      const add = (kind: string, options: Parameters<typeof personas>[1]): void => {
        const simulated = personas(corpus, options);
        if (simulated.hands.length >= 8) out.push({ simulated, cell: `${corpus.name} ${articles} ${kind}` });
      };
      for (const [kind, [hands, minority, sameDesk, teams]] of KINDS.entries())
        if (articles < 80 || teams === 2) add(`${kind} ${seed}`, { articles, hands, minority, seed, sameDesk, teams });
      add('honest', { articles, hands: 1, minority: null, seed, teams: 0, topicChange: true });
    }
  out.push({ simulated: asTheyStand(corpus), cell: `${corpus.name} as it stands` });
  return out;
}

/** Every hand with all its articles under its own name: honest bylines at their full length and span. */
function asTheyStand(corpus: Labelled): Simulated {
  return dumpOf([...corpus.hands].map(([hand, own]) => own.map((document) => ({ document, hand }))));
}

/** Personas of longer articles, for the test without strangers. */
function longDumps(corpus: Labelled, seeds: number): Dump[] {
  const out: Dump[] = [];
  for (const size of [2, 4])
    for (const articles of [6, 12, 20, 40])
      for (const hands of [2, 3])
        for (let seed = 0; seed < 2 * seeds; seed++) {
          const simulated = personas(joined(corpus, size), { articles, hands, minority: null, seed });
          if (simulated.hands.length >= 5) out.push({ simulated, cell: `${corpus.name} long ${size}` });
        }
  return out;
}

/** Fingerprints dumps made of a corpus, whose articles are counted once: the same article stands in dump after dump. */
function printerOf(corpus: Labelled): (simulated: Simulated) => Fingerprints {
  const documents = [...corpus.hands.values()].flat();
  const counted = countViews(documents, undefined, breaksAreKept(documents));
  const rowOf = new Map(documents.map((d, row) => [d.id, row]));
  return ({ cleaned }) => {
    const rows = cleaned.documents.map((d) => rowOf.get(d.id)!);
    const picked = mapViews(COUNTED_VIEWS, (view) => pickRows(counted[view], rows));
    return fingerprintCounted(cleaned, picked, null);
  };
}

/** Personas as cases of the test for several hands among strangers; true: several. */
function handCases(simulated: Simulated, prints: Fingerprints, corpus: string, cell: string): Case[] {
  const amount = wordsByByline(prints);
  return measureHands(prints).flatMap((measured, byline): Case[] => {
    if (measured === null || measured.alone || simulated.hands[byline]!.length < FEWEST_ARTICLES) return [];
    const truth = new Set(simulated.hands[byline]).size > 1;
    return [{ features: measured.statistics, truth, corpus, cell, words: amount[byline]! }];
  });
}

/** Personas as cases of the test without strangers: their own grammar contrast alone. */
function aloneCases(simulated: Simulated, corpus: string, cell: string): Case[] {
  const { documents } = simulated.cleaned;
  const { grammar } = countViews(documents);
  let at = 0;
  return simulated.hands.map((hands): Case => {
    const rows = hands.map((_, i) => at + i);
    at += hands.length;
    const words = rows.reduce((n, r) => n + documents[r]!.words, 0);
    const structure = contrastStructure(grammar, rows);
    return {
      features: aloneFeatures(
        Math.log(structure),
        Math.log(rows.length),
        Math.log(Math.max(50, words / rows.length) / 500),
      ),
      truth: new Set(hands).size > 1,
      corpus,
      cell,
      words,
    };
  });
}
