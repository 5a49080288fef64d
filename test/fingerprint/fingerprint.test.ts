import fc from '../random.js';
import { describe, expect, it } from 'vitest';
import { RowCounter } from '../../src/fingerprint/counting.js';
import { packRows, unpackRows } from '../../src/fingerprint/packed.js';
import { englishMasker, plainMasker } from '../../src/fingerprint/grammar.js';
import { commonestWords, wordsByLanguage } from '../../src/fingerprint/grammar.js';
import { joinHabits, measureHabits } from '../../src/fingerprint/habits.js';
import { countViews, scrambled, stirred } from '../../src/fingerprint/views.js';
import { applyWhitening } from '../../src/fingerprint/project.js';
import { whitenSteps } from '../../src/fingerprint/whiten.js';
import { sentences, tokens } from '../../src/text/tokens.js';
import type { Habit, SparseRows } from '../../src/types/types.js';
import { inline } from '../../src/work/work.js';

/** Standard scores of one view, fitted on these very rows. */
const whiten = (counts: SparseRows) => inline(whitenSteps([[packRows(counts)]]))[0]!;

const sample = (text: string): { text: string; lang: string } => ({ text, lang: 'en' });
const TEXTS = Array.from({ length: 8 }, (_, i) =>
  Array.from(
    { length: 60 },
    (_, j) => `${['the', 'a', 'of', 'river', 'mill', 'and', 'never', 'went'][(i * j + j) % 8]!} word${(i + j) % 11}`,
  ).join(' '),
);

describe('counting', () => {
  it('counts every n-gram once and keeps rows apart', () => {
    const counter = new RowCounter();
    for (const h of [5, 5, 9]) counter.add(h);
    counter.endRow();
    counter.endRow();
    counter.add(9);
    counter.endRow();
    const rows = unpackRows(counter.finish());
    expect([...rows.start]).toEqual([0, 2, 2, 3]);
    expect([...rows.counts]).toEqual([2, 1, 1]);
    expect(rows.ids[1]).toBe(rows.ids[2]);
  });

  it('counts many of one n-gram, up to what two bytes hold', () => {
    const times = [1, 7, 8, 254, 255, 256, 65_535, 70_000];
    const counter = new RowCounter();
    for (const n of times) {
      counter.addGrams(n, (into, _, some) => into.fill(n, 0, some), { seed: 0, shortest: 1, longest: 1 });
      counter.endRow();
    }
    expect([...unpackRows(counter.finish()).counts]).toEqual(times.map((n) => Math.min(n, 65_535)));
  });

  it('counts n-grams of a long sequence as each would be counted by itself', () => {
    const values = Int32Array.from({ length: 2500 }, (_, i) => (i * i) % 50);
    const [counter, plain] = [new RowCounter(), new RowCounter()];
    for (const length of [0, 1, 3, 1024, 1026, 2500]) {
      const fill = (into: Int32Array, from: number, n: number): void => into.set(values.subarray(from, from + n));
      counter.addGrams(length, fill, { seed: 5, shortest: 2, longest: 4 });
      counter.endRow();
      for (let i = 0; i < length; i++)
        for (let h = 5, j = 0; j < 4 && i + j < length; j++) {
          h = stirred(h, scrambled(values[i + j]!));
          if (j >= 1) plain.add(h);
        }
      plain.endRow();
    }
    expect(counter.finish()).toEqual(plain.finish());
  });

  it('has as many character n-grams as the text is long', () => {
    const { characters } = countViews([sample('abcdef')]);
    expect(characters.counts.reduce((a, b) => a + b, 0)).toBe(4 + 3);
  });
});

describe('masking', () => {
  it('keeps function words and marks, and turns content into parts of speech', () => {
    const mask = englishMasker();
    expect(['The', 'mayor', 'of', 'Tirana', ',', '1,200', "wasn't"].map(mask)).toEqual([
      'the',
      expect.stringMatching(/^NN/),
      'of',
      expect.stringMatching(/^NN/),
      ',',
      'CD',
      "wasn't",
    ]);
  });

  it('keeps the commonest words of a language without a lexicon and the endings of the others', () => {
    const mask = plainMasker(new Set(['και']));
    expect(['και', 'πόλεως', '12'].map(mask)).toEqual(['και', '~ως', 'CD']);
  });
});

describe('whitening', () => {
  it('gives rows of zero mean, the same at every call', () => {
    const { words } = countViews(TEXTS.map(sample));
    const { view: a, whitening } = whiten(words);
    expect([...whiten(words).view.rows]).toEqual([...a.rows]);
    for (let k = 0; k < a.dims; k++) {
      let sum = 0;
      for (let r = 0; r < TEXTS.length; r++) sum += a.rows[r * a.dims + k]!;
      expect(Math.abs(sum)).toBeLessThan(1e-3);
    }
    expect([...applyWhitening(words, whitening).rows]).toEqual([...a.rows]);
  });

  it('gives finite numbers for texts without a word in common and for empty ones', () => {
    const { characters } = countViews([sample('abc def'), sample('xyz uvw'), sample('')]);
    expect([...whiten(characters).view.rows].every(Number.isFinite)).toBe(true);
  });
});

describe('habits', () => {
  it('measures rates per 1,000 words and lengths', () => {
    const habits = measureHabits([sample('One two; three four. Five six; seven eight.'), sample('')], new Map());
    const of = (name: string): number => habits.find((h) => h.name === name)!.values[0]!;
    expect(of('semicolons')).toBeCloseTo(250);
    expect(of('sentence length')).toBeCloseTo(4);
    const [written] = [
      measureHabits([sample('US firms told IT staff in May: they may take us. Us, it was.')], new Map()),
    ];
    const rate = (word: string): number =>
      written.find((h) => h.name === `the word “${word}”`)!.values[0]! / (1000 / 13);
    expect(['us', 'it', 'may', 'they'].map((word) => Math.round(rate(word)))).toEqual([2, 1, 1, 1]);
    expect(Number.isNaN(habits.find((h) => h.name === 'semicolons')!.values[1]!)).toBe(true);
  });
});

describe('habits of other languages', () => {
  const common = new Map([
    ['fr', new Set(['de', 'on'])],
    ['zh', new Set(['的'])],
    [null, new Set(['the'])],
  ]);
  const texts = [
    { text: 'On parle de tout, on rit de rien.', lang: 'fr' },
    { text: '我的书是新的，你的书是旧的。', lang: 'zh' },
    { text: 'On we go, then, on and on.', lang: 'en' },
  ];
  const habits = measureHabits(texts, common);
  const valuesOf = (name: string): number[] => [...habits.find((h) => h.name === name)!.values];

  it('are the rates of the commonest words of each, and of no other', () => {
    expect(valuesOf('the word “de” in French')).toEqual([expect.closeTo(250, 3), NaN, NaN]);
    expect(valuesOf('the word “on” in French')).toEqual([expect.closeTo(250, 3), NaN, NaN]);
    expect(valuesOf('the character “的” in Chinese')).toEqual([NaN, expect.closeTo(4000 / 6, 2), NaN]);
    expect(valuesOf('the word “on”')).toEqual([NaN, NaN, expect.closeTo(3000 / 7, 2)]);
    expect(habits.filter((h) => h.name.startsWith('the word “the”'))).toHaveLength(1);
  });

  it('are those of each batch where batches hold other languages', () => {
    const alone = texts.map((text) => {
      const own = new Map([...common].filter(([lang]) => lang === text.lang));
      const columns = measureHabits([text], own);
      return { rows: Float32Array.from(columns, ({ values }) => values[0]!), common: own };
    });
    const whole = (own: Habit[]): unknown => own.map(({ name, unit, values }) => [name, unit, [...values]]);
    expect(whole(joinHabits(alone, common))).toEqual(whole(habits));
  });

  it('are those of six languages at most, of most articles first', () => {
    const samples = 'abcdefgh'
      .split('')
      .flatMap((l, i) => Array.from({ length: 8 - i }, () => ({ text: `mot ${l}mot autre`, lang: `x-${l}` })));
    const many = commonestWords(wordsByLanguage(samples.toReversed()));
    expect([...many.keys()].join()).toBe('x-a,x-b,x-c,x-d,x-e,x-f,x-g,x-h');
    const langs = measureHabits(samples, many).flatMap(({ name }) => (/“.mot” in (x-.)$/.exec(name) ?? []).slice(1));
    expect(langs.join()).toBe('x-a,x-b,x-c,x-d,x-e,x-f');
  });

  it('of scripts without spaces count characters as parts of words, and tell nothing that spaces would', () => {
    expect(valuesOf('commas')[1]).toBeCloseTo(1000 / 6);
    expect(valuesOf('sentence length')[1]).toBe(6);
    expect(valuesOf('word length')[1]).toBeNaN();
    expect(valuesOf('word length')[0]).toBeGreaterThan(2);
  });
});

describe('tokens and sentences', () => {
  it('keep words with inner marks whole and lose no letter', () => {
    expect(tokens("It's U.S.-made — re-elected 1,200.5 می‌خواهد")).toEqual([
      "It's",
      'U',
      '.',
      'S',
      '.',
      '-',
      'made',
      '—',
      're-elected',
      '1,200.5',
      'می‌خواهد',
    ]);
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), (text) => {
        expect(tokens(text).join('').length).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  it('do not end a sentence at a title', () => {
    expect(sentences('Mr. Smith went home. He slept.')).toEqual(['Mr. Smith went home.', 'He slept.']);
  });

  it('take 200 KB of "U.S. " in their stride', () => {
    expect(sentences('U.S. '.repeat(40_000)).length).toBeGreaterThan(0);
  });
});
