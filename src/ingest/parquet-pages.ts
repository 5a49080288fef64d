import type { ColumnMetaData, FileMetaData, RowGroup, SchemaTree } from 'hyparquet';
import type { parquetHeader } from 'hyparquet/src/column.js';

type PageOfSecondKind = NonNullable<ReturnType<typeof parquetHeader>['data_page_header_v2']>;

/** Most values of a page and most bytes of one, unpacked; writers make pages of a megabyte or so. */
const [MAX_VALUES, MAX_PAGE] = [10_000_000, 256_000_000];
/** Most bytes by values of a page whose texts are written as what they share with the one before: each may be as long as all. */
const MAX_SHARED = 8_000_000_000;
/** Rows that a small file may have all the same, of nothing. */
const MANY_ROWS = 1_000_000;

/** A file that is not as it says it is. */
export class Damaged extends Error {}

/** Columns that may hold something to read: all but lists and groups of figures or bytes, such as embeddings and pictures. */
export function readableColumns(schema: SchemaTree): readonly string[] {
  return schema.children
    .filter((column) => column.children.length === 0 || holdsText(column))
    .map((c) => c.element.name);
}

function holdsText({ children, element }: SchemaTree): boolean {
  if (children.length > 0) return children.some(holdsText);
  const { converted_type: type = '', logical_type: logical } = element;
  return /^(?:UTF8|JSON|ENUM)$/.test(type) || /^(?:STRING|JSON|ENUM|VARIANT)$/.test(logical?.type ?? '');
}

/**
 * What is said of rows and pages is looked at before room is made for them: the reader takes it at its word.
 *
 * @throws Damaged
 */
export function checkRows(bytes: Uint8Array, { row_groups: groups }: FileMetaData, schema: SchemaTree): void {
  // The reader loses sight of a column that it does not look for, and an error in it would end the program.
  const leaves = leavesOf(schema);
  for (const { columns } of groups) {
    const paths = columns.map((column) => keyOf(column.meta_data?.path_in_schema ?? []));
    if (new Set(paths).size < paths.length || !paths.every((path) => leaves.has(path))) throw new Damaged('columns');
  }
  const rows = groups.map((group) => Number(group.num_rows));
  const most = Math.max(MANY_ROWS, bytes.length);
  if (rows.some((n) => !(n >= 0)) || rows.reduce((sum, n) => sum + n, 0) > most) throw new Damaged('rows');
}

/**
 * Looks at the pages of some columns.
 *
 * @returns bytes of all of them, unpacked
 * @throws Damaged, and what the reader of headers throws
 */
export function checkPages(
  bytes: Uint8Array,
  group: RowGroup,
  columns: readonly string[],
  header: typeof parquetHeader,
): number {
  let all = 0;
  for (const { meta_data: column } of group.columns) {
    if (column === undefined) throw new Damaged('column');
    if (!columns.includes(column.path_in_schema[0] ?? '')) continue;
    const { values, size } = pagesOf(bytes, column, header);
    if (values < Number(group.num_rows)) throw new Damaged('values');
    all += size;
  }
  return all;
}

function pagesOf(
  bytes: Uint8Array,
  column: ColumnMetaData,
  header: typeof parquetHeader,
): { readonly values: number; readonly size: number } {
  const from = Number(column.dictionary_page_offset ?? 0) || Number(column.data_page_offset);
  const length = Number(column.total_compressed_size);
  if (!(from >= 0 && length >= 0 && from + length <= bytes.length)) throw new Damaged('chunk');
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset + from, length), offset: 0 };
  let [values, all] = [0, 0];
  while (reader.offset < length - 1) {
    const page = header(reader);
    const { compressed_page_size: packed, uncompressed_page_size: size, data_page_header_v2: second } = page;
    if (!(packed >= 0 && packed <= length - reader.offset && size >= 0 && size <= MAX_PAGE)) throw new Damaged('page');
    const { num_values: own = NaN, encoding = '' } =
      page.data_page_header ?? second ?? page.dictionary_page_header ?? {};
    const most = encoding === 'DELTA_BYTE_ARRAY' ? Math.min(MAX_VALUES, MAX_SHARED / Math.max(1, size)) : MAX_VALUES;
    // What is missing would be no number, and never reached.
    if (!(own >= 0 && own <= most) || (second !== undefined && !holds(second, packed))) throw new Damaged('page');
    if (page.dictionary_page_header === undefined) values += own;
    all += size;
    reader.offset += packed;
  }
  return { values, size: all };
}

/** Whether what a page of the second kind says of itself fits into it. */
function holds(page: PageOfSecondKind, packed: number): boolean {
  const { num_values: values, num_nulls: nulls, num_rows: rows } = page;
  const [first, second] = [page.repetition_levels_byte_length, page.definition_levels_byte_length];
  return (
    nulls >= 0 &&
    nulls <= values &&
    rows >= 0 &&
    rows <= values &&
    first >= 0 &&
    second >= 0 &&
    first + second <= packed
  );
}

function leavesOf(schema: SchemaTree): ReadonlySet<string> {
  const { children, path } = schema;
  return children.length === 0 ? new Set([keyOf(path)]) : new Set(children.flatMap((child) => [...leavesOf(child)]));
}

function keyOf(path: readonly string[]): string {
  return JSON.stringify(path);
}
