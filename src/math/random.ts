/**
 * Seeded pseudo-random numbers (mulberry32): the same seed gives the same stream on every machine.
 * Seed one stream per question asked, never one global stream, so that no result depends on the order of work.
 *
 * @param seed any integer; only its low 32 bits count
 * @returns a function giving numbers in [0, 1)
 */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Standard normal draw (Box & Muller 1958) from a uniform source. */
export function normalDraw(random: () => number): number {
  const u = Math.max(random(), 1e-12);
  return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * random());
}

/** `count` different indices of 0…n-1 in ascending order; all of them when `count` ≥ n. */
export function sampleIndices(n: number, count: number, random: () => number): number[] {
  const order = shuffled(
    Array.from({ length: n }, (_, i) => i),
    random,
  );
  return order.slice(0, Math.min(count, n)).sort((a, b) => a - b);
}

/** A shuffled copy (Fisher & Yates). */
export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const out = items.slice();
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const held = out[i] as T;
    out[i] = out[j] as T;
    out[j] = held;
  }
  return out;
}

/** One number, exact in a double, of two hashes of 32 bits: all of `high`, and the lower 21 bits of `low`. */
export function hash53(low: number, high: number): number {
  return (high >>> 0) * 2 ** 21 + (low & 0x1fffff);
}

/** 32-bit FNV-1a hash of a string's UTF-16 units: a stable seed or bucket for a name. */
export function hashString(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}
