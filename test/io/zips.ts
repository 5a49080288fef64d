import { crc32, deflateRawSync } from 'node:zlib';

/** A file to be put in an archive; what is left out is as an honest program writes it. */
export interface Zipped {
  readonly name: string | Uint8Array;
  readonly data: string | Uint8Array;
  readonly flags?: number;
  readonly method?: number;
  /** Type and permissions, as Unix has them. */
  readonly mode?: number;
  readonly size?: number;
  readonly crc?: number;
}

export const [UTF8, LOCKED, SYMLINK] = [0x800, 1, 0o120777];

/** A zip archive, honest or not; the files in the order given. */
export function zipOf(files: readonly Zipped[], end: { readonly count?: number; readonly disk?: number } = {}): Buffer {
  const parts: Buffer[] = [];
  const list: Buffer[] = [];
  let at = 0;
  for (const { name, data, flags = 0, method = 8, mode = 0o100644, ...said } of files) {
    const raw = Buffer.from(data as string);
    const bytes = method === 8 ? deflateRawSync(raw) : raw;
    const named = Buffer.from(name as string);
    const both = Buffer.alloc(26);
    both.writeUInt16LE(20, 0);
    both.writeUInt16LE(flags, 2);
    both.writeUInt16LE(method, 4);
    both.writeUInt32LE(said.crc ?? crc32(raw), 10);
    both.writeUInt32LE(bytes.length, 14);
    both.writeUInt32LE(said.size ?? raw.length, 18);
    both.writeUInt16LE(named.length, 22);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(mode * 0x10000, 6);
    rest.writeUInt32LE(at, 10);
    list.push(Buffer.from('PK\x01\x02\x14\x03', 'latin1'), both, rest, named);
    parts.push(Buffer.from('PK\x03\x04', 'latin1'), both, named, bytes);
    at += 30 + named.length + bytes.length;
  }
  const tail = Buffer.alloc(18);
  tail.writeUInt16LE(end.disk ?? 0, 0);
  tail.writeUInt16LE(end.count ?? files.length, 4);
  tail.writeUInt16LE(end.count ?? files.length, 6);
  tail.writeUInt32LE(Buffer.concat(list).length, 8);
  tail.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, ...list, Buffer.from('PK\x05\x06', 'latin1'), tail]);
}
