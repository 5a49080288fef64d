import { constants, createGunzip, gunzipSync } from 'node:zlib';
import { isGzip } from '../text/magic.js';
import { BROKEN, TOO_TIGHT } from './slices.js';

/** Bytes that are unpacked at once: they give a thousand times as many at most. */
const STEP = 16_384;

/** Why there is no more of what is unpacked; begins with a verb. */
export class Ended extends Error {}

/** What bytes begin with, unpacked where they are gzip; damaged data as it is. */
export function beginningIn(bytes: Uint8Array): Uint8Array {
  if (!isGzip(bytes)) return bytes;
  try {
    return gunzipSync(bytes.subarray(0, STEP), { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return bytes;
  }
}

/**
 * What gzip data unpacks to, piece by piece, members one behind the other as well. Where it is damaged, all that stands before
 * comes first, whatever the pace of the reader: a stream that fails throws away what it still holds.
 *
 * @throws zlib's error
 */
export async function* gunzipped(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: 4 * STEP });
  let out: Uint8Array[] = [];
  let [failure, ended, told] = [null as Error | null, false, (): void => undefined];
  gunzip.on('data', (piece: Uint8Array) => out.push(piece));
  gunzip.on('error', (error) => {
    failure = error;
    told();
  });
  // Also in the middle, where something else stands behind the data.
  gunzip.on('end', () => {
    ended = true;
    told();
  });
  const done = async (ask: (answer: () => void) => void): Promise<Uint8Array[]> => {
    await new Promise<void>((answer) => {
      told = answer;
      ask(answer);
    });
    const given = out;
    out = [];
    return given;
  };
  try {
    for await (const chunk of packed)
      for (let at = 0; at < chunk.length && !ended; at += STEP) {
        yield* await done((answer) => gunzip.write(chunk.subarray(at, at + STEP), answer));
        if (failure !== null) throw failure;
      }
    if (!ended) yield* await done(() => gunzip.end());
    if (failure !== null) throw failure;
  } finally {
    gunzip.destroy();
  }
}

/**
 * Unpacked pieces up to a bound.
 *
 * @throws Ended where gzip data are damaged, or give more than so many bytes
 */
export async function* bounded(pieces: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  try {
    for await (const piece of pieces) {
      if ((size += piece.length) > most) throw new Ended(TOO_TIGHT);
      yield piece;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code?.startsWith('Z_') === true) throw new Ended(BROKEN);
    throw error;
  }
}
