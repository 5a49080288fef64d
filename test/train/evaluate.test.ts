import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { seededRandom, shuffled } from '../../src/math/random.js';
import { loadModel } from '../../src/model/model.js';
import { measure, type PairCase } from '../../src/train/evaluate-measures.js';
import { calibrationFor, evaluate, readEvaluation, type ArticleEvaluation } from '../../src/train/evaluate.js';
import { splitMixed, type Labelled } from '../../src/train/simulate.js';
import { nearestSubjects } from '../../src/train/subjects.js';
import { evaluationParts } from '../../src/train/evaluate-tables.js';
import type { Document } from '../../src/types/types.js';
import { aligned } from '../../src/commands/evaluate.js';
import { manyhands } from '../helpers.js';

const model = loadModel();
const demo = 'fixtures/demo/digitalgov.jsonl';
const folder = mkdtempSync(join(tmpdir(), 'manyhands-'));
const file = (name: string, lines: readonly object[]): string => {
  const path = join(folder, name);
  writeFileSync(path, lines.map((l) => `${JSON.stringify(l)}\n`).join(''));
  return path;
};
const records = readFileSync(demo, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { id: string; author: string; text: string });
const options = { seeds: 2, amounts: [5], leaveOut: [] };

function document(id: string, text: string): Document {
  return {
    id,
    byline: 0,
    title: null,
    outlet: null,
    publishedAt: null,
    text,
    words: 3,
    lang: 'en',
    removed: [],
    unusual: { zeroWidth: 0, homoglyphs: 0, bidiControls: 0, otherControls: 0 },
    origin: new Int32Array([0, 0]),
  };
}

describe('evaluate on labelled articles', () => {
  let honest: ArticleEvaluation;
  beforeAll(async () => {
    honest = evaluate(await readEvaluation([demo]), model, '1', { ...options, amounts: [5, 500] })
      .corpora[0] as ArticleEvaluation;
  });

  it('finds the hands of real authors, and no better than chance those of labels dealt at random', async () => {
    const row = honest.amounts[0]!;
    expect(row.articles).toBe(5);
    expect(row.all.auc).toBeGreaterThan(0.8);
    const authors = shuffled(
      records.map((r) => r.author),
      seededRandom(5),
    );
    const path = file(
      'dealt.jsonl',
      records.map((r, i) => ({ id: r.id, author: authors[i], text: r.text })),
    );
    const dealt = evaluate(await readEvaluation([path]), model, '1', options).corpora[0] as ArticleEvaluation;
    expect(dealt.amounts[0]!.all.auc).toBeGreaterThan(0.35);
    expect(dealt.amounts[0]!.all.auc).toBeLessThan(0.65);
    expect(dealt.amounts[0]!.all.cllr).toBeGreaterThan(0.8);
  });

  it('counts every pair of every simulated dump once', () => {
    for (const { hands, all } of honest.amounts) {
      expect(all.sameHandPairs).toBe(2 * hands);
      expect(all.differentHandsPairs).toBe(2 * (hands * (2 * hands - 1) - hands));
    }
  });

  it('gives no recall at one in a thousand where there are fewer than a thousand false pairs', () => {
    const row = honest.amounts[0]!;
    expect(row.all.differentHandsPairs).toBeLessThan(1000);
    expect(row.all['recallAt0.1Percent'].value).toBeNaN();
    expect(row.all.recallAt1Percent.low).toBeLessThanOrEqual(row.all.recallAt1Percent.value);
    expect(row.all.recallAt1Percent.high).toBeGreaterThanOrEqual(row.all.recallAt1Percent.value);
  });

  it('takes the same-topic row from pairs of different hands only', () => {
    const { all, sameTopic } = honest.amounts[0]!;
    expect(sameTopic.sameHandPairs).toBe(all.sameHandPairs);
    expect(sameTopic.differentHandsPairs).toBeGreaterThan(0);
    expect(sameTopic.differentHandsPairs).toBeLessThan(all.differentHandsPairs / 2);
  });

  it('prints every figure on hands that it saves, those of handovers among them', () => {
    const figures = {
      ...{
        auc: 0.911,
        recallAt1Percent: 0.12,
        recallAt5Percent: 0.23,
        cllr: 0.345,
        cllrMin: 0.234,
        lossIfRight: 0.087,
      },
      ...{ rightCount: 0.45, bcubedF: 0.56, falseFlags: 0.01, handoversFound: 0.67, handoverErrorDays: 8.5 },
      ...{ handoversCovered: 0.89, falseHandovers: 0.03 },
    };
    const cell = { hands: 2, articles: 20, shares: 'even', topics: 'same', personas: 12, singles: 13 } as const;
    const severalHands = [{ corpus: 'demo', ...cell, ...figures }];
    const tool = { name: 'manyhands', version: '1', model: 'm' } as const;
    const severalHandsSkipped = [
      { articles: 2, hands: [], able: null },
      { articles: 40, hands: [3, 4], able: 11 },
    ];
    const corpora = [{ ...honest, severalHands, severalHandsSkipped }];
    const [part] = evaluationParts({ schema: 'manyhands.evaluation/1', tool, seeds: 2, corpora });
    const printed = part!.tables.flatMap((t) => t.rows).flat();
    for (const figure of Object.values(figures)) expect(printed.map(Number)).toContain(figure);
    const notes = part!.tables.flatMap((t) => t.notes).join('\n');
    expect(notes).toMatch(/^2 articles: a byline of fewer than 6/m);
    expect(notes).toMatch(
      /^40 articles, bylines of 3 hands, 4 hands: not measured; the 11 hands with so many articles, mixed so, make fewer than the 8 bylines needed\.$/m,
    );
  });

  it('goes on below where a table is wider than a terminal, under its key columns again', () => {
    const wide = { title: 't', keys: 2, columns: ['a', 'b', ...'cdefg'].map((c) => c.repeat(20)), notes: [] };
    const rows = [wide.columns.map((_, i) => String(i))];
    const lines = aligned({ ...wide, rows });
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
    expect(
      lines.map((line) =>
        line
          .split(/\s+/)
          .map((cell) => cell.slice(0, 1))
          .join(''),
      ),
    ).toEqual([...['abc', '012', '', 'abd', '013', '', 'abe', '014', '', 'abf', '015', '', 'abg', '016']]);
    expect(aligned({ ...wide, columns: ['a', 'b'], rows: [['1', '2']], keys: 1 })).toEqual(['a  b', '1  2']);
  });

  it('says which amounts too few hands allow', () => {
    expect(honest.skipped).toEqual([{ articles: 500, able: 0 }]);
  });
});

describe('reading labelled corpora', () => {
  it('takes the truth from another field, label by label', async () => {
    const path = file('hand.jsonl', [
      { id: '1', author: 'Persona', hand: 'J. Smith', text: 'One text of a few words.' },
      { id: '2', author: 'Persona', hand: 'John Smith', text: 'Another text with other words in it.' },
    ]);
    const [corpus] = await readEvaluation([path], { truth: 'hand' });
    expect(corpus!.kind === 'articles' && [...corpus!.labelled.hands.keys()].sort()).toEqual([
      'J. Smith',
      'John Smith',
    ]);
  });

  it('keeps the records that --where asks for, and says so when there are none', async () => {
    const path = file('kinds.jsonl', [
      { id: '1', author: 'ann', kind: 'normal', text: 'One text of a few words.' },
      { id: '2', author: 'bob', kind: 'imitation', text: 'Another text with other words in it.' },
    ]);
    const [corpus] = await readEvaluation([path], { where: { field: 'kind', value: 'normal' } });
    expect(corpus!.kind === 'articles' && [...corpus!.labelled.hands.keys()]).toEqual(['ann']);
    await expect(readEvaluation([path], { where: { field: 'kind', value: 'x' } })).rejects.toThrow(
      /no record has kind=x/,
    );
    await expect(readEvaluation([path], { where: { field: 'k', value: 'x' } })).rejects.toThrow(
      /no record has a field/,
    );
  });

  it('names the line that is no problem', async () => {
    const path = file('bad.problems.jsonl', [{ same: true, known: ['a'], unknown: 'b' }, { same: 'yes' }]);
    await expect(readEvaluation([path])).rejects.toThrow(/bad\.problems\.jsonl, line 2/);
  });
});

describe('evaluate on verification problems', () => {
  /** Problems of two articles a side by the demo's authors; without `known`, of others' articles. */
  const problems = (): object[] => {
    const own = new Map<string, string[]>();
    for (const r of records) own.set(r.author, [...(own.get(r.author) ?? []), r.text]);
    const able = [...own.values()].filter((texts) => texts.length >= 8);
    return able.flatMap((texts, i) => [
      { same: true, known: texts.slice(0, 3), unknown: texts.slice(3, 5).join('\n\n') },
      { same: false, known: texts.slice(5, 8), unknown: able[(i + 1) % able.length]!.slice(3, 5).join('\n\n') },
    ]);
  };

  it('answers better than chance, and not at all when the text is too short', async () => {
    const [found] = evaluate(await readEvaluation([file('p.problems.jsonl', problems())]), model, '1', options).corpora;
    if (found!.kind !== 'problems') throw new Error('not problems');
    expect(found!.measures.auc.value).toBeGreaterThan(0.7);
    expect(found!.measures.unanswered).toBeLessThan(found!.measures.problems / 4);
    const short = (problems() as { same: boolean; known: string[]; unknown: string }[]).map((p) => ({
      ...p,
      unknown: p.unknown.slice(0, 300),
    }));
    const [few] = evaluate(await readEvaluation([file('s.problems.jsonl', short)]), model, '1', options).corpora;
    if (few!.kind !== 'problems') throw new Error('not problems');
    expect(few!.measures.unanswered).toBe(few!.measures.problems);
    expect(few!.measures.cAt1.value).toBe(0);
  });

  it('does not answer where the unknown text is the known one', async () => {
    const copied = problems().map((p, i) => (i === 0 ? { ...p, unknown: (p as { known: string[] }).known[0]! } : p));
    const path = file('c.problems.jsonl', copied);
    const [found] = evaluate(await readEvaluation([path]), model, '1', options).corpora;
    expect(found!.kind === 'problems' && found!.measures.unanswered).toBeGreaterThanOrEqual(1);
  });
});

describe('which calibration is used', () => {
  const [first, second] = model.trainedOn;

  it('is the one without the corpus, found by its name or by its bytes, and says when it saw the corpus', () => {
    const bytes = { name: 'renamed', sha256: first!.sha256 };
    expect(calibrationFor(bytes, model, []).calibration).toEqual({ without: null, sawAs: first!.name });
    expect(calibrationFor(bytes, model, [first!.name]).calibration).toEqual({ without: first!.name, sawAs: null });
    expect(calibrationFor(bytes, model, [second!.name]).calibration).toEqual({
      without: second!.name,
      sawAs: first!.name,
    });
    const used = calibrationFor({ name: first!.name, sha256: 'x' }, model, [first!.name, second!.name]).used;
    expect(used.pairs.weights).toEqual(model.without[first!.name]!.pairs.weights);
    expect(used.pairs.weights).not.toEqual(model.pairs.weights);
  });

  it('is the shipped one for a corpus the model never saw', () => {
    const { used, calibration } = calibrationFor({ name: 'mine', sha256: 'x' }, model, ['mine']);
    expect([used, calibration]).toEqual([model, { without: null, sawAs: null }]);
  });
});

describe('mixed amounts', () => {
  const corpus: Labelled = {
    name: 'made-up',
    hands: new Map(
      Array.from({ length: 30 }, (_, h) => [
        `hand ${h}`,
        Array.from({ length: 4 + h }, (_, i) =>
          document(`${h}/${i}`, `subject${'abcde'.charAt(h % 5).repeat(5)} text`),
        ),
      ]),
    ),
  };

  it('come from the amounts asked for, never more than a half holds, and no article twice', () => {
    const { cleaned, hands } = splitMixed(corpus, [1, 2, 5, 10], 3);
    const ids = cleaned.documents.map((d) => d.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...new Set(hands.map((h) => h.length))].sort((a, b) => a - b)).toEqual([1, 2, 5, 10]);
    for (const own of hands) expect(own.length).toBeLessThanOrEqual(Math.ceil((4 + Number(own[0]!.slice(5))) / 2));
  });

  it('have neighbours by subject where a subject is shared', () => {
    const nearest = nearestSubjects(corpus);
    expect(nearest.size).toBe(30);
    for (const [a, b] of nearest) expect(Number(a.slice(5)) % 5).toBe(Number(b.slice(5)) % 5);
  });
});

it('measures printed ratios by their cost and ranks by their score', () => {
  const pair = (score: number, truth: boolean, i: number): PairCase => ({
    score,
    printed: Math.max(-2, Math.min(2, score)),
    truth,
    a: i % 7,
    b: truth ? i % 7 : (i + 1) % 7,
    answered: i % 2 === 0,
    linked: score > 1,
    sameTopic: false,
  });
  const cases = Array.from({ length: 2000 }, (_, i) => pair((i % 40) / 4 - (i % 4 === 0 ? 2 : 6), i % 4 === 0, i));
  const m = measure(cases, 1);
  expect(m.abstained).toBe(0.5);
  expect(m.found + m.falseLinks).toBe(cases.filter((c) => c.linked).length);
  expect(
    measure(
      cases.map((c) => ({ ...c, score: 3 * c.score })),
      1,
    ),
  ).toMatchObject({
    cllr: m.cllr,
    auc: m.auc,
    recallAt1Percent: m.recallAt1Percent,
  });
});

describe('manyhands evaluate', () => {
  /** Too few articles to measure anything on: what is printed besides the figures. */
  const FEW = [
    { id: '1', author: 'ann', text: 'One text of a few words.' },
    { id: '2', author: 'bob', text: 'Another text with other words in it.' },
  ];
  const run = (...args: string[]) => manyhands(['evaluate', demo, '--amounts', '5', '--seeds', '1', ...args]);

  it('prints, and saves figures and charts, the same bytes twice', () => {
    const target = join(folder, 'saved');
    const first = run('--output-dir', target);
    expect([first.code, first.err]).toEqual([0, '']);
    expect(first.out).toMatch(/calibration as shipped/);
    expect(first.out).toMatch(/5, same topic/);
    expect(readdirSync(target).sort()).toEqual([
      'digitalgov-det.svg',
      'digitalgov-reliability.svg',
      'digitalgov-tippett.svg',
      'evaluation.json',
      'evaluation.md',
    ]);
    const saved = readFileSync(join(target, 'evaluation.json'), 'utf8');
    expect(run('--format', 'json').out).toBe(saved);
    expect(JSON.parse(saved)).toMatchObject({ schema: 'manyhands.evaluation/1', seeds: 1 });
    expect(saved).not.toMatch(/NaN|Infinity/);
  });

  it('prints the name of a corpus with escapes for what would steer a terminal', () => {
    const { code, out } = manyhands(['evaluate', file('a\u202eb\u009b.jsonl', FEW), '--format', 'json']);
    expect(code).toBe(0);
    expect(out).toContain(JSON.stringify('a\\u{202e}b\\x9b'));
    expect(out).not.toMatch(/[\u202e\u009b]/);
  });

  it('says which corpus the calibration was fitted without', () => {
    const { out } = manyhands(['evaluate', file('few.jsonl', FEW), '--leave-out', 'c50-half']);
    expect(out.replace(/\s+/g, ' ')).toMatch(/calibration fitted without c50-half/);
  });

  it.each([
    [['--leave-out', 'c50-hlf'], /no corpus is called "c50-hlf"[\s\S]*Did you mean c50-half\?/],
    [['--amounts', '0'], /--amounts: "0" is not a list of whole numbers/],
    [['--seeds', 'many'], /--seeds: "many" is not a whole number/],
    [['--where', 'kind'], /--where: "kind" is not FIELD=VALUE/],
    [['--truth', 'writer_of'], /writer_of/],
    [['--format', 'html'], /there is no format "html"/],
  ])('ends with 2 and a clear message for %j', (args, message) => {
    const { code, err, out } = run(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
    expect(err).not.toMatch(/\n\s+at .*\.js:\d+/);
  });
});
