import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { reliability } from '../../src/page/calibration.js';
import { escaped, isWeb } from '../../src/page/html.js';
import { pairLink } from '../../src/page/data.js';
import { packed, unpacked } from '../../src/page/packed.js';
import { pageHtml } from '../../src/page/page.js';
import { SCALE, stepOf, support } from '../../src/page/words.js';
import type { Report } from '../../src/types/types.js';
import { VIEW_NAMES } from '../../src/types/views.js';
import { manyhands } from '../helpers.js';
import { HOSTILE, hostileReport } from './hostile.js';
import { largeReport } from './large.js';

const fixture = JSON.parse(readFileSync('fixtures/page/report.json', 'utf8')) as Report;
const assets = { script: '/* script */', largeScript: '/* script, and sigma */', style: '/* style */' };
const GOLDEN = 'fixtures/page/report.html';

describe('the page', () => {
  it('is the golden page for its fixture (UPDATE_GOLDEN=1 writes it)', () => {
    const html = pageHtml(fixture, assets);
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(GOLDEN, html);
    expect(html === readFileSync(GOLDEN, 'utf8'), 'differs from the golden page').toBe(true);
  });

  it('is the same from a run and from its saved report', () => {
    const folder = mkdtempSync(join(tmpdir(), 'manyhands-'));
    const dump = 'fixtures/demo/digitalgov.jsonl';
    const run = join(folder, 'run.json');
    manyhands(['scan', dump, '--format', 'json', '--output', run]);
    for (const format of ['html', 'terminal', 'csv']) {
      const again = manyhands(['report', run, '--format', format]);
      expect(again.code, again.err).toBe(0);
      expect(again.out === manyhands(['scan', dump, '--format', format]).out, format).toBe(true);
    }
  });

  it.each([
    ['1,000 bylines', 1000, '/* script */'],
    ['more, whose map sigma can draw', 1001, '/* script, and sigma */'],
  ])('lets only its own script and style run, by their hashes: %s', (_, bylines, expected) => {
    const html = pageHtml(largeReport(fixture, bylines), assets);
    expect(html.match(/<script>.*<\/script>/g)).toEqual([`<script>${expected}</script>`]);
    expect(html.match(/'sha256-[^']+'/g)).toHaveLength(2);
    const policy = /Content-Security-Policy" content="([^"]+)"/.exec(html)![1]!;
    const hash = (text: string): string => createHash('sha256').update(text).digest('base64');
    expect(policy).toContain("default-src 'none'");
    const [style, script] = [/<style>([^<]*)<\/style>/, /<script>([^<]*)<\/script>/].map((p) => p.exec(html)![1]!);
    expect(policy).toContain(`script-src 'sha256-${hash(script!)}';`);
    expect(policy).toContain(`style-src 'sha256-${hash(style!)}';`);
    expect(policy).not.toContain('unsafe');
  });

  it('holds the findings, every section and every byline without a script', () => {
    const { document } = parseHTML(pageHtml(fixture, assets));
    expect([...document.querySelectorAll('main > section')].map((s) => s.id)).toEqual([
      'findings',
      'map',
      'matrix',
      'bylines',
      'pairs',
      'trust',
    ]);
    expect(document.querySelectorAll('.finding').length).toBe(fixture.findings.length);
    expect(document.querySelectorAll('#all-bylines tbody tr').length).toBe(fixture.bylines.length);
    for (const { notMeasured } of fixture.findings)
      for (const x of notMeasured) expect(document.body.textContent).toContain(x);
  });

  it('has a place for every permalink it links to', () => {
    const { document } = parseHTML(pageHtml(fixture, assets));
    const ids = new Set([...document.querySelectorAll('[id]')].map((e) => e.id));
    expect(ids.size).toBe(document.querySelectorAll('[id]').length);
    for (const link of document.querySelectorAll('a[href^="#"]'))
      expect(ids).toContain(link.getAttribute('href')!.slice(1));
  });

  it('lays near copies of two bylines side by side, the differing words underlined', () => {
    const { document } = parseHTML(pageHtml(fixture, assets));
    const [copy] = fixture.corpus.copies;
    const aligned = document.querySelector('.aligned')!;
    const sides = [...aligned.querySelectorAll('blockquote')].map((q) => q.textContent.trim());
    expect(sides.slice(0, 2)).toEqual([copy!.passages![0]!.kept, copy!.passages![0]!.dropped]);
    expect([...aligned.querySelectorAll('u')].map((u) => u.textContent)).toContain('indeed');
    const pair = aligned.closest('details')!.id;
    expect(pair).toBe(pairLink(copy!.keptByline, copy!.droppedByline));
  });

  it('shows a pair for its copies alone where it has nothing else to show', () => {
    const alone = { ...fixture, pairs: [] };
    const { document } = parseHTML(pageHtml(alone, assets));
    expect(document.querySelectorAll('details.pair').length).toBe(1);
    expect(document.querySelector('details.pair .aligned blockquote')).not.toBeNull();
  });

  it('quotes no passage for what both avoid, and marks every habit that it quotes for', () => {
    const { document } = parseHTML(pageHtml(fixture, assets));
    const habits = fixture.pairs[0]!.evidence.filter((e) => e.kind === 'habit');
    const { a, b } = fixture.pairs[0]!;
    const block = [...document.querySelectorAll('details.pair')].find((d) => d.id === pairLink(a, b))!;
    const shared = [...block.querySelectorAll('.habits')].find((h) => h.closest('.behind') === null)!;
    const shown = [...shared.querySelectorAll('h5 > bdi')].map((x) => x.textContent);
    for (const { habit, values, examples } of habits) {
      const avoided = Math.min(values!['a']!, values!['b']!) <= values!['median']!;
      if (avoided) expect(shown).not.toContain(habit);
      else if (examples !== undefined) expect(shown).toContain(habit);
    }
    expect(shown.length).toBeGreaterThan(0);
    for (const row of shared.querySelectorAll('.one-habit'))
      for (const quote of row.querySelectorAll('blockquote'))
        expect(quote.querySelectorAll('mark:not(.also)').length).toBeGreaterThan(0);
  });

  it('draws contributions so that every bar begins where the last ended, and the last is the score', () => {
    const { document } = parseHTML(pageHtml(fixture, assets));
    for (const drawing of document.querySelectorAll('svg.contributions')) {
      const bars = [...drawing.querySelectorAll('rect')].map((r) => {
        const [x, width] = ['x', 'width'].map((k) => Number(r.getAttribute(k)));
        return r.getAttribute('class') === 'two' ? [x! + width!, x!] : [x!, x! + width!];
      });
      // One a view, what all pairs begin with, and the sum.
      expect(bars.length).toBe(VIEW_NAMES.length + 2);
      const sum = bars.pop()!;
      for (const [i, bar] of bars.slice(1).entries()) expect(Math.abs(bar[0]! - bars[i]![1]!)).toBeLessThan(1.2);
      expect(Math.abs(sum[0]! - bars[0]![0]!)).toBeLessThan(1.2);
      expect(Math.abs(sum[1]! - bars.at(-1)![1]!)).toBeLessThan(1.2);
    }
    expect(document.querySelectorAll('svg.contributions').length).toBeGreaterThan(0);
  });

  it('puts a likelihood ratio into the words of one scale alone, with a link to what they mean', () => {
    const { document } = parseHTML(pageHtml(fixture, assets));
    for (const [i, f] of fixture.findings.entries()) {
      const text = document.getElementById(`finding-${i + 1}`)!.textContent;
      expect(text).toContain(stepOf(f.log10LR).words);
      expect(text).not.toMatch(/(?:limited|moderate|strong) evidence/i);
    }
    expect(document.querySelector('.finding a[href="#scale"]')).not.toBeNull();
  });

  it('says what was not asked and why', () => {
    const why = 'too few articles: 3, the test needs 6';
    const [first, ...rest] = fixture.bylines;
    const bylines = [{ ...first!, hands: { ...first!.hands, verdict: 'abstain' as const, why } }, ...rest];
    const { document } = parseHTML(pageHtml({ ...fixture, bylines, asked: { pairs: 100, bylines: 16 } }, assets));
    const trust = document.getElementById('trust')!.textContent;
    expect(trust).toContain('36 pairs of bylines');
    expect(trust).toContain('too few articles: 1 byline');
  });

  it('stays whole without what a report may leave out', () => {
    const optional = new Set(
      'inputs clustering tippett differentHandsPairs amounts passages against contributions examples unit values'.split(
        ' ',
      ),
    );
    // A finding's own `against` is no option.
    const findings = fixture.findings.map((f) => ({ ...f, against: [] }));
    const text = JSON.stringify(fixture, (key, value: unknown) => (optional.has(key) ? undefined : value));
    const bare = { ...(JSON.parse(text) as Report), findings };
    const html = pageHtml(bare, assets);
    expect(html).not.toMatch(/undefined|NaN|\[object/);
  });

  it('shows how many hands are likely, when they changed and what bylines share, where a report says so', () => {
    const bylines = fixture.bylines.map((b) =>
      b.byline === 'Publius'
        ? {
            ...b,
            hands: {
              ...b.hands,
              probabilities: [0.1, 0.6, 0.2, 0.1],
              time: { kind: 'in-turn' as const, handovers: [{ at: '1788-01-05', from: '1788-01-01', to: '1788-01-09', before: 0, after: 1, stepOverTrend: 2 }] }, // prettier-ignore
            },
          }
        : b,
    );
    const members = [
      { byline: 'Publius', hand: 0, articles: 9 },
      { byline: 'apiazza', hand: 1, articles: 4 },
    ];
    const team = { bylines: ['Publius', 'apiazza'], kind: 'shared-hands' as const, cohesion: 1, hands: [{ members }] };
    const findings = [{ ...fixture.findings[1]!, bylines: team.bylines }];
    const report: Report = { ...fixture, bylines, findings, groups: [team] };
    const { document } = parseHTML(pageHtml(report, assets));
    const publius = document.getElementById('byline=Publius')!.textContent;
    expect(publius).toMatch(/4 or more\s*10 %/);
    expect(publius).toContain('between 1788-01-01 and 1788-01-09');
    expect(document.querySelectorAll('.band').length).toBe(1);
    expect(document.getElementById('finding-1')!.textContent).toContain('Hand 2 of apiazza (4 articles)');
    // A team is no suspected single hand: the map draws no outline round it.
    expect(unpacked(document.getElementById('data')!.textContent)).toHaveProperty('groups', []);
  });

  it('gives the self-test by amount of text, the adjustment and the places of sentences, where a report has them', () => {
    const range = { words: 0, sameHandPairs: 9, found: 4, differentHandsPairs: 80, falseLinks: 1 };
    const selfTest = {
      ...fixture.selfTest!,
      amounts: [range, { ...range, words: 2500 }],
      recalibration: { scale: 1.2, offset: 0, sameHandPairs: 9, pseudoPairs: 20, cllrBefore: 0.31, cllrAfter: 0.22 },
    };
    const placed = { source: 'dump/a.jsonl', line: 17 };
    const [first, ...rest] = fixture.pairs;
    const evidence = first!.evidence.map((e) =>
      e.examples === undefined ? e : { ...e, examples: e.examples.map((x) => ({ ...x, ...placed })) },
    );
    const report = { ...fixture, selfTest, pairs: [{ ...first!, evidence }, ...rest] };
    const { document } = parseHTML(pageHtml(report, assets));
    const trust = document.getElementById('trust')!.textContent;
    expect(trust).toContain('2,500');
    expect(trust).toContain('was 0.31, and is 0.22 now');
    expect(document.querySelector('.pair blockquote footer')!.textContent).toContain('dump/a.jsonl line 17');
  });

  it('lists the first articles of a persona of thousands, and keeps the page small', () => {
    const [publius] = fixture.bylines.filter((b) => b.byline === 'Publius');
    const many = Array.from({ length: 4000 }, (_, i) => ({ ...publius!.hands.assignments[0]!, article: `a${i}` }));
    const bylines = fixture.bylines.map((b) =>
      b === publius ? { ...b, hands: { ...b.hands, assignments: many } } : b,
    );
    const html = pageHtml({ ...fixture, bylines }, assets);
    expect(html).toContain('of 4,000 are listed');
    expect(html.length).toBeLessThan(1_300_000);
  });

  it('never says that a person is a sockpuppet', () => {
    expect(pageHtml(fixture, assets)).not.toMatch(/\bis a (?:sock|fake|persona)/i);
  });

  it('says so when there is no finding, no test and no matrix', () => {
    const { clustering, ...rest } = { ...fixture, findings: [], pairs: [], groups: [], selfTest: null };
    expect(clustering).toBeDefined();
    const html = pageHtml(rest, assets);
    for (const text of ['No findings.', 'too few bylines', 'holds no matrix']) expect(html).toContain(text);
  });
});

describe('a hostile report', () => {
  const html = pageHtml(hostileReport(fixture), assets);
  const { document } = parseHTML(html);

  it('adds no element, attribute or address of its own', () => {
    const known = new Set(
      [...parseHTML(pageHtml(fixture, assets)).document.querySelectorAll('*')].map((e) => e.tagName),
    );
    known.add('H4');
    expect([...document.querySelectorAll('*')].map((e) => e.tagName).filter((t) => !known.has(t))).toEqual([]);
    expect(document.querySelectorAll('script').length).toBe(2);
    for (const e of document.querySelectorAll('*'))
      for (const name of e.getAttributeNames()) expect(name).not.toMatch(/^on|^style$|^srcdoc$/);
    for (const a of document.querySelectorAll('a'))
      if (!a.getAttribute('href')!.startsWith('#')) {
        expect(a.getAttribute('href')).toMatch(/^https?:\/\//);
        expect(a.getAttribute('rel')).toBe('noopener noreferrer');
      }
  });

  it('carries no hidden or bidirectional control character', () => {
    expect(html).not.toMatch(
      /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/,
    );
  });

  it('leaves every string readable as text', () => {
    const text = document.body.textContent ?? '';
    for (const bad of HOSTILE.filter((h) => /^[\x20-\x7e]+$/.test(h) && h.length < 300)) expect(text).toContain(bad);
  });

  it('keeps its data a block that nothing in it can end', () => {
    const block = /<script type="text\/plain" id="data">([\s\S]*?)<\/script>/.exec(html)![1]!;
    expect(block).toMatch(/^[\w+/=]+$/);
    expect(unpacked(block)).toHaveProperty('bylines');
  });
});

describe('reliability', () => {
  const point = (log10LR: number, sameHand: number, differentHands: number) => ({ log10LR, sameHand, differentHands });
  const test = {
    ...fixture.selfTest!,
    sameHandPairs: 20,
    differentHandsPairs: 1000,
    tippett: [point(0, 1, 0.2), point(1, 0.5, 0.01), point(2, 0.1, 0)],
  };

  it('sets the share of known pairs in a range against the printed ratio, with bounds that few pairs widen', () => {
    const [first, second] = reliability(test);
    expect(first!.printed).toBe(0.5);
    expect(first!.observed).toBeCloseTo(Math.log10(0.5 / 0.19), 6);
    expect(first!.halves).toBe(10);
    // Katz et al. 1978: 10 of 20 against 190 of 1,000.
    const spread = 1.96 * Math.sqrt(1 / 10 - 1 / 20 + 1 / 190 - 1 / 1000);
    expect(first!.high! - first!.observed).toBeCloseTo(spread / Math.LN10, 6);
    expect(second!.high! - second!.low!).toBeGreaterThan(first!.high! - first!.low!);
  });

  it('gives no bounds where the report does not say how many pairs there were', () => {
    const rest = JSON.parse(
      JSON.stringify({ ...test, differentHandsPairs: undefined, reliability: undefined }),
    ) as typeof test;
    expect(reliability(rest).map((r) => r.low)).toEqual([null, null]);
  });
});

describe('its parts', () => {
  it('escapes text and data so that they come back the same', () => {
    expect(escaped(`<a b="c">&'`)).toBe('&lt;a b=&quot;c&quot;&gt;&amp;&#39;');
    for (const text of HOSTILE) expect(unpacked(packed(text))).toBe(text);
  });

  it('links to the web alone', () => {
    expect(isWeb('https://example.org/a?b=c#d')).toBe(true);
    for (const bad of [
      'javascript:alert(1)',
      ' https://example.org',
      '//example.org',
      'https://me:pw@example.org',
      'http://',
      'file:///etc/passwd',
      'ftp://example.org',
    ])
      expect(isWeb(bad), bad).toBe(false);
  });

  it('puts likelihood ratios into the words of the ENFSI scale', () => {
    expect(support(0.1, 'one', 'two')).toBe('support for neither one nor two');
    expect(support(2.5, 'one', 'two')).toBe('moderately strong support for one rather than two');
    expect(support(-4.2, 'one', 'two')).toBe('very strong support for two rather than one');
    expect(SCALE.map((s) => s.from)).toEqual([...SCALE.map((s) => s.from)].sort((a, b) => b - a));
  });
});

describe('manyhands report', () => {
  it.each([
    ['no JSON', 'hello', /not JSON/],
    ['another JSON', '{"a":1}', /not a report of schema manyhands\.report\/1/],
    ['a damaged report', JSON.stringify({ ...fixture, pairs: [{ a: 1 }] }), /\/pairs\/0/],
  ])('refuses %s with a message and no stack', (_, input, message) => {
    const { code, err, out } = manyhands(['report', '-', '--format', 'html'], { input });
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
    expect(err).not.toMatch(/\n\s+at /);
  });

  it('refuses an unknown table and names the nearest', () => {
    const { code, err } = manyhands(['report', 'fixtures/page/report.json', '--format', 'csv', '--table', 'pair']);
    expect(code).toBe(2);
    expect(err).toMatch(/Did you mean pairs\?/);
  });
});
