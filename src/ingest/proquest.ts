import type { RawRecord } from './fields.js';

/** Every article of ProQuest's text has it, with text or without. */
export const PROQUEST_ID = /^ProQuest document ID:\s*\d+/;

/** Lines that part articles: a rule, or in old exports only the number of the next. */
export const PROQUEST_RULE = /^_{40,}$/;
export const PROQUEST_NUMBER = /^Document \d+ of \d+$/;

/** Fields below the text, one a line. */
const BELOW =
  /^(?:Credit|Caption|Subject|Location|People|Company|Companies|Company \/ organization|Identifier|Business indexing term|Classification|Title|Alternate title|Publication title|Publication subject|Publication year|Publication date|Year|Volume|Issue|Pages|First page|Number of pages|Section|Edition|Column|Publisher|Place of publication|Country of publication|ISSN|Source type|Language of publication|Document type|Document feature|ProQuest document ID|Document URL|URL|Copyright|Last updated|Database)(?: \/ [\w ]{3,30})?:|^(?:Illustration|Photograph|Caption|Graph|Chart|Map|Table)s?$/;
const FULL_TEXT = /^Full text:\s*(.*)$/i;
/** What stands for a text that cannot be had. */
const NOT_THERE = /^(?:Not available\.?|None available\.?|Full text not available.*)$/i;

/**
 * One article: title, "Author:", "Abstract:" and "Links:" on top, then "Full text:", and below it fields, a line each. The text may hold
 * lines like fields, so that it ends where nothing but fields follows.
 */
export function proquestFields(lines: readonly string[]): RawRecord {
  const from = lines.findIndex((line) => FULL_TEXT.test(line));
  const below = fieldsBelow(lines, Math.max(0, from));
  const above = lines.slice(0, from < 0 ? below : from);
  const named = new Map<string, string>();
  for (const line of [...above, ...lines.slice(below)]) {
    const [, name, value] = /^([A-Z][\w/ ]{1,30}):\s*(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== '' && !named.has(name)) named.set(name, value!);
  }
  const first = above.find((line) => line !== '' && !PROQUEST_NUMBER.test(line));
  const text = from < 0 ? '' : [FULL_TEXT.exec(lines[from])![1], ...lines.slice(from + 1, below)].join('\n').trim();
  const said = {
    author: named.get('Author')?.split(/;\s*/),
    title: named.get('Title') ?? first,
    date: named.get('Publication date'),
    outlet: named.get('Publication title')?.replace(/\s*;.*$/, ''),
    url: named.get('Document URL'),
    id: named.get('ProQuest document ID'),
  };
  return {
    ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)),
    text: NOT_THERE.test(text) ? '' : text,
  };
}

/** The first of the fields at the end, among which there is nothing else; below them may be what the export says of itself. */
function fieldsBelow(lines: readonly string[], least: number): number {
  let first = lines.length;
  for (let i = lines.findLastIndex((line) => BELOW.test(line)); i > least; i--) {
    if (BELOW.test(lines[i])) first = i;
    else if (lines[i] !== '' && !(first < lines.length && isWrapped(lines, i))) break;
  }
  return first;
}

/** A long value may go on in the line below: then a field stands right above, and no empty line between. */
function isWrapped(lines: readonly string[], i: number): boolean {
  let above = i - 1;
  while (above >= 0 && above > i - 4 && lines[above] !== '' && !BELOW.test(lines[above])) above--;
  return above >= 0 && BELOW.test(lines[above] ?? '');
}
