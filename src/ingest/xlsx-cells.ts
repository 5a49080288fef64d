/** What the cells of a workbook refer to. */
export interface Book {
  readonly strings: readonly string[];
  /** Whether numbers in this style are shown as dates. */
  readonly isDate: (style: number) => boolean;
  /** Whether days are counted from 1904, as old Excel on the Mac did. */
  readonly from1904: boolean;
}

/** Numbers of formats of dates that need no format written out: those of all languages, then of East Asian ones. */
const DATES: ReadonlySet<number> = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58]);
/** What is no figure of a date in a format: texts, escaped letters, colours, languages, and other formats for other signs. */
const NO_FIGURE = /"[^"]*"?|[\\_*].|\[[^\]]*\]?|;.*$/gs;

type Tell = (told: {
  open(name: string, said: (attribute: string) => string | undefined): void;
  close(name: string): void;
}) => Promise<unknown>;

/** Reads which styles of cells show dates. */
export async function stylesIn(tell: Tell): Promise<Book['isDate']> {
  const formats = new Map<number, string>();
  const styles: number[] = [];
  let inCells = false;
  await tell({
    open(name, said) {
      if (name === 'numFmt') formats.set(Number(said('numFmtId')), (said('formatCode') ?? '').slice(0, 1000));
      else if (name === 'cellXfs') inCells = true;
      else if (name === 'xf' && inCells) styles.push(Number(said('numFmtId') ?? 0));
    },
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
  });
  const dates = styles.map((id) => {
    const format = formats.get(id);
    return format === undefined ? DATES.has(id) : /[yd]|mmm/i.test(format.replace(NO_FIGURE, ''));
  });
  return (style) => dates[style] ?? false;
}

/** Day 1970-01-01 of a workbook that counts from 1900, and days from there to one that counts from 1904. */
const [DAY_1970, TO_1904] = [25_569, 1462];

/** A number of days as a date, with its time of day where it has one; null for none. */
export function isoOf(days: number, from1904: boolean): string | null {
  // Excel counts a 29 February 1900; what is less than a day is a time alone.
  const since1900 = from1904 ? days + TO_1904 : days < 60 ? days + 1 : days;
  const date = new Date(Math.round((since1900 - DAY_1970) * 86_400) * 1000);
  if (days < 1 || Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999) return null;
  return date.toISOString().slice(0, Number.isInteger(days) ? 10 : 19);
}

/** The text of a cell: Excel writes what XML cannot hold as "_x000D_", and an underscore that would begin such as "_x005F_". */
export function textOfCell(text: string): string {
  const whole = text.includes('_x')
    ? text.replace(/_x([\da-f]{4})_/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    : text;
  return whole.includes('\r') ? whole.replace(/\r\n?/g, '\n') : whole;
}
