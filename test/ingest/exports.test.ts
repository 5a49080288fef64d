import { expect, it } from 'vitest';
import { exportedArticles } from '../../src/ingest/exports.js';
import { file, read, troubles } from './reading.js';

const BODY = `The river rose by two metres in the night, and nobody had been told. "We heard it
before we saw it," a farmer said.

By noon the bridge was gone. The mayor, who had been warned twice, was in the
capital, and his deputy would not say why.`;

/** As LexisNexis exported text until 2020: title between date and fields. */
const UNTITLED = `Download Request: Selected Items: 1-2
Source: The River Times (Northport)



                               1 of 2 DOCUMENTS



                          The River Times (Northport)

                            January 11, 2010 Monday
                                   Edition 1;
                                    Scotland

Water came at night, and
nobody was told

BYLINE: By Ann Writer, Political Correspondent

SECTION: NEWS; Pg. 3

LENGTH: 453 words


${BODY}

LOAD-DATE: January 11, 2010

LANGUAGE: ENGLISH

PUBLICATION-TYPE: Newspaper


                        Copyright 2010 River Newspapers
                              All Rights Reserved

                               2 of 2 DOCUMENTS


     Copyright 2015 Northport Digital Company, LLC d/b/a
                            Northport Digital
                              All Rights Reserved

                              The Northport Post

                             July 1, 2015 Wednesday
                                 Met 2 Edition

SECTION: A-SECTION; Pg. A01

LENGTH: 3362 words

HEADLINE: DISTRAUGHT town, dry results of a
very long summer

BYLINE: BEN AUTHOR;Ann Writer

BODY:

${BODY}

URL: http://www.example.org

GRAPHIC: A bridge.
`;

const NEXIS_UNI = `Water came at night
The River Times
January 11, 2010 Monday
Final Edition

Copyright 2010 River Newspapers All Rights Reserved

Section: NEWS; Pg. 3
Length: 453 words
Byline: Ann Writer
Dateline: NORTHPORT

Body

${BODY}

Classification

Language: ENGLISH
Load-Date: January 11, 2010

End of Document
`;

const FACTIVA = `HD  Water came at night
BY  By Ann Writer
WC  453 words
PD  11 January 2010
SN  The River Times
LA  English
CY  (c) 2010 River Newspapers
LP
The river rose by two metres in the night, and nobody had been told.

TD
IN the morning the bridge was gone. The mayor was in the capital.

BY noon his deputy would not say why.

RE  uk : United Kingdom
AN  Document RIVER00020100111e61b00001
`;

const articleOf = (article: Awaited<ReturnType<typeof read>>['articles'][number]) => ({
  bylines: article.bylines,
  title: article.title,
  outlet: article.outlet,
  day: article.publishedAt === null ? null : new Date(article.publishedAt).toISOString().slice(0, 10),
});

it('LexisNexis: every document is an article, with byline, title, date and outlet, and nothing of the form around it', async () => {
  const corpus = await read([file('a.txt', UNTITLED)]);
  expect(troubles(corpus)).toEqual([]);
  expect(corpus.articles.map(articleOf)).toEqual([
    {
      bylines: ['Ann Writer'],
      title: 'Water came at night, and nobody was told',
      outlet: 'The River Times (Northport)',
      day: '2010-01-11',
    },
    {
      bylines: ['BEN AUTHOR', 'Ann Writer'],
      title: 'DISTRAUGHT town, dry results of a very long summer',
      outlet: 'The Northport Post',
      day: '2015-07-01',
    },
  ]);
  for (const { text } of corpus.articles) expect(text).toBe(BODY);
  expect(corpus.articles.map(({ source }) => [source.path, source.line])).toEqual([
    ['a.txt', 10],
    ['a.txt', 45],
  ]);
});

it('Nexis Uni: one document or several', async () => {
  for (const copies of [1, 3]) {
    const corpus = await read([file('a.txt', NEXIS_UNI.repeat(copies))]);
    expect(corpus.articles.map((a) => a.text)).toEqual(Array<string>(copies).fill(BODY));
    expect(articleOf(corpus.articles[0]!)).toEqual({
      bylines: ['Ann Writer'],
      title: 'Water came at night',
      outlet: 'The River Times',
      day: '2010-01-11',
    });
  }
});

it('Factiva: lead and text together; a line of text that begins with capitals is text', async () => {
  const second = FACTIVA.replace('11 January', '12 January').replace('00001', '00002');
  const corpus = await read([file('a.txt', `${FACTIVA}\n${second}`)]);
  expect(troubles(corpus)).toEqual([]);
  expect(corpus.articles.map((a) => a.id)).toEqual([
    'Document RIVER00020100111e61b00001',
    'Document RIVER00020100111e61b00002',
  ]);
  expect(corpus.articles.map(articleOf)[1]).toEqual({
    bylines: ['Ann Writer'],
    title: 'Water came at night',
    outlet: 'The River Times',
    day: '2010-01-12',
  });
  expect(corpus.articles[0]!.text).toMatch(
    /^The river rose[^]*\n\nIN the morning[^]*\n\nBY noon his deputy would not say why\.$/,
  );
});

it('a document without a text is told with its line, and the others are read', async () => {
  const empty = '   1 of 2 DOCUMENTS\n\nRiver\n\nBYLINE: Ann Writer\n\nLENGTH: 0 words\n\nLOAD-DATE: May 1, 2010\n\n';
  const full = UNTITLED.slice(UNTITLED.indexOf('                               2 of 2'));
  const corpus = await read([file('a.txt', empty + full)]);
  expect(corpus.articles).toHaveLength(1);
  expect(troubles(corpus)).toEqual(['no-text | a.txt, line 3: its text is empty or no string; passed over']);
});

const RULE = '_'.repeat(60);
/** As ProQuest exports text. */
const PROQUEST = `${RULE}

Document 1 of 3

Water came at night, and nobody was told: [Final Edition]

Author: Writer, Ann; Other, Ben

Publication info: The River Times , Final Edition; Northport [Northport]11 Jan 2010: A.3.

ProQuest document link

Abstract:

The river rose. [PUBLICATION ABSTRACT]

Links: http://example.org/link

Full text: ${BODY}

Subject: the deputy had none to change, he said.

That was all.

Illustration

Caption: A bridge

Credit: By ANN WRITER

Subject: Rivers; Bridges; Floods; Weather; Towns; Local government; Inquiries;
Emergency services

Location: Northport

Company / organization: Name: River Authority; NAICS: 924110

Title: Water came at night, and nobody was told: [Final Edition]

Publication title: The River Times, Final Edition; Northport

Pages: A.3

Publication date: Jan 11, 2010

ProQuest document ID: 914101010

Document URL: https://example.org/docview/914101010

Last updated: 2017-11-15

Database: ProQuest Central

${RULE}

Document 2 of 3

Another day

Author: Third, Cy

Full text: Not available.

Title: Another day

Publication title: The River Times

ProQuest document ID: 914101011

${RULE}

Document 3 of 3

A third

Author: Cy Third

Full Text: ${BODY}

Publication title: The River Times

Publication date: Feb 2, 2011

ProQuest document ID: 914101012

${RULE}

Contact ProQuest

Copyright 2017 ProQuest LLC. All rights reserved. - Terms and Conditions`;

it.each([
  ['with rules', PROQUEST],
  ['with numbers alone', PROQUEST.replaceAll(RULE, '')],
])('ProQuest %s: fields above and below, and a text that holds a line like one', async (_, text) => {
  const corpus = await read([file('a.txt', text)]);
  expect(corpus.articles.map(({ bylines }) => bylines)).toEqual([['Ann Writer', 'Ben Other'], ['Cy Third']]);
  const [first, second] = corpus.articles;
  expect(first).toMatchObject({
    id: '914101010',
    title: 'Water came at night, and nobody was told: [Final Edition]',
    outlet: 'The River Times, Final Edition',
    url: 'https://example.org/docview/914101010',
    publishedAt: Date.UTC(2010, 0, 11),
  });
  expect(first!.text).toBe(`${BODY}\n\nSubject: the deputy had none to change, he said.\n\nThat was all.`);
  expect(second!.text).toBe(BODY);
  expect(troubles(corpus)).toEqual([expect.stringMatching(/^no-text \| a.txt, line \d+: its text is empty/)]);
});

it.each([
  ['prose that speaks of documents', 'By Ann Writer\n\nFrom here on, 1 of 2 documents.\nEnd of Document\n'],
  ['a body and no end', 'Title\n\nBody\n\nWords follow.\n'],
  ['letters in capitals', 'HD television\n\nAN Englishman\n'],
  ['prose that speaks of a document', 'Full text: none\n\nThe ProQuest document ID: 7 is wrong.\n'],
])('honest twin: %s is no export', (_, text) => {
  expect(exportedArticles(text)).toBeNull();
});
