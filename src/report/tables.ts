import type { Report } from '../types/types.js';

export type Cell = string | number | null;

/** A table of the report: columns with their types, and rows in the report's order. */
export interface ReportTable {
  readonly columns: readonly { readonly name: string; readonly type: 'text' | 'integer' | 'number' }[];
  readonly rows: readonly (readonly Cell[])[];
}

const text = (name: string) => ({ name, type: 'text' }) as const;
const integer = (name: string) => ({ name, type: 'integer' }) as const;
const number = (name: string) => ({ name, type: 'number' }) as const;

/** The tables that can be exported, by name; null where something was not carried. Hands are counted from 1. */
export const TABLES = {
  pairs: ({ pairs }: Report): ReportTable => ({
    columns: [text('a'), text('b'), text('verdict'), number('log10LR'), number('score'), text('why')],
    rows: pairs.map((p) => [p.a, p.b, p.verdict, p.log10LR, p.score, p.why]),
  }),
  bylines: ({ bylines }: Report): ReportTable => ({
    columns: [
      text('byline'),
      integer('articles'),
      integer('words'),
      text('hands'),
      number('log10LR'),
      integer('count'),
      number('score'),
      text('why'),
    ],
    rows: bylines.map(({ byline, articles, words, hands: h }) => [
      byline,
      articles,
      words,
      h.verdict,
      h.log10LR,
      h.count,
      h.score,
      h.why,
    ]),
  }),
  hands: ({ bylines }: Report): ReportTable => ({
    columns: [
      text('byline'),
      text('article'),
      text('title'),
      text('date'),
      text('outlet'),
      text('url'),
      integer('words'),
      integer('hand'),
      number('certainty'),
      text('told'),
    ],
    rows: bylines.flatMap(({ byline, hands }) =>
      hands.assignments.map((x) => [
        byline,
        x.article,
        x.title ?? null,
        x.date ?? null,
        x.outlet ?? null,
        x.url ?? null,
        x.words ?? null,
        x.hand + 1,
        x.confidence,
        x.told === false ? 'no' : 'yes',
      ]),
    ),
  }),
} as const;

export type TableName = keyof typeof TABLES;
