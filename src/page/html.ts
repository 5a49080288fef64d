import { capitalised } from '../text/figures.js';
import { withoutHidden } from '../text/visible.js';

/** Text that is mark-up already. Made by `html` and `raw` alone. */
export class Markup {
  constructor(readonly text: string) {}
}

export type Part = string | number | Markup | null | undefined | false | readonly Part[];

/**
 * Mark-up from a template: every value that is not mark-up itself is escaped, and hidden and bidirectional control
 * characters are taken out of it, so that nothing of the input can run, break out of an attribute or turn the line.
 */
export function html(fixed: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(fixed.reduce((out, text, i) => out + text + (i < parts.length ? piece(parts[i]) : ''), ''));
}

function piece(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (part instanceof Markup) return part.text;
  if (Array.isArray(part)) return (part as readonly Part[]).map(piece).join('');
  return escaped(String(part as string | number));
}

const ENTITY: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escaped(text: string): string {
  return plain(text).replace(/[&<>"']/g, (c) => ENTITY[c]!);
}

/** Text as the page shows it: one line, nothing hidden in it. */
export function plain(text: string): string {
  return withoutHidden(text.replace(/\s+/gu, ' '));
}

/** A clause of judge's as a sentence. */
export function sentence(clause: string): Markup {
  const text = plain(clause);
  return html`<bdi>${capitalised(text)}${/[.?!]$/.test(text) ? '' : '.'}</bdi>`;
}

/** Text in its own direction, so that a right-to-left name does not turn its neighbours. */
export function bdi(text: string): Markup {
  return html`<bdi>${text}</bdi>`;
}

/** A link out of the page, only to the web; anything else is shown as text. */
export function outward(url: string | undefined, text: string): Markup {
  if (url === undefined || !isWeb(url)) return bdi(text);
  return html`<a href="${url}" rel="noopener noreferrer" referrerpolicy="no-referrer"><bdi>${text}</bdi></a>`;
}

/** True for an absolute http or https address without user name or password. */
export function isWeb(url: string): boolean {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return false;
  const { protocol, username, password } = new URL(url);
  return (protocol === 'http:' || protocol === 'https:') && username === '' && password === '';
}
