import { asBytes, type Column, type Part } from '../store/store.js';
import type { QuantisedRows } from './quantised.js';
import type { Enrolled, Reference } from './reference.js';
import type { Space } from './space.js';
import { GATE_VIEWS, TEXT_VIEWS } from './views.js';

/** Rows in a group of the passages' files: as many are read to look one run up. */
const PASSAGE_GROUP = 4096;
/** Rows in one file of a table that grows. */
const SHARD_ROWS = { rows: 20_000, passages: 262_144 };

/** Everything of a reference that is not kept from before, as parts of tables. @param firstArticle articles from here on are new */
export function partsOf(enrolled: Enrolled, firstArticle: number): Part[] {
  const { reference } = enrolled;
  const frozen = firstArticle === 0 ? [...reference.spaces.flatMap(spaceParts), ...strangersPart(enrolled)] : [];
  return [...frozen, ...bylineParts(reference), ...articleParts(enrolled, firstArticle), repeatsPart(reference)];
}

function spaceParts({ name, whitening, turn }: Space): Part[] {
  const { buckets, idf, dims, axes, shift, scale, variances } = whitening;
  const row = (values: Float32Array) => (_: unknown, r: number) => asBytes(values, r * dims, (r + 1) * dims);
  return [
    {
      table: `space-${name}`,
      columns: [
        { name: 'bucket', type: 'int', data: Int32Array.from(buckets) },
        { name: 'idf', type: 'number', data: idf },
        { name: 'axes', type: 'bytes', data: Array.from(buckets, row(axes)) },
      ],
    },
    {
      table: `axes-${name}`,
      columns: [
        { name: 'shift', type: 'number', data: Float64Array.from(shift) },
        { name: 'scale', type: 'number', data: scale },
        { name: 'variance', type: 'number', data: variances },
        { name: 'turn', type: 'bytes', data: Array.from(scale, row(turn)) },
      ],
    },
  ];
}

function strangersPart({ strangers }: Enrolled): Part[] {
  if (strangers.length === 0) return [];
  return [
    {
      table: 'strangers',
      columns: TEXT_VIEWS.flatMap((name, v) => [
        ...quantisedColumns(`plain-${name}`, strangers[v]!.plain, 0),
        ...quantisedColumns(`turned-${name}`, strangers[v]!.turned, 0),
      ]),
    },
  ];
}

function quantisedColumns(name: string, rows: QuantisedRows, first: number, last = rows.scale.length): Column[] {
  const { dims, values, scale } = rows;
  const data = Array.from({ length: last - first }, (_, i) =>
    asBytes(values, (first + i) * dims, (first + i + 1) * dims),
  );
  return [
    { name: `row-${name}`, type: 'bytes', data },
    { name: `scale-${name}`, type: 'number', data: Float64Array.from(scale.subarray(first, last)) },
  ];
}

function bylineParts({ bylines, views, habits }: Reference): Part[] {
  const H = habits.names.length;
  const sums = GATE_VIEWS.flatMap((name, v): Column[] => {
    const { sums: of, cohortMean, cohortSpread, articles } = views[v]!;
    const { dims } = articles;
    return [
      { name: `sum-${name}`, type: 'bytes', data: bylines.map((_, b) => asBytes(of.values, b * dims, (b + 1) * dims)) },
      { name: `cohort-mean-${name}`, type: 'number', data: cohortMean },
      { name: `cohort-spread-${name}`, type: 'number', data: cohortSpread },
    ];
  });
  const perByline = (of: Float32Array): Uint8Array[] => bylines.map((_, b) => asBytes(of, b * H, (b + 1) * H));
  const columns: Column[] = [
    { name: 'name', type: 'text', data: bylines.map((b) => b.name) },
    { name: 'kind', type: 'text', data: bylines.map((b) => b.kind) },
    { name: 'articles', type: 'int', data: Int32Array.from(bylines, (b) => b.articles) },
    { name: 'words', type: 'number', data: Float64Array.from(bylines, (b) => b.words) },
    { name: 'hands', type: 'int', data: Int32Array.from(bylines, (b) => b.hands) },
    { name: 'languages', type: 'text', data: bylines.map((b) => b.languages.join(',')) },
    ...sums,
    { name: 'habit-mean', type: 'bytes', data: perByline(habits.mean) },
    { name: 'habit-spread', type: 'bytes', data: perByline(habits.spread) },
  ];
  return bylines.length === 0 ? [] : [{ table: 'bylines', columns }];
}

function articleParts({ reference, plain, passages }: Enrolled, first: number): Part[] {
  const { articles: a, views } = reference;
  const out: Part[] = [];
  for (let from = first; from < a.id.length; from += SHARD_ROWS.rows) {
    const to = Math.min(a.id.length, from + SHARD_ROWS.rows);
    out.push({
      table: 'rows',
      columns: [
        { name: 'byline', type: 'int', data: a.bylineOf.subarray(from, to) },
        { name: 'hand', type: 'int', data: a.hand.subarray(from, to) },
        {
          name: 'sha256',
          type: 'bytes',
          data: a.sha256.slice(from, to).map((h) => new Uint8Array(Buffer.from(h, 'hex'))),
        },
        ...GATE_VIEWS.flatMap((name, v) => quantisedColumns(name, views[v]!.articles, from, to)),
      ],
    });
    out.push({ table: 'plain', columns: GATE_VIEWS.flatMap((name, v) => quantisedColumns(name, plain[v]!, from, to)) });
    out.push({
      table: 'articles',
      columns: [
        { name: 'id', type: 'text', data: a.id.slice(from, to) },
        { name: 'byline', type: 'text', data: a.printed.slice(from, to) },
        { name: 'path', type: 'text', data: a.path.slice(from, to) },
        { name: 'line', type: 'int', data: a.line.subarray(from, to) },
        { name: 'words', type: 'int', data: a.words.subarray(from, to) },
        { name: 'published', type: 'number', data: a.publishedAt.subarray(from, to) },
      ],
    });
  }
  for (let from = 0; from < passages.hash.length; from += SHARD_ROWS.passages) {
    const to = from + SHARD_ROWS.passages;
    out.push({
      table: 'passages',
      rowGroup: PASSAGE_GROUP,
      columns: [
        { name: 'hash', type: 'int', data: passages.hash.subarray(from, to) },
        { name: 'article', type: 'int', data: passages.article.subarray(from, to) },
        { name: 'word', type: 'int', data: passages.word.subarray(from, to) },
      ],
    });
  }
  return out;
}

function repeatsPart({ repeats }: Reference): Part {
  return {
    table: 'repeats',
    columns: [
      { name: 'byline', type: 'int', data: repeats.byline },
      { name: 'key', type: 'number', data: repeats.key },
    ],
  };
}
