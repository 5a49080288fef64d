import { cut, type Edit, type Mapped } from './mapped.js';
import { enclosed } from './enclosed.js';
import { matchesAt } from '../text/matches.js';
import { countWords } from './words.js';

/** A heading of fewer words than this, without a full stop, is a label and not the writer's prose. */
const HEADING_WORDS = 12;

/** Code fences, short codes of site builders, tables, rules, link definitions. */
export function withoutBlocks(mapped: Mapped): Mapped {
  let out = mapped.apply(fences(mapped.text));
  const { text } = out;
  const codes = [
    ...enclosed(text, '{{', '}}', 3000),
    ...enclosed(text, '{%', '%}', 3000),
    ...enclosed(text, '{:', '}', 300),
  ];
  out = out.apply(codes.map(([start, end]) => cut(text, start, end, 'markup')));
  return out.apply(
    [
      ...out.text.matchAll(
        /^[ \t]*\|[^\n]*$|\{[.#][\w-][^{}\n]{0,200}\}|^ {0,3}\[[^\]\n^]{1,100}\]:[ \t][^\n]*$|^[ \t]*(?:[-*_=~] ?){3,60}[ \t]*$/gm,
      ),
    ].map((m) => line(m, 'markup')),
  );
}

function line(m: RegExpExecArray, reason: 'markup'): Edit {
  return { start: m.index, end: m.index + m[0].length, put: '', reason };
}

function fences(text: string): Edit[] {
  const out: Edit[] = [];
  let open: { at: number; mark: string } | null = null;
  for (const m of text.matchAll(/^[ \t]{0,3}(```|~~~)[^\n]*$/gm)) {
    if (open === null) open = { at: m.index, mark: m[1] };
    else if (m[1] === open.mark) {
      out.push({ start: open.at, end: m.index + m[0].length, put: '', reason: 'markup' });
      open = null;
    }
  }
  if (open !== null) out.push({ start: open.at, end: open.at + 3, put: '', reason: 'markup' });
  return out;
}

const DESTINATION = String.raw`\(\s{0,3}(?:[^()\n]{0,2000}(?:\([^()\n]{0,300}\)[^()\n]{0,300}){0,2})\)`;
const IMAGE = new RegExp(String.raw`!\[(?:[^\[\]\n]|\n(?!\n)){0,1000}\](?:${DESTINATION}|\[[^\[\]\n]{0,100}\])`, 'g');
const LINK = new RegExp(String.raw`\[((?:[^\[\]\n]|\n(?!\n)){0,1000})\](${DESTINATION}|\[[^\[\]\n]{0,100}\])`, 'g');
const CODE = /(`{1,2})[^`\n]{1,300}\1(?!`)/g;
const FOOTNOTE = /\[\^[^\]\n]{1,50}\]:?/g;
const ESCAPE = /\\(?=[!-/:-@[-`{-~])/g;
const AUTOLINK = /<[^\s<>]{3,700}>/g;
/** Runs of emphasis marks that touch a word on one side only: "2*3" and "snake_case" are none. */
const EMPHASIS =
  /(?<![\p{L}\p{N}\\*])\*{1,3}(?=[^\s*])|(?<=[^\s*\\])\*{1,3}(?![\p{L}\p{N}*])|\*\*|(?<![\p{L}\p{N}\\_])_{1,3}(?=[^\s_])|(?<=[^\s_\\])_{1,3}(?![\p{L}\p{N}_])|~~/uy;

/** Images, link targets, inline code, emphasis; the words of links and of emphasis stay. */
export function withoutInlineMarks(mapped: Mapped): Mapped {
  let out = mapped;
  const cuts = (pattern: RegExp): void => {
    const { text } = out;
    out = out.apply([...text.matchAll(pattern)].map((m) => cut(text, m.index, m.index + m[0].length, 'markup')));
  };
  cuts(IMAGE);
  const links: Edit[] = [];
  for (const m of out.text.matchAll(LINK)) {
    const inner = m.index + 1 + m[1].length;
    links.push({ start: m.index, end: m.index + 1, put: '', reason: 'markup' });
    links.push({ start: inner, end: m.index + m[0].length, put: '', reason: 'markup' });
  }
  out = out.apply(links);
  for (const pattern of [AUTOLINK, CODE, FOOTNOTE]) cuts(pattern);
  const { text } = out;
  const marks = [...matchesAt(text, /[*_~]/g, EMPHASIS), ...text.matchAll(ESCAPE)];
  return out.apply(marks.map((m): Edit => ({ start: m.index, end: m.index + m[0].length, put: '', reason: 'markup' })));
}

const HEADING = /^ {0,3}#{1,6}[ \t]+([^\n]*)$|^([^\n]{1,120})\n(?:={3,}|-{3,})[ \t]*$/gm;
const ITEM = /^[ \t]*(?:[-*+•]|\d{1,3}[.)])[ \t]+(?=\S)/gm;

/** Heading and list marks at the start of lines. Short headings go whole, list items become paragraphs. */
export function withoutLineMarks(mapped: Mapped): Mapped {
  const edits: Edit[] = [];
  for (const m of mapped.text.matchAll(HEADING)) {
    const words = m[1] ?? m[2];
    const end = m.index + m[0].length;
    if (countWords(words) < HEADING_WORDS && !/[.!?…][*_"”’)]*\s*$/.test(words))
      edits.push({ start: m.index, end, put: '\n\n', reason: 'markup' });
    else if (m[1] !== undefined) edits.push({ start: m.index, end: end - words.length, put: '\n\n', reason: 'markup' });
  }
  for (const m of mapped.text.matchAll(ITEM))
    edits.push({ start: m.index, end: m.index + m[0].length, put: '\n\n', reason: 'markup' });
  return mapped.apply(edits);
}
