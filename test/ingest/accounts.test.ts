import { describe, expect, it } from 'vitest';
import { file, lines, read, troubles } from './reading.js';

const TEXT = 'Some words about a river and a town, and more of them. '.repeat(5).trim();
const OTHER = `Other ${TEXT}`;

/** "byline: beginning of the text" of each article. */
async function said(path: string, content: unknown): Promise<string[]> {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  const { articles } = await read([file(path, text)]);
  return articles.map((a) => `${a.bylines.join(' + ')}: ${a.text.slice(0, 10)}`);
}

const BOTH = ['Ann Writer: Some words', 'Ben Other: Other Some'];

describe('exports of accounts and systems', () => {
  it('Ghost: posts, and whose they are in tables beside them', async () => {
    const users = [{ id: 'u1', name: 'Ann Writer', slug: 'ann' }, { id: 'u2', name: 'Ben Other', slug: 'ben' }]; // prettier-ignore
    const posts = [{ id: 'p1', title: 'A', html: `<p>${TEXT}</p>` }, { id: 'p2', title: 'B', html: `<p>${OTHER}</p>` }]; // prettier-ignore
    const wrote = [{ id: 'x', post_id: 'p1', author_id: 'u1' }, { id: 'y', post_id: 'p2', author_id: 'u2' }]; // prettier-ignore
    const dump = { db: [{ meta: { version: '5' }, data: { posts, posts_authors: wrote, users } }] };
    const { articles } = await read([file('a.json', JSON.stringify(dump))]);
    expect(articles.map((a) => a.bylines)).toEqual([['Ann Writer'], ['Ben Other']]);
    const together = {
      db: [{ data: { posts, posts_authors: [...wrote, { post_id: 'p1', author_id: 'u2' }], users } }],
    };
    const second = await read([file('a.json', JSON.stringify(together))]);
    expect(second.articles.map((a) => a.bylines)).toEqual([['Ann Writer', 'Ben Other'], ['Ben Other']]);
  });

  it('X: the names of authors that posts name by number; twin: a name stays, an unknown number too', async () => {
    const users = [{ id: '7', name: 'Ann Writer', username: 'annw' }, { id: '8', name: 'Ben Other' }]; // prettier-ignore
    const page = (a: object, b: object) => ({ data: [{ id: '1', text: TEXT, ...a }, { id: '2', text: OTHER, ...b }], includes: { users } }); // prettier-ignore
    expect(await said('a.json', page({ author_id: '7' }, { author_id: '8' }))).toEqual(BOTH);
    expect(await said('a.jsonl', lines(page({ author_id: '7' }, { author_id: '8' }), page({ author_id: '8' }, { author_id: '7' })))).toHaveLength(4); // prettier-ignore
    const named = page({ author: 'Cy Third', editor: 7 }, { author: '9' });
    expect(await said('a.json', named)).toEqual(['Cy Third: Some words', '9: Other Some']);
  });

  it('posts that only repeat somebody else’s are passed over, and counted; twins: posts that others repeated, that quote, or that name', async () => {
    const post = { author: 'Ann Writer', text: TEXT };
    const reposts = [
      { ...post, text: `RT @ben: ${TEXT}` },
      { ...post, retweet: true },
      { ...post, is_retweet: 1 },
      { ...post, post_type: 'RETWEET' },
      { ...post, retweeted_status: { id: 7 } },
      { ...post, retweet_tweetid: '870' },
      { ...post, reblog: { id: '1' } },
      { ...post, type: 'Announce' },
      { ...post, referenced_tweets: [{ type: 'retweeted', id: '7' }] },
      { ...post, forwarded_from: 'Some channel' },
    ];
    const { articles, notices } = await read([
      file('a.jsonl', lines(...reposts, { author: 'Ben Other', text: OTHER })),
    ]);
    expect(articles.map((a) => a.bylines)).toEqual([['Ben Other']]);
    expect(notices.filter((n) => n.code === 'repost')).toHaveLength(reposts.length);
    const own = [
      post,
      { ...post, text: `He wrote RT @ben: ${TEXT}` },
      { ...post, retweet: 1, is_retweet: 'false', retweet_tweetid: 'nan', retweeted_status: null, reblog: null },
      { ...post, retweeted: true, retweet_count: 12, post_type: 'QUOTE_TWEET', type: 'Note' },
      { ...post, referenced_tweets: [{ type: 'quoted', id: '7' }], forwarded_from: '', forwards: 3 },
    ];
    expect(await said('b.jsonl', lines(...own.map((o, i) => ({ ...o, id: `b${i}` }))))).toHaveLength(own.length);
  });

  it('Telegram: all chats of an account', async () => {
    const list = [
      { name: 'Chat', type: 'personal_chat', id: 1, messages: [{ id: 1, from: 'Ann Writer', text: TEXT }] },
      { name: 'Group', type: 'private_group', id: 2, messages: [{ id: 2, from: 'Ben Other', text: OTHER }] },
    ];
    expect(await said('result.json', { about: 'Here is the data', chats: { about: 'This page', list } })).toEqual(BOTH);
  });

  it('Mastodon and Hugging Face: what is wrapped', async () => {
    const note = { type: 'Create', object: { type: 'Note', content: `<p>${TEXT}</p>`, attributedTo: 'https://m.example/users/ann' } }; // prettier-ignore
    const outbox = await read([
      file('outbox.json', JSON.stringify({ type: 'OrderedCollection', orderedItems: [note] })),
    ]);
    expect(outbox.articles[0]!.bylines).toEqual(['https://m.example/users/ann']);
    const rows = [{ row_idx: 0, row: { text: TEXT, author: 'Ann Writer' } }, { row_idx: 1, row: { text: OTHER, author: 'Ben Other' } }]; // prettier-ignore
    expect(await said('rows.json', { features: [{ name: 'text' }], rows })).toEqual(BOTH);
  });

  it('Facebook: letters written out byte by byte; twin: a text that is what it says', async () => {
    const bytewise = (text: string): string => Buffer.from(text).toString('latin1');
    const messages = [{ sender_name: bytewise('José Núñez'), content: bytewise(`Don’t. ${TEXT}`) }];
    const corpus = await read([file('message_1.json', JSON.stringify({ title: 'G', messages }))]);
    expect(corpus.articles[0]).toMatchObject({ bylines: ['José Núñez'], text: `Don’t. ${TEXT}` });
    const honest = { author: 'José Núñez', text: `Ã la carte, «café». ${TEXT}` };
    expect((await read([file('a.json', JSON.stringify([honest]))])).articles[0]).toMatchObject({ text: honest.text });
  });

  it('one account a folder: the folders are the bylines, and that is told; twin: one folder, or a field that names them', async () => {
    const posts = JSON.stringify([{ text: TEXT }, { text: OTHER }]);
    const corpus = await read([file('d/ann/a.json', posts, 'ann'), file('d/ben/a.json', posts, 'ben')]);
    expect(corpus.articles.map((a) => a.bylines[0])).toEqual(['ann', 'ann', 'ben', 'ben']);
    expect(troubles(corpus)).toEqual([
      'bylines-from | no field of the files in "ann", "ben" is known to hold a byline: these folders are taken for the bylines. If a field holds it, name it with --map author=FIELD',
    ]);
    await expect(read([file('d/ann/a.json', posts, 'ann')])).rejects.toMatchObject({
      message: 'no byline found: none of the fields "text" is known to hold one',
      hint: 'Add a field "author" that says who wrote what, or put what each person wrote in a folder named after the person.',
    });
    const signed = lines({ author: 'Ann Writer', text: TEXT }, { text: OTHER });
    const half = await read([file('d/x/a.jsonl', signed, 'x'), file('d/y/a.jsonl', signed.replace('Ann', 'Ben'), 'y')]);
    expect(half.articles.map((a) => a.bylines.join())).toEqual(['Ann Writer', '', 'Ben Writer', '']);
  });

  it('Notion: properties below the heading; twin: a text that begins with a word and a colon', async () => {
    const page = `# River town\n\nAuthor: Ann Writer\nPublished: June 9, 2019\nStatus: Done\n\n${TEXT}\n`;
    const [article] = (await read([file('a/x.md', page, 'Articles 1a2b')])).articles;
    expect(article).toMatchObject({ bylines: ['Ann Writer'], title: 'River town', publishedAt: Date.UTC(2019, 5, 9) });
    expect(article!.text).not.toContain('Status');
    const prose = `# River town\n\nNote: the town\nTown: the note\n\n${TEXT}\n`;
    expect((await read([file('a/x.md', prose, 'Ann')])).articles[0]!.text).toContain('Note: the town');
  });
});

describe('chats as text', () => {
  const android = `12/31/18, 9:00 PM - Messages and calls are end-to-end encrypted.\n1/2/19, 9:05 AM - Ann Writer: ${TEXT}\nand a second line: here\n1/13/19, 10:00 AM - Ben Other: ${OTHER}\n1/14/19, 10:00 AM - Ben Other: <Media omitted>\n`;
  const ios = `[31.12.18, 21:00:00] Group: \u200eMessages and calls are end-to-end encrypted.\n[02.01.19, 09:05:00] Ann Writer: ${TEXT}\n\u200e[13.01.19, 10:00:00] Ben Other: ${OTHER}\n`;

  it.each([
    ['Android', android, 2],
    ['iOS', ios, 1],
  ])('%s', async (_, text, system) => {
    const corpus = await read([file('_chat.txt', text)]);
    expect(corpus.articles.map((a) => a.bylines[0])).toEqual(['Ann Writer', 'Ben Other']);
    expect(corpus.articles.map((a) => new Date(a.publishedAt!).toISOString().slice(0, 10))).toEqual(['2019-01-02', '2019-01-13']); // prettier-ignore
    expect(corpus.notices.find((n) => n.code === 'chat')!.message).toContain(`${system} line`);
    expect(troubles(corpus)).toEqual([]);
  });

  it('twin: an article that begins with a date', async () => {
    const text = `1/2/19, 9:05 AM - the river rose: slowly at first.\n\n${TEXT}\n`;
    expect((await read([file('ann/a.txt', text, 'Ann')])).articles.map((a) => a.bylines[0])).toEqual(['Ann']);
  });
});

describe('dumps of databases', () => {
  it.each([
    ['a.sql', '-- MySQL dump\nCREATE TABLE `posts` (`id` int);\nINSERT INTO `posts` VALUES (1);\n'],
    ['dump.txt', '--\n-- PostgreSQL database dump\n--\nSET x = 1;\nCOPY public.posts (id, body) FROM stdin;\n1\tx\n'],
  ])('%s is told, with a way out', async (path, text) => {
    await expect(read([file(path, text)])).rejects.toMatchObject({
      message: `nothing could be read. ${path}: passed over: it is a dump of a database (SQL). Load it into the database, and export the table of articles, with its names of columns, as CSV or JSON`,
    });
  });

  it('twin: an article about SQL', async () => {
    const text = `Create table reservations early.\n\nINSERT INTO posts is what you type.\n\n${TEXT}`;
    expect((await read([file('ann/a.txt', text, 'Ann')])).articles).toHaveLength(1);
  });

  it('is asked of any text without end: comments can be read in one way alone', async () => {
    const text = `${'/**/'.repeat(3000)}x\nINSERT INTO posts VALUES (1);\n\n${TEXT}`;
    expect((await read([file('ann/a.txt', text, 'Ann')])).articles).toHaveLength(1);
  });
});
