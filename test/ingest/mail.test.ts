import { expect, it } from 'vitest';
import { file, read, troubles } from './reading.js';

const day = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString().slice(0, 16));

const PLAIN = `From ann@example.org Sun Jun  9 08:00:00 2019
From: Ann Writer <ann@example.org>
To: river@lists.example.org
Subject: The river
Date: Sun, 9 Jun 2019 08:00:00 +0200
Message-ID: <1@example.org>
List-Id: About the river <river.lists.example.org>

The river rose in the night.

>From the bridge we saw it.
From here on nobody spoke.

`;

/** Two shapes of one text and a picture; name and text in another encoding. */
const PARTS = `From ben@example.org Mon Jun 10 09:30:00 2019
From: =?iso-8859-1?Q?Beno=EEt_=C9crivain?= <ben@example.org>
Subject: Re: The river
Date: Mon, 10 Jun 2019 09:30:00 +0000
Message-ID: <2@example.org>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="xx"

--xx
Content-Type: multipart/alternative; boundary="yy"

--yy
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

The caf=E9 by the bridge is gone, and so is its =
garden.
--yy
Content-Type: text/html; charset=iso-8859-1

<p>The caf\u00e9</p>
--yy--
--xx
Content-Type: image/png; name="a.png"
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--xx--
`;

it('a mailbox: every mail is an article, by name, with subject, date, list and the text it carries', async () => {
  for (const name of ['a.mbox', '2019-June.txt', 'inbox']) {
    const corpus = await read([file(name, Buffer.from(`${PLAIN}${PARTS}`, 'latin1'))]);
    expect(troubles(corpus)).toEqual([]);
    expect(
      corpus.articles.map((a) => [
        a.id,
        a.bylines,
        a.title,
        a.outlet,
        day(a.publishedAt),
        a.text.trim(),
        a.source.line,
      ]),
    ).toEqual([
      [
        '1@example.org',
        ['Ann Writer'],
        'The river',
        'river.lists.example.org',
        '2019-06-09T06:00',
        'The river rose in the night.\n\nFrom the bridge we saw it.\nFrom here on nobody spoke.',
        1,
      ],
      [
        '2@example.org',
        ['Benoît Écrivain'],
        'Re: The river',
        null,
        '2019-06-10T09:30',
        'The café by the bridge is gone, and so is its garden.',
        14,
      ],
    ]);
  }
});

it('one mail in a file, with line breaks of two characters; a mail of HTML only', async () => {
  const one = PLAIN.slice(PLAIN.indexOf('\n') + 1).replaceAll('\n', '\r\n');
  const html = one.replace('The river rose', '<p>The river rose</p>').replace('To:', 'Content-Type: text/html\r\nTo:');
  const corpus = await read([file('a.eml', one), file('b', html.replace('<1@', '<2@'))]);
  expect(troubles(corpus)).toEqual([]);
  expect(corpus.articles.map((a) => [a.id, a.bylines, a.markup])).toEqual([
    ['1@example.org', ['Ann Writer'], 'plain'],
    ['2@example.org', ['Ann Writer'], 'html'],
  ]);
});

it('writers whose addresses an archive hides, whose list writes in their stead, and who have no name', async () => {
  const from = (writer: string, n: number): string =>
    PLAIN.replace('Ann Writer <ann@example.org>', writer).replace('<1@', `<${n}@`);
  const corpus = await read([
    file(
      'a.mbox',
      from('ann at example.org (Ann Writer)', 1) +
        from('"Ben Author via River" <river@lists.example.org>', 2) +
        from('carl@example.org', 3),
    ),
  ]);
  expect(corpus.articles.map((a) => a.bylines)).toEqual([['Ann Writer'], ['Ben Author'], ['carl@example.org']]);
});

it('a mail nested beyond reason is told with its line, and the others are read', async () => {
  const deep = Array.from({ length: 300 }, (_, i) => `Content-Type: multipart/mixed; boundary="b${i}"\n\n--b${i}\n`);
  const hostile = PLAIN.slice(0, PLAIN.indexOf('\n\n') + 1) + deep.join('');
  const corpus = await read([file('a.mbox', `${hostile}\n\n${PARTS}`)]);
  expect(corpus.articles.map((a) => a.id)).toEqual(['2@example.org']);
  expect(troubles(corpus)).toEqual(['broken-mail | a.mbox, line 1: a mail that cannot be read; passed over']);
});

it.each([
  ['prose that begins so', 'From here to the river it is 10:30 by train since 2019\n\nBy noon nobody spoke.\n'],
  ['header lines of an article', 'From: Ann Writer\nDate: 2019-06-09\nSubject: River\n\nThe river rose.\n'],
  ['a mail in an article', 'By Ann Writer\n\nFrom: Ben\nDate: today\nMessage-ID: <1@x>\n\nThe river rose.\n'],
])('honest twin: %s is one article', async (_, text) => {
  const corpus = await read([file('a.txt', text)]);
  expect(corpus.articles.map((a) => a.id)).toEqual(['a.txt']);
});
