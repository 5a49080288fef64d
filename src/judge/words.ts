import { counted, number, rate, times } from '../text/figures.js';
import { languageName } from '../text/language-name.js';
import { ratioText } from '../text/ratio.js';
import { visible } from '../text/visible.js';
import type { HalvesRange } from '../types/types.js';
import type { OneTime } from './times.js';

/**
 * Every sentence the tool says about people stands here. Nothing in it says that a person is a sockpuppet: evidence is
 * given, with its strength, what chance would give and what argues against.
 */

/** "about 1 in 100" for a share of .01. */
function oneIn(share: number): string {
  return `about 1 in ${number(Number((1 / share).toPrecision(2)), 0)}`;
}

export const words = {
  tooLittle: (have: number, need: number): string =>
    `too little text: ${number(have)} words on the shorter side, ${need} are needed`,
  fewBylines: (have: number, need: number): string =>
    `too few bylines of one language: ${have} with text enough, and ${need} are needed; beside strangers from elsewhere any two writers of one place look alike`,
  littleToName: (log10LR: number, have: number, need: number): string =>
    `the likeness is ${times(log10LR)} likelier under one hand, but on ${number(have, 0)} words on the shorter side; ${number(need, 0)} are needed for a finding`,
  otherLanguage: (a: string, b: string): string =>
    `written in different languages (${languageName(a)}, ${languageName(b)}); style cannot be compared across them`,
  sameHand: (log10LR: number): string =>
    `the likeness is ${times(log10LR)} likelier if one hand wrote both than if two did`,
  sameHandOnBeat: (log10LR: number): string =>
    `the likeness is ${times(log10LR)} likelier if one hand wrote both than if two writers on one beat did`,
  sameHandOfTime: (log10LR: number): string =>
    `the likeness is ${times(log10LR)} likelier if one hand wrote both than if two writers of one time did`,
  sameBeat: (share: number): string =>
    `both write on the same subjects, and writers on one beat can be this alike: of pairs of different writers on one beat in labelled corpora, ${oneIn(share)} were, and of pairs of one hand about half`,
  maybeSameBeat: (share: number): string =>
    `among so few bylines nobody can say who writes on the same subjects, and writers on one beat can be this alike: of pairs of different writers on one beat in labelled corpora, ${oneIn(share)} were, and of pairs of one hand about half`,
  differentHands: (log10LR: number): string =>
    `the difference is ${times(log10LR)} likelier if two hands wrote than if one did`,
  undecided: (): string => 'the evidence points neither way strongly enough',
  topic: (): string =>
    'topic, not style: the likeness lies in spelling, names and words, and most of it goes once the subject is masked',
  houseStyle: (): string =>
    'house style, not a hand: most of the likeness goes once what each outlet puts into all its articles is taken out',
  kindOfText: (share: number, halves: HalvesRange | null): string =>
    `one kind of text, perhaps, and not one hand: ${words.ofOwn(share, halves)}`,
  nearOnly: (beat: boolean, share: number, halves: HalvesRange | null): string =>
    `${beat ? 'one beat' : 'one time'}, perhaps, and not one hand: ${words.ofOwn(share, halves)}`,
  ofOwn: (share: number, halves: HalvesRange | null): string =>
    `their articles are ${number(share, 2)} times as alike across the two bylines as within each${halves ? `; between halves of one byline of this dump it is ${number(halves.low, 2)} to ${number(halves.high, 2)} in nine of ten` : ''}`,
  notRare: (log10LR: number, chance: number): string =>
    `the likeness is ${times(log10LR)} likelier under one hand, but among so many pairs chance would bring ${number(chance, 2)} this far`,
  fewArticles: (have: number, need: number): string => `too few articles: ${have}, the test needs ${need}`,
  shortArticles: (have: number, need: number, alone: boolean): string =>
    `articles too short to be set against ${alone ? 'each other alone, as must be where they are this unlike other bylines' : 'each other'}: about ${counted(have, 'word')} each, the test needs ${need}`,
  noStrangers: (): string => 'no other bylines to measure against',
  severalHands: (log10LR: number, count: number): string =>
    `the spread among the articles is ${times(log10LR)} likelier if several hands wrote them than if one did; ${count} groups describe it best`,
  severalNotRare: (log10LR: number): string =>
    `the spread among the articles is ${times(log10LR)} likelier under several hands, but chance alone would bring as much among the bylines asked`,
  oneHand: (log10LR: number): string => `the articles are ${times(log10LR)} likelier from one hand than from several`,
  desk: (): string => 'a desk or team byline: several hands are expected and nothing is alleged',
  sharedHabit: (
    name: string,
    unit: string,
    a: number,
    b: number,
    median: number,
    asFar: number,
    others: number,
  ): string =>
    `${name}: ${rate(a, unit)} and ${rate(b, unit)} ${unit}; the other bylines' median is ${rate(median, unit)}, and ${asFar === 0 ? 'none' : number(asFar)} of the other ${number(others)} ${asFar > 1 ? 'lie' : 'lies'} as far out on that side`,
  partedHabit: (name: string, unit: string, a: number, b: number, median: number): string =>
    `${name}: ${rate(a, unit)} against ${rate(b, unit)} ${unit}; the other bylines' median is ${rate(median, unit)}`,
  handHabit: (name: string, unit: string, a: number, b: number, hands: number): string =>
    `${name}: ${rate(a, unit)} in the first group of articles, ${rate(b, unit)} in ${hands > 2 ? 'all others' : 'the second'} (${unit})`,
  unsure: (unsure: number, all: number, hands: number): string =>
    `${unsure} of ${all} articles could belong to ${hands > 2 ? 'another group as well' : 'either group'}`,
  lengthsApart: (short: number, long: number): string =>
    `the median article of one group has ${number(short, 0)} words and of another ${number(long, 0)}: they may be two kinds of text, and not two hands`,
  alone: (): string =>
    'its articles were measured against each other alone: they are long, or the other bylines of this dump write too differently',
  apart: (): string =>
    'it has so many of the articles that it was measured by itself, beside strangers lent from other places: what is usual among the other bylines of this dump was not looked at',
  sharedByline: (name: string, others: readonly string[]): string =>
    `${name} writes like ${others.join(', ')} as well, who do not write like the others here: several people may stand behind it, or one of the links is chance`,
  creditsOther: (n: number, from: string, to: string): string =>
    `${n} ${n === 1 ? 'article' : 'articles'} of ${from} ${n === 1 ? 'credits' : 'credit'} ${to} in ${n === 1 ? 'its' : 'their'} own text (by-line, note, biography or signature)`,
  creditSame: (name: string, ours: number, a: string, theirs: number, b: string): string =>
    `“${visible(name, 80)}” is credited in the text of ${counted(ours, 'article')} of ${a} and of ${counted(theirs, 'article')} of ${b} (by-line, note, biography or signature)`,
  strongestOf: (linked: number, all: number, a: string, b: string, c: string, d: string, least: number): string =>
    `${linked} of the ${all} pairs among them are links. Strength and evidence are those of the strongest, ${visible(a, 80)} and ${visible(b, 80)}; what argues against is that of the weakest, ${visible(c, 80)} and ${visible(d, 80)}; the two least alike in the group have a log10 LR of ${ratioText(least)}`,
  deskInPair: (name: string): string =>
    `${visible(name, 80)} is a desk or team byline: whoever writes under a name of their own may write for it as well, and openly`,
  copied: (n: number): string =>
    `${n} ${n === 1 ? 'article stands' : 'articles stand'} under both bylines in nearly the same words (set aside before style was scored)`,
  view: (name: string, z: number, all: number, lent: boolean): string =>
    `${name}: ${number(z, 1)} of a normalised score of ${number(all, 1)}; pairs of strangers${lent ? ', most of them lent to this dump from elsewhere,' : ' in this dump'} lie around 0`,
  shorter: (n: number): string => `the shorter side has only ${number(n, 0)} words`,
  oneTime: ({ from, to, ofYears }: OneTime): string =>
    `both wrote ${from === to ? `in ${from}` : `from ${from} to ${to}`}, in a dump that spans ${ofYears} years: writers of one time are as often this alike as writers on one beat, and more often than strangers of all times`,
  outletsUnknown: (): string =>
    'which outlets the articles are from is not known, or too few are from the same: one house style may make them alike',
  learnedInEnglish: (lang: string): string =>
    `how alike different writers are in this language (${languageName(lang)}) was learned from one corpus of it at most, and from many in English`,
  weakView: (name: string): string => `${name} alone would not link them`,
} as const;

export const notMeasured = {
  pair: [
    'whether they share an editor, a translator or a house style',
    'whether one imitates the other on purpose',
    'anything outside the texts: accounts, payments, times of posting',
  ],
  hands: [
    'whether editors changed, rather than writers',
    'whether one hand wrote several kinds of text',
    'who the hands are',
    'anything outside the texts: accounts, payments, times of posting',
  ],
} as const;

export const viewWords: Readonly<Record<'characters' | 'grammar' | 'words' | 'outline', string>> = {
  characters: 'spelling and character habits',
  grammar: 'grammar with the subject masked',
  words: 'choice of words and pairs of words',
  outline: 'function words and marks with the subject blanked out',
};
