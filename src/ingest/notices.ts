import { visible } from '../text/visible.js';
import type { Notice, NoticeLevel } from '../types/types.js';

/** Notices of one kind that are listed for one file; the rest are counted. */
const LISTED = 10;
/** Notices of one kind kept before only the first in order are. */
const KEPT = 1000;

interface Kind {
  readonly kept: readonly Notice[];
  readonly count: number;
}

export type NoticesByKind = ReadonlyMap<string, Kind>;

/** A place in the input, and how a message names it. */
export interface Place {
  readonly path: string;
  /** 1-based line or element; null for a whole file. */
  readonly line: number | null;
  /** How `line` is counted. */
  readonly unit?: 'line' | 'element' | 'row';
  /** Name of the sheet of a workbook that it is in. */
  readonly sheet?: string;
  /** 1-based element of a line that holds several articles. */
  readonly part?: number;
}

/** "dump.csv, line 7", "dump.xlsx, sheet "Posts", row 7", with hidden characters made visible. */
export function placeName({ path, line, unit, part, sheet }: Place): string {
  const file = path === '-' ? 'standard input' : visible(path);
  const shown = sheet === undefined ? file : `${file}, sheet "${visible(sheet, 40)}"`;
  const element = part === undefined ? '' : `, element ${part}`;
  return line === null ? shown : `${shown}, ${unit ?? 'line'} ${line}${element}`;
}

/**
 * What went wrong while reading. Comes out sorted by place, code and message, the same for any order of the input;
 * of one kind in one file the first ten are listed and the others counted.
 */
export class Notices {
  private readonly kinds = new Map<string, { kept: Notice[]; count: number }>();

  get byKind(): NoticesByKind {
    return this.kinds;
  }

  add(notice: Notice): void {
    // Pages of a web archive are one file.
    const source = (notice.source ?? '').replace(/\/https?:\/\/.*$/is, '');
    this.more(`${source}\n${notice.code}`, { kept: [notice], count: 1 });
  }

  /** Takes those that were noted elsewhere. */
  join(others: NoticesByKind): void {
    for (const [key, kind] of others) this.more(key, kind);
  }

  private more(key: string, { kept, count }: Kind): void {
    const kind = this.kinds.get(key) ?? { kept: [], count: 0 };
    kind.kept.push(...kept);
    kind.count += count;
    if (kind.kept.length > KEPT) kind.kept = kind.kept.sort(order).slice(0, LISTED);
    this.kinds.set(key, kind);
  }

  /** @param what what happened and what to do, without the place */
  at(place: Place, code: string, what: string, level: NoticeLevel = 'warning'): void {
    const message = `${placeName(place)}: ${what}`;
    this.add({ level, code, message, source: visible(place.path), line: place.line });
  }

  about(code: string, message: string, level: NoticeLevel = 'warning'): void {
    this.add({ level, code, message, source: null, line: null });
  }

  sorted(): readonly Notice[] {
    return [...this.kinds.values()].flatMap(shortened).sort(order);
  }
}

function shortened({ kept, count }: Kind): readonly Notice[] {
  const first = kept.slice().sort(order).slice(0, LISTED);
  if (count <= LISTED) return first;
  const last = first[LISTED - 1];
  const message = `${last.message} (and ${count - LISTED} more like it in this file)`;
  return [...first.slice(0, -1), { ...last, message }];
}

function order(a: Notice, b: Notice): number {
  return (
    compare(a.source ?? '', b.source ?? '') ||
    (a.line ?? 0) - (b.line ?? 0) ||
    compare(a.code, b.code) ||
    compare(a.message, b.message)
  );
}

/** Code-unit order. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
