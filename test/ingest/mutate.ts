import { unzipSync } from 'fflate';

/** Bytes with some of them changed, and now and then the end cut off. */
export function broken(bytes: Uint8Array, random: () => number, changes: number): Uint8Array {
  for (let n = 0; n < changes; n++) bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
  return random() < 0.1 ? bytes.subarray(0, Math.floor(random() * bytes.length)) : bytes;
}

/** The files in a zip archive. */
export function unzipped(bytes: Uint8Array): Record<string, Uint8Array> {
  return unzipSync(bytes);
}
