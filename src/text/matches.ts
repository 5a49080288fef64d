/**
 * Matches of a pattern from the left that do not overlap, as `matchAll` gives them, where each begins with one of some
 * units: the pattern is tried at those places alone.
 *
 * @param units a global pattern of one unit
 * @param pattern sticky, and never of an empty match
 */
export function* matchesAt(text: string, units: RegExp, pattern: RegExp): Generator<RegExpExecArray> {
  let end = 0;
  for (const { index } of text.matchAll(units)) {
    if (index < end) continue;
    pattern.lastIndex = index;
    const found = pattern.exec(text);
    if (found === null) continue;
    end = index + found[0].length;
    yield found;
  }
}
