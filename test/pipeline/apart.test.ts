import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadModel } from '../../src/model/model.js';
import { measuredApart } from '../../src/pipeline/apart.js';
import { run, type Run } from '../../src/pipeline/pipeline.js';
import { inline } from '../../src/work/work.js';

const model = loadModel();
const lines = readFileSync('fixtures/demo/digitalgov.jsonl', 'utf8').trim().split('\n');
const scan = (of: readonly string[]): Promise<Run> => {
  async function* dump(): AsyncGenerator<{ file: { path: string; folder: null; bytes: Uint8Array } }> {
    yield { file: { path: 'dump.jsonl', folder: null, bytes: Buffer.from(of.join('\n')) } };
  }
  return run(dump(), model);
};

describe('a byline that is much of its dump', () => {
  it('is measured as it would be alone, in the rows of the dump, and no other is touched', async () => {
    const { cleaned, diarisations } = await scan(lines);
    const largest = diarisations.reduce((a, b) => (b.articles.length > a.articles.length ? b : a));
    const name = cleaned.bylines[largest.byline]!.name;
    const [alone] = (await scan(lines.filter((l) => (JSON.parse(l) as { author: string }).author === name)))
      .diarisations;
    const dates = cleaned.documents.map((d) => d.publishedAt ?? NaN);
    const due = diarisations.map((d) => (d === largest ? { ...d, score: 9, apart: 'due' as const } : d));
    const out = inline(measuredApart(due, cleaned, model, dates));
    expect(out.filter((d, i) => d !== due[i]).map((d) => d.byline)).toEqual([largest.byline]);
    const again = out[largest.byline]!;
    expect(again.apart).toBe('done');
    expect([...again.articles].sort((a, b) => a - b)).toEqual(largest.articles);
    // Nearly: what recurs in other bylines' articles as well is not taken out of a dump of one.
    expect(again.score).toBeCloseTo(alone!.score, 1);
    expect(again.score).not.toBe(largest.score);
  });

  it('counts for no more than the dump says, and never for one hand', async () => {
    const { cleaned, diarisations } = await scan(lines);
    const dates = cleaned.documents.map(() => NaN);
    for (const score of [-3, 0.01]) {
      const due = diarisations.map((d) => ({ ...d, score, apart: 'due' as const }));
      const out = inline(measuredApart(due, cleaned, model, dates)).map((d) => d.log10LR);
      expect(Math.min(...out)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...out)).toBeLessThanOrEqual(Math.max(0, score));
    }
  });
});
