import { handHabits } from '../judge/evidence.js';
import { explainPair, pairIndex } from '../judge/judge.js';
import { wrap } from '../report/terminal.js';
import { visible } from '../text/visible.js';
import { deliver, findByline, formatOf, painter, runOn, type InputOptions } from './common.js';

/** Bylines shown as nearest. */
const NEAREST = 5;

/** `manyhands explain BYLINE --in PATH`: its nearest bylines, its hands, its habits. */
export async function explain(name: string, options: InputOptions & { readonly in: readonly string[] }): Promise<void> {
  const format = formatOf(options, ['terminal', 'json']);
  const { found } = await runOn(options.in, { ...options, about: [name] });
  const byline = findByline(found, name);
  const own = found.judged.bylines[byline]!;
  const n = found.cleaned.bylines.length;
  const order = (other: number): [number, number] => [Math.min(byline, other), Math.max(byline, other)];
  const score = (other: number): number => found.pairs.score[pairIndex(found.pairs, n, ...order(other))]!;
  // Ranked by score first: the evidence of a pair is worked out only for those that are shown.
  const near = Array.from({ length: n }, (_, other) => other)
    .filter((other) => other !== byline)
    .sort((a, b) => score(b) - score(a))
    .slice(0, NEAREST)
    .map((other) => explainPair(found, ...order(other)));
  const d = found.diarisations[byline]!;
  const habits = handHabits(found.prints, d.articles, d.hands, 10);
  if (format === 'json') return deliver(`${JSON.stringify({ ...own, nearest: near, habits }, null, 2)}\n`, options);
  const paint = painter(options);
  const lines = [
    paint.bold(visible(own.byline)),
    `${own.articles} articles, ${Math.round(own.words).toLocaleString('en-US')} words of its own`,
    '',
  ];
  lines.push(paint.bold(`Hands: ${own.hands.verdict}`), wrap(`${own.hands.why}.`, '  '));
  if (own.hands.count > 1) {
    for (let hand = 0; hand < own.hands.count; hand++) {
      const articles = own.hands.assignments.filter((x) => x.hand === hand);
      lines.push('', paint.bold(`  Hand ${hand + 1}: ${articles.length} articles`));
      lines.push(
        wrap(
          articles
            .slice(0, 30)
            .map((x) => `${visible(x.article, 60)}${x.confidence < 0.55 ? ' (?)' : ''}`)
            .join(', '),
          '    ',
        ),
      );
      if (articles.length > 30) lines.push(`    … and ${articles.length - 30} more`);
    }
    lines.push('', paint.bold('  Habits that part them'), ...habits.map((h) => wrap(h.text, '    ', '      ')));
  }
  lines.push('', paint.bold('Nearest bylines'));
  for (const pair of near)
    lines.push(
      wrap(
        `${pair.a === own.byline ? pair.b : pair.a}: ${pair.verdict}, log10 LR ${pair.log10LR.toFixed(1)}; ${pair.why}`,
        '  ',
        '    ',
      ),
    );
  return deliver(`${lines.join('\n')}\n`, options);
}
