import type { Article, Location } from '../types/types.js';

/**
 * Turns places in an article's text into lines of the file it came from.
 *
 * @param file the decoded file where it holds this one article; null where it holds many or is not at hand
 */
export function locator(article: Article, file: string | null): (start: number, end: number) => Location {
  const { path, line } = article.source;
  const at = file === null || line !== null ? -1 : file.indexOf(article.text);
  return (start, end) => {
    if (at < 0 || file === null)
      return { path, startLine: line ?? 1, endLine: null, startColumn: null, endColumn: null };
    const first = lineAndColumn(file, at + start);
    const last = lineAndColumn(file, at + end);
    return {
      path,
      startLine: first.line,
      endLine: last.line,
      startColumn: first.column,
      endColumn: last.column,
    };
  };
}

function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let begin = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
    line++;
    begin = at + 1;
  }
  return { line, column: offset - begin + 1 };
}
