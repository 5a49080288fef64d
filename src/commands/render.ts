import { readFileSync } from 'node:fs';
import { pageHtml, type PageAssets } from '../page/page.js';
import { gexf, graphml } from '../report/graph.js';
import { markdownReport } from '../report/markdown.js';
import { reportJson } from '../report/report.js';
import { tableCsv } from '../report/csv.js';
import { parquet } from '../report/parquet.js';
import { TABLES, type TableName } from '../report/tables.js';
import { terminalReport } from '../report/terminal.js';
import type { Report } from '../types/types.js';
import type { ScanFormat } from '../config/config.js';
import { UserError } from '../errors.js';
import { visible } from '../text/visible.js';
import { hintFor } from '../text/nearest.js';
import { painter, type InputOptions } from './common.js';
import { deliver, deliverText } from './deliver.js';

export interface RenderOptions extends InputOptions {
  /** Which table the formats csv and parquet print. */
  readonly table?: string;
  /** Key file of the pseudonyms. */
  readonly pseudonymise?: string;
}

/** @throws UserError for a table that does not exist */
export function tableOf({ table = 'pairs' }: RenderOptions): TableName {
  if (Object.hasOwn(TABLES, table)) return table as TableName;
  const known = Object.keys(TABLES);
  throw new UserError(
    `--table: there is no table "${visible(table)}"`,
    hintFor(table, known, `Tables: ${known.join(', ')}.`),
  );
}

/** A report in a format, text or bytes; the same from a run and from its saved JSON. */
export function rendered(report: Report, format: ScanFormat, options: RenderOptions): string | Uint8Array {
  switch (format) {
    case 'json':
      return reportJson(report);
    case 'markdown':
      return markdownReport(report);
    case 'html':
      return pageHtml(report, pageAssets());
    case 'csv':
      return tableCsv(TABLES[tableOf(options)](report));
    case 'parquet':
      return parquet(TABLES[tableOf(options)](report));
    case 'graphml':
      return graphml(report);
    case 'gexf':
      return gexf(report);
    case 'terminal':
      return terminalReport(report, painter(options));
  }
}

/** Sends a report in a format to --output or standard output. */
export function deliverReport(report: Report, format: ScanFormat, options: RenderOptions): Promise<void> {
  const out = rendered(report, format, options);
  return typeof out === 'string' && (format === 'terminal' || format === 'markdown')
    ? deliverText(out, options)
    : deliver(out, options);
}

/** The page's script and style as the build bundled them. */
export function pageAssets(): PageAssets {
  const read = (name: string): string => {
    try {
      return readFileSync(new URL(`../../dist/page/assets/${name}`, import.meta.url), 'utf8');
    } catch {
      throw new UserError('the script of the report page is missing', 'Install manyhands again, or run npm run build.');
    }
  };
  return { script: read('script.js'), largeScript: read('large-script.js'), style: read('style.css') };
}
