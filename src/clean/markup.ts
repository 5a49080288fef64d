import { applyEdits, countWords, editsFor, type Edit, type Work } from './edits.js';

const LOOKS_MARKED = /\]\(|^#{1,6} |<\/?[a-z][a-z0-9]*[\s>]|\{[{%]|^\s*[*-] \S|\*\*\S/m;

/** Takes Markdown, HTML tags, short codes, addresses and short headings out; link text and emphasised words stay. */
export function withoutMarkup(work: Work, markup: 'plain' | 'markdown' | 'html'): Work {
  let out = work;
  if (markup !== 'plain' || LOOKS_MARKED.test(work.text)) {
    out = applyEdits(out, codeAndTags(out.text));
    out = applyEdits(out, inlineMarks(out.text));
    out = applyEdits(out, lineMarks(out.text));
  }
  return applyEdits(out, addresses(out.text));
}

function gone(replacement = ''): Omit<Edit, 'start' | 'end'> {
  return { replacement, reason: 'markup' };
}

function codeAndTags(text: string): Edit[] {
  return [
    ...editsFor(text, /^(```|~~~)[^\n]*\n[\s\S]*?^\1[^\n]*$/gm, () => gone()),
    ...editsFor(text, /<(script|style|iframe|table|pre|svg)\b[^>]{0,2000}>[\s\S]{0,200000}?<\/\1>/gi, () => gone('\n\n')),
    ...editsFor(text, /\{\{[<%]?[^{}\n]{0,2000}[>%]?\}\}|\{%[^{}\n]{0,2000}%\}/g, () => gone()),
    ...editsFor(text, /<!--[\s\S]{0,20000}?-->/g, () => gone()),
    ...editsFor(text, /<\/?(p|div|br|li|ul|ol|h[1-6]|blockquote|tr)\b[^<>]{0,2000}>/gi, () => gone('\n\n')),
    ...editsFor(text, /<\/?[a-z][^<>\n]{0,2000}>/gi, () => gone()),
    ...editsFor(text, /`([^`\n]{1,300})`/g, () => gone()),
  ];
}

function inlineMarks(text: string): Edit[] {
  const out = editsFor(text, /!\[[^\][\n]{0,1000}\]\([^()\n]{0,2000}\)|!\[[^\][\n]{0,500}\]\[[^\][\n]{0,200}\]/g, () => gone());
  // A link keeps its words: only the marks around them go.
  for (const m of text.matchAll(/(?<!!)\[([^\][\n]{1,1000})\](\((?:[^()\n]|\([^()\n]{0,200}\)){0,2000}\)|\[[^\][\n]{0,200}\])/g)) {
    const inner = m.index + 1 + m[1]!.length;
    out.push({ start: m.index, end: m.index + 1, ...gone() }, { start: inner, end: m.index + m[0].length, ...gone() });
  }
  out.push(...editsFor(text, /\[\^[^\]\n]{1,50}\]:?/g, () => gone()));
  out.push(...editsFor(text, /\*{1,3}(?=\S)|(?<=\S)\*{1,3}|(?<![\p{L}\p{N}])_{1,2}(?=\S)|(?<=\S)_{1,2}(?![\p{L}\p{N}])/gu, () => gone()));
  return out;
}

function lineMarks(text: string): Edit[] {
  return [
    ...editsFor(text, /^[ \t]*#{1,6}[ \t][^\n]{0,300}$/gm, (m) => (countWords(m[0]) < 12 ? gone() : null)),
    ...editsFor(text, /^[ \t]*(?:[-*+•]|\d{1,3}[.)])[ \t]+/gm, () => gone('\n\n')),
    ...editsFor(text, /^[ \t]*\|[^\n]*\|[ \t]*$/gm, () => gone()),
    ...editsFor(text, /^[ \t]*(?:[-*_=] ?){3,}[ \t]*$/gm, () => gone()),
    ...editsFor(text, /^\[[^\]\n]{1,100}\]:[^\n]{0,1000}$/gm, () => gone()),
  ];
}

function addresses(text: string): Edit[] {
  return [
    ...editsFor(text, /\b(?:https?:\/\/|www\.)[^\s<>()\]]{1,2000}/gi, () => gone()),
    ...editsFor(text, /\b[\w.+-]{1,64}@[\w-]{1,63}\.[\w.]{2,63}/g, () => gone()),
  ];
}

/** True when most lines end at a fixed width rather than at the end of a paragraph. */
function isHardWrapped(lines: readonly string[]): boolean {
  const full = lines.filter((l) => l.trim() !== '');
  if (full.length < 4) return false;
  const longest = full.reduce((m, l) => Math.max(m, l.length), 0);
  const unfinished = full.filter((l) => !/[.!?:"”’)]\s*$/.test(l)).length;
  return longest <= 100 && unfinished > full.length * 0.5;
}

/** One paragraph a line, blank lines between: hard-wrapped lines are joined, single line ends elsewhere part paragraphs. */
export function paragraphed(work: Work): Work {
  const wrapped = isHardWrapped(work.text.split('\n').slice(0, 400));
  const joined = editsFor(work.text, /[ \t]*\n[ \t]*(?:\n\s*)?/g, (m) => {
    const blank = m[0].split('\n').length > 2;
    const to = blank || !wrapped ? '\n\n' : ' ';
    return to === m[0] ? null : { replacement: to, reason: null };
  });
  const out = applyEdits(work, joined);
  return applyEdits(out, editsFor(out.text, /^\s+|\s+$|\n{3,}/g, (m) => ({ replacement: m[0].includes('\n\n') && m.index > 0 && m.index + m[0].length < out.text.length ? '\n\n' : '', reason: null })));
}
