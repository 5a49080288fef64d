import { hashString } from '../math/random.js';
import { Lexemes, type TypeColumn } from '../text/lexemes.js';
import { inSigns } from '../text/signs.js';
import type { CountedView, PackedRows, SparseRows } from '../types/types.js';
import { COUNTED_VIEWS, mapViews } from '../types/views.js';
import type { Pieces } from '../work/pieces.js';
import { RowCounter } from './counting.js';
import {
  commonestWords,
  englishMasker,
  functionWordOf,
  hasLexicon,
  outlineOf,
  plainMasker,
  wordsByLanguage,
} from './grammar.js';
import { unpackRows } from './packed.js';

/** Text and language of one sample. */
export interface Sample {
  readonly text: string;
  readonly lang: string | null;
}

/** Words kept unmasked, by language; English, which has a lexicon, needs none. */
export type CommonWords = ReadonlyMap<string | null, ReadonlySet<string>>;

/**
 * Counts each sample's n-grams in five views, every sign in one shape (`inSigns`):
 * - characters: case-sensitive character 3- and 4-grams, spaces and marks included (Stamatatos 2013; Sapkota et al. 2015);
 * - grammar: 1- to 4-grams of function words, marks and parts of speech, content masked (POSNoise);
 * - words: single words and marks, and pairs of neighbours;
 * - outline: character 4- and 5-grams of the text with every content word put as one star (text distortion, Stamatatos 2017);
 * - functionWords: 1- to 3-grams of function words and marks, all content words and numbers alike: what is left of style
 *   when not even parts of speech tell the subject. Hands of one desk part here.
 *
 * @param common the commonest words of the whole dump; those of the samples themselves when left out
 * @param breaks whether breaks between paragraphs are counted, or read as spaces
 */
export function countViews(
  samples: readonly Sample[],
  common: CommonWords = commonestWords(wordsByLanguage(samples)),
  breaks = true,
): Record<CountedView, SparseRows> {
  const counter = viewCounter(common, COUNTED_VIEWS, breaks);
  for (const sample of samples) counter.add(sample);
  return mapViews(COUNTED_VIEWS, (view) => unpackRows(counter.finish(view)));
}

/** Counts one sample after another. */
export interface ViewCounter {
  /** The tokens of the sample last added. */
  readonly lexemes: Lexemes;
  /** Counts a sample. @returns its number of tokens; null where no view reads any */
  readonly add: (sample: Sample) => number | null;
  /** The rows of a view since the last call, in some pieces of memory. */
  readonly finish: (view: CountedView, pieces?: Pieces) => PackedRows;
}

/** A language's tokens as the masked views read them. */
interface Masked {
  readonly mask: TypeColumn;
  readonly outline: TypeColumn;
  readonly functionWords: TypeColumn;
}

/**
 * Makes a counter that remembers what it learned of every word.
 *
 * @param views those that are counted
 * @param breaks whether breaks between paragraphs are counted, or read as spaces
 */
export function viewCounter(
  common: CommonWords,
  views: readonly CountedView[] = COUNTED_VIEWS,
  breaks = true,
): ViewCounter {
  const readsWords = views.some((view) => view !== 'characters');
  const lexemes = new Lexemes();
  const outlines = new Outlines();
  const maskOf = maskedTypes(common, lexemes, outlines);
  const rows = new Map(views.map((view) => [view, new RowCounter()]));
  const [characters, grammar, words, outline, functionWords] = COUNTED_VIEWS.map((view) => rows.get(view));
  const count = (text: string, lang: string | null): number => {
    const n = lexemes.read(text);
    const columns = maskOf(lang);
    if (grammar !== undefined) countSequences(lexemes.types, n, columns.mask, 4, grammar);
    grammar?.endRow();
    if (outline !== undefined) outlines.count(lexemes.types, n, columns.outline, outline);
    outline?.endRow();
    if (functionWords !== undefined) countSequences(lexemes.types, n, columns.functionWords, 3, functionWords);
    functionWords?.endRow();
    if (words !== undefined) countSequences(lexemes.types, n, lexemes.lower, 2, words);
    words?.endRow();
    return n;
  };
  const add = ({ text: typed, lang }: Sample): number | null => {
    const text = breaks ? inSigns(typed) : inSigns(typed).replaceAll('\n\n', ' ');
    if (characters !== undefined) countCharacters(text, characters);
    characters?.endRow();
    return readsWords ? count(text, lang) : null;
  };
  const finish = (view: CountedView, pieces?: Pieces): PackedRows => rows.get(view)!.finish(pieces);
  return { lexemes, add, finish };
}

/** How the types that `lexemes` learns read when masked, for each language. */
function maskedTypes(common: CommonWords, lexemes: Lexemes, outlines: Outlines): (lang: string | null) => Masked {
  const masks = new Map<string | null, Masked>();
  return (lang) => {
    const known = masks.get(lang);
    if (known !== undefined) return known;
    const masked = hasLexicon(lang) ? englishMasker() : plainMasker(common.get(lang) ?? new Set());
    const [mask, outline, functionWords] = lexemes.columnsOf(3, (token) => {
      const mask = masked(token);
      return [hashString(mask), outlines.indexOf(outlineOf(mask)), hashString(functionWordOf(token, mask))];
    }) as [TypeColumn, TypeColumn, TypeColumn];
    const columns = { mask, outline, functionWords };
    masks.set(lang, columns);
    return columns;
  };
}

/** All character 3- and 4-grams of the text, over UTF-16 units. */
function countCharacters(text: string, into: RowCounter): void {
  const fill = (values: Int32Array, from: number, n: number): void => {
    for (let i = 0; i < n; i++) values[i] = text.charCodeAt(from + i);
  };
  into.addGrams(text.length, fill, { seed: 3, shortest: 3, longest: 3 }, { seed: 4, shortest: 4, longest: 4 });
}

/** Outlines of tokens, each kept once, and the n-grams of texts made of them. */
class Outlines {
  private readonly places = new Map<string, number>();
  /** The units of each outline and of the space behind it. */
  private readonly units: Uint16Array[] = [];
  private text = new Uint16Array(1 << 14);

  indexOf(outline: string): number {
    let place = this.places.get(outline);
    if (place === undefined) {
      place = this.units.length;
      this.units.push(Uint16Array.from(`${outline} `, (char) => char.charCodeAt(0)));
      this.places.set(outline, place);
    }
    return place;
  }

  /** Counts all character 4- and 5-grams of the outlines of a sequence of tokens. */
  count(types: Int32Array, n: number, outlines: TypeColumn, into: RowCounter): void {
    let length = 0;
    for (let i = 0; i < n; i++) {
      const units = this.units[outlines.at(types[i]!)]!;
      if (length + units.length > this.text.length) {
        const longer = new Uint16Array(2 * (length + units.length));
        longer.set(this.text);
        this.text = longer;
      }
      for (let u = 0; u < units.length; u++) this.text[length++] = units[u]!;
    }
    const { text } = this;
    const fill = (values: Int32Array, from: number, n: number): void => values.set(text.subarray(from, from + n));
    into.addGrams(length, fill, { seed: 5, shortest: 4, longest: 5 });
  }
}

/** All 1- to `longest`-grams of a sequence of tokens, by their values. */
function countSequences(types: Int32Array, n: number, column: TypeColumn, longest: number, into: RowCounter): void {
  const fill = (values: Int32Array, from: number, n: number): void => {
    for (let i = 0; i < n; i++) values[i] = column.at(types[from + i]!);
  };
  into.addGrams(n, fill, { seed: 0, shortest: 1, longest });
}

/** A value made ready to be stirred into a hash (the body of MurmurHash3). */
export function scrambled(value: number): number {
  const k = Math.imul(value, 0xcc9e2d51);
  return Math.imul((k << 15) | (k >>> 17), 0x1b873593);
}

/** One step of a 32-bit rolling hash with good low bits (after MurmurHash3's body and finaliser). */
export function stirred(h: number, k: number): number {
  let out = h ^ k;
  out = (out << 13) | (out >>> 19);
  out = (Math.imul(out, 5) + 0xe6546b64) | 0;
  out = Math.imul(out ^ (out >>> 16), 0x85ebca6b);
  return out ^ (out >>> 13);
}
