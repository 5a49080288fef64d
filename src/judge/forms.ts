import { handWords } from './hand-words.js';
import type { ArticleForm, Diarisation, Document } from '../types/types.js';

const FORMS: readonly ArticleForm[] = ['interview', 'translation', 'credited'];
/** Share of a hand's articles that must be of a form, and the most that may be among the others, for it to explain the parting. */
const INSIDE = 0.6;
const ELSEWHERE = 0.2;

/** A form that one hand's articles have and the others have not. */
export interface FormApart {
  readonly form: ArticleForm;
  readonly hand: number;
  readonly inside: number;
  readonly of: number;
  readonly elsewhere: number;
  readonly others: number;
}

/** The form that parts one hand's articles from the others'; null where none does. */
export function formApart(documents: readonly Document[], { articles, hands, count }: Diarisation): FormApart | null {
  for (const form of FORMS) {
    const found = apart(
      articles.map((row) => documents[row]!.form === form),
      hands,
      count,
    );
    if (found !== null) return { form, ...found };
  }
  return null;
}

/** The hand whose articles are of a kind, and the others' not; null where there is none. */
function apart(is: readonly boolean[], hands: readonly number[], count: number): Omit<FormApart, 'form'> | null {
  for (let hand = 0; hand < count && count > 1; hand++) {
    const inside = is.filter((x, i) => x && hands[i] === hand).length;
    const of = hands.filter((h) => h === hand).length;
    const elsewhere = is.filter((x, i) => x && hands[i] !== hand).length;
    const others = hands.length - of;
    if (inside >= INSIDE * of && elsewhere <= ELSEWHERE * others) return { hand, inside, of, elsewhere, others };
  }
  return null;
}

/**
 * What may part a byline's articles other than hands, as a sentence: a form that one group has, or a language, for style is not
 * compared across languages; null where nothing does.
 */
export function otherwiseApart(documents: readonly Document[], d: Diarisation): string | null {
  const form = formApart(documents, d);
  if (form !== null) return handWords.formExplains(form.form);
  const langs = d.articles.map((row) => documents[row]!.lang);
  const known = [...new Set(langs)].filter((lang) => lang !== null).sort();
  const found = known.length < 2 ? undefined : known.find((lang) => apart(langs.map((l) => l === lang), d.hands, d.count) !== null); // prettier-ignore
  return found === undefined ? null : handWords.languageExplains(found);
}

/** How many of a byline's articles are interviews and how many translations; none is left out. */
export function formsAmong(documents: readonly Document[], { articles }: Diarisation): [ArticleForm, number][] {
  return FORMS.filter((form) => form !== 'credited')
    .map((form): [ArticleForm, number] => [form, articles.filter((row) => documents[row]!.form === form).length])
    .filter(([, n]) => n > 0);
}
