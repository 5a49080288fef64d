import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import AjvDraft4 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import type { CheckReport } from '../../../src/types/types.js';
import { gitlab } from '../../../src/report/check/gitlab.js';
import { jsonl } from '../../../src/report/check/jsonl.js';
import { sarif } from '../../../src/report/check/sarif.js';
import { visible } from '../../../src/text/visible.js';
import { HOSTILE } from '../../page/hostile.js';
import { finding, sample, unread, withMany, withText } from './sample.js';

const json = (path: string): object => JSON.parse(readFileSync(path, 'utf8')) as object;
/** No character but line ends that steers a terminal. */
const STEERING = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;
/** What a JSON text can carry of a text: half surrogates come out as U+FFFD nowhere, so as they are. */
const same = (a: unknown, b: unknown): void => expect(a).toEqual(JSON.parse(JSON.stringify(b)));

interface Located {
  readonly physicalLocation?: { readonly artifactLocation: { readonly uri: string }; readonly region?: object };
  readonly logicalLocations?: readonly { readonly name: string }[];
}
interface Log {
  readonly runs: readonly {
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly locations: readonly Located[];
      readonly relatedLocations: readonly Located[];
      readonly partialFingerprints: Readonly<Record<string, string>>;
      readonly suppressions?: readonly object[];
      readonly properties: Readonly<Record<string, unknown>>;
    }[];
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly invocations: readonly {
      readonly executionSuccessful: boolean;
      readonly toolExecutionNotifications: readonly { readonly descriptor: { readonly id: string } }[];
    }[];
  }[];
}

describe('SARIF', () => {
  const ajv = new AjvDraft4.default({ strict: false, unicodeRegExp: false });
  addFormats.default(ajv as unknown as Ajv);
  const valid: ValidateFunction = ajv.compile(json('fixtures/schemas/sarif-2.1.0-rtm.5.json'));
  const made = (report: CheckReport): Log => {
    const text = sarif(report);
    const log = JSON.parse(text) as Log;
    expect(valid(log), JSON.stringify(valid.errors)).toBe(true);
    expect(text).not.toMatch(STEERING);
    return log;
  };

  it('is what the official schema describes; and the schema refuses what is not', () => {
    made(sample);
    made({ ...sample, findings: [], submissions: [], skipped: [], notices: [] });
    expect(valid({ version: '2.1.0', runs: [{ results: [] }] })).toBe(false);
  });

  it('says that it did not succeed where something could not be read, and of findings that it did', () => {
    const succeeded = (report: CheckReport): boolean => made(report).runs[0]!.invocations[0]!.executionSuccessful;
    expect([succeeded(sample), succeeded(unread)]).toEqual([true, false]);
  });

  it('carries the rule, the level, the place and the fingerprint of each finding', () => {
    const { results, tool } = made(sample).runs[0]!;
    expect(results.map((r) => r.level)).toEqual(['error', 'error', 'warning', 'error', 'note']);
    results.forEach((r, i) => {
      const f = sample.findings[i]!;
      expect(tool.driver.rules[r.ruleIndex]!.id).toBe(r.ruleId);
      expect(r.ruleId).toBe(f.rule);
      expect(r.partialFingerprints).toEqual({
        primaryLocationLineHash: `${f.fingerprint}:1`,
        'manyhands/v1': f.fingerprint,
      });
    });
    expect(results[3]!.locations[0]!.physicalLocation).toEqual({
      artifactLocation: { uri: 'new/a.md' },
      region: { startLine: 9, endLine: 11, startColumn: 4, endColumn: 20 },
    });
  });

  it('names the other byline in relatedLocations, with its article or alone', () => {
    const [, withArticle, alone] = made(sample).runs[0]!.results;
    expect(withArticle!.relatedLocations).toMatchObject([
      {
        physicalLocation: { artifactLocation: { uri: 'archive/old%207%25.md' }, region: { startLine: 3 } },
        logicalLocations: [{ name: 'Cy Author' }],
      },
    ]);
    expect(alone!.relatedLocations).toMatchObject([{ logicalLocations: [{ name: 'Dee Other' }] }]);
  });

  it('keeps accepted findings, suppressed, with their reason', () => {
    const { results } = made(sample).runs[0]!;
    expect(results.map((r) => r.suppressions ?? null)).toEqual([
      null,
      null,
      null,
      [{ kind: 'external', status: 'accepted', justification: 'quoted with leave' }],
      null,
    ]);
  });

  it.each(HOSTILE)('gives back %j', (text) => {
    const run = made(withText(text)).runs[0]!;
    const [r] = run.results;
    // Only what the schema of the file itself cannot be said in is escaped: links and braces of a message.
    const message = r!.message.text.replaceAll('{{', '{').replaceAll('}}', '}');
    expect(message.replaceAll('] (', '](')).toBe(visible(text, 1000).replaceAll('] (', ']('));
    expect(message).not.toMatch(/\]\(/);
    same(r!.properties['byline'], text);
    same(r!.locations[0]!.logicalLocations![0]!.name, text);
    const whole = text.replace(/\p{Cs}/gu, '\uFFFD');
    for (const at of [r!.locations[0]!, r!.relatedLocations[0]!])
      expect(decodeURIComponent(at.physicalLocation!.artifactLocation.uri)).toBe(whole);
  });

  it('says when there are more results than GitHub takes', () => {
    const run = made(withMany(25_001)).runs[0]!;
    expect(run.results.length).toBe(25_000);
    expect(run.invocations[0]!.toolExecutionNotifications.map((n) => n.descriptor.id)).toContain('truncated');
    const shown = made(withMany(5001)).runs[0]!;
    expect(shown.results.length).toBe(5001);
    expect(JSON.stringify(shown.invocations)).toMatch(/GitHub shows no more/);
    const whole = made(withMany(5)).runs[0]!;
    expect(whole.invocations[0]!.toolExecutionNotifications.map((n) => n.descriptor.id)).not.toContain('truncated');
  });

  it('shows a hundred related places at most, and says how many more there are', () => {
    const one = { byline: 'Cy', article: 'x', path: 'x.md', line: null };
    const report = { ...sample, findings: [finding({ related: Array.from({ length: 150 }, () => one) })] };
    const [r] = made(report).runs[0]!.results;
    expect([r!.relatedLocations.length, r!.properties['moreRelatedLocations']]).toEqual([100, 50]);
  });

  it('gives standard input a name', () => {
    const at = { ...sample.findings[0]!.location, path: '-' };
    const [r] = made({ ...sample, findings: [finding({ location: at })] }).runs[0]!.results;
    expect(r!.locations[0]!.physicalLocation!.artifactLocation.uri).toBe('stdin');
  });
});

describe('JSON Lines', () => {
  it('put together again are the report', () => {
    const lines = jsonl(sample)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string });
    const of = (type: string): object[] =>
      lines
        .filter((l) => l.type === type)
        .map((l) => Object.fromEntries(Object.entries(l).filter(([key]) => key !== 'type')));
    expect(lines[0]!.type).toBe('check');
    const [check] = of('check');
    const { submissions, findings, skipped, notices } = sample;
    expect({
      ...check,
      submissions: of('submission'),
      findings: of('finding'),
      skipped: of('skipped'),
      notices: of('notice'),
    }).toEqual({ ...sample, submissions, findings, skipped, notices });
  });

  it.each(HOSTILE)('give back %j, on a line of its own', (text) => {
    const out = jsonl(withText(text));
    expect(out).not.toMatch(STEERING);
    const lines = out.trimEnd().split('\n');
    expect(lines.length).toBe(6);
    same((JSON.parse(lines[2]!) as { message: unknown }).message, text);
  });
});

describe('GitLab code quality', () => {
  // As GitLab documents the report: a JSON array of objects with these fields.
  const valid = new Ajv().compile({
    type: 'array',
    items: {
      type: 'object',
      required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
      properties: {
        description: { type: 'string', minLength: 1 },
        check_name: { type: 'string' },
        fingerprint: { type: 'string', minLength: 1 },
        severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
        location: {
          type: 'object',
          required: ['path', 'lines'],
          properties: {
            path: { type: 'string', not: { pattern: '^\\./' } },
            lines: { type: 'object', required: ['begin'], properties: { begin: { type: 'integer', minimum: 1 } } },
          },
        },
      },
    },
  });
  interface Issue {
    readonly description: string;
    readonly fingerprint: string;
    readonly severity: string;
    readonly location: { readonly path: string };
  }
  const made = (report: CheckReport): readonly Issue[] => {
    const issues = JSON.parse(gitlab(report)) as Issue[];
    expect(valid(issues), JSON.stringify(valid.errors)).toBe(true);
    return issues;
  };

  it('has the documented shape, a severity for each strength, and no accepted findings', () => {
    expect(made(sample).map((i) => i.severity)).toEqual(['critical', 'major', 'minor', 'info']);
    expect(made({ ...sample, findings: [] })).toEqual([]);
    expect(made(unread)).toMatchObject([{ severity: 'critical', location: { path: 'new/broken.md' } }]);
  });

  it('never gives two issues one fingerprint', () => {
    const issues = made({ ...sample, findings: [finding(), finding(), finding()] });
    expect(new Set(issues.map((i) => i.fingerprint)).size).toBe(3);
  });

  it.each(HOSTILE)('gives back %j', (text) => {
    const [issue] = made(withText(text));
    expect(gitlab(withText(text))).not.toMatch(STEERING);
    expect(issue!.description.startsWith(`Passage stands in the archive: ${visible(text, 1900).slice(0, 1500)}`)).toBe(
      true,
    );
    same(issue!.location.path, text);
  });
});
