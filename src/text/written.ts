/**
 * How a common word is written where it is one: small, or with a first capital. "US", "IT" and "WHO" are names in a text that
 * does not shout, and "May" is a month or a name far more often than it begins a question.
 */
export function writtenAs(word: string): readonly string[] {
  return word === 'may' ? [word] : [word, word.slice(0, 1).toUpperCase() + word.slice(1)];
}
