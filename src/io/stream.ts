import { bounded, Ended, gunzipped } from './gunzip.js';
import { ArchiveError, BROKEN, type Slices } from './slices.js';

/** Bytes that are read from beginning to end, and best in that order. */
export interface Stream {
  /** Why there are no more where they end too early. */
  readonly problem: string | null;
  /** A copy; null where there are fewer. */
  read(from: number, length: number): Promise<Uint8Array | null>;
  /** Whether there are so many. */
  reaches(to: number): Promise<boolean>;
  /** Whether there are so many, no more, and no problem. */
  endsAt(at: number): Promise<boolean>;
  /** @throws ArchiveError where there are fewer */
  chunks(from: number, to: number): AsyncIterable<Uint8Array>;
  close(): void;
}

export function asTheyAre(at: Slices): Stream {
  return {
    problem: null,
    read: (from, length) => Promise.resolve(from + length <= at.size ? Uint8Array.from(at.slice(from, length)) : null),
    reaches: (to) => Promise.resolve(to <= at.size),
    endsAt: (end) => Promise.resolve(end >= at.size),
    chunks: (from, to) => at.chunks(from, to),
    close: () => at.close(),
  };
}

/** What stands in gzip data: never more of it than a piece, and unpacked anew where what is asked for has gone by. */
export class Unpacked implements Stream {
  problem: string | null = null;
  private pieces: AsyncGenerator<Uint8Array> | null = null;
  /** The piece that was unpacked last, and where it begins. */
  private piece: Uint8Array = new Uint8Array(0);
  private begins = 0;

  /** @param most bytes that are unpacked */
  constructor(
    private readonly packed: Slices,
    private readonly most: number,
  ) {}

  async read(from: number, length: number): Promise<Uint8Array | null> {
    if (!(await this.reaches(from))) return null;
    const pieces: Uint8Array[] = [];
    try {
      for await (const piece of this.chunks(from, from + length)) pieces.push(piece);
    } catch (error) {
      if (error instanceof ArchiveError) return null;
      throw error;
    }
    return Buffer.concat(pieces);
  }

  async reaches(to: number): Promise<boolean> {
    if (to < this.begins) return true;
    while (this.begins + this.piece.length < to) if (!(await this.next())) return false;
    return true;
  }

  async endsAt(at: number): Promise<boolean> {
    return (await this.reaches(at)) && !(await this.reaches(at + 1)) && this.problem === null;
  }

  async *chunks(from: number, to: number): AsyncGenerator<Uint8Array> {
    if (from < this.begins) this.again();
    for (let at = from; at < to;) {
      if (!(await this.reaches(at + 1))) throw new ArchiveError(BROKEN);
      const own = this.piece.subarray(at - this.begins, to - this.begins);
      at += own.length;
      yield own;
    }
  }

  close(): void {
    this.again();
    this.packed.close();
  }

  private again(): void {
    void this.pieces?.return(undefined).catch(() => undefined);
    [this.pieces, this.piece, this.begins] = [null, new Uint8Array(0), 0];
  }

  /** @returns false where there is no more */
  private async next(): Promise<boolean> {
    this.pieces ??= bounded(gunzipped(this.packed.chunks(0, this.packed.size)), this.most);
    try {
      const { done, value } = await this.pieces.next();
      if (done === true) return false;
      this.begins += this.piece.length;
      this.piece = value;
      return true;
    } catch (error) {
      if (!(error instanceof Ended)) throw error;
      this.problem = error.message;
      return false;
    }
  }
}
