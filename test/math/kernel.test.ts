import { describe, expect, it } from 'vitest';
import { Arena, DenseMatrix, DoubleMatrix, SparseMatrix } from '../../src/math/kernel.js';
import { seededRandom, shuffled } from '../../src/math/random.js';

const random = seededRandom(3);

describe('products in one arena', () => {
  it('adds to every row what adding row by row does, to the last bit; rows may be empty', () => {
    const [rows, inner, width] = [9, 50, 37];
    const entries = Array.from({ length: rows }, (_, r) => (r === 3 ? 0 : 1 + Math.floor(random() * 40)));
    const total = entries.reduce((a, b) => a + b, 0);
    const arena = new Arena(
      SparseMatrix.bytes(rows, total) + DenseMatrix.bytes(inner, width) + DenseMatrix.bytes(rows, width),
    );
    const sparse = new SparseMatrix(rows, total, arena);
    entries.forEach((n, r) => (sparse.start[r + 1] = sparse.start[r]! + n));
    for (let p = 0; p < total; p++) {
      sparse.index[p] = Math.floor(random() * inner);
      sparse.value[p] = random() - 0.5;
    }
    const matrix = new DenseMatrix(inner, width, arena);
    const sums = new DenseMatrix(rows, width, arena);
    for (let r = 0; r < inner; r++)
      for (let k = 0; k < width; k++) matrix.values[r * matrix.stride + k] = random() - 0.5;
    const want: number[] = [];
    for (let r = 0; r < rows; r++)
      for (let k = 0; k < width; k++) {
        let sum = (sums.values[r * sums.stride + k] = Math.fround(k / 7));
        for (let p = sparse.start[r]!; p < sparse.start[r + 1]!; p++) {
          const v = matrix.values[sparse.index[p]! * matrix.stride + k]!;
          sum = Math.fround(sum + Math.fround(sparse.value[p]! * v));
        }
        want.push(sum);
      }
    sparse.addProduct(matrix, sums);
    const got = Array.from({ length: rows }, (_, r) => [
      ...sums.values.subarray(r * sums.stride, r * sums.stride + width),
    ]);
    expect(got.flat()).toEqual(want);
  });

  it('adds rows of 64 bits by values that stand apart, in their order', () => {
    const [rows, width, step] = [7, 19, 3];
    const arena = new Arena(DoubleMatrix.bytes(rows, width) + DoubleMatrix.bytes(1, width) + 8 * rows * step + 64);
    const matrix = new DoubleMatrix(rows, width, arena);
    const sum = new DoubleMatrix(1, width, arena).row(0);
    const values = arena.doubles(rows * step);
    for (let i = 0; i < values.length; i++) values[i] = random() - 0.5;
    for (let r = 0; r < rows; r++) for (let k = 0; k < width; k++) matrix.row(r)[k] = random() - 0.5;
    matrix.addRows(values, step, rows, sum);
    for (let k = 0; k < width; k++) {
      let want = 0;
      for (let r = 0; r < rows; r++) want += values[r * step]! * matrix.row(r)[k]!;
      expect(sum[k]).toBe(want);
    }
  });

  it('takes out of a row what lies along the rows before it, whatever the length', () => {
    for (const width of [1, 3, 4, 18, 33]) {
      const rows = Math.min(width, 5);
      const arena = new Arena(DoubleMatrix.bytes(rows, width) + 64);
      const matrix = new DoubleMatrix(rows, width, arena);
      const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, v, k) => sum + v * b[k]!, 0);
      for (let r = 0; r < rows; r++) {
        const row = matrix.row(r);
        for (let k = 0; k < width; k++) row[k] = random() - 0.5;
        matrix.withoutEarlier(r);
        const norm = Math.sqrt(dot(row, row));
        for (let k = 0; k < width; k++) row[k]! /= norm;
        for (let q = 0; q < r; q++) expect(Math.abs(dot(row, matrix.row(q)))).toBeLessThan(1e-9);
        expect(row.subarray(width).every((v) => v === 0)).toBe(true);
      }
    }
  });

  it('adds the products of every two columns, row after row', () => {
    for (const width of [1, 16, 21]) {
      const arena = new Arena(DoubleMatrix.bytes(9, width) + DoubleMatrix.bytes(width, width));
      const matrix = new DoubleMatrix(9, width, arena);
      const out = new DoubleMatrix(width, width, arena);
      for (let r = 0; r < 9; r++) for (let k = 0; k < width; k++) matrix.row(r)[k] = random() - 0.5;
      matrix.addSquares(out);
      for (let i = 0; i < width; i++)
        for (let j = 0; j < width; j++) {
          let want = 0;
          for (let r = 0; r < 9; r++) want += matrix.row(r)[i]! * matrix.row(r)[j]!;
          expect(out.row(i)[j]).toBe(want);
        }
    }
  });

  it('shuffles row after row as plain numbers are shuffled', () => {
    const [rows, width] = [5, 21];
    const matrix = new DoubleMatrix(rows, width, new Arena(DoubleMatrix.bytes(rows, width)));
    const plain = Array.from({ length: width }, (_, k) => k);
    const drawn = seededRandom(8);
    let state = 8;
    for (let again = 0; again < 2; again++) {
      for (let r = 0; r < rows; r++) matrix.row(r).set(plain);
      state = matrix.shuffleRows(state);
      for (let r = 0; r < rows; r++) expect([...matrix.row(r).subarray(0, width)]).toEqual(shuffled(plain, drawn));
    }
  });
});
