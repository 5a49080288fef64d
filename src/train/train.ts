import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { countViews } from '../fingerprint/views.js';
import { hashString, sampleIndices, seededRandom } from '../math/random.js';
import { packBackground, type Background, type ModelFile, type TrainingSource } from '../model/model.js';
import type { Document } from '../types/types.js';
import type { Logistic } from '../math/logistic.js';
import { calibrated, fitCases, leaveCorpusOut, shareWriters } from './fit.js';
import { pairCases, readCorpus, type Case } from './gather.js';
import { beatShares } from './beats.js';
import { trainChecks } from './checks.js';
import { cllr, cllrMin, recallAt } from '../math/metrics.js';
import { dumpOf, splitBylines, type Labelled, type LabelledSources, type Simulated } from './simulate.js';
import { fitHands, gatherHands } from './train-hands.js';

/** Corpora the shipped model learns from. */
const CORPORA: readonly { readonly file: string; readonly kind: string | null }[] = [
  { file: 'digitalgov', kind: null },
  { file: 'blog18f', kind: null },
  { file: 'c50-half', kind: null },
  { file: 'brennan-greenstadt-45', kind: 'normal' },
  { file: 'enron50', kind: null },
  { file: 'saudi15-half', kind: null },
];
/** Those that are CC0: the background is made of them. */
const FREE = new Set(['digitalgov', 'blog18f']);
const AMOUNTS = [1, 2, 5, 10, 25];

/** Share of the hands that are split in the dumps that are as dumps are: few bylines have a twin. */
const FEW_TWINS = 0.2;

/**
 * The dumps that same-hand training is made of: five hands or more at each amount. In some every byline has a twin, in
 * others few have: scores depend on it, for the nearest stranger is left out of a byline's near cohort as if it were one.
 */
function pairDumps(corpus: Labelled, seeds: number): { simulated: Simulated; cell: string }[] {
  const out: { simulated: Simulated; cell: string }[] = [];
  for (const amount of AMOUNTS)
    for (const [share, draws] of [
      [1, seeds],
      [FEW_TWINS, 2 * seeds],
    ] as const)
      for (let seed = 0; seed < draws; seed++) {
        const simulated = splitBylines(corpus, amount, seed, 60, share);
        if (simulated.hands.length >= 12) out.push({ simulated, cell: `${corpus.name} ${amount} ${share}` });
      }
  return out;
}

/** Small dumps, two to five bylines: some split from one hand, some not. */
function fewDumps(corpus: Labelled, count: number): { simulated: Simulated; cell: string }[] {
  const out: { simulated: Simulated; cell: string }[] = [];
  const amounts = [2, 5, 10];
  for (let i = 0; i < count; i++) {
    const amount = amounts[i % amounts.length]!;
    const able = [...corpus.hands].filter(([, own]) => own.length >= 2 * amount);
    if (able.length < 5) continue;
    const random = seededRandom(hashString(`${corpus.name} few ${i}`));
    const [split, ...others] = sampleIndices(able.length, 2 + (i % 4), random).map((k) => able[k]!);
    const byline = (own: readonly Document[], hand: string): { document: Document; hand: string }[] =>
      own.map((document) => ({ document, hand }));
    const [hand, own] = split!;
    const groups = [byline(own.slice(0, amount), hand), byline(own.slice(-amount), hand)];
    for (const [other, articles] of others) groups.push(byline(articles.slice(0, amount), other));
    out.push({ simulated: dumpOf(groups), cell: `${corpus.name} few ${amount}` });
  }
  return out;
}

/** Forty CC0 authors, three articles each, as hashed counts. */
function backgroundFrom(corpora: readonly Labelled[]): Background {
  const hands = corpora.flatMap((c) =>
    [...c.hands].filter(([, own]) => own.length >= 3).map(([hand, own]) => ({ hand: `${c.name}/${hand}`, own })),
  );
  const chosen = sampleIndices(hands.length, 40, seededRandom(11)).map((i) => hands[i]!);
  const samples = chosen.flatMap(({ own }, b) =>
    [own[0]!, own[own.length >> 1]!, own[own.length - 1]!].map((document) => ({ document, b })),
  );
  const views = countViews(
    samples.map(({ document }) => ({ text: document.text.slice(0, 5000), lang: document.lang })),
  );
  return { bylineOf: Int32Array.from(samples, (s) => s.b), views };
}

interface Gathered {
  readonly pairs: Case[];
  readonly few: Case[];
}

/** Everything the calibrations are fitted on. */
function gather(
  corpora: readonly Labelled[],
  background: Background,
  seeds: number,
  say: (line: string) => void,
): Gathered {
  const out: Gathered = { pairs: [], few: [] };
  for (const corpus of corpora) {
    const started = performance.now();
    for (const { simulated, cell } of pairDumps(corpus, seeds))
      out.pairs.push(...pairCases(simulated, null, corpus.name, cell));
    // The background's own hands must not be their own strangers.
    if (!FREE.has(corpus.name))
      for (const { simulated, cell } of fewDumps(corpus, 12))
        out.few.push(...pairCases(simulated, background, corpus.name, cell));
    say(
      `${corpus.name}: ${out.pairs.length} pairs, ${out.few.length} in small dumps (${Math.round((performance.now() - started) / 1000)} s)`,
    );
  }
  return out;
}

/** Fits the pairs without a corpus and those of the same writers. */
function pairsWithout({ pairs }: Gathered, name: string): Logistic {
  return fitCases(
    pairs.filter((c) => !shareWriters(c.corpus, name)),
    'pairs',
  );
}

/** How pairs are told by calibrations that never saw their corpus. */
function heldOutOf(cases: readonly Case[], name: 'pairs' | 'pairsFew'): Record<string, number> {
  const scored = leaveCorpusOut(cases, name).map((h) => h.scored);
  return {
    [`${name} cllr`]: round(cllr(scored)),
    [`${name} cllrMin`]: round(cllrMin(scored)),
    [`${name} recall at 1 %`]: round(recallAt(scored, 0.01)),
  };
}

/** Trains the shipped model from a folder of corpora and writes it. Same input, same bytes. */
export async function train(folder: string, target: string, say: (line: string) => void): Promise<void> {
  const sources: TrainingSource[] = [];
  const corpora: LabelledSources[] = [];
  for (const { file, kind } of CORPORA) {
    const { corpus, source } = await readCorpus(join(folder, `${file}.jsonl`), kind);
    corpora.push(corpus);
    sources.push(source);
  }
  const background = backgroundFrom(corpora.filter((c) => FREE.has(c.name)));
  const hands = fitHands(gatherHands(corpora, 2, say));
  const gathered = gather(corpora, background, 2, say);
  const heldOut = {
    ...hands.heldOut,
    ...heldOutOf(gathered.pairs, 'pairs'),
    ...heldOutOf(gathered.few, 'pairsFew'),
  };
  const [pairs, pairsFew] = [calibrated(gathered.pairs, 'pairs'), calibrated(gathered.few, 'pairsFew')];
  const without = Object.fromEntries(corpora.map(({ name }) => [name, pairsWithout(gathered, name)]));
  const file: ModelFile = {
    format: 1,
    trainedOn: sources,
    heldOut,
    pairs,
    pairsFew,
    beats: beatShares(corpora, background, (name) => ({
      pairs: { ...pairs, ...without[name]! },
      pairsFew,
    })),
    hands: hands.hands,
    handsAlone: hands.handsAlone,
    check: trainChecks(corpora),
    without: Object.fromEntries(
      corpora.map(({ name }) => [name, { pairs: without[name]!, hands: hands.without(name) }]),
    ),
    background: packBackground(background),
  };
  const rounded = JSON.stringify(file, (_, v: unknown) => (typeof v === 'number' ? round(v) : v));
  await writeFile(target, `${rounded}\n`);
  say(JSON.stringify(heldOut, null, 1));
}

/** Six significant digits, so that the last bits of a machine's arithmetic cannot change the file. */
function round(value: number): number {
  return Number(value.toPrecision(6));
}
