import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { DOMParser } from 'linkedom';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { csvText, tableCsv } from '../../src/report/csv.js';
import { gexf, graphml } from '../../src/report/graph.js';
import { pseudonymised } from '../../src/report/pseudonyms.js';
import { parquet } from '../../src/report/parquet.js';
import { TABLES } from '../../src/report/tables.js';
import type { Report } from '../../src/types/types.js';
import { HOSTILE, hostileReport } from '../page/hostile.js';

const fixture = JSON.parse(readFileSync('fixtures/page/report.json', 'utf8')) as Report;
const hostile = hostileReport(fixture);

describe('CSV', () => {
  it('defuses text that a spreadsheet would calculate, and leaves numbers alone', () => {
    expect(csvText([['=1+1', '+1', '-1', '@x', '\t=1', ' =1', -1.5, NaN]])).toBe(
      `'=1+1,'+1,'-1,'@x,"'\t=1",' =1,-1.5,\r\n`,
    );
  });

  it('comes back from a CSV reader as it went in', () => {
    const rows = [
      ['a"b', 'c,d', 'e\nf', 'g;h'],
      ['', 'plain', '=x', 'y '],
    ];
    expect(parse(csvText(rows))).toEqual([rows[0], ['', 'plain', "'=x", 'y ']]);
  });

  it('has a row for every pair, byline and article, hostile or not', () => {
    for (const report of [fixture, hostile]) {
      const articles = report.bylines.reduce((n, b) => n + b.hands.assignments.length, 0);
      const rows = (text: string): string[][] => parse(text) as string[][];
      expect(rows(tableCsv(TABLES.pairs(report))).length).toBe(report.pairs.length + 1);
      expect(rows(tableCsv(TABLES.bylines(report))).length).toBe(report.bylines.length + 1);
      expect(rows(tableCsv(TABLES.hands(report))).length).toBe(articles + 1);
      for (const row of [...rows(tableCsv(TABLES.bylines(report))), ...rows(tableCsv(TABLES.hands(report)))])
        for (const cell of row) if (!Number.isFinite(Number(cell))) expect(cell).not.toMatch(/^\s*[=+\-@]/);
    }
  });
});

describe('contributions', () => {
  it('add up to the score of their pair', () => {
    const given = fixture.pairs.filter((p) => p.contributions !== undefined);
    expect(given.length).toBeGreaterThan(0);
    for (const { contributions, score } of given)
      expect(contributions!.reduce((sum, c) => sum + c.log10LR, 0)).toBeCloseTo(score, 3);
  });
});

describe('Parquet', () => {
  it('comes back from a reader as it went in, and is the same bytes twice', async () => {
    for (const table of [TABLES.pairs(fixture), TABLES.bylines(hostile), TABLES.hands(hostile)]) {
      const bytes = parquet(table);
      expect(parquet(table)).toEqual(bytes);
      const read = await parquetReadObjects({ file: bytes.buffer as ArrayBuffer });
      const whole = (v: unknown): unknown => (typeof v === 'string' ? v.replace(/\p{Cs}/gu, '\uFFFD') : v);
      expect(read.map((row) => table.columns.map((c) => (row as Record<string, unknown>)[c.name] ?? null))).toEqual(
        table.rows.map((row) => row.map(whole)),
      );
    }
  });
});

describe('GraphML and GEXF', () => {
  it.each([
    ['GraphML', graphml, 'node', 'edge'],
    ['GEXF', gexf, 'node', 'edge'],
  ])('%s holds every byline and every pair that speaks for one hand', (_, write, node, edge) => {
    for (const report of [fixture, hostile]) {
      const text = write(report);
      const document = new DOMParser().parseFromString(text, 'text/xml');
      expect(document.querySelectorAll(node).length).toBe(report.bylines.length);
      expect(document.querySelectorAll(edge).length).toBe(report.pairs.filter((p) => p.log10LR > 0).length);
      // XML 1.0 has no way to hold these at all.
      expect(text).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
      expect(text).not.toMatch(/\p{Cs}/u);
    }
  });

  it('lets no name become mark-up', () => {
    const named = { ...fixture, bylines: HOSTILE.map((byline) => ({ ...fixture.bylines[0]!, byline })), pairs: [] };
    for (const write of [graphml, gexf]) {
      const tags = new Set([...write(named).matchAll(/<\/?([\w!?]+)/g)].map((m) => m[1]));
      const known = new Set([...write({ ...fixture, pairs: [] }).matchAll(/<\/?([\w!?]+)/g)].map((m) => m[1]));
      expect(tags).toEqual(known);
    }
  });
});

describe('pseudonyms', () => {
  const counts = new Map<string, string>();
  const call = (kind: string) => (name: string) => {
    if (!counts.has(kind + name)) counts.set(kind + name, `${kind} ${counts.size}`);
    return counts.get(kind + name)!;
  };
  const hidden = pseudonymised(
    {
      ...fixture,
      notices: [{ level: 'info', code: 'x', message: 'about Dana Whitfield', source: 'dana.txt', line: 1 }],
    },
    { byline: call('B'), article: call('A'), file: call('F') },
  );

  it('leave no byline, article, title, link or file in the report', () => {
    const text = JSON.stringify(hidden).toLowerCase();
    for (const b of fixture.bylines) {
      expect(text).not.toContain(b.byline.toLowerCase());
      for (const a of b.hands.assignments) {
        expect(text).not.toContain(a.article.toLowerCase());
        if (a.url !== undefined) expect(text).not.toContain(a.url.toLowerCase());
      }
    }
    for (const { path } of fixture.inputs ?? []) expect(text).not.toContain(path.toLowerCase());
    expect(text).not.toContain('dana');
  });

  it('leave out passages of templates, whose words no list of names holds, and keep how long they are', () => {
    const shared = (report: Report) => report.pairs.flatMap((p) => p.shared ?? []);
    const template = shared(fixture).filter((x) => x.setAside === 'repeated');
    expect(template.length).toBeGreaterThan(0);
    const text = JSON.stringify(hidden);
    for (const { a, b } of template) for (const { sentence } of [a, b]) expect(text).not.toContain(sentence);
    expect(shared(hidden).map((x) => x.words)).toEqual(shared(fixture).map((x) => x.words));
  });

  it('leave no name in passages, neither a whole one nor a surname', () => {
    const passages = [{ kept: 'Dana Whitfield saw Okafor', dropped: 'then Whitfield wrote, whitfield or not' }];
    const [first] = fixture.corpus.copies;
    const copies = [{ ...first!, keptByline: 'Dana Whitfield', droppedByline: 'Gone Byline', passages }];
    const out = pseudonymised(
      { ...fixture, corpus: { ...fixture.corpus, copies } },
      { byline: call('B'), article: call('A'), file: call('F') },
    );
    expect(out.corpus.copies[0]!.passages).toEqual([
      { kept: `${call('B')('Dana Whitfield')} saw [name]`, dropped: 'then [name] wrote, whitfield or not' },
    ]);
    expect(JSON.stringify(out)).not.toContain('Gone Byline');
  });

  it.each([
    ['王小明', '記者問王小明的意見', '記者問BYLINE的意見', '小明說'],
    ['김철수', '김철수는 말했다', 'BYLINE는 말했다', '철수'],
    ['حشمت علوی', 'وحشمت علوی گفت، علوی نوشت', 'وBYLINE گفت، [name] نوشت', 'حشمتی'],
    ['Иван Петров', 'о Петрове и с Петровым', 'о [name] и с [name]', 'Петр и Петроград'],
  ])('find %s where words are written together or inflected; twin: other words stay', (name, text, expected, twin) => {
    const [first] = fixture.corpus.copies;
    const copies = [{ ...first!, keptByline: name, droppedByline: 'B', passages: [{ kept: text, dropped: twin }] }];
    const out = pseudonymised(
      { ...fixture, corpus: { ...fixture.corpus, copies } },
      { byline: () => 'BYLINE', article: call('A'), file: call('F') },
    );
    expect(out.corpus.copies[0]!.passages).toEqual([{ kept: expected, dropped: twin }]);
  });

  it('leave out whom texts credit, who need be no byline', () => {
    const [first] = fixture.pairs;
    const evidence = [
      {
        kind: 'style' as const,
        text: '“Dr. Holly Irving” is credited in the text of 3 articles',
        examples: [{ byline: 'Dana Whitfield', article: 'a', sentence: 'Holly Irving is an analyst.' }],
      },
    ];
    const out = pseudonymised(
      { ...fixture, pairs: [{ ...first!, evidence }] },
      { byline: call('B'), article: call('A'), file: call('F') },
    );
    expect(JSON.stringify(out)).not.toContain('Irving');
    expect(out.pairs[0]!.evidence[0]!.text).toContain('is credited in the text of 3 articles');
  });

  it('change no figure', () => {
    expect(hidden.pairs.map((p) => [p.log10LR, p.evidence.length])).toEqual(
      fixture.pairs.map((p) => [p.log10LR, p.evidence.length]),
    );
    expect(hidden.bylines.length).toBe(fixture.bylines.length);
    expect(hidden.findings.map((f) => f.log10LR)).toEqual(fixture.findings.map((f) => f.log10LR));
  });
});

describe('a team under pseudonyms', () => {
  it('keeps its table of hands, without the names', () => {
    const [a, b] = fixture.bylines.map((x) => x.byline);
    const members = [
      { byline: a!, hand: 0, articles: 4 },
      { byline: b!, hand: 1, articles: 5 },
    ];
    const team: Report = {
      ...fixture,
      groups: [{ bylines: [a!, b!], kind: 'shared-hands', cohesion: 2, hands: [{ members }] }],
    };
    const number = (name: string): string => `byline ${fixture.bylines.findIndex((x) => x.byline === name)}`;
    const hidden = pseudonymised(team, { byline: number, article: (id) => `article ${id.length}`, file: () => 'file' });
    expect(hidden.groups[0]!.hands).toEqual([
      {
        members: [
          { byline: 'byline 0', hand: 0, articles: 4 },
          { byline: 'byline 1', hand: 1, articles: 5 },
        ],
      },
    ]);
    expect(JSON.stringify(hidden.groups)).not.toContain(a!);
  });
});
