import { readFileSync } from 'node:fs';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import type { CheckReport } from '../../../src/types/types.js';
import { checkstyle } from '../../../src/report/check/checkstyle.js';
import { junit } from '../../../src/report/check/junit.js';
import { visible } from '../../../src/text/visible.js';
import { HOSTILE } from '../../page/hostile.js';
import { sample, unread, withText } from './sample.js';

/** An element with all below it, as a strict parser reads it. */
interface Parsed {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Parsed[];
  text: string;
}
function parsed(xml: string): Parsed {
  const root: Parsed = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element: Parsed = { name, attributes, children: [], text: '' };
    open.at(-1)!.children.push(element);
    open.push(element);
  });
  parser.on('text', (text) => (open.at(-1)!.text += text));
  parser.on('closetag', () => open.pop());
  parser.write(xml).close();
  return root;
}
const all = (xml: Parsed, name: string): readonly Parsed[] =>
  xml.children.flatMap((c) => [...(c.name === name ? [c] : []), ...all(c, name)]);
const one = (xml: Parsed, name: string): Parsed => all(xml, name)[0]!;
/** What XML gives back of a text: as it is shown. */
const shown = (text: string, max = 2000): string => visible(text, max);

const XSD = readFileSync('fixtures/schemas/jenkins-junit.xsd', 'utf8');
const errors = async (contents: readonly string[], schema?: string): Promise<readonly string[]> => {
  const xml = contents.map((text, i) => ({ fileName: `${i}.xml`, contents: text }));
  const result = await validateXML({
    xml,
    ...(schema === undefined ? {} : { schema: [{ fileName: 'x.xsd', contents: schema }] }),
  } as Parameters<typeof validateXML>[0]);
  return result.errors.map((e) => e.rawMessage);
};
const reports: readonly CheckReport[] = [
  sample,
  unread,
  { ...sample, findings: [], submissions: [], skipped: [], notices: [] },
  ...HOSTILE.map(withText),
];

describe('JUnit', () => {
  it('is what Jenkins’ schema describes, whatever stands in it; and the schema refuses what is not', async () => {
    expect(await errors(reports.map(junit), XSD)).toEqual([]);
    expect(await errors(['<testsuites><testcase name="x"/></testsuites>'], XSD)).not.toEqual([]);
  });

  it('has a test case for every submission: failed, passed or skipped', () => {
    const xml = parsed(junit(sample));
    expect(all(xml, 'testcase').map((c) => c.attributes['name'])).toEqual([
      'new/a.md: A new title',
      'dump.jsonl#7: A new title',
      'new/c.md',
      'new/skip.md',
    ]);
    expect(all(xml, 'testcase').map((c) => all(c, 'failure').length)).toEqual([2, 0, 0, 0]);
    expect(all(xml, 'testcase').map((c) => all(c, 'skipped').length)).toEqual([0, 0, 1, 1]);
    const suite = one(xml, 'testsuite');
    expect(['tests', 'failures', 'errors', 'skipped'].map((a) => suite.attributes[a])).toEqual(['4', '1', '0', '2']);
  });

  it('has an error for what could not be read', () => {
    const xml = parsed(junit(unread));
    const last = all(xml, 'testcase').at(-1)!;
    expect([last.attributes['name'], one(last, 'error').attributes]).toEqual([
      'new/broken.md',
      { type: 'broken-csv', message: 'new/broken.md, line 3: cut short' },
    ]);
    expect(one(xml, 'testsuite').attributes['errors']).toBe('1');
  });

  it('shows accepted findings without failing, and says why they are accepted', () => {
    const first = all(parsed(junit(sample)), 'testcase')[0]!;
    expect(all(first, 'failure').map((f) => f.attributes['type'])).not.toContain('copied-passage');
    expect(one(first, 'system-out').text).toMatch(/Accepted until 2030-01-31: quoted with leave/);
  });

  it.each(HOSTILE)('gives back %j', (text) => {
    const xml = parsed(junit(withText(text)));
    const [first, skipped] = all(xml, 'testcase');
    expect(first!.attributes['name']).toBe(shown(`${text}: ${text}`));
    expect(first!.attributes['classname']).toBe(shown(text));
    expect(one(first!, 'failure').attributes['message']).toBe(shown(text));
    expect(one(first!, 'failure').text.split('\n')).toContain(shown(`+ ${text}`));
    expect(one(skipped!, 'skipped').text).toBe(shown(text));
    expect(one(xml, 'system-err').text).toBe(shown(`warning: ${text}`));
  });
});

describe('Checkstyle', () => {
  it('is well-formed, whatever stands in it', async () => {
    expect(await errors(reports.map(checkstyle))).toEqual([]);
    expect(await errors(['<checkstyle><file></checkstyle>'])).not.toEqual([]);
  });

  it('has an error for what could not be read', () => {
    const found = one(parsed(checkstyle(unread)), 'error').attributes;
    expect(found).toEqual({
      line: '3',
      severity: 'error',
      message: 'new/broken.md, line 3: cut short',
      source: 'manyhands.broken-csv',
    });
  });

  it('has the findings under their files, with line, severity and source, without the accepted', () => {
    const files = all(parsed(checkstyle(sample)), 'file');
    expect(files.map((f) => f.attributes['name'])).toEqual(['new/a.md', 'dump.jsonl']);
    const found = all(parsed(checkstyle(sample)), 'error');
    expect(found.map((e) => ['line', 'column', 'severity', 'source'].map((a) => e.attributes[a]))).toEqual([
      ['1', undefined, 'error', 'manyhands.not-this-byline'],
      ['1', undefined, 'error', 'manyhands.fits-another-byline'],
      ['1', undefined, 'warning', 'manyhands.fits-another-byline'],
      ['7', '2', 'info', 'manyhands.unusual-characters'],
    ]);
  });

  it.each(HOSTILE)('gives back %j', (text) => {
    const xml = parsed(checkstyle(withText(text)));
    expect(one(xml, 'file').attributes['name']).toBe(shown(text));
    expect(all(xml, 'error').length).toBe(1);
    expect(one(xml, 'error').attributes['message']).toBe(
      `Passage stands in the archive: ${shown(text)} (Strong evidence, log10 LR 2.4; chance would give 0.02 such findings)`,
    );
  });
});
