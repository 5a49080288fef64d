import { describe, expect, it } from 'vitest';
import { article, cleaned, one, taken } from './corpus.js';

const BODY = [
  'The river rose in the night and the town slept through it.',
  'By morning the bridge was gone, and with it the only road.',
  'Nobody had been told, since nobody had been asked to tell.',
];
const prose = BODY.join('\n\n');

describe('the head of an article', () => {
  it('loses the line with its byline', async () => {
    for (const line of ['By Jane Roe', 'BY JANE ROE', 'Jane Roe', 'By Jane Roe, Staff Writer', 'By John Q. Public']) {
      const text = `${line}\n\n${prose}`;
      const d = await one(text);
      expect(d.text).toBe(prose);
      expect(taken(text, d, 'byline')).toEqual([line]);
    }
  });

  it('keeps a first line that only begins with "By"', async () => {
    for (const line of ['By the river', 'By then it was too late.', 'By Sunday nobody cared.']) {
      const text = `${line}\n\n${prose}`;
      expect((await one(text)).text).toBe(text);
    }
  });

  it('loses a dateline and keeps capitals that are none', async () => {
    for (const line of ['LONDON, June 5 (Reuters) - ', 'WASHINGTON — ', 'NEW YORK (AP) — '])
      expect((await one(line + prose)).text).toBe(prose);
    for (const line of [
      'NASA — the agency that lost it — said little. ',
      'BREAD AND ROSES were all they asked for. ',
    ]) {
      expect((await one(line + prose)).text).toBe(line + prose);
    }
  });

  it('loses the dateline of an agency without brackets', async () => {
    for (const line of ['BOGOTA, May 14 Reuter - ', 'WEST PALM BEACH, Fla, March 26, Reuter - '])
      expect((await one(line + prose)).text).toBe(prose);
    const honest = `APEC ministers agreed on Friday, AP - or nobody - says.\n\n${prose}`;
    expect((await one(honest)).text).toBe(honest);
  });

  it('loses what the desk says of its guest, and notes on where it was printed first', async () => {
    for (const [line, reason] of [
      ['Jane Roe is the director of the museum that keeps the stones.', 'biography'],
      ['Editor’s note: This is a guest post by Bo Lee, who keeps bees.', 'sharing'],
      ['This post originally appeared on the Lantern blog.', 'sharing'],
    ] as const) {
      const text = `${line}\n\n${prose}`;
      const d = await one(text);
      expect(d.text, line).toBe(prose);
      expect(taken(text, d, reason)).toEqual([line]);
    }
  });

  it('loses its byline’s name in the first sentence too, with initials or without, and no part of another name', async () => {
    const others = 'JaneRoes, Jane Roeder and Mary-Jane Roe2 stayed. Jane of Roe stayed too.';
    for (const name of ['Jane Roe', 'JANE ROE', 'Jane A. B. Roe', 'Jane-Roe']) {
      const text = `This summer we welcomed ${name} to the mill. ${others}\n\n${prose}\n\nIt was ${name} who left.`;
      const d = await one(text);
      expect(taken(text, d, 'byline'), name).toEqual([`${name} `, `${name} `]);
      expect(d.text).toContain(others);
    }
  });

  it('keeps an opening about somebody else, and what only sounds like a note', async () => {
    for (const line of [
      'Ann Poe is the director of the museum that keeps the stones.',
      'Editors note that nobody reads them.',
      'This post was first among the ones that held the bridge.',
      'Originally there was no bridge.',
    ]) {
      expect((await one(`${line}\n\n${prose}`)).text).toBe(`${line}\n\n${prose}`);
    }
    const short = 'Jane Roe is the name I was given.\n\nI never liked it.';
    expect((await one(short, { bylines: ['Roe'] })).text).toBe(short);
  });

  it('loses the title where it is repeated', async () => {
    expect((await one(`Night of the River\n\n${prose}`, { title: 'Night of the river' })).text).toBe(prose);
  });
});

describe('the tail of an article', () => {
  it('loses the biography of its byline', async () => {
    for (const bio of [
      'Jane Roe is a writer based in Leeds.',
      'Jane A. Roe teaches history at the open university and is the author of two books.',
      'Dr. Jane Roe works for the water board.',
      'The author is a fellow of the river institute.',
      'Follow her on Twitter.',
      'Jane Roe is a writer.\n\nShe lives in Leeds with two dogs.',
    ]) {
      const text = `${prose}\n\n${bio}`;
      const d = await one(text);
      expect(d.text, bio).toBe(prose);
      expect(taken(text, d, 'biography').join('\n\n')).toBe(bio);
    }
  });

  it('knows the byline in the spellings of dumps', async () => {
    for (const name of ['jane-roe', 'JaneRoe', 'jane_roe']) {
      expect((await one(`${prose}\n\nJane Roe is a writer based in Leeds.`, { bylines: [name] })).text).toBe(prose);
    }
  });

  it('loses a biography in its last line', async () => {
    for (const gap of [' ', '', '_**'])
      expect((await one(`${prose}${gap}Jane Roe is a writer based in Leeds.`, { markup: 'markdown' })).text).toBe(
        prose,
      );
    const about = `${prose} Ann Poe is a writer based in Leeds.`;
    expect((await one(about)).text).toBe(about);
  });

  it('loses who signed it, by whatever name, and how', async () => {
    for (const line of [
      '— Maria Gonzalez',
      '--Jane Roe',
      'Best, Jim',
      'Yours sincerely,',
      'Warmly,\n\nMaria C. Gonzalez',
    ]) {
      const text = `${prose}\n\n${line}`;
      const d = await one(text);
      expect(d.text, line).toBe(prose);
      expect(d.removed.map(({ reason }) => reason)).toContain(line === '--Jane Roe' ? 'byline' : 'signoff');
    }
  });

  it('keeps a last line that only begins like a signature, and a name with nothing above it', async () => {
    for (const line of [
      '— and then it was gone.',
      'Thanks, then, to all who came to see the bridge.',
      'Best, some say, to wait until the water falls',
      'Maria Gonzalez',
    ])
      expect((await one(`${prose}\n\n${line}`)).text).toBe(`${prose}\n\n${line}`);
  });

  it('keeps the end of an article about somebody', async () => {
    const about = `Ann Poe was born by the river.\n\n${prose}\n\nAnn Poe is the director of the museum that keeps the stones.`;
    expect((await one(about)).text).toBe(about);
  });

  it('keeps an opening about somebody who writes elsewhere', async () => {
    const text = `Jane Poe is a writer based in Leeds.\n\n${prose}`;
    expect((await one(text, { bylines: ['Bo Lee'] })).text).toBe(text);
  });

  it('never takes the whole article for a biography', async () => {
    expect((await one('Jane Roe is a writer based in Leeds.')).words).toBeGreaterThan(0);
  });

  it('loses sign-offs of newsrooms', async () => {
    for (const line of [
      '-- Sydney Newsroom 373-1800',
      '((London newsroom +44 171 542 7717))',
      '(Reporting by Ann Poe; Editing by Bo Lee)',
      'Additional reporting by Ann Poe in Rome',
      'London Newsroom +44 171 542 7950',
    ]) {
      const text = `${prose}\n\n${line}`;
      const d = await one(text);
      expect(d.text, line).toBe(prose);
      expect(taken(text, d, 'signoff')).toEqual([line]);
    }
    for (const end of [
      ' ((-- New York Newsroom 212 859 1610))',
      ' ((-- New York Newsrom 212 859 1610))1',
      ' -- 202-898-8312',
      ' -- London Newsroom +44 171 542 8864.',
    ])
      expect((await one(prose + end)).text).toBe(prose);
    for (const end of [
      ' The bill -- 202 of them, to be exact -- was paid.',
      ' It was over -- 1999-2000 was the last season.',
    ])
      expect((await one(prose + end)).text).toBe(prose + end);
  });

  it('keeps a last line about newsrooms and telephones', async () => {
    for (const line of [
      'The newsroom fell silent, and then all 373 telephones rang.',
      'Reporting by moonlight is harder than it sounds.',
      'The author is dead, or so they teach us.',
      'This was written by candlelight.',
      'Copyright is a promise that nobody kept.',
      'Posted on the door was a list of names.',
    ]) {
      expect((await one(`${prose}\n\n${line}`)).text).toBe(`${prose}\n\n${line}`);
    }
  });

  it('loses lists of other articles', async () => {
    const list = 'Related posts\n\nThe bridge that never was\n\nWho paid for the road?';
    const d = await one(`${prose}\n\n${list}`);
    expect(d.text).toBe(prose);
    expect((await one(`${prose}\n\nRead more: The bridge that never was`)).text).toBe(prose);
  });

  it('loses titles run together behind a heading, as Arabic papers print them', async () => {
    const own = 'كان النهر عاليا في تلك الليلة ولم ينم أحد في البلدة.';
    const list = 'مقالات أخرى للكاتبالجسر الذي لم يكنمن دفع ثمن الطريق؟';
    for (const text of [`${own}\n\n${own} ثم ذهبنا. ${list}`, `${own}\n\n${own} ثم ذهبنا.\n\n${list}`]) {
      expect((await one(text)).text).toBe(`${own}\n\n${own} ثم ذهبنا.`);
    }
    const honest = `${own}\n\nقرأت مقالات أخرى للكاتب نفسه ولم أجد فيها شيئا.`;
    expect((await one(honest)).text).toBe(honest);
  });

  it('keeps a last line that looks like such a heading', async () => {
    for (const line of [
      'Read more books.',
      'See also that the door is shut.',
      'Related to all this is the question of who pays.',
    ]) {
      expect((await one(`${prose}\n\n${line}`)).text).toBe(`${prose}\n\n${line}`);
    }
    const heading = `${prose}\n\nFurther reading\n\nThe first book I would read is my own. It is short. It says what I mean.\n\nThe second is longer. I have not read it.`;
    expect((await one(heading)).text).toBe(heading);
  });

  it('loses share lines, copyright and first-published notes', async () => {
    for (const line of [
      'Share this on Facebook',
      '© 2020 The Lantern. All rights reserved.',
      'This post was originally published on the Lantern blog.',
      'Subscribe to our newsletter',
      'Disclaimer: The views expressed here are those of the author.',
    ]) {
      const text = `${prose}\n\n${line}`;
      expect(taken(text, await one(text), 'sharing'), line).toEqual([line]);
    }
    const honest = `${prose}\n\nShare the blame, then, and subscribe to nothing.`;
    expect((await one(honest)).text).toBe(honest);
  });
});

describe('the byline inside the text', () => {
  it('is taken out where it stands whole, and only there', async () => {
    expect((await one('I am Jane Roe and I was there.\n\nJane was there too.')).text).toBe(
      'I am and I was there.\n\nJane was there too.',
    );
    expect((await one('They met Will Smith there.', { bylines: ['Ann Poe'] })).text).toBe('They met Will Smith there.');
    expect((await one('We like hope and glory.', { bylines: ['Hope'] })).text).toBe('We like hope and glory.');
  });
});

describe('what recurs', () => {
  const day = (i: number): string =>
    `Number ${'one two three four five six seven'.split(' ')[i]} of the days was ${'grey hot cold wet dry long short'.split(' ')[i]} and full of ${'bees rain dust snow cars mice bells'.split(' ')[i]}.`;
  const week = (line: string, n: number): ReturnType<typeof article>[] =>
    Array.from({ length: n }, (_, i) =>
      article(i % 2 === 0 ? `${day(i)}\n\n${line}` : `${day(i)} ${line}`, { id: `d${i}` }),
    );

  it('goes from all articles of a byline, as paragraph and as sentence', async () => {
    const line = 'Write to me about whatever you have seen this week.';
    const { documents, removedWords } = await cleaned(week(line, 6));
    for (const d of documents) expect(d.text).not.toContain('Write to me');
    expect(documents.map((d) => d.text)).toEqual([0, 1, 2, 3, 4, 5].map(day));
    expect(removedWords.repeated).toBe(60);
  });

  it('stays when it comes twice', async () => {
    const { documents } = await cleaned(week('Write to me about whatever you have seen this week.', 2));
    for (const d of documents) expect(d.text).toContain('Write to me');
  });

  it('goes where two bylines have a long sentence word for word, and stays with one byline or where it is short', async () => {
    const long = 'The agency said on its own account that nothing of the kind had ever been planned there.';
    const short = 'He would not say more today.';
    const under = (names: readonly string[], line: string): Promise<string[]> =>
      cleaned(names.map((name, i) => article(`${day(i)} ${line}`, { id: `s${i}`, bylines: [name] }))).then(
        ({ documents }) => documents.map((d) => d.text),
      );
    expect(await under(['Ann Poe', 'Bo Ray'], long)).toEqual([day(0), day(1)]);
    for (const text of await under(['Ann Poe', 'Ann Poe'], long)) expect(text).toContain(long);
    for (const text of await under(['Ann Poe', 'Bo Ray'], short)) expect(text).toContain(short);
  });

  it('stays when it is a short habit of a byline with many articles', async () => {
    const words = (i: number): string => `${'abcdefghij'[i % 10]}${'klmnopqrst'[Math.floor(i / 10)]}`;
    const many = Array.from({ length: 60 }, (_, i) =>
      article(
        `Item ${words(i)} of ${words(59 - i)} came up at the ${words((i * 7) % 60)} desk.${i % 20 === 0 ? ' He would not say more today.' : ''}`,
        { id: `m${i}` },
      ),
    );
    const { documents } = await cleaned(many);
    expect(documents.filter((d) => d.text.includes('He would not say more today.'))).toHaveLength(3);
  });
});
