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
  for (const form of FORMS)
    for (let hand = 0; hand < count && count > 1; hand++) {
      const is = articles.map((row) => documents[row]!.form === form);
      const inside = is.filter((x, i) => x && hands[i] === hand).length;
      const of = hands.filter((h) => h === hand).length;
      const elsewhere = is.filter((x, i) => x && hands[i] !== hand).length;
      const others = hands.length - of;
      if (inside >= INSIDE * of && elsewhere <= ELSEWHERE * others)
        return { form, hand, inside, of, elsewhere, others };
    }
  return null;
}

/** How many of a byline's articles are interviews and how many translations; none is left out. */
export function formsAmong(documents: readonly Document[], { articles }: Diarisation): [ArticleForm, number][] {
  return FORMS.filter((form) => form !== 'credited')
    .map((form): [ArticleForm, number] => [form, articles.filter((row) => documents[row]!.form === form).length])
    .filter(([, n]) => n > 0);
}
