import { describe, expect, it } from 'vitest';
import { folded, WIDTH, wrap } from '../../src/text/folded.js';

const TEXT = [
  'A headline that is rather long for so small a terminal',
  '   + a reason that is given below it, in a line of its own',
  '1. Dana Whitfield and Peter Okafor write like one hand',
  'short',
  '| a | row | of | a | table | that | stays | as | it | is |',
  '',
].join('\n');

describe('text for a narrow terminal', () => {
  it('is broken between words only, under what each line begins with', () => {
    for (const columns of [24, 30, 40]) {
      const lines = folded(TEXT, columns).split('\n');
      for (const line of lines.filter((l) => !l.startsWith('|'))) expect(line.length).toBeLessThanOrEqual(columns);
      expect(lines.join(' ').replace(/\s+/g, ' ')).toBe(TEXT.replace(/\s+/g, ' '));
    }
    expect(folded(TEXT, 30)).toContain('\n   + a reason that is given\n     below it, in a line of\n');
  });

  it('is as it was where it fits, and colours take no room', () => {
    expect(folded(TEXT, 80)).toBe(TEXT);
    const red = '\u001b[31mred words\u001b[39m and others';
    expect(folded(red, 20)).toBe(red);
    expect(folded(`${red} more`, 20)).toBe(`${red}\nmore`);
  });

  it('is whole again before it is broken anew: no remnants of the lines it was broken into', () => {
    const reason = '   + one reason that is long enough to be broken where it is made, at the usual width of it';
    const made = [
      wrap(reason.slice(5), '   + ', '     '),
      '   - against: short',
      'A heading',
      '  A row  of columns',
    ].join('\n');
    expect(made.split('\n')).toHaveLength(5);
    expect(folded(made, 44)).toBe(
      [
        '   + one reason that is long enough to be',
        '     broken where it is made, at the usual',
        '     width of it',
        '   - against: short',
        'A heading',
        '  A row  of columns',
      ].join('\n'),
    );
    const help = [
      '  --map <fields>            name the fields of the input: author=writer,text=content',
      '  --exact-bylines  x',
    ];
    expect(folded(help.join('\n'), 60).split('\n').at(-1)).toBe('  --exact-bylines  x');
  });

  it('counts columns and not characters, and is broken where no spaces are put between words', () => {
    const poem = '遠上寒山石徑斜，白雲生處有人家。停車坐愛楓林晚，霜葉紅於二月花。';
    const text = `“${poem}${poem}” and ${poem}`;
    const made = wrap(text, '  + ', '    ');
    for (const line of [...made.split('\n'), ...folded(made, 40).split('\n')]) {
      expect(line).not.toMatch(/^\s*[，。」]/u);
      expect([...line].reduce((n, c) => n + (c > '\u2e80' ? 2 : 1), 0)).toBeLessThanOrEqual(WIDTH);
    }
    expect(made.replace(/\n {4}/g, '').replace(/ (?=and)|(?<=and) /g, '')).toBe(`  + ${text.replace(/ /g, '')}`);
    expect(
      folded(made, 40)
        .replace(/\n */g, '')
        .replace(/ (?=and)|(?<=and) /g, ''),
    ).toBe(`  + ${text.replace(/ /g, '')}`);
    const marked = 'بِسْمِ '.repeat(12).trim();
    expect(wrap(marked)).toBe(marked);
  });

  it('keeps a word that is wider than the terminal whole', () => {
    const url = `see https://example.org/${'x'.repeat(60)} there`;
    expect(folded(url, 30).split('\n')).toEqual(['see', `https://example.org/${'x'.repeat(60)}`, 'there']);
  });
});
