import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Report, SharedPassage } from '../../src/types/types.js';
import { manyhands } from '../helpers.js';

const DUMP = 'fixtures/demo/digitalgov.jsonl';
const LONG_ENOUGH = 8;

interface Line {
  readonly id: string;
  readonly author?: string;
  readonly byline?: string;
  readonly text: string;
}

const lines = readFileSync(DUMP, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Line);
const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];

/** Every run of eight words of a text, by a way of its own. */
function runsOf(text: string): Set<string> {
  const words = wordsOf(text);
  return new Set(
    Array.from({ length: Math.max(0, words.length - LONG_ENOUGH + 1) }, (_, i) =>
      words.slice(i, i + LONG_ENOUGH).join(' '),
    ),
  );
}

describe('passages that two bylines share word for word', () => {
  let report: Report;
  let detailed: (Report['pairs'][number] & { readonly shared: readonly SharedPassage[] })[];
  const textOf = new Map(lines.map((l) => [l.id, l.text]));
  beforeAll(() => {
    const { code, out, err } = manyhands(['scan', DUMP, '--format', 'json']);
    expect(code, err).toBe(0);
    report = JSON.parse(out) as Report;
    detailed = report.pairs.flatMap((p) => (p.shared === undefined ? [] : [{ ...p, shared: p.shared }]));
  });

  it('stand in an article of either byline, in the same eight words or more, where it is said', () => {
    const all = detailed.flatMap((p) => p.shared.map((s) => ({ p, s })));
    expect(all.length).toBeGreaterThan(0);
    for (const { p, s } of all) {
      expect([s.a.byline, s.b.byline]).toEqual([p.a, p.b]);
      expect(s.words).toBeGreaterThanOrEqual(LONG_ENOUGH);
      const [a, b] = [s.a, s.b].map((x) => wordsOf(textOf.get(x.article)!.slice(x.start, x.end)));
      expect(a).toEqual(b);
    }
  });

  it('are given for the personas of one hand, whose passages no other byline has', () => {
    const personas = detailed.find((p) => p.verdict === 'same-hand')!;
    expect(personas.shared.some((s) => s.otherBylines === 0 && s.words >= 16)).toBe(true);
    for (const s of personas.shared) expect(['repeated', 'biography']).toContain(s.setAside);
  });

  it('are found where there are any, and only there', () => {
    const articlesOf = new Map(report.bylines.map((b) => [b.byline, b.hands.assignments.map((x) => x.article)]));
    const runsUnder = new Map(
      [...articlesOf].map(([byline, ids]) => [byline, new Set(ids.flatMap((id) => [...runsOf(textOf.get(id)!)]))]),
    );
    const copied = (a: string, b: string): boolean =>
      report.corpus.copies.some((c) => [a, b].includes(c.keptByline) && [a, b].includes(c.droppedByline));
    let none = 0;
    for (const { a, b, shared } of detailed) {
      if (copied(a, b)) continue;
      const common = [...runsUnder.get(a)!].filter((run) => runsUnder.get(b)!.has(run));
      // Links, tags and shortcodes are mark-up, and no words of a passage.
      const text = articlesOf.get(a)!.map((id) => textOf.get(id)!.replace(/\]\([^)]*\)|<[^>]*>|\{\{[^}]*\}\}/g, ' '));
      const plain = new Set(text.flatMap((t) => [...runsOf(t)]));
      const few = common.filter(
        (run) => plain.has(run) && [...runsUnder.values()].filter((r) => r.has(run)).length <= 2,
      );
      if (shared.length > 0) expect(common.length).toBeGreaterThan(0);
      if (few.length > 0) expect(shared.length, few[0]).toBeGreaterThan(0);
      if (few.length === 0 && shared.length === 0) none++;
    }
    expect(none).toBeGreaterThan(0);
  });
});
