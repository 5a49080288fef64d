/** A parsed value, or why there is none and at which character, where the parser says so. */
export function parseJson(
  text: string,
): { readonly value: unknown } | { readonly problem: string; readonly offset: number | null } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    if (error instanceof RangeError) return { problem: 'nested too deeply', offset: null };
    const message = error instanceof Error ? error.message : '';
    const position = /position (\d+)/.exec(message);
    const ended = /end of|unterminated/i.test(message);
    const offset = position !== null ? Number(position[1]) : ended ? text.length : shownAt(message, text);
    if (ended) return { problem: 'it ends too early', offset };
    return { problem: offset === null ? 'a syntax error' : `a syntax error at character ${offset + 1}`, offset };
  }
}

/**
 * The offset of a bad token where the parser only shows what stands around it (ten characters before and behind);
 * null when the same stands in other places too.
 */
function shownAt(message: string, text: string): number | null {
  const around = /, (\.\.\.)?"([^]*?)"(?:\.\.\. )? ?is not valid JSON$/.exec(message);
  if (around === null) return null;
  const at = text.indexOf(around[2]);
  if (at < 0 || text.includes(around[2], at + 1)) return null;
  return around[1] === undefined
    ? Math.max(0, text.indexOf(/^Unexpected token '?(.)/u.exec(message)?.[1] ?? ''))
    : at + 10;
}
