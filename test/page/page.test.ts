import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { escaped, isWeb } from '../../src/page/html.js';
import { packed, unpacked } from '../../src/page/packed.js';
import { pageHtml } from '../../src/page/page.js';
import { SCALE, support } from '../../src/page/words.js';
import type { Report } from '../../src/types.js';
import { manyhands } from '../helpers.js';
import { HOSTILE, hostileReport } from './hostile.js';

const fixture = JSON.parse(readFileSync('fixtures/page/report.json', 'utf8')) as Report;
const assets = { script: '/* script */', style: '/* style */' };
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

  it('lets only its own script and style run, by their hashes', () => {
    const html = pageHtml(fixture, assets);
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
