import { withDetails } from '../report/details.js';
import { report, rounded } from '../report/report.js';
import { visible } from '../text/visible.js';
import type { Run } from '../pipeline.js';
import { version } from '../version.js';
import { commandOf } from './command.js';
import { deliverText, formatOf, namedOptions, runOn } from './common.js';
import { pseudonymisedWith } from './key.js';
import { FORMATS, deliverReport, tableOf, type RenderOptions } from './render.js';

/** Formats that print what argues against pairs and sentences quoted from articles; the others need not wait for them. */
const DETAILED: ReadonlySet<string> = new Set(['json', 'html']);

/** `manyhands scan PATH...`: which bylines are probably one hand, which byline is probably several. */
export async function scan(
  paths: readonly string[],
  options: RenderOptions & { readonly showRemoved?: boolean },
): Promise<void> {
  const format = formatOf(options, FORMATS);
  tableOf(options);
  const { found, inputs } = await runOn(paths, options);
  if (options.showRemoved === true) return deliverText(removedText(found), options);
  const command = commandOf(paths, options);
  const built = report(found, { version, options: namedOptions(options), command, inputs });
  const detailed = DETAILED.has(format) ? await withDetails(built, found) : built;
  // JSON text rounds by itself: what is read back from it, a second time as large, is for the other formats.
  const full = format === 'json' ? detailed : rounded(detailed);
  const shown = options.pseudonymise === undefined ? full : await pseudonymisedWith(options.pseudonymise, full);
  return deliverReport(shown, format, options);
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
