import { parquetMetadata, parquetRead, type FileMetaData } from 'hyparquet';
import type { DecodedArray } from 'hyparquet';

/** A column as it is written: text, whole numbers of 32 bits, numbers, or bytes. Absent numbers are NaN, absent texts ''. */
export type Column =
  | { readonly name: string; readonly type: 'text'; readonly data: readonly string[] }
  | { readonly name: string; readonly type: 'int'; readonly data: Int32Array }
  | { readonly name: string; readonly type: 'number'; readonly data: Float64Array }
  | { readonly name: string; readonly type: 'bytes'; readonly data: readonly Uint8Array[] };

const TYPES = { text: 'STRING', int: 'INT32', number: 'DOUBLE', bytes: 'BYTE_ARRAY' } as const;

/** An Apache Parquet file, uncompressed: what is in it is numbers, and reading must be quick. */
export async function tableBytes(columns: readonly Column[], rowGroup: number): Promise<Uint8Array> {
  const { parquetWriteBuffer } = await import('hyparquet-writer');
  const columnData = columns.map(({ name, type, data }) => ({
    name,
    type: TYPES[type],
    nullable: false,
    encoding: 'PLAIN' as const,
    statistics: type === 'int',
    data: data as DecodedArray,
  }));
  return new Uint8Array(parquetWriteBuffer({ columnData, codec: 'UNCOMPRESSED', rowGroupSize: rowGroup }));
}

/** Columns of a table as they are read. */
export class Table {
  private readonly file: ArrayBuffer;
  readonly metadata: FileMetaData;

  constructor(bytes: Uint8Array) {
    const { buffer, byteOffset: from, byteLength: length } = bytes;
    this.file = (length === buffer.byteLength ? buffer : buffer.slice(from, from + length)) as ArrayBuffer;
    this.metadata = parquetMetadata(this.file);
  }

  get rows(): number {
    return Number(this.metadata.num_rows);
  }

  /** Whole numbers of a column, rows from … to - 1. */
  async ints(name: string, from = 0, to = this.rows): Promise<Int32Array> {
    const out = new Int32Array(to - from);
    await this.each(name, from, to, (data, at) => {
      for (let i = 0; i < data.length; i++) out[at + i] = Number(data[i]);
    });
    return out;
  }

  async numbers(name: string): Promise<Float64Array> {
    const out = new Float64Array(this.rows);
    await this.each(name, 0, this.rows, (data, at) => {
      for (let i = 0; i < data.length; i++) out[at + i] = Number(data[i]);
    });
    return out;
  }

  async texts(name: string): Promise<string[]> {
    const out = new Array<string>(this.rows).fill('');
    await this.each(name, 0, this.rows, (data, at) => {
      for (let i = 0; i < data.length; i++) out[at + i] = String(data[i]);
    });
    return out;
  }

  /** A column of byte strings of one length, one after another. */
  async joined(name: string, length: number): Promise<Uint8Array> {
    const out = new Uint8Array(this.rows * length);
    await this.each(name, 0, this.rows, (data, at) => {
      for (let i = 0; i < data.length; i++) {
        const value: unknown = data[i];
        if (!(value instanceof Uint8Array) || value.length !== length)
          throw new RangeError(`column ${name} holds values of another length`);
        out.set(value, (at + i) * length);
      }
    });
    return out;
  }

  /** Smallest and largest value of an int column in each row group, with its first row. */
  ranges(
    name: string,
  ): { readonly from: number; readonly rows: number; readonly least: number; readonly most: number }[] {
    let from = 0;
    return this.metadata.row_groups.map((group) => {
      const column = group.columns.find((c) => c.meta_data?.path_in_schema.join('.') === name);
      const statistics = column?.meta_data?.statistics;
      const rows = Number(group.num_rows);
      const range = { from, rows, least: Number(statistics?.min_value), most: Number(statistics?.max_value) };
      from += rows;
      return range;
    });
  }

  private async each(
    name: string,
    from: number,
    to: number,
    take: (data: DecodedArray, at: number) => void,
  ): Promise<void> {
    if (to <= from) return;
    let seen = 0;
    await parquetRead({
      file: this.file,
      metadata: this.metadata,
      columns: [name],
      rowStart: from,
      rowEnd: to,
      utf8: false,
      onChunk: ({ columnName, columnData, rowStart }) => {
        if (columnName !== name) return;
        // A chunk may begin before the rows that were asked for.
        const skip = Math.max(0, from - rowStart);
        const wanted = columnData.slice(skip, Math.min(columnData.length, to - rowStart));
        take(wanted, rowStart + skip - from);
        seen += wanted.length;
      },
    });
    if (seen !== to - from) throw new RangeError(`column ${name} has ${seen} rows, not ${to - from}`);
  }
}

/** Numbers as bytes and back; little-endian, as every machine that runs this is. */
export function asBytes(values: Float32Array | Int8Array, from: number, to: number): Uint8Array {
  const size = values.BYTES_PER_ELEMENT;
  return new Uint8Array(values.buffer, values.byteOffset + from * size, (to - from) * size);
}

export function asFloats(bytes: Uint8Array): Float32Array {
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
}
