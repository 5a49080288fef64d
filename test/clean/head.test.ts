import { describe, expect, it } from 'vitest';
import { one, taken } from './corpus.js';

const OWN = 'I would rather wait until the weather is better.\n\nSo would everybody whom I have asked.';

describe('what programs put around a text they fetched', () => {
  it('is taken out where it stands above the text', async () => {
    for (const head of [
      'URL: http://a.org/weblog/000614\nDate: 2002-09-24T11:03:09-06:00',
      'URL: http://a.org/news/20020917.html\nDate: Not supplied',
      'Title: Waiting\nSpeaker: Jane Roe\nPlace: Dover\n**Published on:** 3 June 2019',
      '\nTITLE: WAITING\nDATE: JUNE 3',
    ]) {
      const text = `${head}\n\n${OWN}`;
      const d = await one(text);
      expect(d.text, head).toBe(OWN);
      expect(taken(text, d, 'markup').join('').trim(), head).toContain(head.trim());
    }
  });

  it('is not seen in the words of a writer', async () => {
    for (const text of [
      `Subject: why I left.\n\n${OWN}`,
      `Question: may it rain?\nAnswer: it may.\n\n${OWN}`,
      `Title: Waiting\nIt was a book by a man of whom nobody had heard.\nDate: unknown.\n\n${OWN}`,
      `${OWN}\n\nTitle: Waiting. Date: 1902. So it stood on the stone.`,
      'Title: none.\n\nDate: none.\n\nThere were two cards, and nothing was written on the third.',
    ])
      expect((await one(text)).text, text).toBe(text.replace(/\n+/g, '\n\n'));
    const all = 'Title: a poem in one line\nDate: the day on which it was written';
    expect((await one(all)).words).toBeGreaterThan(10);
  });

  it('is taken out where addresses are listed below, with the numbers that refer to them', async () => {
    const text =
      'Kevin Marks[1] points out that it is there[2], which [3] denies.\n\nI saw it.\n\n[1] http://a.org/\n[2] <https://b.org/c>\n';
    expect((await one(text)).text).toBe('Kevin Marks points out that it is there, which [3] denies.\n\nI saw it.');
    const notes = 'It was late[1], and "dark" [sic].\n\n[1] Or so she wrote on http://a.org/ to her friends.';
    expect((await one(notes)).text).toContain('late[1]');
  });
});
