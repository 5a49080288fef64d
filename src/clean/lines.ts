/** A line of a text, without its break. */
export interface Line {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** All lines of a text, blank ones too. */
export function linesOf(text: string): Line[] {
  const out: Line[] = [];
  for (let start = 0; start <= text.length;) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    out.push({ start, end, text: text.slice(start, end) });
    start = end + 1;
  }
  return out;
}
