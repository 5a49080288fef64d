import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { beforeAll, describe, expect, it } from 'vitest';
import { seededRandom, shuffled } from '../src/math/random.js';
import type { Report } from '../src/types/types.js';
import { manyhands } from './helpers.js';

const federalist = readFileSync('fixtures/demo/federalist.jsonl', 'utf8');
const digitalgov = readFileSync('fixtures/demo/digitalgov.jsonl', 'utf8');
const schema = JSON.parse(readFileSync('schema/report-1.json', 'utf8')) as object;
const scan = (input: string): { report: Report; text: string } => {
  const { out } = manyhands(['scan', '-', '--format', 'json', '--all-pairs'], { input });
  return { report: JSON.parse(out) as Report, text: out };
};
/** Everything but ids and lines that hold a place in the input. */
const figures = (report: Report): unknown => [
  JSON.parse(JSON.stringify(report.findings, (key, v: unknown) => (key === 'line' ? undefined : v))),
  report.pairs.map((p) => [p.a, p.b, p.score]),
  report.bylines,
];

describe('the demo', () => {
  let found: Report;
  beforeAll(() => {
    found = JSON.parse(manyhands(['scan', 'fixtures/demo', '--format', 'json', '--all-pairs']).out) as Report;
  });

  it('links the two bylines cut from one author and calls Publius the work of several hands, and says no more', () => {
    expect(found.findings.map((f) => [f.kind, f.bylines]).sort()).toEqual([
      ['group-run', ['Publius']],
      ['sockpuppets', ['Dana Whitfield', 'Peter Okafor']],
    ]);
  });

  it('stays silent on its honest twin: the same authors without the cut and without Publius', () => {
    const lines = digitalgov
      .trim()
      .split('\n')
      .filter((line) => !line.includes('"Peter Okafor"'));
    expect(scan(lines.join('\n')).report.findings).toEqual([]);
  });

  it('parts Hamilton’s papers from Madison’s', () => {
    const publius = found.bylines.find((b) => b.byline === 'Publius')!.hands;
    expect(publius.verdict).toBe('several');
    expect(publius.assignments.length).toBe(85);
  });

  it('validates against the shipped schema, abstentions and all', () => {
    const validate = new Ajv({ allErrors: true, strict: false }).compile(schema);
    expect(validate(found), JSON.stringify(validate.errors)).toBe(true);
    expect(found.pairs.length).toBe((found.corpus.bylines * (found.corpus.bylines - 1)) / 2);
    for (const pair of found.pairs) expect(Number.isFinite(pair.score)).toBe(true);
    for (const { hands } of found.bylines) expect(Number.isFinite(hands.score)).toBe(true);
  });

  it('gives the same bytes twice and the same figures from shuffled input', () => {
    const lines = digitalgov.trim().split('\n');
    const first = scan(lines.join('\n'));
    expect(scan(lines.join('\n')).text).toBe(first.text);
    expect(figures(scan(shuffled(lines, seededRandom(3)).join('\n')).report)).toEqual(figures(first.report));
  });

  it('never says that a person is a sockpuppet', () => {
    const { out } = manyhands(['scan', 'fixtures/demo']);
    expect(out).not.toMatch(/\bis a (?:sock|fake|persona)/i);
    expect(Math.max(...out.split('\n').map((l) => l.length))).toBeLessThanOrEqual(80);
  });

  it('works on two bylines and on one', () => {
    const two = digitalgov
      .trim()
      .split('\n')
      .filter((l) => /"(?:Peter Okafor|awichman)"/.test(l));
    expect(scan(two.join('\n')).report.corpus.bylines).toBe(2);
    expect(scan(federalist).report.corpus.bylines).toBe(1);
  });
});
