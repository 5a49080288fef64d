import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { clean } from '../clean/clean.js';
import { fingerprint } from '../fingerprint/fingerprint.js';
import { ingest } from '../ingest/ingest.js';
import { readSources } from '../io/io.js';
import { groupBy } from '../math/grouped.js';
import { areaUnderRoc, cllr, type Scored } from '../math/metrics.js';
import type { Model } from '../model/model.js';
import { scorePairs } from '../pipeline/scoring.js';
import { atLeast, strengthOf } from '../types/strength.js';
import type { Document } from '../types/types.js';
import { dumpOf, labelled } from './simulate.js';

/** Pairs of texts of one problem, and how well they were ranked. */
interface Problem {
  readonly texts: number;
  readonly precision: number;
  readonly cases: readonly Scored[];
}

/**
 * Author clustering as PAN set it in 2016 (Stamatatos et al. 2016): each problem is a dump of texts without bylines, in
 * one language and genre, and every pair of them is ranked by how likely it is one author's. Here each text is a byline of
 * its own. Mean average precision is PAN's measure of the ranking. The model never saw these texts.
 */
export async function benchClustering(
  folder: string,
  model: Model,
  print: (cells: readonly string[]) => void,
): Promise<void> {
  const path = join(folder, 'pan16-clustering.jsonl');
  if (!existsSync(path)) return;
  const read = await ingest(readSources([path]));
  const problems = groupBy(read.articles, (article) => article.id.split('/')[1]!);
  const byLanguage = new Map<string, Problem[]>();
  for (const articles of problems.values()) {
    // The same text stands in several problems, so each is cleaned by itself: its copies elsewhere are none.
    const { hands } = labelled('pan16', await clean({ ...read, articles }));
    const texts = [...hands].flatMap(([hand, own]) => own.map((document) => ({ document, hand })));
    const language = texts[0]!.document.lang ?? 'unknown';
    byLanguage.set(language, [...(byLanguage.get(language) ?? []), problem(texts, model)]);
  }
  print([
    'texts without bylines',
    'problems',
    'texts',
    'pairs of one author',
    'MAP',
    'AUC',
    'Cllr',
    'log10 LR 2 or more',
    'of them false',
  ]);
  const rows = [...byLanguage].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [language, own] of rows) row(language, own, print);
  row('all', [...byLanguage.values()].flat(), print);
}

function problem(texts: readonly { document: Document; hand: string }[], model: Model): Problem {
  const { cleaned, hands } = dumpOf(texts.map((text) => [text]));
  const { pairs } = scorePairs(fingerprint(cleaned, model.background), model, cleaned.documents);
  const cases = Array.from(pairs.score, (score, p) => ({
    score,
    truth: hands[pairs.a[p]!]![0] === hands[pairs.b[p]!]![0],
  }));
  return { texts: texts.length, precision: averagePrecision(cases), cases };
}

/** Mean, over the true cases, of the share of true ones among all that score as high or higher. */
function averagePrecision(cases: readonly Scored[]): number {
  const sorted = cases.slice().sort((a, b) => b.score - a.score || Number(a.truth) - Number(b.truth));
  let [found, sum] = [0, 0];
  sorted.forEach(({ truth }, i) => {
    if (truth) sum += ++found / (i + 1);
  });
  return sum / found;
}

function row(name: string, problems: readonly Problem[], print: (cells: readonly string[]) => void): void {
  const cases = problems.flatMap((p) => p.cases);
  const precision = problems.reduce((sum, p) => sum + p.precision, 0) / problems.length;
  const strong = cases.filter((c) => atLeast(strengthOf(c.score), 'strong'));
  print([
    name,
    String(problems.length),
    String(problems.reduce((sum, p) => sum + p.texts, 0)),
    `${cases.filter((c) => c.truth).length} of ${cases.length}`,
    precision.toFixed(3),
    areaUnderRoc(cases).toFixed(3),
    cllr(cases).toFixed(3),
    String(strong.length),
    String(strong.filter((c) => !c.truth).length),
  ]);
}
