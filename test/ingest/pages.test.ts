import { describe, expect, it } from 'vitest';
import { file, read, troubles } from './reading.js';

const TEXT = Array.from(
  { length: 6 },
  (_, i) => `<p>The river rose again in town number ${i}, and people moved their chairs.</p>`,
).join('');
const page = (head: string, body: string): string =>
  `<!doctype html><html><head><title>River</title>${head}</head>${body}</html>`;
const ld = (value: unknown): string =>
  `<script type="application/ld+json">${typeof value === 'string' ? value : JSON.stringify(value)}</script>`;
const article = (inside = ''): string =>
  `<body class="single no-sidebar comments-open"><article>${inside}${TEXT}</article></body>`;
const bylines = async (html: string): Promise<string> =>
  (await read([file('a.html', html)])).articles.map((a) => a.bylines.join(' + ')).join('; ');

const NEWS = { '@type': 'NewsArticle', headline: 'River', datePublished: '2019-06-09' };
const SITE = { '@type': 'Organization', '@id': '#o', name: 'The Example' };
const ANN = { '@type': 'Person', '@id': '#a', name: 'Ann Writer' };

describe('the byline of a page', () => {
  it.each<[string, string]>([
    ['JSON-LD that refers to it', page(ld({ '@graph': [{ ...NEWS, author: { '@id': '#a' }, publisher: SITE }, SITE, ANN] }), article())],
    ['JSON-LD that refers to another script', page(ld({ ...NEWS, author: [{ '@id': '#a' }] }) + ld(ANN), article())],
    ['JSON-LD inside of a page', page(ld({ '@type': 'WebPage', mainEntity: { ...NEWS, author: ANN } }), article())],
    ['JSON-LD that is none strictly', page(ld(`{"@type":"NewsArticle","headline":"a\nb","author":{"name":"Ann Writer"},}`), article())],
    ['the page, where JSON-LD names the site', page(ld({ ...NEWS, author: SITE }), article('<p class="byline">By <a rel="author">Ann Writer</a></p>'))],
    ['the page, where a tag names the site', page('<meta name="author" content="The Example"><meta property="og:site_name" content="The Example">', article('<span class="author">Ann Writer</span>'))],
    ['a tag of another name', page('<meta property="article:author" content="https://example.org/ann"><meta name="byl" content="By Ann Writer">', article())],
  ])('is found in %s', async (_, html) => {
    expect(await bylines(html)).toBe('Ann Writer');
  }); // prettier-ignore

  it('is the site where nobody else is named, and a person before it', async () => {
    expect(await bylines(page(ld({ ...NEWS, author: SITE }), article()))).toBe('The Example');
    expect(await bylines(page(ld({ ...NEWS, author: ANN }), article('<span class="author">The Example</span>')))).toBe(
      'Ann Writer',
    );
  });

  it('is no commenter’s, and the date no comment’s', async () => {
    const comments =
      '<section id="comments"><div class="comment"><b class="author">Troll</b><time datetime="2020-01-01">.</time>No!</div></section>';
    for (const html of [
      page('', article().replace('</article>', `</article>${comments}`)),
      page('', article(comments)),
    ]) {
      const { articles } = await read([file('a.html', html)]);
      expect(articles).toMatchObject([{ bylines: [], publishedAt: null }]);
    }
    expect(
      await bylines(page('', `<body class="comments sidebar"><div class="author">Ann Writer</div>${TEXT}</body>`)),
    ).toBe('Ann Writer');
  });
});

it('the text of a page that a script would fill is taken from its JSON-LD; a page with a text keeps it', async () => {
  const long = 'The whole text of the article, as JSON-LD has it, with many words. '.repeat(10).trim();
  const head = ld({ ...NEWS, author: 'Ann Writer', articleBody: long });
  const empty = await read([file('a.html', page(head, '<body><div id="root"></div></body>'))]);
  expect(empty.articles).toMatchObject([{ bylines: ['Ann Writer'], text: long }]);
  const full = await read([file('a.html', page(head, article()))]);
  expect(full.articles[0]!.text).toContain('moved their chairs');
});

it('lines of unknown names are headers beside known ones, and a dialogue is a text', async () => {
  const head = 'TITLE: River\nAUTHOR: Ann Writer\nPUBLICATION DATE: June 9, 2019\nSECTION: News\n\nWords of it.\n';
  const dialogue = 'Interviewer: Who are you?\nSmith: Nobody.\n\nAnd so on.\n';
  const { articles } = await read([
    file('a.txt', head),
    file('b.txt', dialogue),
    file('c.txt', 'Time: it is late\nSmith: No.\n\nSo.'),
  ]);
  expect(articles).toMatchObject([
    { bylines: ['Ann Writer'], title: 'River', publishedAt: Date.UTC(2019, 5, 9), text: 'Words of it.\n' },
    { bylines: [], text: dialogue },
    { bylines: [], text: 'Time: it is late\nSmith: No.\n\nSo.' },
  ]);
});

it.each<[string, number[] | string, RegExp]>([
  ['a.xlsx', [80, 75, 3, 4, 0, 0], /a zip archive, as are documents.*save it as CSV/],
  ['a.doc', [0xd0, 0xcf, 0x11, 0xe0, 0xa1], /an old Office program/],
  ['a.jsonl', 'SQLite format 3\0', /an SQLite database/],
  [
    'a.tar',
    `ann/1.txt${'\0'.repeat(248)}ustar${'\0'.repeat(250)}The river.`,
    /a tar archive\. Unpack it and give the folder, or pack that as \.zip/,
  ],
])('%s is no text: what it is, and what to do', async (path, content, said) => {
  const bytes = typeof content === 'string' ? content : Uint8Array.from(content);
  const corpus = await read([file(path, bytes), file('b.jsonl', '{"author":"Ann","text":"Words"}')]);
  expect(troubles(corpus)).toMatchObject([expect.stringMatching(said)]);
});

it.each(['\\N', '#N/A', '(null)', '<NA>', 'NaN', '[deleted]'])('%j is nobody', async (author) => {
  expect((await read([file('a.jsonl', JSON.stringify({ author, text: 'Words' }))])).articles[0]!.bylines).toEqual([]);
});

it('a table of articles without texts beside pages asks for no field', async () => {
  const corpus = await read([file('posts.csv', 'post_id,audience\n1,all\n'), file('a.html', page('', article()))]);
  expect(troubles(corpus).map((t) => t.split(' | ')[0])).toEqual(['no-bylines', 'no-text']);
});
