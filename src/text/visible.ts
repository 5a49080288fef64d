// Control, bidirectional, zero-width and other format characters: everything a terminal or reader could be fooled by.
const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/gu;

/**
 * Makes text safe to print in a message: hidden characters become escapes such as \x1b or \u202e, and the length is
 * capped.
 *
 * @param maxLength in UTF-16 units, of the text before escaping
 */
export function visible(text: string, maxLength = 200): string {
  const cut = text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
  return cut.replace(HIDDEN, (c) => {
    const code = c.codePointAt(0)!;
    return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
  });
}

/** The text without hidden characters, for names that are printed: U+200C and U+200D stay (Persian, Indic scripts). */
export function withoutHidden(text: string): string {
  return text.replace(HIDDEN, (c) => (c === '\u200c' || c === '\u200d' ? c : ''));
}

/** Text for people in the log of a GitHub step: no line of it is a command of the runner. */
export function withoutCommands(text: string): string {
  return text.replace(/^(\s*):(?=:)/gm, '$1: ').replaceAll('##[', '## [');
}
