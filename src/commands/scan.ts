import { SCAN_FORMATS } from '../config/config.js';
import { sharedSteps, withDetails } from '../report/details.js';
import { report, rounded } from '../report/report.js';
import { visible } from '../text/visible.js';
import type { Run } from '../pipeline/pipeline.js';
import { version } from '../version.js';
import { commandOf } from './command.js';
import { formatOf, namedOptions } from './common.js';
import { deliverText } from './deliver.js';
import { checkNotKey, pseudonymisedWith } from './key.js';
import { deliverReport, tableOf, type RenderOptions } from './render.js';
import { runAnd, runOn } from './running.js';

/** Formats that print what argues against pairs and sentences quoted from articles; the others need not wait for them. */
const DETAILED: ReadonlySet<string> = new Set(['json', 'html']);

/** `manyhands scan PATH...`: which bylines are probably one hand, which byline is probably several. */
export async function scan(
  paths: readonly string[],
  options: RenderOptions & { readonly showRemoved?: boolean },
): Promise<void> {
  const format = formatOf(options, SCAN_FORMATS);
  tableOf(options);
  await checkNotKey(options);
  if (options.showRemoved === true) {
    const { found } = await runOn(paths, options);
    return deliverText(removedText(found), options);
  }
  const detail = DETAILED.has(format);
  const detailed = await runAnd(paths, options, ({ found, inputs }, drive) => {
    // Workers look for passages while this thread writes the rest.
    const shared = detail ? drive(sharedSteps(found)) : null;
    const command = commandOf(paths, options);
    const built = report(found, { version, options: namedOptions(options), command, inputs });
    return shared === null ? built : withDetails(built, found, shared);
  });
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
