import type { Article, ArticleForm } from '../types/types.js';

/** "Q:", "Question 3.", "Interviewer —" at the head of a paragraph, whatever mark-up is around it. */
const ASKED =
  /^[\s*_>#<>a-z/]*(?:Q|Question|Interviewer|Frage|Pregunta|Domanda|Vraag|س|سؤال)\s?\d{0,2}\s?[*_]*\s?[:.)—–-]/imu;
/** A short paragraph that is one question. */
const QUESTION = /^[\s*_>#"“]*[^\n.!?]{8,180}\?[\s*_"”]*$/u;
const TITLE =
  /\b(?:interview|Q ?& ?A|questions? (?:and|&) answers?|in conversation with|entretien|entrevista|gespräch)\b/iu;
const TRANSLATED =
  /\btranslat(?:ed (?:from|by|into)|ion (?:by|from)|or['’]s note)|\btraduit (?:par|de|du)\b|\btraducido (?:por|de)\b|\btraducción de\b|\bübersetz(?:t von|ung:|ung von)|\baus dem \p{L}+ (?:übersetzt|von)\b|\bvertaald (?:door|uit)\b|ترجمة\s*[:：]|مترجم\s*[:：]/iu;

/** One of these stands in all that `TRANSLATED` matches: looked for first, because that takes a hundredth of the time. */
const SIGNS = ['translat', 'tradu', 'übersetz', 'aus dem ', 'vertaald', 'ترجمة', 'مترجم'];

/** Paragraphs with questions, at least, and their least share. */
const QUESTIONS = 3;
const SHARE = 0.15;
/** Notes on translation stand at the head or the foot of an article. */
const EDGE = 600;

/**
 * Whether an article is of a form in which other people's voices shape the style: an interview (or questions and answers),
 * or a translation said to be one. Null for all else; a form that does not announce itself is not seen.
 */
export function formOf({ title, text }: Pick<Article, 'title' | 'text'>): ArticleForm | null {
  const edges = `${title ?? ''}\n${text.slice(0, EDGE)}\n${text.slice(-EDGE)}`;
  // A long s is an s to a pattern that ignores case.
  const lower = edges.toLowerCase().replaceAll('ſ', 's');
  if (SIGNS.some((sign) => lower.includes(sign)) && TRANSLATED.test(edges)) return 'translation';
  const paragraphs = text
    .slice(0, 200_000)
    .split(/\n+/)
    .filter((p) => p.trim() !== '');
  const asked = paragraphs.filter(
    (p) => p.length < 600 && (ASKED.test(p) || (p.includes('?') && QUESTION.test(p))),
  ).length;
  const least = title !== null && TITLE.test(title) ? 2 : QUESTIONS;
  return asked >= least && asked >= SHARE * paragraphs.length ? 'interview' : null;
}
