/** Text of a file, and what had to be assumed to get it. */
export interface Decoded {
  readonly text: string;
  readonly encoding: string;
  /** 1-based line of the first byte sequence that is no valid UTF-8 in a mostly UTF-8 file; null when all is well. */
  readonly firstBadLine: number | null;
}

/**
 * Decodes bytes: byte-order marks, then strict UTF-8, then UTF-16 without a mark, then UTF-8 with a few damaged
 * places, then the single-byte encoding that reads most naturally.
 *
 * @param hint an encoding the document names itself (HTML meta charset), or null
 * @returns null for binary content
 */
export function decode(bytes: Uint8Array, hint: string | null = null): Decoded | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return whole(bytes, 'utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return whole(bytes, 'utf-16be');
  const head = bytes.subarray(0, 4096);
  const nulls = head.reduce((n, b) => n + (b === 0 ? 1 : 0), 0);
  if (nulls > 0) return utf16WithoutMark(bytes, head, nulls);
  try {
    return whole(bytes, 'utf-8');
  } catch {
    // Not clean UTF-8: the cases below.
  }
  if (controlShare(head) > 0.05) return null;
  if (hint !== null) {
    try {
      return whole(bytes, hint);
    } catch {
      // An unknown or wrong label: decide by the bytes.
    }
  }
  const loose = new TextDecoder('utf-8').decode(bytes);
  const bad = loose.split('\uFFFD').length - 1;
  const good = (loose.match(/[^\0-\x7f\uFFFD]/g) ?? []).length;
  if (bad <= good) {
    const before = loose.slice(0, loose.indexOf('\uFFFD'));
    return { text: loose, encoding: 'utf-8', firstBadLine: before.split('\n').length };
  }
  return whole(bytes, likelySingleByte(bytes));
}

function whole(bytes: Uint8Array, encoding: string): Decoded {
  const text = new TextDecoder(encoding, { fatal: encoding.startsWith('utf') }).decode(bytes);
  return { text, encoding, firstBadLine: null };
}

function utf16WithoutMark(bytes: Uint8Array, head: Uint8Array, nulls: number): Decoded | null {
  const odd = head.reduce((n, b, i) => n + (b === 0 && i % 2 === 1 ? 1 : 0), 0);
  if (nulls < head.length * 0.3) return null;
  if (odd > nulls * 0.9) return whole(bytes, 'utf-16le');
  return odd < nulls * 0.1 ? whole(bytes, 'utf-16be') : null;
}

function controlShare(head: Uint8Array): number {
  const controls = head.reduce((n, b) => n + (b < 32 && b !== 9 && b !== 10 && b !== 13 && b !== 12 ? 1 : 0), 0);
  return controls / Math.max(1, head.length);
}

/** windows-1251 and -1256 texts are mostly high bytes; windows-1252 texts hardly any. */
function likelySingleByte(bytes: Uint8Array): string {
  const sample = bytes.subarray(0, 65_536);
  const high = sample.filter((b) => b >= 0x80).length;
  const letters = sample.filter((b) => (b | 32) >= 97 && (b | 32) <= 122).length;
  if (high < letters) return 'windows-1252';
  const score = (label: string, letter: RegExp): number =>
    (new TextDecoder(label).decode(sample).match(letter) ?? []).length;
  return score('windows-1256', /[\u0627\u0644\u0645\u0646\u064a\u0648]/g) > score('windows-1251', /[оеаинтсрвл]/g)
    ? 'windows-1256'
    : 'windows-1251';
}
