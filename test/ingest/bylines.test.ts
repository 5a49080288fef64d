import fc from '../random.js';
import { describe, expect, it } from 'vitest';
import { isCode, parseByline } from '../../src/ingest/bylines.js';

const names = (raw: string | readonly string[]): readonly string[] => parseByline(raw).names;

describe('a printed byline is taken apart into names', () => {
  it.each<[string, string[]]>([
    ['By A. Writer and B. Writer in Rome', ['A. Writer', 'B. Writer']],
    ['BY ANN WRITER', ['ANN WRITER']],
    ['by: Ann Writer', ['Ann Writer']],
    ['Written by Ann Writer', ['Ann Writer']],
    ['A. Writer, Contributor', ['A. Writer']],
    ['A. Writer, Reuters', ['A. Writer']],
    ['Ann Writer, The Daily Star', ['Ann Writer']],
    ['Ann Writer, Rome', ['Ann Writer']],
    ['Ann Writer (Reuters)', ['Ann Writer']],
    ['Ann Writer for Reuters', ['Ann Writer']],
    ['Ann Writer - BBC News', ['Ann Writer']],
    ['Ann Writer, USA TODAY', ['Ann Writer']],
    ['Ann Writer on June 9', ['Ann Writer']],
    ['A. Writer; B. Writer', ['A. Writer', 'B. Writer']],
    ['A. Writer, B. Writer and C. Writer', ['A. Writer', 'B. Writer', 'C. Writer']],
    ['A. Writer & B. Writer', ['A. Writer', 'B. Writer']],
    ['Ann Writer with Bob Scribe', ['Ann Writer', 'Bob Scribe']],
    ['Ann Writer, as told to Bob Scribe', ['Ann Writer', 'Bob Scribe']],
    ['Ann Writer interviewed by Bob Scribe', ['Ann Writer', 'Bob Scribe']],
    ['Interview by Ann Writer', ['Ann Writer']],
    ['Ann Writer via Reuters', ['Ann Writer']],
    ['Translated from the Persian by Ann Writer', []],
    ['Photos: Ann Writer', []],
    ['Ann Writer, photos by Bob Scribe', ['Ann Writer']],
    ['Video Maker', ['Video Maker']],
    ['Researcha Khan', ['Researcha Khan']],
    ['Ann Writer; editing by Bob Scribe', ['Ann Writer']],
    ['Scribe, Ann', ['Ann Scribe']],
    ['Ann Writer, Jr.', ['Ann Writer Jr.']],
    ['Ann Writer, PhD', ['Ann Writer']],
    ['melody, carolyn', ['melody', 'carolyn']],
    ['José Ortega y Gasset', ['José Ortega y Gasset']],
    ['作者：王小明', ['王小明']],
    ['本报记者 王小明', ['王小明']],
    ['記者王小明／台北報導', ['王小明']],
    ['（記者 李四）', ['李四']],
    ['王小明，李华', ['王小明', '李华']],
    ['记者：王小明、李华', ['王小明', '李华']],
    ['执笔：王小明', ['王小明']],
    ['夏目 漱石', ['夏目 漱石']],
    ['김철수 기자', ['김철수']],
    ['글: 김철수', ['김철수']],
    ['מאת: יוסי כהן', ['יוסי כהן']],
    ['Por Ana Ruiz y Juan Gómez', ['Ana Ruiz', 'Juan Gómez']],
    ['Von Anna Schmidt', ['Anna Schmidt']],
    ['Von Trapp', ['Von Trapp']],
    ['Par Anne Dupont et Luc Martin', ['Anne Dupont', 'Luc Martin']],
    ['Di Stefano', ['Di Stefano']],
    ['Di Anna Rossi', ['Anna Rossi']],
    ['بقلم: عبدالحميد العمري', ['عبدالحميد العمري']],
    ['عبدالحميد العمري', ['عبدالحميد العمري']],
    ['حسین‌علی رضایی', ['حسین‌علی رضایی']],
    ['Анна Иванова и Пётр Петров', ['Анна Иванова', 'Пётр Петров']],
    ['山田太郎', ['山田太郎']],
    ['约翰·史密斯', ['约翰·史密斯']],
    ['Ann Writer <ann@example.org>', ['Ann Writer']],
    ['ann@example.org (Ann Writer)', ['Ann Writer']],
    ['ann@example.org', ['ann@example.org']],
    ['apiazza', ['apiazza']],
    ['jonathan-rubin', ['jonathan-rubin']],
    ["O'Brien", ["O'Brien"]],
    ['https://www.facebook.com/Black-and-White, in Rome/', ['https://www.facebook.com/Black-and-White, in Rome/']],
    ['', []],
    ['By', []],
    ['By: ', []],
    ['Writer, Ann', ['Ann Writer']],
    ['Guest, Edgar', ['Edgar Guest']],
    ['Writer, Ann; Scribe, Bob', ['Ann Writer', 'Bob Scribe']],
    ['Scribe, Ann, Reuters', ['Ann Scribe']],
    ['King, Martin Luther, Jr.', ['Martin Luther King Jr.']],
    ['Reuters, London', ['Reuters']],
    ['Ann Writer/Reuters', ['Ann Writer']],
    ['Writer abc/DE007', ['Writer abc/DE007']],
    ['Ann Writer/Bob Scribe', ['Ann Writer', 'Bob Scribe']],
    ['u/annwriter', ['u/annwriter']],
    ['By Ann Writer June 9, 2019', ['Ann Writer']],
    ['April May', ['April May']],
    ['Ann Writer @annwriter', ['Ann Writer']],
    ['@annwriter', ['@annwriter']],
    ['<a href="/author/ann" rel="author">Ann Writer</a>', ['Ann Writer']],
    ['By <span class="fn">Ann Writer</span> and <b>Bob Scribe</b>', ['Ann Writer', 'Bob Scribe']],
    ['<ann>', ['<ann>']],
    ['n/a', []],
    ['unknown', []],
  ])('%j gives %j', (raw, expected) => {
    expect(names(raw)).toEqual(expected);
  });

  it('keeps the order of a list, and each name once', () => {
    expect(names(['Bob Scribe', 'Ann Writer', 'Bob Scribe'])).toEqual(['Bob Scribe', 'Ann Writer']);
  });

  it('tells the place apart from the name', () => {
    expect(parseByline('By Ann Writer in Washington, D.C.')).toMatchObject({
      names: ['Ann Writer'],
      place: 'Washington, D.C.',
    });
    expect(parseByline('Ann Writer').place).toBeNull();
  });
});

describe('a desk is told from a person', () => {
  it.each([
    'Staff',
    'By Staff',
    'Equipe de rédaction',
    'L’équipe éditoriale',
    'La redaction',
    'Equipo de redacción',
    'Staff Writer',
    'Staff Writers',
    'Editorial Board',
    'The Editorial Board',
    'Newsroom',
    'Admin',
    'Reuters',
    'AP',
    'Associated Press',
    '18F',
    'usajobs-team',
    'office-of-information-policy',
    'Sports Desk',
    'Science and Technology Desk',
    'Редакция',
    '本报记者',
    '社论',
    '연합뉴스',
    'هيئة التحرير',
    'Anonymous',
    'from staff reports',
    'THE NEW YORK TIMES',
    'Op-Ed Contributor',
    'Opinion Columnist',
    'U.S. Department of State',
  ])('%j is a desk', (raw) => {
    expect(parseByline(raw).kind).toBe('desk');
  });

  it.each([
    'Ann Writer',
    'apiazza',
    'ANN WRITER',
    'ANNWRITER',
    'J.R.',
    'محمد علی',
    '王小明',
    'https://example.org/18F',
    '12345',
  ])('%j is a person', (raw) => {
    expect(parseByline(raw).kind).toBe('person');
  });

  it('leaves the desk out when a person is named too', () => {
    expect(parseByline(['Staff', 'Ann Writer'])).toMatchObject({ names: ['Ann Writer'], kind: 'person' });
    expect(parseByline('Reuters Staff and Ann Writer')).toMatchObject({ names: ['Ann Writer'], kind: 'person' });
  });

  it('calls capitals and digits without small letters a code', () => {
    expect(['18F', 'GSA', 'A12'].every(isCode)).toBe(true);
    expect(['18f', 'A', 'J.R.', '123', 'Ann', 'ANN WRITER'].some(isCode)).toBe(false);
  });
});

describe('hidden characters never come out of a byline', () => {
  it.each<[string, string]>([
    ['\u001b[31mAnn\u001b[0m Writer', 'Ann Writer'],
    ['\u001b]0;title\u0007Ann Writer', 'Ann Writer'],
    ['Ann\u0000 \u202eWriter\u202c', 'Ann Writer'],
    ['An\u200bn Wri\u200dter', 'Ann Writer'],
    ['Ann\u009b31m Writer', 'Ann Writer'],
    ['\u001b[31mAnn Writer\u0007', 'Ann Writer'],
    ['\u001b]0;Ann Writer', 'Ann Writer'],
    ['\u001b]8;;https://example.org\u001b\\Ann Writer\u001b]8;;\u001b\\', 'Ann Writer'],
    ['\u001bAnn Writer', 'Ann Writer'],
    ['Ann\u3164Writer', 'Ann Writer'],
    ['\u2800Ann Wri\u034fter\ufe0f\u{e0061}', 'Ann Writer'],
  ])('%j is shown as %j, and said', (raw, expected) => {
    expect(parseByline(raw)).toMatchObject({ names: [expected], hadHidden: true });
  });

  it('leave no byline where there is nothing to be seen', () => {
    for (const raw of ['\u2800', '\u3164 \uffa0', '\u115f\u1160', '\u200b'])
      expect(parseByline(raw)).toMatchObject({ names: [], kind: 'none', hadHidden: true });
  });

  it('takes line breaks for spaces, silently', () => {
    expect(parseByline('Ann\r\n\tWriter')).toMatchObject({ names: ['Ann Writer'], hadHidden: false });
  });

  it('whatever comes in: no control, no longer than 200, parsed again the same names', () => {
    const nasty = fc.string({
      unit: fc.constantFrom(...'aB. ,;&|-@/()\u001b[m\u0000\u202e\u200b\u200c\ufeffعyе山é\n'),
      maxLength: 60,
    });
    fc.assert(
      fc.property(fc.oneof(nasty, fc.string({ unit: 'binary', maxLength: 60 })), (raw) => {
        const parsed = parseByline(raw);
        for (const name of parsed.names) {
          expect(name).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069\u200b\ufeff\u200e\u200f]/u);
          expect(name).not.toBe('');
          expect(name.length).toBeLessThanOrEqual(200);
        }
        expect(parsed.kind === 'none').toBe(parsed.names.length === 0);
      }),
      { numRuns: 500 },
    );
  });

  it('a byline of a million characters is capped, quickly', () => {
    for (const unit of ['a ', 'By ', 'a, ', '((', 'a in B ', '\u001b[', 'x@', '-'])
      expect(parseByline(unit.repeat(500_000)).names.every((n) => n.length <= 200)).toBe(true);
  });
});
