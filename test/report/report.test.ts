import { Chalk } from 'chalk';
import { describe, expect, it } from 'vitest';
import { markdownReport } from '../../src/report/markdown.js';
import { reportJson, searchNotices } from '../../src/report/report.js';
import { terminalReport } from '../../src/report/terminal.js';
import { wrap } from '../../src/text/folded.js';
import type { Evidence, Report } from '../../src/types/types.js';
import { manyhands } from '../helpers.js';

const HOSTILE = 'Eve\u001b[31m <script>alert(1)</script> | [x](javascript:y) \u202eevil\u0007';

/** A report whose every word from outside is hostile. */
function hostileReport(): Report {
  return {
    schema: 'manyhands.report/1',
    tool: { name: 'manyhands', version: '0', model: 'm', options: {} },
    corpus: {
      articles: 1234,
      bylines: 3,
      words: 9,
      removed: { quotation: 1, boilerplate: 2, copies: 3, coBylined: 0 },
      merges: [{ byline: HOSTILE, spellings: [{ spelling: HOSTILE, articles: 2 }] }],
      copies: [],
    },
    asked: { pairs: 3, bylines: 3 },
    bylines: [
      {
        byline: HOSTILE,
        articles: 1,
        words: 1,
        hands: { verdict: 'abstain', why: HOSTILE, score: 0, log10LR: 0, count: 1, assignments: [] },
      },
    ],
    pairs: [
      { a: HOSTILE, b: HOSTILE, verdict: 'inconclusive', why: HOSTILE, score: 1 / 3, log10LR: 1.2345678, evidence: [] },
    ],
    groups: [],
    findings: [
      {
        kind: 'sockpuppets',
        bylines: [HOSTILE, 'B'],
        strength: 'strong',
        log10LR: 3,
        expectedByChance: 0.004,
        evidence: [{ kind: 'habit', text: HOSTILE }],
        against: [{ kind: 'habit', text: HOSTILE }],
        notMeasured: ['x'],
      },
    ],
    selfTest: null,
    notices: [{ level: 'warning', code: 'x', message: HOSTILE, source: HOSTILE, line: 1 }],
  };
}

describe('pairs found by an index', () => {
  it('are told with what the index misses; pairs that were all scored need no word', () => {
    expect(searchNotices({})).toEqual([]);
    const [notice, ...more] = searchNotices({ recall: { exact: 1183, found: 1178 } });
    expect(more).toEqual([]);
    expect(notice?.code).toBe('index-search');
    expect(notice?.message).toMatch(/of 1,183 strong pairs .* it found 1,178;/);
  });
});

describe.each([
  ['terminal', (r: Report): string => terminalReport(r, new Chalk({ level: 0 }))],
  ['markdown', markdownReport],
  ['json', reportJson],
])('the %s report', (_, render) => {
  it('prints hostile names visibly and never raw', () => {
    const text = render(hostileReport());
    expect(text).toContain('Eve');
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f\u202e]/);
  });
});

describe('the terminal report', () => {
  it('fits 80 columns and is plain without colours', () => {
    const long = { ...hostileReport(), notices: [{ ...hostileReport().notices[0]!, message: 'word '.repeat(200) }] };
    for (const line of terminalReport(long, new Chalk({ level: 0 })).split('\n'))
      expect(line.length).toBeLessThanOrEqual(80);
  });
});

describe('lists that are cut in the terminal', () => {
  const evidence = (n: number): Evidence[] =>
    Array.from({ length: n }, (_, i) => ({ kind: 'habit', text: `habit ${i}` }));
  const text = (evidenceFor: number, against: number, bylines = ['A', 'B']): string => {
    const all = hostileReport();
    const finding = { ...all.findings[0]!, bylines, evidence: evidence(evidenceFor), against: evidence(against) };
    return terminalReport({ ...all, findings: [finding] }, new Chalk({ level: 0 })).replace(/\s+/g, ' ');
  };

  it('say how many lines of evidence there are more, and where; one that is whole says nothing', () => {
    expect(text(9, 6)).toContain('… 2 more for, 1 more against: in compare and in the JSON report not measured');
    expect(text(7, 7)).toContain('against: habit 4 … 2 more against: in');
    expect(text(8, 1, ['A', 'B', 'C'])).toContain('… 1 more for: in the JSON report not measured');
    expect(text(7, 5)).not.toMatch(/… \d/);
  });

  it('say so of pairs, notices and spellings as well', () => {
    const all = hostileReport();
    const times = <T>(n: number, item: T): T[] => Array.from({ length: n }, () => item);
    const notice = { level: 'info' as const, code: 'x', message: 'm', source: null, line: null };
    for (const [more, part] of [
      [2, { pairs: times(7, all.pairs[0]!) }],
      [3, { notices: times(9, notice) }],
      [4, { notices: times(16, { ...notice, level: 'warning' as const }) }],
      [5, { corpus: { ...all.corpus, merges: times(13, all.corpus.merges[0]!) } }],
    ] as const)
      expect(terminalReport({ ...all, ...part }, new Chalk({ level: 0 }))).toContain(
        `  … and ${more} more, in the JSON report`,
      );
  });

  it('a folder of one trouble hides no other from the terminal', () => {
    const same = Array.from({ length: 40 }, (_, i) => ({ code: 'a', message: `file ${10 + i} is odd` }));
    const notices = [...same, { code: 'b', message: 'another is lost' }].map((x) => {
      return { ...x, level: 'warning' as const, source: null, line: null };
    });
    const text = terminalReport({ ...hostileReport(), notices }, new Chalk({ level: 0 }));
    expect(text.match(/file \d\d is odd/g)).toEqual(same.slice(0, 11).map((x) => x.message));
    expect(text).toMatch(/another is lost\n {2}… and 29 more/);
  });
});
describe('what a report says of itself', () => {
  const text = (report: Report): string => terminalReport(report, new Chalk({ level: 0 })).replace(/\s+/g, ' ');

  it('names a rest that was not asked only where there is one', () => {
    const all = hostileReport();
    const some = { ...all, asked: { pairs: 2, bylines: 3 } };
    for (const render of [text, markdownReport]) {
      expect(render(all)).toContain('3 pairs of bylines and 3 bylines were asked, which are all.');
      expect(render(some)).toContain(
        '2 of 3 pairs of bylines and 3 bylines were asked; of the other pairs a side has too little text, or no language in common with three bylines or more.',
      );
      expect(render({ ...all, asked: { pairs: 3, bylines: 1 } })).toContain(
        '3 pairs of bylines and 1 of 3 bylines were asked; the other bylines have too few articles, or too short ones, to ask for several hands.',
      );
    }
  });

  it('says by amount of text what the self-test found, each range with its ends', () => {
    const amount = (words: number, sameHandPairs: number, found: number) => ({
      words,
      sameHandPairs,
      found,
      differentHandsPairs: 9,
      falseLinks: 0,
    });
    const selfTest = {
      ...{
        sameHandPairs: 8,
        recallAt1Percent: 1,
        'recallAt0.1Percent': 1,
        cllr: 0,
        found: 3,
        falseLinks: 0,
        hands: {},
      },
      amounts: [amount(0, 3, 0), amount(1000, 2, 1), amount(2500, 0, 0), amount(5000, 3, 2)],
    };
    expect(text({ ...hostileReport(), selfTest })).toContain(
      'By words on the shorter side: 0 of 3 below 1,000; 1 of 2 from 1,000 to 2,500; 2 of 3 from 5,000 on.',
    );
  });

  it('breaks no line between a number and its per cent sign', () => {
    for (let n = 50; n < 90; n++) expect(wrap(`${'x'.repeat(n)} 13 %, 5 % or 46 %.`)).not.toMatch(/\n\s*%/);
  });

  it('lists what is no finding by how much it says, the most first', () => {
    const [pair] = hostileReport().pairs;
    const leads = [1.2, 3.4, 1.9].map((log10LR) => ({ ...pair!, a: `A${log10LR}`, log10LR }));
    const found = text({ ...hostileReport(), pairs: leads }).match(/A\d\.\d/g);
    expect(found).toEqual(['A3.4', 'A1.9', 'A1.2']);
  });
});

describe('a report without findings', () => {
  it('tells what was asked and not found from what could not be asked', () => {
    const without = { ...hostileReport(), findings: [] };
    const nothing = { ...without, asked: { pairs: 0, bylines: 0 } };
    for (const [report, said] of [
      [without, 'Nothing stands out'],
      [nothing, 'There was nothing to ask'],
    ] as const)
      for (const text of [terminalReport(report, new Chalk({ level: 0 })), markdownReport(report)])
        expect(text).toContain(said);
    expect(
      terminalReport(without, new Chalk({ level: 0 }))
        .split('\n')
        .every((line) => line.length <= 80),
    ).toBe(true);
  });
});

describe('what was not asked', () => {
  const both = (report: Report): readonly string[] =>
    [terminalReport(report, new Chalk({ level: 0 })), markdownReport(report)].map((text) =>
      text.replace(/\s+/g, ' ').replaceAll('\\', ''),
    );
  const test = { sameHandPairs: 3, found: 3, falseLinks: 0 } as Report['selfTest'];

  it('is not said to have been tested; twin: pairs that were asked', () => {
    const report = { ...hostileReport(), findings: [], selfTest: test };
    for (const text of both({ ...report, asked: { pairs: 0, bylines: 3 } })) {
      expect(text).toContain('No pair of bylines was asked, so that nothing is said of how well pairs are found.');
      expect(text).not.toContain('would have been found');
    }
    for (const text of both(report)) expect(text).toContain('would have been found in 3 of 3 cases');
  });

  it('of a single byline: no finding is no word for one hand', () => {
    const { corpus, ...report } = { ...hostileReport(), findings: [] };
    for (const text of both({ ...report, corpus: { ...corpus, bylines: 1 }, asked: { pairs: 0, bylines: 1 } }))
      expect(text).toContain('does not say that one hand wrote it all');
  });
});

describe('the Markdown report', () => {
  it('lets no name become mark-up', () => {
    const text = markdownReport(hostileReport());
    expect(text).not.toContain('<script>');
    expect(text).not.toMatch(/(?<!\\)\[x(?<!\\)\]/);
    const row = text.split('\n').find((l) => l.startsWith('| Eve'))!;
    expect(row.match(/(?<!\\)\|/g)).toHaveLength(7);
  });

  it('mentions nobody and links to nothing', () => {
    const report = hostileReport();
    const [first, ...others] = report.bylines;
    const named = { ...first!, byline: '@everyone https://example.org www.example.org :tada: a: b' };
    const text = markdownReport({ ...report, bylines: [named, ...others] });
    expect(text).toContain('@<!-- -->everyone https\\://example.org www\\.example.org \\:tada: a: b');
  });
});

describe('the JSON report', () => {
  it('has six significant digits and ends with one line end', () => {
    const text = reportJson(hostileReport());
    expect(text).toContain('0.333333');
    expect(text).toContain('1.23457');
    expect(text).toMatch(/\}\n$/);
  });
});

// What a user of the demo sees, kept whole: a change shows in the diff. `npx vitest run -u` writes them again.
describe('the demo', () => {
  it.each(['terminal', 'markdown', 'json'])('looks as it did: %s', async (format) => {
    const { code, out } = manyhands(['scan', 'fixtures/demo', '--format', format]);
    expect(code).toBe(0);
    await expect(out).toMatchFileSnapshot(
      `../golden/demo.${format === 'terminal' ? 'txt' : format === 'json' ? 'json' : 'md'}`,
    );
  });
});
