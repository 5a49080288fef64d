import { isGzip } from '../text/magic.js';
import { roomFor } from './bytes.js';
import { bounded, Ended, gunzipped } from './gunzip.js';
import { BROKEN } from './slices.js';

const NOTHING = new Uint8Array(0);

/** Reads a stream, packed by gzip or not, by headers and lengths; it holds what was asked for and a piece more. */
export class Ahead {
  private readonly pieces: AsyncGenerator<Uint8Array>;
  /** What has come and was not taken. */
  private rest: Uint8Array = NOTHING;

  /** @param size bytes of it, as it is */
  constructor(chunks: AsyncIterable<Uint8Array>, size: number) {
    this.pieces = bounded(unpackedPieces(chunks), roomFor(size));
  }

  /** What stands before an empty line, without blank lines above; null at the end. @throws Ended */
  async headers(most: number): Promise<string | null> {
    for (;;) {
      const start = Buffer.from(this.rest.buffer, this.rest.byteOffset, Math.min(this.rest.length, most)).toString('latin1'); // prettier-ignore
      const blank = /^[\r\n]*/.exec(start)![0].length;
      const ends = /\r?\n\r?\n/.exec(start.slice(blank));
      if (ends !== null) {
        const head = start.slice(blank, blank + ends.index);
        this.rest = this.rest.subarray(blank + ends.index + ends[0].length);
        return Buffer.from(head, 'latin1').toString();
      }
      if (this.rest.length >= most) throw new Ended(BROKEN);
      if (!(await this.more())) {
        if (start.trim() === '') return null;
        throw new Ended(BROKEN);
      }
    }
  }

  /** @throws Ended where there are fewer */
  async take(length: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    await this.pass(length, (part) => parts.push(part));
    return Buffer.concat(parts);
  }

  /** @throws Ended where there are fewer */
  async skip(length: number): Promise<void> {
    await this.pass(length, () => undefined);
  }

  close(): void {
    void this.pieces.return(undefined).catch(() => undefined);
  }

  private async pass(length: number, take: (part: Uint8Array) => void): Promise<void> {
    for (let left = length; left > 0;) {
      if (this.rest.length === 0 && !(await this.more())) throw new Ended(BROKEN);
      const part = this.rest.subarray(0, left);
      take(part);
      this.rest = this.rest.subarray(part.length);
      left -= part.length;
    }
  }

  private async more(): Promise<boolean> {
    const { done, value } = await this.pieces.next();
    if (done === true) return false;
    this.rest = this.rest.length === 0 ? value : Buffer.concat([this.rest, value]);
    return true;
  }
}

/** Gzip is told by its first bytes. */
async function* unpackedPieces(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const pieces = chunks[Symbol.asyncIterator]();
  const first = await pieces.next();
  if (first.done === true) return;
  const all = (async function* (): AsyncGenerator<Uint8Array> {
    yield first.value;
    for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) yield next.value;
  })();
  try {
    yield* isGzip(first.value) ? gunzipped(all) : all;
  } finally {
    await pieces.return?.();
  }
}
