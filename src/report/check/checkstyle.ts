import type { CheckFinding } from '../../types/types.js';
import { groupBy } from '../../math/grouped.js';
import { visible } from '../../text/visible.js';
import { xml } from '../../text/xml.js';
import { levelOf, openFindings, type CheckReporter } from './reporter.js';
import { RULES } from './words.js';
import { strengthSentence } from '../sentences.js';

const SEVERITY = { error: 'error', warning: 'warning', note: 'info' } as const;

/** Checkstyle XML. It knows no accepted findings: they are left out. */
export const checkstyle: CheckReporter = (report) => {
  const files = groupBy(openFindings(report), (f) => f.location.path);
  const file = ([path, findings]: [string, CheckFinding[]]): string =>
    `  <file name="${text(path)}">\n${findings.map((f) => error(f, SEVERITY[levelOf(f, report)])).join('')}  </file>\n`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<checkstyle version="4.3">
${[...files].map(file).join('')}</checkstyle>
`;
};

function error(f: CheckFinding, severity: string): string {
  const { startLine, startColumn } = f.location;
  const column = startColumn === null ? '' : ` column="${startColumn}"`;
  return `    <error line="${startLine}"${column} severity="${severity}" message="${RULES[f.rule].title}: ${text(f.message)} (${strengthSentence(f)})" source="manyhands.${f.rule}"/>\n`;
}

function text(value: string): string {
  return xml(visible(value, 2000));
}
