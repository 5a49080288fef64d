import type { CheckFinding, CheckReport, Notice } from '../../types/types.js';
import { visible, withoutCommands } from '../../text/visible.js';
import { markdownLines } from './markdown.js';
import { levelOf, openFindings, unreadIn, type CheckReporter } from './reporter.js';
import { gateSentence, RULES, truncatedSentence } from './words.js';
import { strengthSentence } from '../sentences.js';

/** GitHub keeps no more annotations of one level from one step. */
const MAX_ANNOTATIONS = 10;
/** Of what could not be read so many are annotations; the log has all. */
const MAX_UNREAD = 3;
/** Bytes of a job summary; GitHub drops a larger one whole. */
const MAX_SUMMARY = 1024 * 1024;
const COMMAND = { error: 'error', warning: 'warning', note: 'notice' } as const;

/**
 * Workflow commands: an annotation for each finding, ten of a level at most, the strongest first; what is over that is
 * printed in plain lines. Accepted findings are only counted.
 */
export const github: CheckReporter = (report) => {
  const open = openFindings(report);
  const lines: string[] = [];
  for (const level of ['error', 'warning', 'note'] as const) {
    const unread = level === 'error' ? unreadIn(report).map(unreadAnnotation) : [];
    lines.push(...unread.slice(0, MAX_UNREAD));
    const own = open.filter((f) => levelOf(f, report) === level);
    const room = MAX_ANNOTATIONS - Math.min(MAX_UNREAD, unread.length);
    const shown = own.length > room ? own.slice(0, room - 1) : own;
    lines.push(...shown.map((f) => annotation(COMMAND[level], f)));
    if (shown.length === own.length) continue;
    const why = 'GitHub shows ten of a level; the log has the rest';
    lines.push(`::${COMMAND[level]} title=manyhands::${data(truncatedSentence(shown.length, own.length, why))}`);
    lines.push(
      ...own.slice(shown.length).map((f) => plain(`${f.location.path}:${f.location.startLine}: ${f.message}`)),
    );
  }
  const accepted = report.findings.length - open.length;
  if (accepted > 0) lines.push(plain(accepted === 1 ? '1 finding is accepted' : `${accepted} findings are accepted`));
  lines.push(...report.skipped.map((s) => plain(`${s.path}: passed over: ${s.reason}`)));
  lines.push(...report.notices.map((x) => plain(`${x.level}: ${x.message}`)));
  lines.push(plain(gateSentence(report)));
  return lines.map((line) => `${line}\n`).join('');
};

/** The Markdown report for a job's summary, cut where it would be too large. */
export function githubSummary(report: CheckReport, maxBytes = MAX_SUMMARY): string {
  const lines = markdownLines(report);
  const note = 'The rest is left out: a job summary holds 1 MB. All findings are in --format json.';
  let bytes = Buffer.byteLength(note) + 10;
  const kept: string[] = [];
  for (const line of lines) {
    bytes += Buffer.byteLength(line) + 1;
    if (bytes > maxBytes) return `${kept.join('\n')}\n\n**${note}**\n`;
    kept.push(line);
  }
  return `${kept.join('\n')}\n`;
}

function annotation(command: string, f: CheckFinding): string {
  const { path, startLine, endLine, startColumn, endColumn } = f.location;
  return workflowCommand(
    command,
    {
      file: fileOf(path),
      line: startLine,
      endLine,
      // GitHub takes columns only where everything is on one line.
      col: endLine === null || endLine === startLine ? startColumn : null,
      endColumn: endLine === null || endLine === startLine ? endColumn : null,
      title: RULES[f.rule].title,
    },
    `${visible(f.message, 2000)} (${strengthSentence(f)})`,
  );
}

function unreadAnnotation({ source, line, message }: Notice): string {
  return workflowCommand(
    'error',
    { file: source === null ? null : fileOf(source), line, title: 'Not checked' },
    visible(message, 2000),
  );
}

/** Standard input is no file that an annotation could stand at. */
function fileOf(path: string): string | null {
  return path === '-' ? null : visible(path, 1000);
}

function workflowCommand(
  command: string,
  properties: Readonly<Record<string, string | number | null>>,
  message: string,
): string {
  const list = Object.entries(properties).flatMap(([name, v]) =>
    v === null ? [] : [`${name}=${property(String(v))}`],
  );
  return `::${command} ${list.join(',')}::${data(message)}`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** Commands begin a line with "::", or, in their old form, stand anywhere in it with "##[". */
function plain(text: string): string {
  return withoutCommands(`- ${visible(text, 2000)}`);
}
