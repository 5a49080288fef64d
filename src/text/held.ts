import type { HeldText } from '../types/types.js';
import type { Pieces } from '../work/pieces.js';

/**
 * Texts as bytes, outside the JavaScript heap: an English text takes half the room as soon as it has one curly quotation
 * mark, no garbage collection walks or moves it, and a batch of texts goes to another thread in one piece.
 */

/** Texts one behind the other, as they are sent to another thread. */
export interface PackedTexts {
  readonly bytes: Uint8Array;
  /** Where each text ends; it begins where the one before ended. */
  readonly ends: Float64Array;
  /** 1 for a text with half a surrogate pair, which UTF-8 cannot hold: it stands as UTF-16. */
  readonly wide: Uint8Array;
}

/** Bytes of the first and of the largest piece of memory that texts are put into. */
const [SMALLEST, LARGEST] = [1 << 16, 1 << 22];

/** Takes texts one after another, and holds each as bytes; in shared memory, so that other threads read them where they are. */
export class HeldTexts {
  private bytes: Buffer<SharedArrayBuffer>;
  private used = 0;

  /** @param room in bytes to begin with, where it is known how much will be needed */
  constructor(room = 0) {
    this.bytes = Buffer.from(new SharedArrayBuffer(room));
  }

  add(text: string): HeldText {
    const wide = hasHalves(text);
    const most = (wide ? 2 : 3) * text.length;
    if (this.used + most > this.bytes.length) {
      const size = Math.max(most, Math.min(LARGEST, Math.max(SMALLEST, 2 * this.bytes.length)));
      this.bytes = Buffer.from(new SharedArrayBuffer(size));
      this.used = 0;
    }
    const from = this.used;
    this.used += this.bytes.write(text, from, wide ? 'utf16le' : 'utf8');
    return { bytes: this.bytes, from, to: this.used, wide };
  }
}

/** One text in memory of its own. */
export function heldOf(text: string): HeldText {
  return heldIn(packTexts([text]))[0]!;
}

export function textOf({ bytes, from, to, wide }: HeldText): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString(wide ? 'utf16le' : 'utf8');
}

/** The first units of a text, without reading the rest. */
export function headOf(held: HeldText, units: number): string {
  return textOf(cutTo(held, units)).slice(0, units);
}

/** The beginning of a text: so many units at least, where it has them; behind them the last character may be broken. */
export function cutTo(held: HeldText, units: number): HeldText {
  // No unit takes more than four bytes.
  return { ...held, to: Math.min(held.to, held.from + 4 * units) };
}

/**
 * Copies texts into one piece of memory.
 *
 * @param pieces where they stand; in memory of their own when left out
 */
export function packTexts(texts: readonly (HeldText | string)[], pieces: Pieces | null = null): PackedTexts {
  const ends = new Float64Array(texts.length);
  const wide = Uint8Array.from(texts, (text) => Number(typeof text === 'string' ? hasHalves(text) : text.wide));
  let size = 0;
  texts.forEach((text, i) => {
    size += typeof text === 'string' ? Buffer.byteLength(text, encodingOf(wide[i]!)) : text.to - text.from;
    ends[i] = size;
  });
  const room = pieces?.take(size) ?? new Uint8Array(size);
  const bytes = Buffer.from(room.buffer, room.byteOffset, size);
  texts.forEach((text, i) => {
    const at = i === 0 ? 0 : ends[i - 1]!;
    if (typeof text === 'string') bytes.write(text, at, encodingOf(wide[i]!));
    else bytes.set(text.bytes.subarray(text.from, text.to), at);
  });
  return { bytes, ends, wide };
}

/** The texts where they stand: all hold the memory of all. */
export function heldIn(packed: PackedTexts): HeldText[] {
  return Array.from(packed.ends, (_, i) => heldAt(packed, i));
}

export function heldAt({ bytes, ends, wide }: PackedTexts, i: number): HeldText {
  return { bytes, from: i === 0 ? 0 : ends[i - 1]!, to: ends[i]!, wide: wide[i] === 1 };
}

export function unpackTexts(packed: PackedTexts): string[] {
  return heldIn(packed).map(textOf);
}

function hasHalves(text: string): boolean {
  return !text.isWellFormed();
}

function encodingOf(wide: number): 'utf16le' | 'utf8' {
  return wide === 1 ? 'utf16le' : 'utf8';
}
