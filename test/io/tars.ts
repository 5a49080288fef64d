/** A file to be put in a tar archive; what is left out is as an honest program writes it. */
export interface Tarred {
  readonly name: string;
  readonly data?: string | Uint8Array;
  /** Letter of what it is. */
  readonly type?: string;
  /** What its header says instead. */
  readonly size?: string | Uint8Array;
  readonly sum?: string;
}

const BLOCK = 512;

function padded(data: Uint8Array): Buffer {
  return Buffer.concat([data, Buffer.alloc((BLOCK - (data.length % BLOCK)) % BLOCK)]);
}

/** A tar archive, honest or not; the files in the order given. */
export function tarOf(files: readonly Tarred[], end = 2): Buffer {
  const parts = files.flatMap(({ name, data = '', type = '0', size, sum }) => {
    const bytes = Buffer.from(data as string);
    const header = Buffer.alloc(BLOCK);
    header.write(name, 0, 100);
    header.write('0000644\0' + '0000000\0'.repeat(2), 100);
    header.set(Buffer.from((size ?? `${bytes.length.toString(8).padStart(11, '0')}\0`) as string), 124);
    header.write('13477052000\0        ', 136);
    header.write(type, 156);
    header.write('ustar\x0000', 257);
    const own = header.reduce((total, byte) => total + byte, 0);
    header.write(sum ?? `${own.toString(8).padStart(6, '0')}\0 `, 148);
    return [header, padded(bytes)];
  });
  return Buffer.concat([...parts, Buffer.alloc(end * BLOCK)]);
}

/** A record of the form of POSIX, which says its own length. */
export function pax(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  const length = Buffer.byteLength(rest);
  const digits = String(length + String(length + 2).length).length;
  return `${length + digits}${rest}`;
}
