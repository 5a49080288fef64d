import type { ChalkInstance } from 'chalk';
import { strengthSentence } from '../report/sentences.js';
import { wrap } from '../text/folded.js';
import { examplesOf } from '../judge/examples.js';
import { explainPair, type ExplainedPair } from '../judge/judge.js';
import { capitalised } from '../text/figures.js';
import { jsonText } from '../text/json.js';
import { visible } from '../text/visible.js';
import { page } from '../page/words.js';
import { UserError } from '../errors.js';
import type { Run } from '../pipeline/pipeline.js';
import { placer, sourced, type Placer } from '../report/details.js';
import type { Evidence, EvidenceExample } from '../types/types.js';
import { formatOf, painter, type InputOptions } from './common.js';
import { deliver, deliverText } from './deliver.js';
import { findByline, runOn } from './running.js';

/** One sentence from each side that shows the habit, and where it stands. */
async function bothSides(
  found: Run,
  placed: Placer,
  { habit }: Evidence,
  sides: readonly number[],
): Promise<EvidenceExample[]> {
  if (habit === undefined) return [];
  const out: EvidenceExample[] = [];
  for (const side of sides) {
    const own = found.cleaned.documents.filter((d) => d.byline === side);
    const [example] = await examplesOf(habit, own, 1);
    if (example !== undefined) out.push({ byline: found.cleaned.bylines[side]!.name, ...placed(example) });
  }
  return out;
}

function exampleLines(examples: readonly EvidenceExample[]): string[] {
  return examples.map(({ byline, sentence, article, source, line, start }) => {
    const place = [
      ...(source === undefined || article.startsWith(source) ? [] : [source]),
      ...(line === undefined ? [] : [`line ${line}`]),
      ...(start === undefined ? [] : [`from character ${start}`]),
    ].join(', ');
    return wrap(
      `${visible(byline, 60)}: “${sentence}” (${article}${place === '' ? '' : `: ${place}`})`,
      '      ',
      '      ',
    );
  });
}

/** `manyhands compare A B --in PATH`: one pair of bylines, with all that speaks for and against one hand. */
export async function compareTwo(
  a: string,
  b: string,
  options: InputOptions & { readonly in: readonly string[] },
): Promise<void> {
  const format = formatOf(options, ['terminal', 'json']);
  const { found } = await runOn(options.in, { ...options, about: [a, b] });
  const [i, j] = [findByline(found, a), findByline(found, b)].sort((x, y) => x - y) as [number, number];
  if (i === j)
    throw new UserError(
      `"${visible(a)}" and "${visible(b)}" are one byline in this dump`,
      a === b ? 'Name two bylines.' : 'Use --exact-bylines to keep spellings apart.',
    );
  const bare = explainPair(found, found.judged.read, i, j);
  const placed = placer(found);
  const quoted = async (evidence: readonly Evidence[]): Promise<Evidence[]> => {
    const out: Evidence[] = [];
    for (const e of evidence) {
      const examples =
        e.examples === undefined ? await bothSides(found, placed, e, [i, j]) : e.examples.map(sourced(placed));
      out.push(examples.length === 0 ? e : { ...e, examples });
    }
    return out;
  };
  const pair = { ...bare, evidence: await quoted(bare.evidence), against: await quoted(bare.against) };
  if (format === 'json') return deliver(`${jsonText(pair, 2)}\n`, options);
  return deliverText(`${pairLines(pair, painter(options)).join('\n')}\n`, options);
}

function pairLines(pair: ExplainedPair, paint: ChalkInstance): string[] {
  const lines = [
    paint.bold(wrap(`${pair.a} and ${pair.b}`)),
    wrap(`${capitalised(page.verdict[pair.verdict]!)}: ${pair.why}.`),
  ];
  if (pair.strength !== undefined) lines.push(wrap(`${strengthSentence({ ...pair, strength: pair.strength })}.`));
  const listed = (title: string, sign: string, evidence: readonly Evidence[]): string[] => [
    '',
    paint.bold(title),
    ...(evidence.length === 0 ? ['  nothing that stands out'] : []),
    ...evidence.flatMap((e) => [wrap(e.text, `  ${sign} `, '    '), ...exampleLines(e.examples ?? [])]),
  ];
  if (pair.verdict === 'abstain') {
    lines.push(wrap('Their styles were not compared, so nothing here speaks for or against one hand.'));
    return pair.evidence.length === 0
      ? lines
      : [...lines, ...listed('What their texts say, whoever wrote them', '·', pair.evidence)];
  }
  lines.push(
    ...listed('What they share', '+', pair.evidence),
    ...listed('What argues against one hand', '-', pair.against),
  );
  lines.push('', paint.dim(wrap(`Not measured: ${pair.notMeasured.join('; ')}.`)));
  return lines;
}
