import fc from '../random.js';
import { describe, expect, it } from 'vitest';
import { Lexemes } from '../../src/text/lexemes.js';
import { sentenceLengths, sentences, tokens } from '../../src/text/tokens.js';

function read(lexemes: Lexemes, text: string): string[] {
  const n = lexemes.read(text);
  return Array.from(lexemes.types.subarray(0, n), (type) => lexemes.lettersOf(type));
}

describe('interned tokens', () => {
  it('are those of the regular expression, whatever the text', () => {
    const piece = fc.constantFrom(
      ...["don't", '’', '-', 'é', 'e\u0301', '\u200c', 'می\u200cشود', '1,000.5', '.', '\n\n', '\n', ' ', '\u00a0'],
      ...[
        '\ufeff',
        '𝒜bc',
        '𝟘1',
        '😀',
        '\ud800',
        '\udc00x',
        '٣',
        'a'.repeat(45),
        'Ⅷ',
        '\ufffc',
        '½',
        ...['中文', '々', 'カタカナー', '𠀀', 'ภาษาไทย', '한국어', '、'],
        '-a',
        "a'1",
      ],
    );
    const lexemes = new Lexemes();
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ unit: 'binary' })), { maxLength: 30 }), (parts) => {
        const text = parts.join('');
        expect(read(lexemes, text)).toEqual(tokens(text));
      }),
      { numRuns: 3000 },
    );
  });

  it('have one type for one spelling, through growth', () => {
    const lexemes = new Lexemes();
    const words = Array.from({ length: 50_000 }, (_, i) => `w${String.fromCharCode(97 + (i % 26))}${i.toString(36)}x`);
    const first = read(lexemes, words.join(' '));
    expect(first).toEqual(tokens(words.join(' ')));
    const before = Array.from(lexemes.types.subarray(0, 100));
    lexemes.read(words.join(' '));
    expect(Array.from(lexemes.types.subarray(0, 100))).toEqual(before);
    const column = lexemes.column((token) => token.length);
    expect(column.at(0)).toBe(lexemes.lettersOf(0).length);
  });
});

/** Words by the spaces before them, and characters of scripts without spaces as halves and quarters of words. */
function lengthOf(sentence: string): number {
  const spaced = sentence.split(/\s+/).filter((chunk) => !UNSPACED_FIRST.test(chunk)).length;
  const halves = sentence.match(/[中文かな]/g)?.length ?? 0;
  const quarters = sentence.match(/[ไทย]/g)?.length ?? 0;
  return spaced + Math.ceil(halves / 2 + quarters / 4);
}
const UNSPACED_FIRST = /^[中文かなไทย]/;

describe('sentence lengths', () => {
  it('are those of the sentences', () => {
    const piece = fc.constantFrom(
      ...[
        'Mr.',
        'U.S.',
        ' ',
        '  ',
        '\n\n',
        '\n',
        'He',
        'said',
        '“',
        '”',
        '."',
        '?',
        '!)',
        '.\uFFFC',
        'vs.',
        '(A.',
        '٣',
      ],
      ...[
        '。',
        '」',
        '『',
        '！',
        '」。',
        '中文',
        'かな',
        'ไทย',
        '\u00a0',
        '\u2003',
        '😀',
        '𝒜',
        'É',
        'é',
        '…',
        '1',
        'x'.repeat(700),
        '.”’',
        '."”’',
      ],
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 40 }), (parts) => {
        const text = parts.join('');
        expect(sentenceLengths(text)).toEqual(sentences(text).map(lengthOf));
      }),
      { numRuns: 5000 },
    );
  });
});
