import { cut, type Edit, type Mapped } from './mapped.js';
import { linesOf, type Line } from './lines.js';

const INDENTED = /^(?: {2}|\t)/;
/** A list's item or a quoted line: not code for being indented. */
const ITEM = /^\s*(?:[-*+•>]|\d{1,3}[.)])\s/;
/** What programs have in a line, and sentences do not: "$x", "->", "f()", "a::b", "# prompt". */
const SYMBOLS =
  /=>|->|::|==|&&|\|\||\$[A-Za-z_{(]|\w\(\)|\w\((?:[$'"{[]|\w+[,)])|\w\.\w+\(|[A-Za-z_\])] ?= ?["'[{($A-Za-z]|^\s*[$%] \S|^\s*[)}\]]+[;,]?\s*$|^\s*<\/?\w+[ >]/;
const ENDS = /[;{}(,]\s*$/;

/** Six words in a row, and no remark in a program. */
const SENTENCE = /^(?!\s*(?:[#%]|\/\/|\/?\*)).*?(?:\p{L}{1,20}[,;]? ){5}\p{L}/u;
const INLINE = /`[^`]{1,200}`/g;
/** A line of prose that no program wrapped. */
const LONGEST = 160;

/** Takes out paragraphs of indented lines that are a program's, as plain text and Markdown set them; verses and quotations stay. */
export function withoutCode(mapped: Mapped): Mapped {
  const { text } = mapped;
  if (!/^(?: {2}|\t)/m.test(text)) return mapped;
  const lines = linesOf(text);
  const edits: Edit[] = [];
  for (let i = 0; i < lines.length; i++) {
    const from = i;
    while (i < lines.length && INDENTED.test(lines[i]!.text) && !isBlank(lines[i]!)) i++;
    // The whole paragraph: lines that are not indented may be what the others go on from.
    const alone = (line: Line | undefined): boolean => line === undefined || isBlank(line);
    if (i > from && alone(lines[from - 1]) && alone(lines[i]) && isCode(lines.slice(from, i)))
      edits.push(cut(text, lines[from]!.start, lines[i - 1]!.end, 'markup'));
  }
  return mapped.apply(edits);
}

function isBlank({ text }: Line): boolean {
  return text.trim() === '';
}

/** Half the lines have a program's symbols or ends, one has symbols, and none is a sentence's. */
function isCode(lines: readonly Line[]): boolean {
  let [symbols, ends] = [0, 0];
  for (const { text } of lines) {
    if (text.length > LONGEST) return false;
    const bare = text.replace(INLINE, '');
    if (!ITEM.test(text) && SYMBOLS.test(bare)) symbols++;
    else if (SENTENCE.test(bare)) return false;
    else if (!ITEM.test(text) && ENDS.test(bare)) ends++;
  }
  return symbols > 0 && 2 * (symbols + ends) >= lines.length;
}
