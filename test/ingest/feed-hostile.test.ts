import fc from '../random.js';
import { describe, expect, it } from 'vitest';
import { feed, FEEDS, good, infos, said, three } from './feeds.js';
import { file, read, troubles } from './reading.js';

describe('hostile feeds', () => {
  const ann = (n: number, text = 'Words'): string =>
    `<item><guid>${n}</guid><author>Ann Writer</author><description>${text}</description></item>`;
  const ids = async (content: string): Promise<string[]> =>
    (await read([file('a.xml', content), good])).articles.map((a) => a.id).filter((id) => id !== 'good');
  const full = 'Words of it. '.repeat(200);

  it('no entity is expanded but the five of XML', async () => {
    const bomb = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('\n');
    const content = `<?xml version="1.0"?>\n<!DOCTYPE rss [<!ENTITY l0 "lol">${bomb}<!ENTITY x SYSTEM "file:///etc/passwd">]>\n${feed(ann(1, '&l9;&x;&lt;'))}`;
    const corpus = await read([file('a.xml', content)]);
    expect(corpus.articles[0].text).toBe('&l9;&x;<');
    expect(infos(corpus)).toEqual([
      'loose-xml | a.xml, line 12: not strictly XML (undefined entity); read as it stands (2 such places)',
    ]);
  });

  it('broken XML costs its item, and a notice says the line', async () => {
    const broken = `${ann(1)}\n${ann(2)}\n<item><title>B</title>\n<description>x</b></description></item>\n${ann(4)}\n${ann(5)}`;
    expect(await ids(feed(broken))).toEqual(['1', '2', '4', '5']);
    expect(await said(feed(broken))).toEqual([
      'broken-xml | a.xml, line 5: not well-formed XML (unexpected close tag); the item is passed over',
    ]);
  });

  it('broken XML between items costs no item', async () => {
    const broken = feed(`${ann(1)}\n${ann(2)}\n<a></b>\n${ann(3)}`);
    expect(await ids(broken)).toEqual(['1', '2', '3']);
    expect(await said(broken)).toEqual([
      'broken-xml | a.xml, line 4: not well-formed XML (unexpected close tag); what stands before the next item is passed over',
    ]);
    expect(await ids(broken.replace('<title>T', '<title>T</b>'))).toEqual(['1', '2', '3']);
  });

  it('an end that is missing costs what is open', async () => {
    const cut = feed(`${ann(1, full)}\n${ann(2, full)}\n${ann(3)}`).slice(0, -40);
    expect(await ids(cut)).toEqual(['1', '2']);
    expect((await said(cut))[0]).toMatch(
      /^xml-given-up \| a\.xml, line 4: .*it ends too early.*; the rest of the file/,
    );
    const open = feed(`${ann(1)}\n<item><description><![CDATA[never closed</description></item>\n${ann(3)}\n${ann(4)}`);
    expect(await ids(open)).toEqual(['1', '3', '4']);
  });

  it('a feed in which every item is broken is given up', async () => {
    const content = feed(`${ann(1)}\n${'<item><a></b></item>\n'.repeat(5000)}${ann(2)}`);
    expect(await ids(content)).toEqual(['1']);
    const told = await said(content);
    expect(told.filter((t) => t.startsWith('broken-xml'))).toHaveLength(10);
    expect(told.filter((t) => t.startsWith('xml-given-up | a.xml, line 103: '))).toHaveLength(1);
  });

  it.each([
    ['a million open tags', '<a>'.repeat(1_000_000), 'more than 500 elements'],
    ['attributes by the thousand', `<a ${Array.from({ length: 20_000 }, (_, i) => `b${i}=""`).join(' ')}/>`, 'more than 10000 attributes'],
    ['vocabularies by the thousand', `<a ${Array.from({ length: 20_000 }, (_, i) => `xmlns:b${i}="u"`).join(' ')}/>`, 'more than 10000 attributes'],
  ])('%s cost their item', async (_, inside, why) => {
    const content = feed(`${ann(1)}\n<item>${inside}</item>\n${ann(3)}`);
    expect(await ids(content)).toEqual(['1', '3']);
    expect((await said(content))[0]).toContain(why);
  }); // prettier-ignore

  it('a text of 90 MB in one element is cut, of more passed over', async () => {
    const text = (mb: number): string => 'many words '.repeat((mb * 1e6) / 11);
    for (const [from, to] of [['', ''], ['<![CDATA[', ']]>']]) {
      const corpus = await read([file('a.xml', feed(ann(1, `${from}${text(90)}${to}`))), good]);
      expect(corpus.articles[0].text.length).toBeLessThanOrEqual(2_000_000);
      expect(troubles(corpus)[0]).toMatch(/^article-too-long \| a\.xml, line 2/);
    } // prettier-ignore
    const whole = feed(`${ann(1)}\n${ann(2, `<![CDATA[${text(110)}]]>`)}\n${ann(3)}`);
    expect(await ids(whole)).toEqual(['1', '3']);
    expect((await said(whole))[0]).toMatch(/^too-large \| a\.xml, line 3: an item of 110\d+ characters/);
  }, 60_000);

  it('an "&" that stands for itself is read, wherever it stands', async () => {
    const url = '<a:link xmlns:a="http://www.w3.org/2005/Atom" href="https://example.org/?a=1&b=2"/>';
    const bare = `<item><title>B & W</title>${url}<description>AT&T &amp; Q&A; said & &#33; &</description></item>`;
    const content = feed(`${ann(1)}\n${bare}\n${ann(3)}`);
    const corpus = await read([file('a.xml', content)]);
    expect(corpus.articles[2]).toMatchObject({
      title: 'B & W',
      url: 'https://example.org/?a=1&b=2',
      text: 'AT&T & Q&A; said & ! &',
    });
    expect(infos(corpus)[0]).toMatch(/^loose-xml \| a\.xml, line 3: .*"&amp;"/);
  });

  it('control characters stay as they are, and are told', async () => {
    const corpus = await read([file('a.xml', feed(ann(1, `a\u0001b &#1; ${full}`)))]);
    expect(corpus.articles[0].text).toContain('a\u0001b &#1; Words');
    expect(infos(corpus)[0]).toMatch(/^loose-xml \| a\.xml, line 2: .*\(2 such places\)$/);
  });

  it('names of objects are names like others', async () => {
    const content = feed(
      `<item><__proto__>x</__proto__><constructor>y</constructor>&constructor;<description>Words</description></item>`,
    );
    expect((await read([file('a.xml', content), good])).articles[0].text).toBe('Words');
  });

  it('feeds one behind the other are all read, each with its own title', async () => {
    const second = feed(ann(2)).replace('<title>T<', '<title>U<');
    const { articles } = await read([
      file('-', `<?xml version="1.0"?>${feed(ann(1))}\n<?xml version="1.0"?>\n${second}`),
    ]);
    expect(articles.map((a) => [a.id, a.outlet])).toEqual([['1', 'T'], ['2', 'U']]); // prettier-ignore
  });

  it('the encoding of the prolog is believed', async () => {
    const text = 'Слова и ещё слова';
    const content = feed(ann(1, text)).replace(/^/, '<?xml version="1.0" encoding="windows-1251"?>\n');
    const cyrillic = Uint8Array.from(content, (c) => {
      const code = c.charCodeAt(0);
      return code < 128 ? code : c === 'ё' ? 0xb8 : code - 0x410 + 0xc0;
    });
    expect((await read([file('a.xml', cyrillic)])).articles[0].text).toBe(text);
    expect((await read([file('-', cyrillic)])).articles[0].text).toBe(text);
    const wide = Buffer.from(`\ufeff${content.replace('windows-1251', 'utf-16')}`, 'utf16le');
    expect((await read([file('a.xml', wide)])).articles[0].text).toBe(text);
    // Bytes that say so in single bytes are no UTF-16.
    const damaged = Buffer.concat([Buffer.from(content.replace('windows-1251', 'utf-16')), Uint8Array.of(0xff)]);
    expect((await read([file('a.xml', damaged)])).articles[0].text).toBe(text);
  });

  it('what a piece of the stream cuts in two is read as one', async () => {
    const inside = `<author>Ann Ü</author><w>B & W</w><title><![CDATA[a] ]]]]><![CDATA[>\r\nÜ]]></title>\r\n<description>x &amp; &#33;é &nbsp;<![CDATA[a]] ]]]]><![CDATA[>\r\nb]]> y</description>`;
    const link = '<a:link\nxmlns:a="http://www.w3.org/2005/Atom" href="/?a=1&amp;b=é&c"></a:link>';
    const snippet = `<item><guid>2</guid>${inside}${link}</item>\r\n<item><guid>3</guid><description>z</description></item>`;
    const before = feed('').length + `<item><description></description></item>`.length;
    for (let n = -20; n < snippet.length + 60; n++) {
      const pad = `<item><description>${'w'.repeat(2 ** 20 - before - n)}</description></item>`;
      const { articles, notices } = await read([file('a.xml', feed(`${pad}${snippet}`)), good]);
      expect(articles.map((a) => [a.id, a.bylines[0], a.title, a.url, a.source.line])).toEqual([
        ['2', 'Ann Ü', 'a] ]]> Ü', '/?a=1&b=é&c', 2],
        ['3', undefined, null, null, 7],
        ['a.xml#2', undefined, null, null, 2],
        ['good', 'Zoe Good', null, null, 1],
      ]);
      expect(articles[0].text).toBe('x & !é &nbsp;a]] ]]>\nb y');
      expect(notices.filter((one) => one.code === 'broken-xml')).toEqual([]);
    }
  }, 60_000);

  it('never throws anything but a UserError, whatever becomes of the bytes', async () => {
    const starts = Object.values(FEEDS).map((write) => new TextEncoder().encode(write(three)));
    const edit = fc.record({ at: fc.nat(5000), byte: fc.constantFrom(...Buffer.from('<>&;]![-?/"\'=:\r\n\0x\xff', 'latin1')), cut: fc.nat(30) }); // prettier-ignore
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...starts), fc.array(edit, { maxLength: 8 }), async (bytes, edits) => {
        let mutated = Buffer.from(bytes);
        for (const { at, byte, cut } of edits) {
          const place = at % mutated.length;
          mutated = Buffer.concat([mutated.subarray(0, place), Uint8Array.of(byte), mutated.subarray(place + cut)]);
          if (mutated.length === 0) return;
        }
        const corpus = await read([file('a.xml', mutated), good]);
        expect(corpus.articles.some((a) => a.id === 'good')).toBe(true);
        expect(corpus.articles.every((a) => a.source.line !== 0)).toBe(true);
      }),
      { numRuns: 400 },
    );
  }, 60_000);
});
