import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diarise } from '../diarise/diarise.js';
import { fingerprint } from '../fingerprint/fingerprint.js';
import { CHANCE_ACCEPTED } from '../judge/verdicts.js';
import {
  areaUnderRoc,
  bcubedF,
  calibrationLossIfRight,
  cllr,
  cllrMin,
  recallAt,
  type Scored,
} from '../math/metrics.js';
import { loadModel, modelWithout, type Model } from '../model/model.js';
import { run } from '../pipeline/pipeline.js';
import { scorePairs } from '../pipeline/scoring.js';
import { readSources } from '../io/io.js';
import { benchCheck } from './bench-check.js';
import { benchClustering } from './bench-clustering.js';
import { benchDisguise } from './bench-disguise.js';
import { readCorpus } from './gather.js';
import { measureHandSpeed } from './hand-speed.js';
import { measurePairSpeed } from './pair-speed.js';
import { measureSpeed } from './speed.js';
import { personas, splitBylines, type Labelled, type PersonaOptions } from './simulate.js';

const SEEDS = [101, 102, 103, 104, 105];

/** Prints one row of a table. */
type Print = (cells: readonly string[]) => void;

/**
 * Accuracy and speed on labelled corpora. Every row uses calibrations fitted without the corpus under test
 * (the model's `without`), five seeds pooled.
 */
export async function bench(folder: string, print: Print, only: string | null): Promise<void> {
  const model = loadModel();
  const corpus = async (name: string, kind: string | null = null): Promise<Held> => {
    const path = join(folder, `${name}.jsonl`);
    return existsSync(path) ? (await readCorpus(path, kind)).corpus : null;
  };
  const wanted = (part: string): boolean => only === null || only === part;
  const c50 = await corpus('c50-half');
  const gov = await corpus('digitalgov');
  const blog = await corpus('blog18f');
  const essays = await corpus('brennan-greenstadt-45', 'normal');
  if (wanted('pairs')) pairRows(c50, gov, essays, model, print);
  if (wanted('disguise'))
    await benchDisguise(folder, modelWithout(model, 'brennan-greenstadt-45')!.pairs, SEEDS, print);
  if (wanted('clustering')) await benchClustering(folder, model, print);
  if (wanted('hands')) handRows(c50, gov, blog, model, print);
  if (wanted('real')) {
    print(['real bylines', 'bylines', 'asked', 'pair findings', 'chance says at most', 'hands findings']);
    for (const name of ['digitalgov', 'blog18f', 'c50-half', 'federalist'])
      await realRow(join(folder, `${name}.jsonl`), name, model, print);
    await publiusRow(join(folder, 'federalist.jsonl'), model, print);
    await teamRow(join(folder, 'blog18f.jsonl'), model, print);
  }
  await benchCheck(folder, print, {
    accuracy: wanted('check') || only === 'check-accuracy',
    speed: wanted('check') || only === 'check-speed',
    faults: wanted('check') || only === 'check-faults',
  });
  if (wanted('speed')) await measureSpeed(join(folder, 'c50-half.jsonl'), print);
  if (wanted('speed') && c50 !== null) measureHandSpeed(c50, model, print);
  if (wanted('speed'))
    measurePairSpeed(
      [gov, blog, c50, essays].filter((corpus) => corpus !== null),
      model,
      print,
    );
}

/** A corpus, where the folder holds it. */
type Held = Labelled | null;

function pairRows(c50: Held, gov: Held, essays: Held, model: Model, print: Print): void {
  print([
    'one hand, two bylines',
    'hands',
    'recall .1 %',
    'recall 1 %',
    'AUC',
    'Cllr',
    'Cllr_min',
    'difference if right',
  ]);
  for (const [labelled, amounts] of [
    [c50, [25, 10, 5, 2]],
    [gov, [10, 5, 2]],
    [essays, [7, 3]],
  ] as const)
    if (labelled !== null) for (const amount of amounts) pairRow(labelled, amount, model, print);
}

function handRows(c50: Held, gov: Held, blog: Held, model: Model, print: Print): void {
  print([
    'several hands, one byline',
    'personas',
    'AUC',
    'recall 1 %',
    'recall 5 %',
    'Cllr',
    'Cllr_min',
    'difference if right',
    'right count',
    'BCubed F',
  ]);
  const even = { hands: 2, minority: null, seed: 0 };
  if (c50 !== null) {
    handRow(c50, 'c50 20 articles, 2 hands', { ...even, articles: 20 }, model, print);
    handRow(c50, 'c50 20, 3 hands', { ...even, articles: 20, hands: 3 }, model, print);
    handRow(c50, 'c50 20, one in five', { ...even, articles: 20, minority: 0.2 }, model, print);
    handRow(c50, 'c50 10, 2 hands', { ...even, articles: 10 }, model, print);
    handRow(c50, 'c50 20, one desk', { ...even, articles: 20, sameDesk: true }, model, print);
  }
  if (gov === null || blog === null) return;
  const both = { name: 'digitalgov', hands: new Map([...gov.hands, ...blog.hands]) };
  handRow(both, 'government 10, 2 hands', { ...even, articles: 10 }, model, print);
}

function pairRow(labelled: Labelled, amount: number, model: Model, print: Print): void {
  const held = modelWithout(model, labelled.name)!;
  const cases: Scored[] = [];
  let hands = 0;
  for (const seed of SEEDS) {
    const { cleaned, hands: truth } = splitBylines(labelled, amount, seed);
    // As a scan prints it: adjusted to the dump on its own bylines split in two.
    const { pairs } = scorePairs(fingerprint(cleaned, model.background), held, cleaned.documents);
    hands = truth.length / 2;
    for (let p = 0; p < pairs.a.length; p++)
      cases.push({ score: pairs.score[p]!, truth: truth[pairs.a[p]!]![0] === truth[pairs.b[p]!]![0] });
  }
  print([
    `${labelled.name} ${amount}`,
    String(hands),
    two(recallAt(cases, 0.001)),
    two(recallAt(cases, 0.01)),
    three(areaUnderRoc(cases)),
    three(cllr(cases)),
    three(cllrMin(cases)),
    three(calibrationLossIfRight(cases)),
  ]);
}

function handRow(labelled: Labelled, title: string, options: PersonaOptions, model: Model, print: Print): void {
  const { hands: fit, handsAlone } = modelWithout(model, labelled.name)!;
  const cases: Scored[] = [];
  const right: boolean[] = [];
  const parted: number[] = [];
  for (const seed of SEEDS) {
    const { cleaned, hands } = personas(labelled, { ...options, seed });
    const found = diarise(fingerprint(cleaned, model.background), {
      hands: { ...fit, cap: 9 },
      handsAlone,
    });
    found.forEach((d, i) => {
      const truth = new Set(hands[i]).size > 1;
      cases.push({ score: d.score, truth });
      if (!truth) return;
      right.push(d.count === options.hands);
      parted.push(bcubedF(d.hands, hands[i]!));
    });
  }
  const mean = (v: readonly number[]): number => v.reduce((s, x) => s + x, 0) / v.length;
  print([
    title,
    String(cases.length),
    three(areaUnderRoc(cases)),
    two(recallAt(cases, 0.01)),
    two(recallAt(cases, 0.05)),
    three(cllr(cases)),
    three(cllrMin(cases)),
    three(calibrationLossIfRight(cases)),
    two(mean(right.map(Number))),
    two(mean(parted)),
  ]);
}

async function realRow(path: string, name: string, model: Model, print: Print): Promise<void> {
  if (!existsSync(path)) return;
  const { judged } = await run(readSources([path]), model);
  const links = judged.findings.filter((f) => f.kind === 'sockpuppets');
  const hands = judged.findings.filter((f) => f.kind === 'group-run');
  print([
    name,
    String(judged.bylines.length),
    `${judged.asked.pairs} + ${judged.asked.bylines}`,
    String(links.length),
    Math.max(CHANCE_ACCEPTED, ...links.map((f) => f.expectedByChance)).toFixed(1),
    hands.map((f) => f.bylines[0]!).join(', ') || '0',
  ]);
}

/** The disputed papers count as Madison's, the joint ones as a hand of their own (Mosteller & Wallace 1964). */
async function publiusRow(path: string, model: Model, print: Print): Promise<void> {
  if (!existsSync(path)) return;
  const consensus = new Map(
    readFileSync(path, 'utf8')
      .trim()
      .split('\n')
      .map((line) => {
        const record = JSON.parse(line) as { id: string; hand: string };
        return [record.id, record.hand] as const;
      }),
  );
  const { judged } = await run(readSources(['fixtures/demo']), model);
  const { verdict, log10LR, count, assignments } = judged.bylines.find((b) => b.byline === 'Publius')!.hands;
  const papers = assignments.map((a) => ({ found: a.hand, hand: consensus.get(a.article)! }));
  const parted = (some: typeof papers): string =>
    bcubedF(
      some.map((p) => p.found),
      some.map((p) => (p.hand.startsWith('disputed') ? 'madison' : p.hand)),
    ).toFixed(3);
  const madison = papers.filter((p) => p.hand === 'madison').map((p) => p.found);
  const his = mostCommon(madison);
  const disputed = papers.filter((p) => p.hand.startsWith('disputed'));
  print([
    'Publius, in the demo',
    verdict,
    `log10 LR ${log10LR.toFixed(1)}, ${count} hands`,
    `BCubed F ${parted(papers)}`,
    `Hamilton and Madison ${parted(papers.filter((p) => /^(?:hamilton|madison|disputed.*)$/.test(p.hand)))}`,
    `disputed with Madison ${disputed.filter((p) => p.found === his).length} of ${disputed.length}`,
  ]);
}

function mostCommon(values: readonly number[]): number {
  const times = (x: number): number => values.filter((v) => v === x).length;
  return values.reduce((best, v) => (times(v) > times(best) ? v : best));
}

/** A byline that is known to be a team's: told, and not accused. */
async function teamRow(path: string, model: Model, print: Print): Promise<void> {
  if (!existsSync(path)) return;
  const { judged } = await run(readSources([path]), model);
  const team = judged.bylines.find((b) => b.byline === '18F');
  if (team === undefined) return;
  print([
    '18F, a team byline',
    team.hands.verdict,
    `log10 LR ${team.hands.log10LR.toFixed(1)}, ${team.hands.count} hands`,
    '',
    '',
    '',
  ]);
}

function two(value: number): string {
  return value.toFixed(2);
}

function three(value: number): string {
  return value.toFixed(3);
}
