import { nothingRemoved } from '../../src/clean/clean.js';
import type { JudgeInput } from '../../src/judge/input.js';
import { loadModel } from '../../src/model/model.js';
import type { CopyPair, Diarisation, HalvesRange, HeldPairs } from '../../src/types/types.js';

export const model = loadModel();

export interface Case {
  readonly bylines: number;
  /** Score of the pair of bylines 0 and 1; all others score -3. */
  readonly score: number;
  readonly words?: number;
  /** Normalised grammar score of that pair; the other views have 3. */
  readonly grammar?: number;
  /** Score of that pair again, without what outlets have in common. */
  readonly acrossOutlets?: number;
  /** Likeness of that pair in shares of its own, and where the dump's halves lie. */
  readonly ofOwn?: number;
  readonly ofHalves?: HalvesRange;
  readonly near?: 1 | 2;
  readonly languages?: readonly (string | null)[];
  /** Outlet of all articles. */
  readonly outlet?: string;
  readonly copies?: readonly CopyPair[];
  readonly diarisations?: readonly Diarisation[];
  readonly desk?: boolean;
}

/** A dump whose first two bylines have the score under test. */
export function input(c: Case): JudgeInput {
  const n = c.bylines;
  const count = (n * (n - 1)) / 2;
  const a = new Int32Array(count);
  const b = new Int32Array(count);
  for (let i = 0, p = 0; i < n; i++) for (let j = i + 1; j < n; j++, p++) [a[p], b[p]] = [i, j];
  const fill = (first: number, rest: number): Float32Array => new Float32Array(count).fill(rest).fill(first, 0, 1);
  // Honest pairs differ a little, as they do in life: a constant would have no tail to speak of.
  const score = Float64Array.from({ length: count }, (_, p) => (p === 0 ? c.score : -3 + ((p * 37) % 100) / 100));
  const pairs: HeldPairs = {
    a,
    b,
    words: new Float64Array(count).fill(5000).fill(c.words ?? 5000, 0, 1),
    views: {
      characters: fill(3, 0),
      grammar: fill(c.grammar ?? 3, 0),
      words: fill(3, 0),
      outline: fill(c.grammar ?? 3, 0),
    },
    score,
    log10LR: score.map((s) => Math.max(-model.pairs.cap, Math.min(model.pairs.cap, s))),
    acrossOutlets: c.acrossOutlets === undefined ? null : score.map((s, p) => (p === 0 ? c.acrossOutlets! : s)),
    ofOwn: score.map((_, p) => (p === 0 ? (c.ofOwn ?? NaN) : NaN)),
    ofHalves: c.ofHalves ?? null,
    near: new Uint8Array(count).fill(c.near ?? 0, 0, 1),
    nearPairs: { beat: 0, time: 0 },
  };
  return {
    corpus: { articles: [], merges: [], notices: [] },
    cleaned: {
      bylines: Array.from({ length: n }, (_, i) => ({
        name: `Byline ${String(i).padStart(4, '0')}`,
        kind: i === 0 && c.desk === true ? ('desk' as const) : ('person' as const),
      })),
      documents: Array.from({ length: n }, (_, i) => ({
        id: `a${i}`,
        byline: i,
        title: null,
        outlet: c.outlet ?? null,
        publishedAt: null,
        text: 'A text.',
        words: 5000,
        lang: c.languages?.[i] ?? 'en',
        removed: [],
        unusual: { zeroWidth: 0, homoglyphs: 0, bidiControls: 0, otherControls: 0 },
        origin: new Int32Array([0, 0]),
      })),
      copies: c.copies ?? [],
      setAside: [],
      removedWords: nothingRemoved(),
      notices: [],
    },
    prints: {
      documents: n,
      bylines: n,
      bylineOf: Int32Array.from({ length: n }, (_, i) => i),
      words: new Float64Array(n).fill(5000),
      lexed: new Uint8Array(n).fill(1),
      views: Object.fromEntries(
        ['characters', 'grammar', 'words', 'functionWords'].map((v) => [
          v,
          { dims: 1, rows: new Float32Array(n), variances: new Float64Array(1) },
        ]),
      ) as unknown as JudgeInput['prints']['views'],
      grammar: { packedOf: () => ({ start: new Float64Array(n + 1), entries: new Uint16Array() }) },
      functionWords: {
        packedOf: () => ({ start: new Float64Array(n + 1), entries: new Uint16Array() }),
      },
      habits: [
        {
          name: '“upon”',
          unit: 'per 1,000 words',
          values: Float32Array.from({ length: n }, (_, i) => (i < 2 ? 9 : i % 3)),
        },
      ],
    },
    pairs,
    groups: [],
    diarisations: c.diarisations ?? [],
    teams: [],
    pairCalibration: model.pairs,
    model,
    selfTest: null,
  };
}

/** A byline of twenty articles that are two hands' as surely as can be said. */
export const several = (byline: number): Diarisation => ({
  byline,
  articles: Array.from({ length: 20 }, () => 0),
  alone: false,
  statistics: [9, 0],
  score: model.hands.cap,
  log10LR: model.hands.cap,
  unanswered: null,
  count: 2,
  hands: Array.from({ length: 20 }, (_, i) => i % 2),
  confidence: Array.from({ length: 20 }, (_, i) => (i < 3 ? 0.5 : 0.9)),
  further: [0.8, 0.15, 0.05],
});
