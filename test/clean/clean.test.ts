import fc from '../random.js';
import { describe, expect, it } from 'vitest';
import { clean, sourceOffset } from '../../src/clean/clean.js';
import type { Article, Cleaned } from '../../src/types/types.js';
import { article as janes } from './corpus.js';

const article = (text: string, more: Partial<Article> = {}): Article =>
  janes(text, { bylines: ['Ann Writer'], ...more });
const cleanAll = (articles: readonly Article[]): Promise<Cleaned> => clean({ articles, merges: [], notices: [] });
const cleanText = async (text: string, more: Partial<Article> = {}): Promise<string> =>
  (await cleanAll([article(text, more)])).documents[0]?.text ?? '';
const BODY =
  'The council met on Monday and went home again.\n\nNobody had expected anything else of it, least of all the mayor.';

describe('quotations', () => {
  it('masks another’s words, keeping the marks', async () => {
    expect(await cleanText('“We will never give in to this,” he said.')).toBe('“\uFFFC” he said.');
    expect(await cleanText('"We will never give in to this," he said.')).toBe('"\uFFFC" he said.');
  });
  it('keeps the writer’s own terms in marks', async () => {
    expect(await cleanText('They speak of “regime change” all day.')).toBe('They speak of “regime change” all day.');
  });
  it('does not take inches or apostrophes for quotation marks', async () => {
    const text = 'A 5" board and the writers\' 6" nail don\'t make a quotation of five words.';
    expect(await cleanText(text)).toBe(text);
  });
});

describe('boilerplate', () => {
  it.each([
    ['a By line', `By Ann Writer\n\n${BODY}`],
    ['a biography', `${BODY}\n\nAnn Writer is the director of a research group and the author of two books.`],
    ['a sign-off', `${BODY}\n\n-- Sydney Newsroom 61-2 9373-1800`],
    ['a list of related posts', `${BODY}\n\nRelated posts\n\nFirst blow to the mayor\n\nWhere does the council stand?`],
    ['a share line', `${BODY}\n\nThis post was originally published on the town blog.`],
  ])('takes out %s', async (_, text) => {
    expect(await cleanText(text)).toBe(BODY);
  });
  it.each([
    ['a first line that begins with “By”', `By the river the council met.\n\n${BODY}`],
    ['a sentence about another of the name', `Anna Writers is the director of the mill.\n\n${BODY}\n\n${BODY}`],
    ['an ending that says to read more books', `${BODY}\n\nSo read more books, and go to bed in time for once.`],
  ])('leaves %s', async (_, text) => {
    expect(await cleanText(text)).toBe(text);
  });
});

describe('mark-up and characters', () => {
  it('keeps a link’s words and drops its address', async () => {
    expect(await cleanText('See [the minutes](http://x.org/a_(b)) of **last** night.')).toBe(
      'See the minutes of last night.',
    );
  });
  it('counts zero-width, bidirectional and look-alike characters and undoes them', async () => {
    const { documents } = await cleanAll([article('The p\u0430ypal\u200b account was \u202eopened.')]);
    expect(documents[0]!.text).toBe('The paypal account was opened.');
    expect(documents[0]!.unusual).toMatchObject({ zeroWidth: 1, homoglyphs: 1, bidiControls: 1 });
  });
  it('leaves Persian joiners and Cyrillic words alone', async () => {
    expect(await cleanText('او می\u200cخواهد برود')).toBe('او می\u200cخواهد برود');
    expect(await cleanText('Это простой текст')).toBe('Это простой текст');
  });
});

describe('copies and repeats', () => {
  const long = (seed: string): string => Array.from({ length: 60 }, (_, i) => `${seed}${i} word${i * 7}`).join(' ');
  it('keeps one of a byline’s near copies and says which', async () => {
    const { documents, copies } = await cleanAll([
      article(long('x'), { id: '1' }),
      article(`${long('x')} and a tail`, { id: '2' }),
      article(long('y'), { id: '3' }),
    ]);
    expect(documents.map((d) => d.id)).toEqual(['2', '3']);
    expect(copies.map((c) => [c.kept, c.dropped])).toEqual([['2', '1']]);
  });
  it('sets a text under two bylines aside on both sides', async () => {
    const other = { bylines: ['Bob Scribe'] };
    const { documents } = await cleanAll([
      article(long('x'), { id: '1' }),
      article(long('x'), { id: '2', ...other }),
      article(long('y'), { id: '3' }),
      article(long('z'), { id: '4', ...other }),
    ]);
    expect(documents.map((d) => d.id)).toEqual(['3', '4']);
  });
  it('takes out a paragraph that stands in three of a byline’s articles, and not one that stands in two', async () => {
    const tail = 'Write to me about your own street, any day.';
    const make = (n: number): Article[] =>
      Array.from({ length: 6 }, (_, i) =>
        article(`${long(String.fromCharCode(97 + i))}${i < n ? `\n\n${tail}` : ''}`, { id: String(i) }),
      );
    expect((await cleanAll(make(3))).documents.some((d) => d.text.includes(tail))).toBe(false);
    expect((await cleanAll(make(2))).documents.filter((d) => d.text.includes(tail)).length).toBe(2);
  });
  it('sets co-bylined articles aside', async () => {
    const { setAside } = await cleanAll([
      article(BODY),
      article(long('x'), { id: 'b', bylines: ['Ann Writer', 'Bob Scribe'] }),
    ]);
    expect(setAside).toEqual([{ id: 'b', why: 'co-bylined' }]);
  });
});

describe('whatever comes in', () => {
  it('maps what is left back to the same characters of the source', async () => {
    const text = `By Ann Writer\n\n${BODY} See [this](http://x.y) &amp; “all of these words are not mine”, he said.`;
    const { documents } = await cleanAll([article(text)]);
    const { text: kept, origin } = documents[0]!;
    for (const word of ['council', 'mayor', 'this', 'said']) {
      const at = kept.indexOf(word);
      expect(text.slice(sourceOffset(origin, at), sourceOffset(origin, at) + word.length)).toBe(word);
    }
  });
  it('reads what was escaped twice, so that marks are marks, and leaves unknown names', async () => {
    const text = (mark: string, apostrophe: string): string =>
      `He said ${mark}we will never give in to this at all${mark} and didn${apostrophe}t, at AT&amp;T;.`;
    expect(await cleanText(text('&amp;quot;', '&amp;amp;#8217;'))).toBe(await cleanText(text('"', '’')));
    expect(await cleanText('The signs &amp;nosuch; and &nosuch; stand.')).toContain('&nosuch; and &nosuch;');
  });
  it('never adds words and lets no mask of the input through', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 400, unit: 'binary' }), async (text) => {
        const out = await cleanText(`start ${text.replaceAll('"', '')}`);
        // A letter in a circle becomes a letter, and so a word.
        const count = (t: string): number => (t.match(/[\p{L}\p{N}]+/gu) ?? []).length;
        expect(count(out)).toBeLessThanOrEqual(count(`start ${text}`.normalize('NFKC')) + count(text));
      }),
      { numRuns: 60 },
    );
    expect(await cleanText('a\uFFFCb c')).not.toContain('\uFFFC');
  });
  it('takes hostile texts of a megabyte in its stride', async () => {
    for (const unit of ['U.S. ', '"', '[', '*', '&', '<', '> ', '“', "'A", '-- '])
      expect(typeof (await cleanText(`word ${unit.repeat(Math.floor(300_000 / unit.length))}`))).toBe('string');
  }, 60_000);
});
