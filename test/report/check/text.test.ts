import { parse } from 'csv-parse/sync';
import { parseHTML } from 'linkedom';
import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import type { CheckReport } from '../../../src/types/types.js';
import { csv } from '../../../src/report/check/csv.js';
import { github, githubSummary } from '../../../src/report/check/github.js';
import { withoutCommands } from '../../../src/text/visible.js';
import { markdown } from '../../../src/report/check/markdown.js';
import { visible } from '../../../src/text/visible.js';
import { HOSTILE } from '../../page/hostile.js';
import { finding, sample, unread, withMany, withText } from './sample.js';

/** What only these formats have to fear. */
const MORE: readonly string[] = [
  ...['::error file=x::y', '##[add-mask]a', 'a %0A::set-output name=x::y', '100 % %25', 'x\n::warning::y'],
  ...['@everyone and @octocat', '#1 GH-1 owner/repo#2', 'https://example.org/x www.example.org a@example.org'],
  ...['[a](https://example.org)', '![a](https://example.org/x.png)', '<!-- -->', '$x$ :smile: ~~a~~ `b` **c** _d_'],
  ...[
    '| a | b |',
    '- a',
    '1. a',
    '> a',
    '# a',
    '---',
    '```',
    '    code',
    '&amp; &#65; &lt;b&gt;',
    'a  \nb',
    '\\',
    '\\`',
  ],
];
const TEXTS = [...HOSTILE, ...MORE];
const shown = (text: string, max = 2000): string => visible(text, max);

interface Element {
  readonly textContent: string;
  querySelectorAll(selector: string): Iterable<Element>;
}

describe('Markdown', () => {
  // As generous as GitHub: HTML is let through, and addresses become links; bare names of hosts do not.
  const reader = new MarkdownIt({ html: true, linkify: true });
  reader.linkify.set({ fuzzyLink: false });
  const page = (text: string): Element =>
    parseHTML(`<html><body>${reader.render(text)}</body></html>`).document as unknown as Element;
  const all = (of: Element, selector: string): readonly Element[] => [...of.querySelectorAll(selector)];
  const flat = (text: string): string => text.replace(/\s+/g, ' ').trim();

  it('says what counts, what is weaker and what is accepted, and for each why', () => {
    const text = markdown(sample);
    const headings = all(page(text), 'h1, h2').map((h) => h.textContent);
    expect(headings).toEqual([
      'manyhands check: failed',
      'Findings (evidence, not proof)',
      'Weaker findings',
      'What to make of it',
      'Accepted findings',
      'Submissions',
      'Passed over',
      'Notices',
    ]);
    expect(text).toMatch(/Accepted until 2030\\?-01\\?-31\\?: quoted with leave/);
  });

  it('says what to do with findings, once for each of their rules', () => {
    const text = markdown(sample);
    const steps = text.slice(text.indexOf('## What to make of it'), text.indexOf('## Accepted'));
    expect(steps.match(/^- Does not read like its byline\. Ask the writer/gm)?.length).toBe(1);
    expect(steps).toMatch(/^- Not measured: who edited it/m);
    expect(markdown(unread)).toMatch(/^# manyhands check: incomplete\n/);
  });

  it('says nothing of what there is not', () => {
    const text = markdown({
      ...sample,
      findings: [],
      skipped: [],
      notices: [],
      gate: { ...sample.gate, reached: 0, passed: true },
    });
    expect(all(page(text), 'h1, h2').map((h) => h.textContent)).toEqual(['manyhands check: passed', 'Submissions']);
  });

  it.each(TEXTS)('gives back %j, and makes nothing of it', (text) => {
    const plain = page(markdown(withText('plain')));
    const read = page(markdown(withText(text)));
    const kinds =
      'a, img, script, style, iframe, svg, form, input, code, pre, del, strong, blockquote, hr, sup, sub, video, meta, base, link';
    expect(all(read, kinds).map((e) => e.textContent)).toEqual([]);
    // The same elements as for a harmless text.
    for (const kind of ['h1', 'h2', 'h3', 'p', 'ul', 'ol', 'li', 'em', 'table', 'tr', 'td'])
      expect([kind, all(read, kind).length]).toEqual([kind, all(plain, kind).length]);
    const cells = all(read, 'td').map((c) => c.textContent);
    expect(flat(cells[1]!)).toBe(flat(shown(text)));
    expect(flat(all(read, 'li')[0]!.textContent)).toBe(flat(`for: ${shown(text)}`));
    expect(markdown(withText(text))).not.toMatch(/@(?!<!-- -->)|www\./);
  });
});

describe('GitHub', () => {
  interface Command {
    readonly name: string;
    readonly properties: Readonly<Record<string, string>>;
    readonly data: string;
  }
  /** As the runner reads a line: commands begin it, properties and data are unescaped. */
  const commands = (text: string): readonly Command[] =>
    text.split('\n').flatMap((line): Command[] => {
      const m = /^\s*::([^ :]+)(?: (.*?))?::(.*)$/.exec(line);
      if (m === null) return [];
      const data = (v: string): string => v.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
      const property = (v: string): string => data(v.replaceAll('%3A', ':').replaceAll('%2C', ','));
      const pairs = (m[2] ?? '')
        .split(',')
        .map((p) => [p.slice(0, p.indexOf('=')), property(p.slice(p.indexOf('=') + 1))]);
      return [{ name: m[1]!, properties: Object.fromEntries(pairs) as Record<string, string>, data: data(m[3]!) }];
    });

  it('annotates each finding that is not accepted, at its place', () => {
    const found = commands(github(sample));
    expect(found.map((c) => c.name)).toEqual(['error', 'error', 'warning', 'notice']);
    expect(found[0]!.properties).toEqual({ file: 'new/a.md', line: '1', title: 'Does not read like its byline' });
    expect(found[3]!.properties).toMatchObject({ line: '7', endLine: '7', col: '2', endColumn: '3' });
    expect(github(sample)).toMatch(/1 finding is accepted/);
  });

  it.each(TEXTS)('gives back %j, and runs nothing of it', (text) => {
    const out = github(withText(text));
    const found = commands(out);
    expect(found.map((c) => c.name)).toEqual(['error']);
    expect(found[0]!.properties['file']).toBe(shown(text, 1000));
    expect(found[0]!.data).toBe(`${shown(text)} (Strong evidence, log10 LR 2.4; chance would give 0.02 such findings)`);
    // The old form of commands is found anywhere in a line that is no command.
    const rest = out.split('\n').filter((line) => !line.startsWith('::'));
    expect(rest.join('\n')).not.toMatch(/##\[/);
    expect(rest.length).toBe(1 + 1 + 1 + 1 + 1);
  });

  it('says of what could not be read that it was not checked', () => {
    const lines = github(unread).split('\n');
    expect(lines[0]).toBe('::error file=new/broken.md,line=3,title=Not checked::new/broken.md, line 3: cut short');
    expect(lines.at(-2)).toMatch(/^- Incomplete: .*; not everything could be read, so not everything was checked\.$/);
  });

  it('takes commands out of text for people', () => {
    const text = 'a ::error::x\n  ::error file=x::y\n::warning::z ##[add-mask]q\n';
    expect(commands(withoutCommands(text))).toEqual([]);
    expect(withoutCommands(text)).not.toMatch(/##\[/);
    expect(withoutCommands('a: b\n  : c\n')).toBe('a: b\n  : c\n');
  });

  it('keeps to ten annotations of a level, and says what is left out', () => {
    const ten = commands(github(withMany(10)));
    expect(ten.filter((c) => c.data.includes('are shown')).length).toBe(0);
    const out = github(withMany(25));
    const found = commands(out);
    expect(found.length).toBe(10);
    expect(found[9]!.data).toMatch(/^9 of 25 findings are shown/);
    for (let i = 0; i < 25; i++) expect(out).toContain(`new/${i}.md`);
  });

  it('gives no file for standard input', () => {
    const location = { ...sample.findings[0]!.location, path: '-' };
    const [c] = commands(github({ ...sample, findings: [finding({ location })] }));
    expect(c!.properties).not.toHaveProperty('file');
  });

  it('cuts a summary that GitHub would drop, between lines, and says so', () => {
    expect(githubSummary(sample)).toBe(markdown(sample));
    const report: CheckReport = withMany(4000);
    const cut = githubSummary(report);
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(1024 * 1024);
    expect(Buffer.byteLength(cut)).toBeGreaterThan(1_000_000);
    expect(cut).toMatch(/\n\n\*\*The rest is left out: .*\*\*\n$/);
    expect(markdown(report).startsWith(cut.slice(0, cut.indexOf('\n\n**The rest')))).toBe(true);
  });
});

describe('CSV', () => {
  const rows = (report: CheckReport): readonly Record<string, string>[] =>
    parse(csv(report), { columns: true }) as Record<string, string>[];

  it('has a row for every finding, and one for every submission without', () => {
    const found = rows(sample);
    expect(found.map((r) => [r['submission'], r['rule'], r['counts']])).toEqual([
      ['new/a.md', 'not-this-byline', 'yes'],
      ['new/a.md', 'fits-another-byline', 'yes'],
      ['new/a.md', 'fits-another-byline', 'no'],
      ['new/a.md', 'copied-passage', 'no'],
      ['dump.jsonl#7', 'unusual-characters', 'no'],
      ['new/c.md', '', ''],
    ]);
    expect(found[3]).toMatchObject({ line: '9', accepted: 'quoted with leave', until: '2030-01-31', 'log10 LR': '' });
  });

  it.each(TEXTS)('gives back %j, and no spreadsheet computes it', (text) => {
    const [row] = rows(withText(text));
    for (const column of ['path', 'submission', 'byline', 'title', 'why', 'other byline', 'message']) {
      expect(row![column]!.replace(/^'(?=\s*[=+\-@＝＋－＠])/u, '')).toBe(shown(text));
      expect(row![column]).not.toMatch(/^\s*[=+\-@\t\r＝＋－＠]/u);
    }
  });
});
