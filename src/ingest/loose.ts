import { parseJson } from './parse.js';

/** One value of a text that is not strictly JSON, and the line on which it begins. */
interface LooseValue {
  readonly value: unknown;
  readonly line: number;
}

/** What a text that is not strictly JSON holds all the same. */
export interface LooseJson {
  readonly values: readonly LooseValue[];
  /** Line up to which it was read, where it ends in the middle of a value or goes on as something else; null when all was read. */
  readonly brokenAt: number | null;
}

/** Brackets inside one another that are followed. */
const MAX_DEPTH = 200;
/** What may stand before the first value: "window.DATA =", "callback(", as pages and APIs have it. */
const BEFORE = /^\s*(?:[\w.$ ]{1,200}[=(]\s*)?(?=[[{])/;
const BETWEEN = /(?:[\s,;)\u001e]+|\/\/[^\n]*|\/\*[^]*?\*\/)*/y;
/** What tells outside of strings. */
const TOKEN = /["{}[\],]|\/[/*]|\b(?:NaN|undefined)\b|-?\bInfinity\b/g;
/** Line breaks and the like inside a string, which JSON wants written as escapes. */
const RAW = /[\0-\x1f]/g;
const CLOSING: Readonly<Record<string, string>> = { '{': '}', '[': ']' };

/**
 * Reads what people and programs write for JSON: values one behind the other, comments, commas before a closing bracket, NaN,
 * line breaks in strings, an assignment in front, and an end that is missing, which costs the element that is cut.
 */
export function looseJson(text: string): LooseJson {
  const values: LooseValue[] = [];
  const lineAt = lineCounter(text);
  for (let at = skipped(text, BEFORE.exec(text)?.[0].length ?? 0); at < text.length;) {
    const line = lineAt(at);
    const found = CLOSING[text[at]!] === undefined ? null : valueFrom(text, at);
    const parsed = found === null ? null : parseJson(found.json);
    if (parsed === null || 'problem' in parsed) return { values, brokenAt: line };
    values.push({ value: parsed.value, line });
    if (!found!.whole) return { values, brokenAt: lineAt(text.length) };
    at = skipped(text, found!.end);
  }
  return { values, brokenAt: null };
}

/** @returns what gives the 1-based line of an offset; asked for offsets in order */
function lineCounter(text: string): (at: number) => number {
  let line = 1;
  let next = text.indexOf('\n');
  return (at) => {
    for (; next >= 0 && next < at; next = text.indexOf('\n', next + 1)) line++;
    return line;
  };
}

function skipped(text: string, from: number): number {
  BETWEEN.lastIndex = from;
  BETWEEN.exec(text);
  return BETWEEN.lastIndex;
}

interface Found {
  /** The value as JSON has it. */
  readonly json: string;
  readonly end: number;
  readonly whole: boolean;
}

/** The value whose bracket opens at `start`; of one that does not end, what is whole in its outermost list; null for none. */
function valueFrom(text: string, start: number): Found | null {
  const open: string[] = [];
  const edits: (readonly [from: number, to: number, by: string])[] = [];
  let comma = -1;
  /** Where the last object of the outermost list ends, and what closes what stands around it. */
  let last: { readonly end: number; readonly depth: number; readonly close: string } | null = null;
  TOKEN.lastIndex = start;
  for (let m = TOKEN.exec(text); m !== null; m = TOKEN.exec(text)) {
    const token = m[0];
    if (token.startsWith('/')) {
      const end = token === '//' ? text.indexOf('\n', m.index) : text.indexOf('*/', m.index) + 2;
      if (end < 2) break;
      edits.push([m.index, end, text.slice(m.index, end).replace(/[^\n]+/g, ' ')]);
      TOKEN.lastIndex = end;
      continue;
    }
    if (token === '"') {
      const end = stringEnd(text, m.index);
      if (end < 0) break;
      const inside = text.slice(m.index, end);
      if (RAW.test(inside)) edits.push([m.index, end, inside.replace(RAW, escape)]);
      RAW.lastIndex = 0;
      TOKEN.lastIndex = end;
    } else if (CLOSING[token] !== undefined) {
      if (open.push(CLOSING[token]) > MAX_DEPTH) return null;
    } else if (token === '}' || token === ']') {
      if (open.pop() !== token) return null;
      if (comma >= 0 && blank(text.slice(comma + 1, m.index))) edits.push([comma, comma + 1, '']);
      const end = TOKEN.lastIndex;
      if (open.length === 0) return { json: edited(text, start, end, edits), end, whole: true };
      if (token === '}' && open.at(-1) === ']' && open.length <= (last?.depth ?? Infinity))
        last = { end, depth: open.length, close: open.toReversed().join('') };
    } else if (token !== ',') edits.push([m.index, TOKEN.lastIndex, 'null']);
    comma = token === ',' ? m.index : -1;
  }
  if (last === null) return null;
  const { end, close } = last;
  const before = edits.filter(([from]) => from < end);
  return { json: edited(text, start, end, before) + close, end: text.length, whole: false };
}

/** @returns where the string that opens at `at` ends, behind its quotation mark; -1 when it does not */
function stringEnd(text: string, at: number): number {
  for (let end = text.indexOf('"', at + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text[end - 1 - slashes] === '\\') slashes++;
    if (slashes % 2 === 0) return end + 1;
  }
  return -1;
}

function blank(text: string): boolean {
  return text.replace(/\/\/[^\n]*|\/\*[^]*?\*\//g, '').trim() === '';
}

function escape(c: string): string {
  return `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function edited(
  text: string,
  start: number,
  end: number,
  edits: readonly (readonly [from: number, to: number, by: string])[],
): string {
  let at = start;
  const parts: string[] = [];
  for (const [from, to, by] of edits.toSorted((a, b) => a[0] - b[0])) {
    parts.push(text.slice(at, from), by);
    at = to;
  }
  return parts.join('') + text.slice(at, end);
}
