/**
 * How often hashes are met, up to a bound, one byte for every place of a table: nearly all of a dump's hashes are met once,
 * and this tells so in little room. Two hashes may share a place, so a count may be too high, never too low.
 */
export class Often {
  private readonly met: Uint8Array;
  private readonly shift: number;

  /**
   * @param different hashes that are counted, at most
   * @param most how often a hash is counted, up to 255
   */
  constructor(
    different: number,
    private readonly most: number,
  ) {
    const bits = Math.max(10, Math.min(28, Math.ceil(Math.log2(4 * different + 1))));
    this.met = new Uint8Array(1 << bits);
    this.shift = 32 - bits;
  }

  /** Counts all hashes of one text, which are different ones: those in [from, to). */
  add(hashes: Int32Array | Float64Array, from = 0, to = hashes.length): void {
    const { met, most, shift } = this;
    for (let i = from; i < to; i++) {
      const at = Math.imul(hashes[i]! | 0, 0x9e3779b1) >>> shift;
      if (met[at]! < most) met[at]!++;
    }
  }

  /** Times a hash was counted, or more. */
  of(hash: number): number {
    return this.met[Math.imul(hash | 0, 0x9e3779b1) >>> this.shift]!;
  }
}

/** What all texts have together is counted. */
export function oftenIn<T>(texts: readonly T[], hashesOf: (text: T) => Float64Array, most: number): Often {
  const often = new Often(
    texts.reduce((n, text) => n + hashesOf(text).length, 0),
    most,
  );
  for (const text of texts) often.add(hashesOf(text));
  return often;
}
