import fc from '../random.js';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { clean } from '../../src/clean/clean.js';
import { ingest } from '../../src/ingest/ingest.js';
import { readSources } from '../../src/io/io.js';
import type { Article, Corpus } from '../../src/types/types.js';
import {
  atom,
  feed,
  FEEDS,
  good,
  infos,
  made,
  OUTLET,
  post,
  rss2,
  said,
  three,
  wordpress,
  wxr,
  type Made,
} from './feeds.js';
import { file, lines, read, troubles } from './reading.js';

/** The articles of a file; another has a byline, so that none here needs one. */
const all = async (content: string, path = 'a.xml'): Promise<Article[]> =>
  (await read([file(path, content), good])).articles.filter((a) => a.id !== 'good');
const one = async (content: string, path = 'a.xml'): Promise<Article> => (await all(content, path))[0];
const facts = ({ articles }: Corpus) =>
  articles.map(({ id, bylines, title, publishedAt, url, outlet }) => ({
    id,
    bylines,
    title,
    publishedAt,
    url,
    outlet,
  }));

describe('each feed gives what the same articles give as JSON Lines', () => {
  const parity = async (items: readonly Made[], write: (items: readonly Made[]) => string): Promise<void> => {
    const asLines = await read([file('a.jsonl', lines(...items.map((item) => ({ ...item, outlet: OUTLET }))))]);
    const asFeed = await read([file('a.xml', write(items))]);
    expect(facts(asFeed)).toEqual(facts(asLines));
    const texts = async (corpus: Corpus): Promise<string[]> => (await clean(corpus)).documents.map((d) => d.text);
    expect(await texts(asFeed)).toEqual(await texts(asLines));
    expect(asFeed.articles.map((a) => a.markup)).toEqual(asLines.articles.map((a) => a.markup));
  };

  it.each(Object.entries(FEEDS))('%s', async (_, write) => {
    await parity(three, write);
    const corpus = await read([file('a.xml', write(three))]);
    expect(corpus.articles).toHaveLength(3);
    expect(troubles(corpus).filter((t) => !t.startsWith('summaries'))).toEqual([]);
  });

  it.each(Object.entries(FEEDS))('%s, whatever is written', async (_, write) => {
    const words = fc.string({ unit: 'grapheme' }).map((s) => `${s.replace(/[\p{Cc}<>&[\]]/gu, ' ')} and words`);
    const item = fc.record({ title: words, text: words.map((w) => `<p>${w} &amp; more</p><p>${w}.</p>`) });
    await fc.assert(
      fc.asyncProperty(fc.array(item, { minLength: 1, maxLength: 4 }), (items) =>
        parity(
          items.map((given, n) => made(n, given)),
          write,
        ),
      ),
      { numRuns: 30 },
    );
  });

  it.each(Object.entries(FEEDS))('%s, in any order of items, packed, and from standard input', async (_, write) => {
    const whole = await read([file('a.xml', write(three))]);
    const other = [file('a.xml', write(three.toReversed())), file('-', write(three))];
    for (const source of other) expect(facts(await read([source]))).toEqual(facts(whole));
    const folder = mkdtempSync(join(tmpdir(), 'feeds-'));
    writeFileSync(join(folder, 'a.rss.gz'), gzipSync(write(three)));
    writeFileSync(join(folder, 'a.exe'), write(three));
    expect(facts(await ingest(readSources([folder])))).toEqual(facts(whole));
    rmSync(folder, { recursive: true });
  });
});

describe('bylines', () => {
  const author = async (inside: string): Promise<readonly string[]> =>
    (
      await one(`<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><item>${inside}
      <description>Words</description></item></channel></rss>`)
    ).bylines;

  it('are creators, else the name behind the address', async () => {
    expect(await author('<author>a@b.org (Bob Scribe)</author><dc:creator>Ann Writer</dc:creator>')).toEqual([
      'Ann Writer',
    ]);
    expect(await author('<dc:creator>Ann Writer</dc:creator><dc:creator>Bob Scribe</dc:creator>')).toEqual([
      'Ann Writer',
      'Bob Scribe',
    ]);
    expect(await author('<dc:creator> </dc:creator><author>a@b.org (Bob Scribe)</author>')).toEqual(['Bob Scribe']);
    expect(await author('<author>Bob Scribe</author>')).toEqual(['Bob Scribe']);
  });

  it('go by namespaces, not by prefixes', async () => {
    expect(await author('<x:creator xmlns:x="http://purl.org/dc/elements/1.1/">Ann Writer</x:creator>')).toEqual([
      'Ann Writer',
    ]);
    const twin =
      '<dc:creator xmlns:dc="urn:other">Ann Writer</dc:creator><author xmlns="urn:other">Ann Writer</author>';
    expect(await author(twin)).toEqual([]);
    const text = '<m:content xmlns:m="http://search.yahoo.com/mrss/">A caption</m:content>';
    expect((await one(feed(`<item><description>Words</description>${text}</item>`))).text).toBe('Words');
  });

  it('of an Atom feed stand for entries that have none, wherever they are written', async () => {
    const entries = atom([made(1, { author: null }), made(2, { author: 'Bob Scribe' })]);
    const several = '<author><name>Ann Writer</name></author><author><name>Cid Third</name></author>';
    for (const place of [/(?=<entry>)/, /(?=<\/feed>)/]) {
      const corpus = await read([file('a.atom', entries.replace(place, several))]);
      expect(corpus.articles.map((a) => a.bylines)).toEqual([['Ann Writer', 'Cid Third'], ['Bob Scribe']]);
    }
    const source = '<source><title>Elsewhere</title><author><name>Dee Fourth</name></author></source>';
    const taken = atom([made(1, { author: null })]).replace('<content', `${source}<content`);
    expect(await one(taken)).toMatchObject({ bylines: ['Dee Fourth'], outlet: 'Elsewhere' });
  });

  it('of WordPress are display names where there are any, also below the posts', async () => {
    const list = (login: string, name: string): string =>
      `<wp:author><wp:author_login>${login}</wp:author_login><wp:author_display_name>${name}</wp:author_display_name></wp:author>`;
    const posts = ['ann', 'bob', 'cid'].map((login) =>
      post(`<guid>${login}</guid><dc:creator>${login}</dc:creator><content:encoded>Words</content:encoded>`),
    );
    const authors = [list('ann', 'Ann Writer'), list('bob', '')];
    for (const inside of [
      [...authors, ...posts],
      [...posts, ...authors],
    ]) {
      const { articles } = await read([file('a.wxr', wxr(inside.join('')))]);
      expect(articles.map((a) => a.bylines)).toEqual([['Ann Writer'], ['bob'], ['cid']]);
    }
  });

  it('that no item has end the reading, and the elements there are get named', async () => {
    const content = feed('<item><description>Words</description><w:by xmlns:w="urn:w">Ann</w:by></item>');
    await expect(read([file('a.xml', content)])).rejects.toThrow(/no byline found: .*"\{urn:w\}by"/);
  });

  it('can be mapped to another element', async () => {
    const content = feed('<item><description>Words</description><w:by xmlns:w="urn:w">Ann Writer</w:by></item>');
    const { articles } = await read([file('a.xml', content)], { map: { author: '{urn:w}by' } });
    expect(articles[0].bylines).toEqual(['Ann Writer']);
    await expect(read([file('a.xml', content)], { map: { author: 'w:by' } })).rejects.toThrow(/\{urn:w\}by/);
  });
});

describe('texts, dates, addresses and places', () => {
  it('take the full text, and tell of beginnings', async () => {
    const items = (n: number, full: number): string =>
      Array.from(
        { length: n },
        (_, i) =>
          `<item><guid>${i}</guid><author>Ann Writer</author><description>A beginning …</description>${i < full ? '<c:encoded xmlns:c="http://purl.org/rss/1.0/modules/content/">All of it</c:encoded>' : ''}</item>`,
      ).join('');
    const { articles } = await read([file('a.xml', feed(items(2, 1)))]);
    expect(articles.map((a) => a.text)).toEqual(['All of it', 'A beginning …']);
    const told = async (content: string): Promise<string[]> => troubles(await read([file('a.xml', content)]));
    expect(await told(feed(items(4, 2)))).toEqual([]);
    expect(await told(feed(items(5, 2)))).toEqual([
      'summaries | a.xml: 3 of 5 items hold a short description and no full text: feeds often hold beginnings only',
    ]);
    const long = `<item><author>Ann Writer</author><description>${'Words of it. '.repeat(200)}</description></item>`;
    expect(await told(feed(long))).toEqual([]);
  });

  it('keep what XHTML says apart from what it marks', async () => {
    const xhtml = `<content type="xhtml"><h:div xmlns:h="http://www.w3.org/1999/xhtml"><h:p title="a &lt; b">1 &lt; 2<h:br/> &amp;amp;</h:p></h:div></content>`;
    const { text } = await one(`<feed xmlns="http://www.w3.org/2005/Atom"><entry>${xhtml}</entry></feed>`);
    expect(text).toBe(
      '<div xmlns:h="http://www.w3.org/1999/xhtml"><p title="a &#60; b">1 &lt; 2<br> &amp;amp;</p></div>',
    );
    const picture = '<content type="image/png">iVBORw0KGgo=</content><summary>Words</summary>';
    expect((await one(`<feed xmlns="http://www.w3.org/2005/Atom"><entry>${picture}</entry></feed>`)).text).toBe(
      'Words',
    );
  });

  it('CDATA and entities are one text', async () => {
    const text =
      '<description>One &amp; <![CDATA[two <b> & ]]]]><![CDATA[> three]]> &#8217;four&#x2019; &lt;p&gt;</description>';
    expect((await one(feed(`<item>${text}</item>`))).text).toBe('One & two <b> & ]]> three ’four’ <p>');
  });

  it('places are the lines on which items begin', async () => {
    const items =
      '<item><description>a</description>\r\n</item>\n\n<item\n><description><![CDATA[b\n\n]]></description></item><item>\r<description>c</description></item>';
    const articles = await all(feed(items));
    expect(articles.map((a) => [a.text.trim(), a.source.line])).toEqual([['a', 2], ['b', 5], ['c', 8]]); // prettier-ignore
    expect(articles[0].id).toBe('a.xml#2');
  });

  it('dates are those of publication', async () => {
    const date = async (inside: string): Promise<number | null> =>
      (await one(`<feed xmlns="http://www.w3.org/2005/Atom"><entry>${inside}<summary>Words</summary></entry></feed>`))
        .publishedAt;
    const [updated, published] = ['<updated>2020-01-01</updated>', '<published>2019-01-01</published>'];
    expect(await date(updated + published)).toBe(Date.UTC(2019, 0, 1));
    expect(await date(updated)).toBe(Date.UTC(2020, 0, 1));
  });
});

describe('WordPress exports', () => {
  it('count what is not a published post or page', async () => {
    const text = '<content:encoded>Words</content:encoded><dc:creator>Ann Writer</dc:creator>';
    const posts = [
      post(`<guid>1</guid>${text}`),
      post(`<guid>2</guid>${text}`, 'page'),
      post(text, 'post', 'draft'),
      post(text, 'attachment', 'inherit'),
      post(text, 'attachment', 'inherit'),
      post(text, 'nav_menu_item'),
      post(text, 'revision', 'inherit'),
    ];
    const corpus = await read([file('a.xml', wxr(posts.join('\n')))]);
    expect(corpus.articles.map((a) => a.id)).toEqual(['1', '2']);
    expect(infos(corpus)).toEqual([
      'unpublished | a.xml: passed over what is not a published post or page: 2 attachment, 1 draft post, 1 nav_menu_item, 1 revision',
    ]);
    await expect(read([file('a.xml', wxr(post(text, 'post', 'draft')))])).rejects.toThrow(/1 draft post/);
  });

  it('hold no comments among their articles', async () => {
    const { articles } = await read([file('a.xml', wordpress(three))]);
    expect(articles.some((a) => /First!|Commenter|Nobody/.test(JSON.stringify(a)))).toBe(false);
  });
});

describe('what is no feed', () => {
  it.each([
    ['other XML', '<?xml version="1.0"?>\n<catalog><item><description>x</description></item></catalog>', /<catalog>, which is not a feed/],
    ['an HTML page', '<?xml version="1.0"?>\n<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"></html>', /<html>.*call it \.html/],
    ['a feed of goods', '<feed xmlns="urn:goods"><entry/></feed>', /<feed>, which is not a feed/],
    ['prose', 'Dear reader,\n\nthis is a letter.', /not XML/],
    ['an unfinished tag', '<rss version="2.0"', /not XML/],
  ])('%s is told, with what was found', async (_, content, message) => {
    const found = await said(content);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^not-a-feed \| a\.xml: /);
    expect(found[0]).toMatch(message);
    await expect(read([file('a.xml', content)])).rejects.toMatchObject({ name: 'UserError' });
  }); // prettier-ignore

  it('a feed of another vocabulary below RDF holds no items', async () => {
    expect(await said('<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><x/></r:RDF>')).toEqual([
      'no-article | a.xml: a feed without items',
    ]);
  });

  it('prose about feeds is prose, and a page is a page', async () => {
    for (const prose of ['<rss> is a tag, she said.\n\nBy the way.', '<rss version="2.0"> is how it begins, says Ann.'])
      expect((await one(prose, '-')).text).toContain('<rss');
    const page = `<?xml version="1.0"?>\n<!-- a --><html><head><title>T</title></head><body><article>${'<p>Words of a page, many of them, in a row.</p>'.repeat(20)}</article></body></html>`;
    expect((await one(page, '-')).text).toContain('Words of a page');
    expect((await one(rss2(three), 'notes.txt')).text).toContain('<rss');
    expect((await one(`<rss ${'='.repeat(70_000)}`, '-')).text).toContain('<rss');
  });

  it('Blogger: comments, templates and drafts are no articles, and are counted', async () => {
    const kind = (term: string): string => `<category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#${term}"/>`; // prettier-ignore
    const entry = (id: string, inside: string): string => `<entry><id>${id}</id><title>T</title><author><name>Ann Writer</name></author><content type="html">Some words about ${id}.</content>${inside}</entry>`; // prettier-ignore
    const xml = `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:app="http://purl.org/atom/app#">${entry('a', kind('post'))}${entry('b', kind('comment'))}${entry('c', kind('template'))}${entry('d', `<app:control><app:draft>yes</app:draft></app:control>${kind('post')}`)}${entry('e', '<category term="comment"/>')}</feed>`; // prettier-ignore
    const corpus = await read([file('blog.xml', xml)]);
    expect(corpus.articles.map((a) => a.id)).toEqual(['a', 'e']);
    expect(corpus.notices.map((n) => n.message)).toEqual(['blog.xml: passed over what is not a published post or page: 1 comment, 1 draft post, 1 template']); // prettier-ignore
    const takeout = (type: string, status: string): string => `<blogger:type>${type}</blogger:type><blogger:status>${status}</blogger:status>`; // prettier-ignore
    const newer = `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:blogger="http://schemas.google.com/blogger/2018">${entry('a', takeout('POST', 'LIVE'))}${entry('b', takeout('COMMENT', 'LIVE'))}${entry('c', takeout('POST', 'DRAFT'))}</feed>`; // prettier-ignore
    expect((await read([file('blog.xml', newer)])).articles.map((a) => a.id)).toEqual(['a']);
  });
});
