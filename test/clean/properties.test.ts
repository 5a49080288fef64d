import fc from '../random.js';
import { describe, expect, it } from 'vitest';
import { clean, sourceOffset } from '../../src/clean/clean.js';
import { MASK } from '../../src/clean/quotations.js';
import { isHidden } from '../../src/clean/unicode.js';
import { countWords } from '../../src/clean/words.js';
import { MASK as TOKEN_MASK } from '../../src/clean/quotations.js';
import { article, cleaned, corpus } from './corpus.js';

const PIECES = [
  'word ', 'A sentence of some words. ', '"We will not go there again," she said. ', '“nous”', '\n', '\n\n', '**bold** ', '[link](http://a.org/x) ',
  '# Heading\n', '- item\n', '> quoted line\n', '<b>tag</b>', '<p>', '{{< code >}}', '`x` ', 'a@b.org ', '@handle ', 'www.site.org ', '&amp; ', '&#8217;',
  '\u200b', '\u202e', '\u0007', '\ufffc', '\r\n', 'e\u0301', 'pаypal ', 'Jane Roe ', 'Jane Roe is a writer.', 'Read more: x\n', '(Reporting by A. B.)',
  "'it is what it is now,' ", 'می\u200cروم ', '\ud83d\udc69\u200d\ud83d\udcbb', '\ud800', '   ', '5" ', '«', '»', '*', '_', '[', ']', '(', ')', '|', '\t',
]; // prettier-ignore
const messy = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 6, unit: 'binary' })), { maxLength: 60 })
  .map((p) => p.join(''));
const markup = fc.constantFrom('plain' as const, 'markdown' as const, 'html' as const);

/** The first characters that can be seen: one, what may be markup, and a mark that is then composed with the one. */
const visible = (text: string) =>
  [...text.slice(0, 40)]
    .filter((char) => !isHidden(char))
    .slice(0, 4)
    .join('');

/** What may differ from the source at the place a character came from. */
function isRewritten(char: string, source: string): boolean {
  return (
    char === MASK ||
    /[\s]/.test(char) ||
    source.startsWith('&') ||
    /[\u0370-\u03ff\u0400-\u052f\p{M}]|[\u{1d400}-\u{1d7ff}]/u.test(source) ||
    // Circled, full-width and presentation forms are read as the plain letter.
    source[0].normalize('NFKC') !== source[0] ||
    char.normalize('NFD') !== char
  );
}

describe('clean', () => {
  it('maps every character back to where it came from', async () => {
    await fc.assert(
      fc.asyncProperty(messy, markup, async (text, kind) => {
        for (const d of (await cleaned([article(text, { markup: kind })])).documents) {
          let last = 0;
          for (let i = 0; i < d.text.length; i++) {
            const at = sourceOffset(d.origin, i);
            expect(at).toBeGreaterThanOrEqual(last);
            expect(at).toBeLessThan(text.length);
            last = at;
            if (text[at] !== d.text[i]) expect(isRewritten(d.text[i], visible(text.slice(at)))).toBe(true);
          }
          expect(sourceOffset(d.origin, d.text.length)).toBeLessThanOrEqual(text.length);
        }
      }),
    );
  });

  it('records what it takes out in sorted, disjoint stretches of the source', async () => {
    await fc.assert(
      fc.asyncProperty(messy, markup, async (text, kind) => {
        for (const { removed } of (await cleaned([article(text, { markup: kind })])).documents) {
          removed.forEach((r, i) => {
            expect(r.start).toBeGreaterThanOrEqual(i === 0 ? 0 : removed[i - 1].end);
            expect(r.end).toBeGreaterThanOrEqual(r.start);
            expect(r.end).toBeLessThanOrEqual(text.length);
          });
        }
      }),
    );
  });

  it('leaves no hidden character, line break or outer space, and adds no word', async () => {
    await fc.assert(
      fc.asyncProperty(messy, markup, async (text, kind) => {
        for (const d of (await cleaned([article(text, { markup: kind })], { keepQuotations: true })).documents) {
          expect(d.text).not.toMatch(/[\u200b\u202a-\u202e\u0000-\u0009\u000b-\u001f]|\n{3}|(?<!\n)\n(?!\n)|^\s|\s$/u);
          expect(d.words).toBe(countWords(d.text));
          expect(d.text.length).toBeLessThanOrEqual(text.normalize('NFC').length + 2 * text.length);
        }
      }),
    );
  });

  it('accounts for every word of plain prose as kept or removed', async () => {
    const prose = fc.array(
      fc.constantFrom('The plan was old. ', '"Nobody asked us at all," he said. ', 'We left. ', '\n\n', 'Jane Roe '),
      { minLength: 1, maxLength: 40 },
    );
    await fc.assert(
      fc.asyncProperty(prose, async (parts) => {
        const text = parts.join('');
        for (const d of (await cleaned([article(text)])).documents) {
          const removed = d.removed.reduce((n, r) => n + r.words, 0);
          expect(d.words + removed).toBe(countWords(text));
        }
      }),
    );
  });

  it('lets no mask of the input through: each stands for a quotation it took out', async () => {
    await fc.assert(
      fc.asyncProperty(messy, async (text) => {
        for (const d of (await cleaned([article(text)])).documents) {
          const masks = d.text.split(MASK).length - 1;
          expect(masks).toBeLessThanOrEqual(d.removed.filter((r) => r.reason === 'quotation').length);
        }
      }),
    );
    expect(MASK).toBe(TOKEN_MASK);
  });

  it('gives the same for articles in any order', async () => {
    const names = fc.constantFrom('Jane Roe', 'John Doe', 'Ann Poe');
    const articles = fc
      .array(fc.tuple(messy, names), { minLength: 2, maxLength: 8 })
      .map((list) =>
        list.map(([text, name], i) => article(i % 3 === 2 ? list[0][0] : text, { id: `a${i}`, bylines: [name] })),
      );
    const shuffled = articles.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    await fc.assert(
      fc.asyncProperty(shuffled, async ([list, other]) => {
        expect(await cleaned(other)).toEqual(await cleaned(list));
      }),
    );
  });

  it('stays linear on hostile text', async () => {
    const seeds = [
      'U.S. ', 'a', '"', '"a ', '“a ', " 'a", "'Abc def ghi jkl ", '"a b c d" ', '[', '[a](', '](', '![', '**a ', '*_', '<', '<a ', '<....', '<pre></pre>', '> ', '> a\n', '>a\n', 'JM> a\n', 'From: a\n', '-----Original Message-----\n', 'On Mon, 7 Oct 2002, A wrote:\n--]a\n', '-- \n', '_______________\n', '    ', '    $x\n',
      '{{', '{%a', 'a@', 'a.', 'http://', 'a-', '\n', ' ', '# a\n', '|\n', '```\n', '`a', '&amp;', 'a\u200b', 'a\u0301\u0327', 'Yes.\n\n', 'Jane Roe ', 'J. ', '((a', '\\*',
      'LONDON ', '\ud800', '\ufffc', 'pаypal ', 'a\n---\n',
    ]; // prettier-ignore
    const began = performance.now();
    for (const kind of ['plain', 'markdown'] as const) {
      const articles = seeds.map((seed, i) =>
        article(seed.repeat(100_000 / seed.length), { id: `h${i}`, bylines: [`Jane Roe ${i}`], markup: kind }),
      );
      await cleaned(articles);
    }
    // 9 MB in some three seconds; anything quadratic would take minutes.
    expect(performance.now() - began).toBeLessThan(30_000);
  }, 60_000);

  it('asks the language identifier only where a glance does not tell', async () => {
    const asked: string[] = [];
    const detectLanguage = (text: string): string => {
      asked.push(text);
      return 'de';
    };
    const english = article('The plan was old and it was not for the people who live in the valley.', { id: 'en' });
    const german = article('Der Plan war alt und niemand im Tal wollte noch davon hören oder reden.', { id: 'de' });
    const short = article('Ja, nein, vielleicht.', { id: 'short' });
    const { documents } = await clean(corpus([english, german, short]), { detectLanguage });
    expect(documents.map((d) => [d.id, d.lang])).toEqual([['de', 'de'], ['en', 'en'], ['short', null]]); // prettier-ignore
    expect(asked).toHaveLength(1);
  });
});
