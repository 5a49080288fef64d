import { counted, number, times } from '../text/figures.js';
import { languageName } from '../text/language-name.js';
import { visible } from '../text/visible.js';
import type { ArticleForm, HandsInTime } from '../types/types.js';

/** The sentences about the hands of one byline, and about hands that bylines share. */

const WEEK_NOTE = 'days of the week are in UTC';

/** "2021-03-14". */
export function day(ms: number): string {
  return new Date(ms).toISOString().split('T')[0]!;
}

/** Hands are counted from 0 in reports and from 1 for reading, here and on the page. */
export function handName(hand: number): string {
  return String(hand + 1);
}

const FORM: Readonly<Record<ArticleForm, string>> = {
  interview: 'interviews or questions and answers',
  translation: 'translations',
  credited: 'articles whose own text credits another writer',
};

export const handWords = {
  probabilities: (p: readonly number[]): string =>
    `with even odds before: one hand ${percent(p[0]!)}, two ${percent(p[1]!)}, three ${percent(p[2]!)}, four or more ${percent(p[3]!)}`,
  inTime: (time: HandsInTime): string => {
    switch (time.kind) {
      case 'undated':
        return 'too few articles carry a date to say when hands changed; no order was assumed';
      case 'in-turn':
        return `hands in turn: ${time.handovers
          .map(
            (h) =>
              `hand ${handName(h.before)} gives way to hand ${handName(h.after)} about ${day(h.at)} (between ${day(h.from)} and ${day(h.to)} with a probability of .95), a step ${number(10 ** Math.min(6, h.stepOverTrend), 0)} times likelier than a gradual change`,
          )
          .join('; ')}`;
      case 'drift':
        return 'the style changes with time, and a gradual change is as good an account as a change of hand';
      case 'weekday':
        return `the hands keep to different days of the week (${WEEK_NOTE})`;
      case 'mixed':
        return 'the hands are mixed in time, without an order that chance would not give';
    }
  },
  bestParting: (): string =>
    'Were there several hands, this is how the articles would part; the evidence does not say that there are.',
  driftAgainst: (): string =>
    'the groups follow each other in time without a clear step: one writer whose style drifted would look the same',
  form: (form: ArticleForm, inside: number, of: number, elsewhere: number, others: number): string =>
    `${inside} of ${of} articles of one group are ${FORM[form]}, against ${elsewhere} of ${others} of the others: the form may be all that parts them`,
  formExplains: (form: ArticleForm): string =>
    form === 'credited'
      ? `said openly, not ghosted: what parts the articles is that one group is made of ${FORM[form]}`
      : `edited or translated, not ghosted: what parts the articles is that one group is made of ${FORM[form]}, in which other voices speak`,
  languageExplains: (lang: string): string =>
    `two languages, not two hands: what parts the articles is that one group is in one language (${languageName(lang)}) and the others are in another; style cannot be compared across them. Scan the articles of each language by themselves`,
  someForm: (form: ArticleForm, n: number, of: number): string => `${n} of its ${of} articles are ${FORM[form]}`,
  creditsOthers: (n: number, of: number, named: readonly { name: string; articles: number }[]): string => {
    const told = named.map((x) => `“${visible(x.name, 80)}” (${x.articles})`);
    const others = named.reduce((sum, x) => sum + x.articles, 0) < n ? ['others'] : [];
    return `${n} of its ${of} articles ${n === 1 ? 'credits' : 'credit'} another writer in ${n === 1 ? 'its' : 'their'} own text: ${[...told, ...others].join(', ')}`;
  },
  coBylined: (n: number): string =>
    `${counted(n, 'further article')} with co-authors ${n === 1 ? 'was' : 'were'} set aside: to write with others is no secret`,
  team: (bylines: number, hands: number): string =>
    `${hands} hands are told apart inside each of ${bylines} bylines, and match one to one across them`,
  teamRow: (hand: number, parts: readonly { name: string; articles: number; of: number }[]): string =>
    `hand ${handName(hand)}: ${parts.map((p) => `${p.articles} of ${p.of} articles of ${p.name}`).join(', ')}`,
  teamUnshared: (name: string, articles: number): string =>
    `${counted(articles, 'article')} of ${name} ${articles === 1 ? 'is' : 'are'} by a hand that no other byline of the team shows`,
  teamOfOne: (log10LR: number, chance: number): string =>
    `one writer of several manners, under all these names, would match in the same way: that they are several people rests on each byline's own articles, at most ${times(log10LR)} likelier from several hands than from one; of the bylines of one hand asked chance would bring ${number(chance, 2)} as far`,
  teamInTime: (name: string, time: HandsInTime | undefined): string | null => {
    if (time?.kind === 'weekday')
      return `the hands of ${visible(name, 80)} keep to different days of the week (${WEEK_NOTE})`;
    if (time?.kind !== 'in-turn') return null;
    const all = time.handovers.map(
      (h) => `about ${day(h.at)} (between ${day(h.from)} and ${day(h.to)} with a probability of .95)`,
    );
    return `the hands of ${visible(name, 80)} come in turn: one gives way to another ${all.join(', then ')}`;
  },
  teamAgainst: (): string =>
    'editors or desks that the bylines share, each with its own habits, would leave the same pattern',
  otherLanguage: (): string =>
    'how often honest bylines in this language are taken for several hands: one corpus of it was there to learn from, and none to test on',
  marked: (): string => '(?) an article that could belong to another hand as well',
  passagesRead: (read: number, outside: number): string =>
    `${counted(read, 'passage')} of 80 words or more ${read === 1 ? 'was' : 'were'} read, and ${outside === 0 ? 'none lies' : `${number(outside, 0)} ${outside === 1 ? 'lies' : 'lie'}`} outside, as text by another hand or pasted copy would; of honest ones about one in a thousand does`,
  passage: (article: string, first: number, last: number, lines: string): string =>
    `${first === last ? `paragraph ${first}` : `paragraphs ${first} to ${last}`} of ${article}: “${lines} …”`,
} as const;

function percent(p: number): string {
  return p > 0.99 ? 'over 99 %' : p < 0.01 ? 'under 1 %' : `${Math.round(100 * p)} %`;
}
