import { describe, expect, it } from 'vitest';
import {
  baselineText,
  EMPTY,
  isDay,
  parseBaseline,
  prunedBaseline,
  updatedBaseline,
  withBaseline,
  type Baseline,
  type BaselineEntry,
} from '../../src/baseline/baseline.js';
import type { CheckReport } from '../../src/types/types.js';
import { finding, sample } from '../report/check/sample.js';

const open: CheckReport = { ...sample, findings: sample.findings.map((f) => ({ ...f, accepted: null })) };
const accepting = (part: Partial<BaselineEntry> = {}, at = 0): Baseline => {
  const f = open.findings[at]!;
  const { fingerprint, rule, byline, otherByline } = f;
  const entry = { fingerprint, rule, path: f.location.path, byline, otherByline, reason: 'known', until: null };
  return { ...EMPTY, accepted: [{ ...entry, ...part }] };
};
const codes = (report: CheckReport): string[] =>
  report.notices.map((n) => n.code).filter((c) => c.startsWith('baseline'));
const read = (entry: unknown): Baseline =>
  parseBaseline(JSON.stringify({ schema: EMPTY.schema, accepted: [entry] }), 'b.json');

describe('a baseline file', () => {
  it('in which two versions were left is told with the line, and what to do', () => {
    const two = '{\n<<<<<<< HEAD\n  "accepted": []\n=======\n  "accepted": [{}]\n>>>>>>> other\n}\n';
    expect(() => parseBaseline(two, 'b.json')).toThrow(/b\.json, line 2: a conflict of two versions/);
    expect(() => parseBaseline('{', 'b.json')).toThrow(/b\.json: not JSON/);
  });
});

describe('accepted findings', () => {
  it('do not count, and stay in the report with their reason', () => {
    const before = withBaseline(open, EMPTY, '2026-01-01');
    expect(before.gate).toMatchObject({ reached: 3, passed: false });
    const after = withBaseline(open, accepting(), '2026-01-01');
    expect(after.gate.reached).toBe(2);
    expect(after.findings.length).toBe(open.findings.length);
    expect(after.findings[0]!.accepted).toEqual({ reason: 'known', until: null });
    expect(codes(after)).toEqual([]);
  });

  it('pass when none is left that counts, or no more than are let through', () => {
    const all = updatedBaseline(EMPTY, open, { reason: 'old', until: null }).baseline;
    expect(withBaseline(open, all, '2026-01-01').gate).toMatchObject({ reached: 0, passed: true });
    const lenient = { ...open, gate: { ...open.gate, maxFindings: 2 } };
    expect(withBaseline(lenient, accepting(), '2026-01-01').gate).toMatchObject({ reached: 2, passed: true });
    expect(withBaseline(lenient, EMPTY, '2026-01-01').gate).toMatchObject({ reached: 3, passed: false });
  });

  it('are accepted through their last day; the day after they count, and it is said', () => {
    const until = accepting({ until: '2026-03-31' });
    expect(withBaseline(open, until, '2026-03-31').gate.reached).toBe(2);
    const after = withBaseline(open, until, '2026-04-01');
    expect(after.gate.reached).toBe(3);
    expect(after.findings[0]!.accepted ?? null).toBe(null);
    expect(after.notices.at(-1)).toMatchObject({ level: 'warning', code: 'baseline-expired' });
    expect(after.notices.at(-1)!.message).toMatch(/until 2026-03-31 \(“known”\) and counts again/);
  });

  it('are known by content: another place makes no difference, another fingerprint does', () => {
    const moved = { ...open.findings[0]!, location: { ...open.findings[0]!.location, path: 'elsewhere.md' } };
    const report = { ...open, findings: [moved, ...open.findings.slice(1)] };
    expect(withBaseline(report, accepting(), '2026-01-01').gate.reached).toBe(2);
    const changed = { ...open, findings: [finding({ fingerprint: 'f'.repeat(32) })] };
    expect(withBaseline(changed, accepting(), '2026-01-01').gate.reached).toBe(1);
  });

  it('that are no longer found are named, when their article was checked', () => {
    const gone = accepting({ fingerprint: '0'.repeat(32) });
    expect(codes(withBaseline(open, gone, '2026-01-01'))).toEqual(['baseline-unused']);
    expect(
      codes(withBaseline(open, accepting({ fingerprint: '0'.repeat(32), path: 'other.md' }), '2026-01-01')),
    ).toEqual([]);
  });
});

describe('updating', () => {
  it('takes what counts and nothing weaker, and keeps what is there', () => {
    const there = accepting({ reason: 'first' });
    const marked = withBaseline(open, there, '2026-01-01');
    const { baseline, added } = updatedBaseline(there, marked, { reason: 'second', until: '2026-12-31' });
    expect(added).toBe(2);
    expect(baseline.accepted.map((e) => [e.reason, e.until])).toEqual([
      ['first', null],
      ['second', '2026-12-31'],
      ['second', '2026-12-31'],
    ]);
    expect(baseline.accepted.map((e) => e.rule)).not.toContain('unusual-characters');
  });

  it('renews an expired entry', () => {
    const there = accepting({ until: '2025-01-01' });
    const marked = withBaseline(open, there, '2026-01-01');
    const { baseline } = updatedBaseline(there, marked, { reason: 'again', until: null });
    const own = baseline.accepted.filter((e) => e.fingerprint === open.findings[0]!.fingerprint);
    expect(own.map((e) => e.reason)).toEqual(['again']);
  });

  it('twice changes nothing, byte for byte', () => {
    const once = updatedBaseline(EMPTY, open, { reason: 'x', until: null }).baseline;
    const twice = updatedBaseline(once, withBaseline(open, once, '2026-01-01'), { reason: 'y', until: null });
    expect([twice.added, baselineText(twice.baseline)]).toEqual([0, baselineText(once)]);
  });
});

describe('pruning', () => {
  const entry = (fingerprint: string, path: string): BaselineEntry => ({
    ...accepting().accepted[0]!,
    fingerprint,
    path,
  });
  const found = open.findings[0]!.fingerprint;
  const baseline: Baseline = {
    ...EMPTY,
    accepted: [
      entry(found, 'moved.md'),
      entry('1'.repeat(32), 'new/a.md'),
      entry('2'.repeat(32), 'unseen.md'),
      entry('3'.repeat(32), 'deleted.md'),
      entry('4'.repeat(32), '-'),
    ],
  };

  it('takes out what is not found any more, and what is gone; not what this run did not see', () => {
    const { baseline: kept, removed } = prunedBaseline(baseline, open, (path) => path === 'deleted.md' || path === '-');
    expect(kept.accepted.map((e) => e.path)).toEqual(['moved.md', 'unseen.md', '-']);
    expect(removed).toBe(2);
  });
});

describe('the file', () => {
  it('is read as it was written, sorted', () => {
    const { baseline } = updatedBaseline(EMPTY, open, { reason: 'x', until: '2026-12-31' });
    const text = baselineText(baseline);
    expect(baselineText(parseBaseline(text, 'b.json'))).toBe(text);
    const turned = { ...baseline, accepted: baseline.accepted.slice().reverse() };
    expect(baselineText(turned)).toBe(text);
  });

  const good = accepting().accepted[0]!;
  it.each([
    [{ ...good, reason: ' ' }, /b\.json, entry 1: has no reason/],
    [{ ...good, reason: undefined }, /has no reason/],
    [{ ...good, until: '2026-02-30' }, /"until" must be a day/],
    [{ ...good, until: 7 }, /"until" must be a day/],
    [{ ...good, fingerprint: 'x' }, /has no fingerprint/],
    [{ ...good, rule: 'x\u001b' }, /there is no rule "x\\x1b"/],
    [null, /is not an object/],
  ])('an entry %j is refused, with its place', (entry, message) => {
    expect(() => read(entry)).toThrow(message);
  });

  it.each([
    '',
    '{',
    '[]',
    'null',
    '{"schema": "manyhands.baseline/2", "accepted": []}',
    '{"schema": "manyhands.baseline/1"}',
  ])('%j is no baseline', (text) => {
    expect(() => parseBaseline(text, 'b.json')).toThrow(/b\.json: not/);
  });

  it('knows days', () => {
    expect(['2026-02-28', '2028-02-29'].every(isDay)).toBe(true);
    expect(['2026-02-29', '2026-13-01', '2026-1-1', 'tomorrow', ''].some(isDay)).toBe(false);
  });
});
