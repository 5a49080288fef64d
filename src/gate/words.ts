import type { ArticleForm } from '../types/types.js';
import { counted, number, rate, times } from '../text/figures.js';
import { languageName } from '../text/language-name.js';
import { ratioText } from '../text/ratio.js';
import { visible } from '../text/visible.js';

/**
 * Every sentence of a check. None says that a person did something: what a text is like, how sure that is, what chance
 * would give.
 */
const name = (byline: string): string => `“${visible(byline, 80)}”`;

export const words = {
  fits: (byline: string, log10LR: number): string =>
    `the text is ${times(log10LR)} likelier if ${name(byline)} wrote it than if someone else did`,
  doesNotFit: (byline: string, log10LR: number): string =>
    `the text is ${times(log10LR)} likelier if someone else wrote it than if ${name(byline)} did`,
  fitsSameHand: (byline: string, other: string, log10LR: number): string =>
    `the text is ${times(log10LR)} likelier if ${name(other)} wrote it than if someone else did; a review found one hand behind ${name(byline)} and ${name(other)}`,
  undecided: (byline: string): string =>
    `the evidence says neither that ${name(byline)} wrote it nor that someone else did`,
  unknownByline: (byline: string, alike: string | null): string =>
    `${name(byline)} is not in the reference${alike === null ? '' : ` (${name(alike)}, spelt almost alike, is)`}; the nearest bylines are listed`,
  noByline: (): string => 'no byline is printed on it; the nearest bylines are listed',
  coBylined: (bylines: readonly string[]): string =>
    `${bylines.length} bylines are printed on it (${bylines.slice(0, 4).map(name).join(', ')}${bylines.length > 4 ? ', …' : ''}): nobody can tell who wrote which words`,
  noWords: (): string => 'no words of its own are left after quotations and boilerplate are taken out',
  shortSubmission: (have: number, need: number): string =>
    `too little text: ${counted(have, 'word')} of its own, ${need} are needed`,
  thinByline: (byline: string, articles: number, amount: number): string =>
    `the reference holds too little of ${name(byline)}: ${counted(articles, 'article')}, ${counted(amount, 'word')}`,
  desk: (byline: string): string => `${name(byline)} is a desk or team byline: several hands are expected`,
  otherLanguage: (lang: string): string =>
    lang === ''
      ? "its language could not be told, as that of this byline's articles was; style cannot be compared across languages"
      : `it is written in another language (${languageName(visible(lang, 10))}) than this byline's articles; style cannot be compared across them`,
  strangeLanguage: (lang: string): string =>
    `the reference has no articles in its language (${lang === '' ? 'it could not be told' : languageName(visible(lang, 10))})`,
  mostlyCopied: (share: number): string =>
    `${Math.round(share * 100)} % of it stands in archived articles: there is too little of its own to measure`,
  smallReference: ({ articles, bylines }: { readonly articles: number; readonly bylines: number }): string =>
    `the reference is too small to say what fits (${counted(articles, 'article')} of ${counted(bylines, 'byline')}): enroll more, by others as well`,
  fewBylines: (): string => 'the reference holds too few bylines to tell what is usual',
  notThisByline: (byline: string, log10LR: number): string =>
    `does not read like what ${name(byline)} wrote before: ${times(log10LR)} likelier from another hand`,
  fitsAnother: (other: string, log10LR: number, alike: boolean): string =>
    `reads like what ${name(other)}${alike ? ', spelt almost like the byline printed,' : ''} wrote before: ${times(log10LR)} likelier from that hand than from others`,
  copiedFromItself: (amount: number, other: string, printed: string): string =>
    `${number(amount, 0)} words or more stand in an earlier article under ${other === printed ? 'the same byline' : `${name(other)}, one of its own bylines`}`,
  copied: (amount: number, other: string): string =>
    `${number(amount, 0)} words or more stand in the same words in an article under ${name(other)}`,
  rank: (byline: string, rank: number, of: number): string =>
    rank === 1
      ? `of the ${of} bylines in the reference, ${name(byline)} fits best`
      : `of the ${of} bylines in the reference, ${rank - 1} ${rank === 2 ? 'fits' : 'fit'} better than ${name(byline)}`,
  better: (other: string, log10LR: number): string => `${name(other)} fits best (log10 LR ${ratioText(log10LR)})`,
  habitFar: (habit: string, unit: string, here: number, mean: number, spread: number, printed: boolean): string =>
    `${habit}: ${rate(here, unit)} ${unit}; in ${printed ? 'the printed' : 'that'} byline's articles ${rate(mean, unit)}, give or take ${rate(spread, unit)}`,
  habitNear: (habit: string, unit: string, here: number, other: number, own: number | null): string =>
    own === null
      ? `${habit}: ${rate(here, unit)} ${unit}; in that byline's articles ${rate(other, unit)}`
      : `${habit}: ${rate(here, unit)} ${unit}; in that byline's articles ${rate(other, unit)}, in the printed byline's ${rate(own, unit)}`,
  usualHabits: (inside: number, all: number): string =>
    `${inside} of ${all} habits lie where the printed byline's articles usually lie`,
  form: (form: ArticleForm, credited: string): string =>
    ({
      interview: 'it is an interview, or questions and answers: other voices speak in it',
      translation: 'it says that it was translated: a translator shapes the style',
      credited: `its own text credits another writer (by-line, note, biography or signature): ${name(credited)}`,
    })[form],
  shortText: (amount: number): string => `it has only ${counted(amount, 'word')} of its own`,
  fewArticles: (articles: number): string => `the reference holds only ${counted(articles, 'article')} of this byline`,
  misspelt: (other: string): string => `a misspelling of ${name(other)} would explain it`,
  held: (alone: number, held: number, by: 'chance' | 'doubt', of: number): string =>
    by === 'chance'
      ? `by itself its log10 LR is ${ratioText(alone)}; it is the best of ${of} bylines, and chance may bring one of so many this far: it is held to ${ratioText(held)}`
      : `by itself its log10 LR is ${ratioText(alone)}; a text may fit two bylines: it is held to the ${ratioText(held)} that speaks against the printed one`,
  reviewedApart: (): string => 'someone looked at these two bylines and found different hands',
  copiedShare: (share: number, passages: number): string =>
    `${share < 0.005 ? 'less than 1' : Math.round(share * 100)} % of the submission, in ${passages === 1 ? 'one passage' : `${passages} passages`}`,
  sampled: (): string =>
    'the reference holds no text: runs of words were compared by their hashes, the ends of the passage are near',
  unusual: (what: string): string => `holds ${what}`,
  homoglyphs: (n: number): string => `${counted(n, 'letter')} of another script inside words`,
  bidi: (n: number): string => `${counted(n, 'character that turns', 'characters that turn')} the direction of writing`,
  zeroWidth: (n: number): string => counted(n, 'invisible character'),
  controls: (n: number): string => counted(n, 'control character'),
  honestHidden: (): string => 'content systems put soft hyphens and zero-width spaces into honest texts',
  honestBidi: (): string => 'such marks come along with names and passages in scripts that are written from the right',
  honestScript: (): string => 'a keyboard set to another script gives such letters without intent',
} as const;

export const notMeasured = {
  style: [
    'what an editor or a translator changed',
    'whether one hand imitates another on purpose',
    'anything outside the text: accounts, devices, times of sending',
  ],
  passage: ['who copied from whom, and whether it was agreed', 'text inside quotation marks'],
  characters: ['who put them there, and whether with intent'],
} as const;
