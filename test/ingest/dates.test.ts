import fc from '../random.js';
import { farDates } from '../../src/ingest/far-dates.js';
import { describe, expect, it } from 'vitest';
import { orderShown, readDate, resolved } from '../../src/ingest/dates.js';
import { file, read } from './reading.js';

const iso = (raw: unknown): string | null => {
  const ms = resolved(readDate(raw), null);
  return ms === null ? null : new Date(ms).toISOString().replace('.000Z', 'Z');
};

/** Month by month as dates have them, in the language of each line; "-" for one that is another month in a neighbour's. */
const YEARS = [
  'stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października - grudnia',
  'ledna února března dubna května června července srpna září října listopadu prosince',
  'siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna - studenoga prosinca',
  'januara februara marta aprila maja juna jula avgusta septembra oktobra novembra decembra',
  'јануара фебруара марта априла маја јуна јула августа септембра октобра новембра децембра',
  'ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie',
  'január február március április május június július augusztus szeptember október november december',
  'Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου Νοεμβρίου Δεκεμβρίου',
];

it.each(YEARS)('every month of %s', (months) => {
  for (const [i, month] of months.split(' ').entries())
    if (month !== '-')
      expect(iso(`7 ${month} 2019`), month).toBe(`2019-${String(i + 1).padStart(2, '0')}-07T00:00:00Z`);
});

describe('a printed date is read as UTC', () => {
  it.each<[unknown, string]>([
    ['2019-06-09', '2019-06-09T00:00:00Z'],
    ['2019/06/09', '2019-06-09T00:00:00Z'],
    ['2019-06', '2019-06-01T00:00:00Z'],
    ['20190609', '2019-06-09T00:00:00Z'],
    ['2019-06-09T10:20:30Z', '2019-06-09T10:20:30Z'],
    ['2019-06-09T10:20:30.123456+02:00', '2019-06-09T08:20:30Z'],
    ['2019-06-09 10:20:00', '2019-06-09T10:20:00Z'],
    ['2014-06-24 10:00:00 -0400', '2014-06-24T14:00:00Z'],
    ['2014-06-24 10:00:00 -4', '2014-06-24T14:00:00Z'],
    ['Sun, 09 Jun 2019 10:20:30 +0000', '2019-06-09T10:20:30Z'],
    ['Sun, 9 Jun 2019 10:20:30 EST', '2019-06-09T15:20:30Z'],
    ['June 9, 2019', '2019-06-09T00:00:00Z'],
    ['Sunday, June 9th, 2019 at 4:05 pm', '2019-06-09T16:05:00Z'],
    ['Sept. 9, 2019', '2019-09-09T00:00:00Z'],
    ['9 June 2019', '2019-06-09T00:00:00Z'],
    ['9-Jun-2019', '2019-06-09T00:00:00Z'],
    ['June 2019', '2019-06-01T00:00:00Z'],
    ['9-Jun-19', '2019-06-09T00:00:00Z'],
    ['09-JUN-98 10:20', '1998-06-09T10:20:00Z'],
    ['Sun Jun  9 08:20:30 2019', '2019-06-09T08:20:30Z'],
    ['Sun Jun 09 08:20:30 +0200 2019', '2019-06-09T06:20:30Z'],
    ['Mon Jun 10 2019 10:00:00 GMT+0200 (Central European Summer Time)', '2019-06-10T08:00:00Z'],
    ['Published June 9, 2019', '2019-06-09T00:00:00Z'],
    ['Posted on: 9 June 2019 | Updated 10 June 2019', '2019-06-09T00:00:00Z'],
    ['Sunday 9 June 2019 10.20 BST', '2019-06-09T09:20:00Z'],
    ['09.06.2019 10:20 Uhr', '2019-06-09T00:00:00Z'],
    ['June 9, 2019 | 4:05 p.m.', '2019-06-09T16:05:00Z'],
    ['/Date(1560038400000)/', '2019-06-09T00:00:00Z'],
    ['1560038400000000', '2019-06-09T00:00:00Z'],
    [1560038400000000000, '2019-06-09T00:00:00Z'],
    [20190609, '2019-06-09T00:00:00Z'],
    ['20190609102030', '2019-06-09T00:00:00Z'],
    ['25/06/2019', '2019-06-25T00:00:00Z'],
    ['06/25/2019', '2019-06-25T00:00:00Z'],
    ['06/06/2019', '2019-06-06T00:00:00Z'],
    ['09.06.2019', '2019-06-09T00:00:00Z'],
    [1560038400, '2019-06-09T00:00:00Z'],
    ['1560038400000', '2019-06-09T00:00:00Z'],
    ['1788-05-28', '1788-05-28T00:00:00Z'],
    [43625, '2019-06-09T00:00:00Z'],
    ['43625.4309375', '2019-06-09T10:20:33Z'],
    ['12 janvier 2020', '2020-01-12T00:00:00Z'],
    ['le mardi 1er août 2017 à 10h30', '2017-08-01T00:00:00Z'],
    ['15 fevrier 2020', '2020-02-15T00:00:00Z'],
    ['3. Mai 2019', '2019-05-03T00:00:00Z'],
    ['Freitag, 3. März 2017, 10:20 Uhr', '2017-03-03T00:00:00Z'],
    ['3 de mayo de 2019', '2019-05-03T00:00:00Z'],
    ['poniedziałek, 5 maja 2019 r.', '2019-05-05T00:00:00Z'],
    ['dnia 5 października 2019 roku, 10:20', '2019-10-05T00:00:00Z'],
    ['5 paź 2019', '2019-10-05T00:00:00Z'],
    ['neděle 5. května 2019', '2019-05-05T00:00:00Z'],
    ['srijeda, 5. lipnja 2019. u 10:20', '2019-06-05T00:00:00Z'],
    ['5. juna 2019. godine', '2019-06-05T00:00:00Z'],
    ['среда, 5. јун 2019.', '2019-06-05T00:00:00Z'],
    ['miercuri, 5 iunie 2019', '2019-06-05T00:00:00Z'],
    ['2019. június 5., szerda', '2019-06-05T00:00:00Z'],
    ['szerda, 2019. jún. 5. 10:20', '2019-06-05T00:00:00Z'],
    ['Τετάρτη 5 Ιουνίου 2019', '2019-06-05T00:00:00Z'],
    ['5. 10. 2019.', '2019-10-05T00:00:00Z'],
    ['2019. 10. 05. 10:20', '2019-10-05T10:20:00Z'],
    // A dot behind the day makes it Croatian, where listopada is October; in Polish it is November.
    ['5. listopada 2019.', '2019-10-05T00:00:00Z'],
    ['5 listopada 2019 r.', '2019-11-05T00:00:00Z'],
    ['5. listopadu 2019', '2019-11-05T00:00:00Z'],
    ['31 de dezembro de 2018', '2018-12-31T00:00:00Z'],
    ['lunedì 3 giugno 2019', '2019-06-03T00:00:00Z'],
    ['9 мая 2019 г.', '2019-05-09T00:00:00Z'],
    ['12 يناير 2020', '2020-01-12T00:00:00Z'],
    ['الأحد، ١٢ أكتوبر ٢٠٢٠', '2020-10-12T00:00:00Z'],
    ['5 كانون الأول 2012', '2012-12-05T00:00:00Z'],
    ['5 كانون الثاني 2012', '2012-01-05T00:00:00Z'],
    ['٢٠١٩-٠٦-٠٩', '2019-06-09T00:00:00Z'],
    ['2019年6月9日', '2019-06-09T00:00:00Z'],
  ])('%j', (raw, expected) => {
    expect(iso(raw)).toBe(expected);
  });

  it.each<[unknown]>([
    ['yesterday'],
    ['2019-13-01'],
    ['2019-02-30'],
    ['market of 2019'],
    ['9999-01-01'],
    ['0001-01-01T00:00:00'],
    ['Mon, 30 Nov -0001 00:00:00 +0000'],
    [''],
    [null],
    [true],
    [{}],
    [7],
    [18263],
    [73051],
    ['12345'],
    [Number.NaN],
    [new Date(Number.NaN)],
    ['31/31/2019'],
    ['3 days ago'],
    ['Updated 10 June 2019'],
    ['31-Feb-19'],
    ['9 June 19'],
    ['14-digit 20190609'],
    [20191309],
    ['/Date(1)/'],
    ['0/5/2019'],
    ['31 avril 2019'],
    ['3 listopada 2019'],
    ['12 pommes 2020'],
    ['Wahl am 3. Mai 2019'],
    ['après le 3 mai 2019'],
    ['de mayo de 2019'],
    ['5. listopad 2019'],
    ['5 lip 2019'],
    ['2019. juin'],
    ['nobody 2019. május 5.'],
    ['١٢ محرم ١٤٤١'],
  ])('%j is no date', (raw) => {
    expect(readDate(raw)).toBeNull();
  });

  it('a day and month that could be either wait for the rest of the corpus', () => {
    const date = readDate('09/06/2019');
    expect(resolved(date, null)).toBeNull();
    expect(resolved(date, 'day-first')).toBe(Date.UTC(2019, 5, 9));
    expect(resolved(date, 'month-first')).toBe(Date.UTC(2019, 8, 6));
    expect([orderShown('25/06/2019'), orderShown('06/25/2019'), orderShown('06/09/2019')]).toEqual([
      'day-first',
      'month-first',
      null,
    ]);
  });

  it('never throws, whatever stands there', () => {
    fc.assert(fc.property(fc.anything(), (raw) => void readDate(raw)));
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789-/:TZ+. Junejan,'), maxLength: 30 }), (raw) => {
        const ms = resolved(readDate(raw), 'day-first');
        expect(ms === null || Number.isInteger(ms)).toBe(true);
      }),
    );
  });
});

describe('dates far from all others', () => {
  const day = (text: string): number => Date.parse(text);
  const weekly = (from: string, n: number): number[] =>
    Array.from({ length: n }, (_, i) => day(from) + i * 7 * 86_400_000);

  it('are found at either end, and by no clock', () => {
    const usual = weekly('2009-03-02', 60);
    expect(farDates([...usual, day('2099-06-01')])).toEqual({ far: [60], from: usual[0], to: usual[59] });
    expect(farDates([day('1970-01-01'), null, ...usual])).toMatchObject({ far: [0] });
    expect(farDates([day('2099-06-01'), ...usual, day('1901-01-01')])).toMatchObject({ far: [0, 61] });
  });

  it('are none in an archive that is old, long, or in two parts, nor among few', () => {
    expect(farDates([...weekly('1788-01-01', 30), ...weekly('2013-01-01', 60)])).toBeNull();
    expect(farDates(Array.from({ length: 80 }, (_, i) => day(`${1940 + i}-05-01`)))).toBeNull();
    expect(farDates([...weekly('2009-03-02', 60), day('2024-06-01')])).toBeNull();
    expect(farDates([...weekly('2009-03-02', 5), day('2099-06-01')])).toBeNull();
    expect(farDates([null, null])).toBeNull();
  });
});

it('five figures are a date in a column of dates, and not in a line of a text', async () => {
  const table = await read([file('a.csv', 'author,date,text\nAda Lovelace,43625,Some words of hers.\n')]);
  expect(table.articles[0]).toMatchObject({ publishedAt: Date.UTC(2019, 5, 9) });
  const dated = (line: string): string => `A title\n\nBy Ada Lovelace\n${line}\n\nSome words of hers, and some more.\n`;
  const [day, figures] = (await read([file('a.txt', dated('2019-06-09')), file('b.txt', dated('43625'))])).articles.map(
    (a) => a.publishedAt,
  );
  expect([day, figures]).toEqual([Date.UTC(2019, 5, 9), null]);
});
