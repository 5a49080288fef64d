import { report } from '../report/report.js';
import { reportJson } from '../report/report.js';
import { markdownReport } from '../report/markdown.js';
import { terminalReport } from '../report/terminal.js';
import { visible } from '../text/visible.js';
import type { Run } from '../pipeline.js';
import { version } from '../version.js';
import { deliver, formatOf, painter, runOn, scanOptions, type InputOptions } from './common.js';

/** `manyhands scan PATH...`: which bylines are probably one hand, which byline is probably several. */
export async function scan(
  paths: readonly string[],
  options: InputOptions & { readonly showRemoved?: boolean },
): Promise<void> {
  const format = formatOf(options, ['terminal', 'json', 'markdown']);
  const found = await runOn(paths, options);
  if (options.showRemoved === true) return deliver(removedText(found), options);
  const built = report(found, { version, options: { ...scanOptions(options) } });
  const text =
    format === 'json'
      ? reportJson(built)
      : format === 'markdown'
        ? markdownReport(built)
        : terminalReport(built, painter(options));
  return deliver(text, options);
}

/** Every stretch taken out, one a line: article, reason, offsets, text. */
function removedText({ corpus, cleaned }: Run): string {
  const articles = new Map(corpus.articles.map((a) => [a.id, a]));
  const lines = cleaned.setAside.map((s) => `${visible(s.id)}\tset aside\t${s.why}`);
  for (const document of cleaned.documents)
    for (const r of document.removed)
      lines.push(
        `${visible(document.id)}\t${r.reason}\t${r.start}-${r.end}\t${visible(articles.get(document.id)!.text.slice(r.start, r.end), 120)}`,
      );
  return `${lines.join('\n')}\n`;
}
