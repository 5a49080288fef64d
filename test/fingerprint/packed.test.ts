import fc from '../random.js';
import { describe, expect, it } from 'vitest';
import { joinRows, PackedBatches, packRows, unpackRows } from '../../src/fingerprint/packed.js';
import { applyWhitening } from '../../src/fingerprint/project.js';
import { whitenSteps } from '../../src/fingerprint/whiten.js';
import { countViews } from '../../src/fingerprint/views.js';
import { Weigher } from '../../src/fingerprint/weigh.js';
import { Arena, DenseMatrix, SparseMatrix } from '../../src/math/kernel.js';
import { seededRandom } from '../../src/math/random.js';
import type { SparseRows } from '../../src/types/types.js';
import { inline } from '../../src/work/work.js';

function sparse(rows: readonly (readonly [number, number][])[]): SparseRows {
  const start = Int32Array.from([0, ...rows.map((_, r) => rows.slice(0, r + 1).reduce((n, row) => n + row.length, 0))]);
  const flat = rows.flat();
  return { start, ids: Uint32Array.from(flat, ([id]) => id), counts: Uint16Array.from(flat, ([, n]) => n) };
}

/** Standard scores of one view, fitted on these very rows. */
const whiten = (counts: SparseRows) => inline(whitenSteps([[packRows(counts)]]))[0]!;

const row = fc
  .uniqueArray(fc.tuple(fc.nat({ max: (1 << 20) - 1 }), fc.integer({ min: 1, max: 65_535 })), {
    selector: ([id]) => id,
    maxLength: 60,
  })
  .map((entries): [number, number][] => entries);

describe('packed rows', () => {
  it('hold every entry, whatever the batches', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 6 }), fc.array(row, { maxLength: 6 }), (a, b) => {
        const all = [...a, ...b];
        const sorted = all.map((entries) => entries.slice().sort((x, y) => x[0] - y[0]));
        const want = sparse(sorted);
        const rows = all.map((_, r) => r);
        expect(unpackRows(new PackedBatches([packRows(sparse(a)), packRows(sparse(b))]).packedOf(rows))).toEqual(want);
        expect(
          unpackRows(new PackedBatches([joinRows([packRows(sparse(a)), packRows(sparse(b))])]).packedOf(rows)),
        ).toEqual(want);
      }),
    );
  });

  it('give the same standard scores from one batch and from many, short rows before long ones', () => {
    const texts = Array.from({ length: 40 }, (_, i) =>
      Array.from({ length: i < 20 ? 10 : 9000 }, (_, w) => `${(w * (i + 3)) % 97}x${(w * 7 + i) % 1009} `).join(''),
    );
    const { characters } = countViews(texts.map((text) => ({ text, lang: 'en' })));
    const whole = whiten(characters);
    const single = new PackedBatches([packRows(characters)]);
    const many = texts.map((_, r) => single.packedOf([r]));
    const { view } = inline(whitenSteps([many]))[0]!;
    const furthest = view.rows.reduce((m, v, i) => Math.max(m, Math.abs(v - whole.view.rows[i]!)), 0);
    expect(furthest).toBeLessThan(1e-3);
    expect([...applyWhitening(characters, whole.whitening).rows]).toEqual([...whole.view.rows]);
  });
});

describe('the weigher', () => {
  it('weighs the entries that have a column, and those alone, to length 1', () => {
    const buckets = [5, 900, 70_000, (1 << 20) - 1];
    const columns = { buckets: Uint32Array.from(buckets), idf: Float64Array.of(1.5, 2, 2.5, 3) };
    const arena = new Arena(Weigher.bytes(4) + SparseMatrix.bytes(1, 8));
    const weigher = new Weigher(4, arena);
    const into = new SparseMatrix(1, 8, arena);
    weigher.choose(1, columns);
    const among = fc.subarray([1, 5, 6, 900, 8000, 70_000, 500_000, (1 << 20) - 1]);
    fc.assert(
      fc.property(among, fc.infiniteStream(fc.integer({ min: 1, max: 65_535 })), (ids, counts) => {
        const own = ids.map((id): [number, number] => [id, counts.next().value!]);
        const n = weigher.weigh(packRows(sparse([own])), 0, into, 0);
        const kept = own.filter(([id]) => buckets.includes(id));
        const weights = kept.map(([id, count]) => (1 + Math.log(count)) * columns.idf[buckets.indexOf(id)]!);
        const length = Math.hypot(...weights);
        expect([...into.index.subarray(0, n)]).toEqual(kept.map(([id]) => buckets.indexOf(id)));
        weights.forEach((weight, p) => expect(into.value[p]).toBeCloseTo(weight / length, 6));
      }),
    );
  });
});

describe('a dense matrix', () => {
  it('adds rows and takes dot products as plain loops do, whatever the shape', () => {
    const random = seededRandom(1);
    for (const [rows, width] of [
      [1, 1],
      [5, 31],
      [7, 33],
      [5000, 150],
    ] as const) {
      const m = new DenseMatrix(rows, width);
      for (let r = 0; r < rows; r++) for (let k = 0; k < width; k++) m.values[r * m.stride + k] = random() - 0.5;
      const indices = Int32Array.from({ length: rows + 3 }, () => Math.floor(random() * rows));
      const values = Float32Array.from(indices, () => random() - 0.5);
      const sum = new Float32Array(width).fill(1);
      m.addRows(indices, values, 0, indices.length, sum);
      const out = new Float32Array(rows);
      m.dots(sum, 0, rows, out);
      for (const k of [0, width - 1]) {
        let want = 1;
        indices.forEach((r, p) => (want += values[p]! * m.values[r * m.stride + k]!));
        expect(sum[k]).toBeCloseTo(want, 3);
      }
      for (const r of [0, rows - 1]) {
        let want = 0;
        for (let k = 0; k < width; k++) want += sum[k]! * m.values[r * m.stride + k]!;
        expect(out[r]).toBeCloseTo(want, 2);
      }
    }
  });
});
