import type { CheckFinding, Notice } from '../../types/types.js';
import { groupBy } from '../../math/grouped.js';
import { visible } from '../../text/visible.js';
import { xml } from '../../text/xml.js';
import { levelOf, openFindings, unreadIn, type CheckReporter } from './reporter.js';
import { RULES } from './words.js';
import { strengthSentence } from '../sentences.js';

const SEVERITY = { error: 'error', warning: 'warning', note: 'info' } as const;

/** Checkstyle XML. It knows no accepted findings: they are left out. What could not be read is an error. */
export const checkstyle: CheckReporter = (report) => {
  const errors = [
    ...openFindings(report).map((f) => ({ path: f.location.path, line: error(f, SEVERITY[levelOf(f, report)]) })),
    ...unreadIn(report).map((x) => ({ path: x.source ?? '-', line: unread(x) })),
  ];
  const files = groupBy(errors, ({ path }) => path);
  const file = ([path, own]: [string, readonly { readonly line: string }[]]): string =>
    `  <file name="${text(path)}">\n${own.map(({ line }) => line).join('')}  </file>\n`;
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

function unread({ line, code, message }: Notice): string {
  return `    <error line="${line ?? 1}" severity="error" message="${text(message)}" source="manyhands.${text(code)}"/>\n`;
}

function text(value: string): string {
  return xml(visible(value, 2000));
}
