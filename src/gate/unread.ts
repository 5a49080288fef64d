import { READABLE } from '../io/io.js';
import type { Notice } from '../types/types.js';

/** Notices of input that was not read, in whole or in part, and so was not checked. */
const UNREAD: ReadonlySet<string> = new Set([
  ...['unreadable', 'too-large', 'binary', 'page-too-large', 'line-too-long', 'article-too-long', 'unknown-text'],
  ...['csv-given-up', 'xml-given-up', 'not-json-lines', 'too-many-columns', 'too-many-fields'],
  ...['archive-nested', 'archive-name', 'no-text-layer'],
]);
/** What a reader says of a damaged file, whatever its shape: "broken-csv". */
const BROKEN = /^broken-/;

/** Notices of a check, where it is an error that something was not read: a gate does not pass what it has not seen. */
export function unreadAsErrors(notices: readonly Notice[]): readonly Notice[] {
  return notices.map((x) => (isUnread(x) ? { ...x, level: 'error' } : x));
}

/** A picture beside the articles, named by a shell's pattern, is no submission. */
function isUnread({ code, source }: Notice): boolean {
  return (UNREAD.has(code) || BROKEN.test(code)) && (code !== 'binary' || READABLE.test(source ?? ''));
}
