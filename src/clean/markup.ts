import { withoutCode } from './code.js';
import { cut, type Edit, type Mapped } from './mapped.js';
import { enclosed } from './enclosed.js';
import { withoutHead, withoutLinkNumbers } from './head.js';
import { withoutBlocks, withoutInlineMarks, withoutLineMarks } from './markdown.js';
import { withoutMail } from './mail.js';
import { MASK } from './quotations.js';
import { withoutQuotedLines } from './quoted.js';

/** A link, a short code or a fence is proof; so are two of the weaker signs. */
const PROOF = /\]\((?:https?:|\/|#|mailto:|\{\{|[\w./-]{1,200}\))|\{\{[<%]|\{% ?[a-z]|^(?:```|~~~)/m;
const SIGNS = [
  /^#{1,6} \S/m,
  /\*\*[^\s*]/,
  /^[-*+] \S[^\n]*\n+[-*+] \S/m,
  /^> ?\S/m,
  /!\[/,
  /^\d{1,2}\. \S[^\n]*\n+\d{1,2}\. \S/m,
];

const TAGS =
  'a|abbr|article|aside|b|big|blockquote|br|button|caption|center|cite|code|col|dd|del|div|dl|dt|em|embed|figcaption|figure|font|footer|form|h[1-6]|header|hr|i|iframe|img|input|ins|kbd|label|li|link|main|mark|meta|nav|o:p|object|ol|option|p|param|picture|pre|q|s|samp|script|section|select|small|source|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|textarea|tfoot|th|thead|time|title|tr|u|ul|var|video';
const TAG = new RegExp(`</?(?:${TAGS})(?:\\s[^<>]{0,3000})?/?>`, 'gi');
const BREAKS =
  /^<\/?(?:article|aside|blockquote|br|caption|dd|div|dl|dt|figcaption|figure|footer|form|h[1-6]|header|hr|li|main|nav|ol|p|pre|section|table|tbody|tfoot|thead|tr|ul)\b/i;
/** Elements whose contents are no prose. */
const OPAQUE = ['script', 'style', 'iframe', 'object', 'svg', 'select', 'table', 'figure', 'pre', 'nav', 'form'];

/** Takes mark-up out, leaving the words it dressed: link text, emphasised words, list items. Block quotations are masked. */
export function withoutMarkup(mapped: Mapped, markup: 'plain' | 'markdown' | 'html', keepQuotations: boolean): Mapped {
  const markdown = isMarkdown(mapped.text, markup);
  let out = markup === 'html' ? mapped : withoutLinkNumbers(withoutHead(withoutMail(mapped, keepQuotations)));
  if (out.text.includes('[')) out = out.apply(shortCodes(out.text));
  if (markdown) out = withoutBlocks(out);
  if (out.text.includes('<')) {
    out = out.apply(opaqueElements(out.text));
    if (!keepQuotations) out = out.apply(elements(lowerCase(out.text), 'blockquote', `\n\n${MASK}\n\n`, 'quotation'));
    out = out.apply(tags(out.text));
  }
  out = withoutQuotedLines(out, keepQuotations, markdown);
  if (markup !== 'html') out = withoutCode(out);
  if (markdown) out = withoutLineMarks(withoutInlineMarks(out));
  return out.apply(addresses(out.text));
}

/** True when line breaks, asterisks and brackets are to be read as Markdown, which may have HTML in it. */
export function isMarkdown(text: string, markup: 'plain' | 'markdown' | 'html'): boolean {
  if (markup === 'markdown') return true;
  const start = text.slice(0, 200_000);
  if (PROOF.test(start)) return true;
  return markup === 'plain' && SIGNS.filter((sign) => sign.test(start)).length >= 2;
}

/** Short codes of WordPress: "[youtube=https://…]", "[caption id="1"]". */
const SHORT_CODE =
  /\[\/?(?:youtube|vimeo|caption|embed|gallery|audio|video|playlist|slideshare|soundcloud|gravityform|contact-form(?:-7)?|sourcecode|tweet|instagram)(?:[ \t]{0,5}(?:=|[\w-]{1,30}=|https?:)[^[\]\n]{0,500}|[ \t]{0,5})\](?!\()/gi;

function shortCodes(text: string): Edit[] {
  return [...text.matchAll(SHORT_CODE)].map((m) => cut(text, m.index, m.index + m[0].length, 'markup'));
}

function opaqueElements(text: string): Edit[] {
  const out: Edit[] = enclosed(text, '<!--', '-->', 20_000).map(([start, end]) => cut(text, start, end, 'markup'));
  const lower = lowerCase(text);
  for (const name of OPAQUE) for (const edit of elements(lower, name, '\n\n', 'markup')) out.push(edit);
  return out;
}

/** A few letters change their length in lower case; then only the common spelling is looked for. */
function lowerCase(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text;
}

/** @param where the text in lower case */
function elements(where: string, name: string, put: string, reason: 'markup' | 'quotation'): Edit[] {
  return enclosed(where, `<${name}`, `</${name}>`, 50_000)
    .filter(([start]) => /[\s>]/.test(where[start + name.length + 1]))
    .map(([start, end]) => ({ start, end, put, reason }));
}

function tags(text: string): Edit[] {
  const out: Edit[] = [];
  for (const m of text.matchAll(TAG)) {
    const end = m.index + m[0].length;
    if (BREAKS.test(m[0])) out.push({ start: m.index, end, put: /^<br/i.test(m[0]) ? '\n' : '\n\n', reason: 'markup' });
    else out.push({ start: m.index, end, put: '', reason: 'markup' });
  }
  return out;
}

const URL = /\b(?:https?:\/\/|ftp:\/\/|www\.)[^\s<>"“”«»\ufffc]{1,3000}/gi;
const BARE_URL =
  /(?<![\w@./-])[a-z][\w-]{1,40}(?:\.[\w-]{1,40}){0,3}\.(?:com|org|net|gov|edu|io|ly|co|me|uk|us|eu|de|fr|ir|tv|info)\/[^\s<>"“”«»)\]\ufffc]{1,1000}/gi;
const HANDLE = /(?<![\w@./])@[A-Za-z_]\w{1,30}/g;

/** Web and mail addresses and @handles. A full stop or bracket after an address is the sentence's. */
function addresses(text: string): Edit[] {
  const out: Edit[] = [];
  const take = (start: number, found: string): void => {
    const trimmed = /\([^)]*$/.test(found.slice(-200)) ? found : found.replace(/[)\]]{0,5}[.,;:!?'’)\]]{0,5}$/, '');
    if (trimmed.length > 3) out.push(cut(text, start, start + trimmed.length, 'markup'));
  };
  for (const m of text.matchAll(URL)) take(m.index, m[0]);
  if (text.includes('/')) for (const m of text.matchAll(BARE_URL)) take(m.index, m[0]);
  if (!text.includes('@')) return out;
  for (const m of text.matchAll(HANDLE)) out.push(cut(text, m.index, m.index + m[0].length, 'markup'));
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const before = /[\w.+-]{1,64}$/.exec(text.slice(Math.max(0, at - 64), at));
    const after = /^[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}/.exec(text.slice(at + 1, at + 400));
    if (before !== null && after !== null)
      out.push(cut(text, at - before[0].length, at + 1 + after[0].length, 'markup'));
  }
  return out;
}
