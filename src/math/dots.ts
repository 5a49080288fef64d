/**
 * Dot products of a row with every row of a matrix. Four rows side by side, so that no sum waits for another; each is summed in
 * the order of its columns.
 *
 * @param matrix rows × width
 */
export function rowDots(matrix: Int8Array | Float32Array, width: number, row: Float32Array): Float64Array {
  const out = new Float64Array(width === 0 ? 0 : matrix.length / width);
  let r = 0;
  for (; r + 3 < out.length; r += 4) {
    const first = r * width;
    const [second, third, fourth] = [first + width, first + 2 * width, first + 3 * width];
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let k = 0; k < width; k++) {
      const v = row[k]!;
      a += matrix[first + k]! * v;
      b += matrix[second + k]! * v;
      c += matrix[third + k]! * v;
      d += matrix[fourth + k]! * v;
    }
    out[r] = a;
    out[r + 1] = b;
    out[r + 2] = c;
    out[r + 3] = d;
  }
  for (; r < out.length; r++) for (let k = 0; k < width; k++) out[r]! += matrix[r * width + k]! * row[k]!;
  return out;
}
