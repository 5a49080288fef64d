import { describe, expect, it } from 'vitest';
import { one, taken } from './corpus.js';

describe('mark-up', () => {
  it('loses Markdown and keeps the words it dressed', async () => {
    const text = [
      '## A short heading',
      'Read **the [report](http://a.org/b_(c))** by _our_ team.[^1] ![chart](x.png)',
      'A line that\nis wrapped by hand.',
      '- first item\n- second item',
      '```\ncode()\n```',
      '| a | b |\n|---|---|\n| 1 | 2 |',
      'See {{< ref "x.md" >}}[the page]({{< ref "y.md" >}} "title") and `code` there.',
      '---',
      '[^1]: A footnote.',
    ].join('\n\n');
    const d = await one(text);
    expect(d.text).toBe(
      'Read the report by our team.\n\nA line that is wrapped by hand.\n\nfirst item\n\nsecond item\n\nSee the page and there.\n\nA footnote.',
    );
    expect(taken(text, d, 'markup')).toContain('## A short heading');
  });

  it('keeps long headings and those that are sentences', async () => {
    expect((await one('# We lost.\n\nAnd [so](http://a.org/) it went.')).text).toBe('We lost.\n\nAnd so it went.');
  });

  it('loses short codes, classes and images that link, whatever they stand around', async () => {
    const text =
      'We [left](http://a.org/) early. [youtube=http://y.org/v?x=1&w=600]\n\n{.ext.extlink}\n\n[![A cake, by\nsomebody]({{ "/a.jpg" | url }})](http://b.org/)\n\n* * *\n\n[caption id="x"]It rained.[/caption]';
    expect((await one(text)).text).toBe('We left early.\n\nIt rained.');
    const honest = 'He wrote [video missing] in the margin, and {sic} beside it.';
    expect((await one(honest)).text).toBe(honest);
  });

  it('loses short codes and marks in Markdown that has HTML in it, and keeps asterisks of plain HTML', async () => {
    const page = '<div><p>{{< legacy-img src="x.jpg" alt="People at a game" >}}We <b>went</b> **home**.</p></div>';
    expect((await one(page, { markup: 'html' })).text).toBe('We went home.');
    expect((await one('<p>We paid 2 **2 for it, and 3**3.</p>', { markup: 'html' })).text).toBe(
      'We paid 2 **2 for it, and 3**3.',
    );
  });

  it('loses titles above paragraphs, and keeps short lines that are none', async () => {
    const below =
      'The minister said on Monday that nothing would be changed before the summer, and then on Tuesday changed it all, as ministers do when nobody looks.';
    for (const line of [
      'What the Minister Did Not Say',
      'TAKEOVERS TO TAKE IN MORE SECTORS',
      'The MEK and Somebody’s Money',
    ])
      expect((await one(`${below}\n\n${line}\n\n${below} Again.`)).text, line).toBe(`${below}\n\n${below} Again.`);
    for (const line of ['By the river', 'And so it goes', 'Will You Come With Me Then?', 'Tuesday'])
      expect((await one(`${line}\n\n${below}`)).text).toBe(`${line}\n\n${below}`);
    const list = 'Ann Mary Poe\n\nBo Lee Young\n\nJo Ray Day';
    expect((await one(list)).text).toBe(list);
  });

  it('reads HTML tags in plain text', async () => {
    expect(
      (await one('<p>It was <b>late</b>.<br>We left.</p><script>x()</script><p>They &amp; we &lt;slept&gt;.</p>')).text,
    ).toBe('It was late.\n\nWe left.\n\nThey & we <slept>.');
  });

  it('leaves plain text alone that only looks a little like it', async () => {
    for (const text of [
      'It is 2 * 3 * 4 and a_b and <3 and 5 < 6 > 4.',
      'He wrote f***ing [sic] and (c) #blessed.',
      'Rows | columns | and so on.',
    ]) {
      expect((await one(text)).text).toBe(text);
    }
  });

  it('loses addresses of the web, of mail and of persons', async () => {
    const text =
      'See https://a.org/b?c=d, www.b.org. Write to jane.roe@c.co.uk or ask @jane_roe about it (http://d.org/e).';
    const d = await one(text);
    expect(d.text).toBe('See, . Write to or ask about it ().'.replace('See,', 'See ,'));
    expect(taken(text, d, 'markup')).toHaveLength(5);
  });

  it('joins hard-wrapped lines and keeps one paragraph a line apart', async () => {
    const wrapped =
      'AFTER an unequivocal experience of the inefficacy of the\nsubsisting federal government, you are called upon to deliberate on\na new Constitution for the United States of America.\n\nThe subject speaks its own importance.';
    expect((await one(wrapped)).text.split('\n\n')).toHaveLength(2);
    const lines =
      'The minister said on Monday that nothing would be changed before the summer.\nThe opposition said it was not surprised.\nNobody else said anything at all, as far as anybody could tell from the record.';
    expect((await one(lines)).text.split('\n\n')).toHaveLength(3);
  });

  it('joins lines that break off within a sentence, in texts too short to tell by their lines', async () => {
    expect((await one('We shall wait until somebody tells us that the\nroad is open again.\n\nThen we go.')).text).toBe(
      'We shall wait until somebody tells us that the road is open again.\n\nThen we go.',
    );
    for (const honest of [
      'What we shall take with us on the way to the sea:\n\nbread and wine',
      'apples and pears\n\nplums',
      'Everything that is needed is at hand on the table.\n\ne.g. bread.',
    ])
      expect((await one(honest.replaceAll('\n\n', '\n'))).text).toBe(honest);
  });

  it('keeps the spacing a hand types', async () => {
    const text = 'One sentence.  Two spaces.  A dash -- spaced – or not—and an ellipsis . . . here.';
    expect((await one(text)).text).toBe(text);
  });
});
