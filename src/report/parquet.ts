import { parquetWriteBuffer } from 'hyparquet-writer';
import type { ReportTable } from './tables.js';

const TYPES = { text: 'STRING', integer: 'INT32', number: 'DOUBLE' } as const;

/** A table as an Apache Parquet file, for DuckDB, Python and R. Half surrogate pairs become U+FFFD: Parquet is UTF-8. */
export function parquet({ columns, rows }: ReportTable): Uint8Array {
  const columnData = columns.map(({ name, type }, c) => ({
    name,
    type: TYPES[type],
    nullable: true,
    data: rows.map((row) => row[c] ?? null),
  }));
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}
