import { dateInWords, withPlainFigures } from './months.js';

/** A printed date: certain, or a day and a month whose order the rest of the corpus must tell; null is no date. */
export type PrintedDate =
  { readonly ms: number } | { readonly first: number; readonly second: number; readonly year: number } | null;

/** Which of two numbers is the day in "09/06/2019"; null when nothing tells. */
export type DayOrder = 'day-first' | 'month-first' | null;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';
const CLOCK = '(?:[T,\\s|–]+(?:at\\s+)?(\\d{1,2})[:.](\\d{2})(?::(\\d{2})(?:[.,]\\d{1,9})?)?\\s*([ap]\\.?m\\.?)?)?';
const ZONE =
  '\\s*(?:Uhr|hrs?|GMT(?=[+-]))?\\s*(Z|UTC?|GMT|BST|CES?T|E[SD]T|C[SD]T|M[SD]T|P[SD]T|[+-]\\d{1,2}(?::?\\d{2})?)?\\s*(?:\\([\\w ]+\\))?';
const WEEKDAY = '(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\\.?,?\\s+)?';
const ISO = new RegExp(`^(\\d{4})([-/.])(\\d{1,2})(?:\\2(\\d{1,2}))?${CLOCK}${ZONE}$`, 'i');
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?$/;
const NUMERIC = new RegExp(`^(\\d{1,2})([-/.])(\\d{1,2})\\2(\\d{4}|\\d{2})${CLOCK}${ZONE}$`, 'i');
const MONTH_FIRST = new RegExp(`^${WEEKDAY}${MONTH}\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})${CLOCK}${ZONE}$`, 'i');
/** As C, Unix and Twitter print it, the year last; the zone may stand before it. */
const CTIME = new RegExp(`^${WEEKDAY}${MONTH}\\s+(\\d{1,2})\\s+(\\d{1,2}):(\\d{2}):(\\d{2})${ZONE}\\s+(\\d{4})$`, 'i');
/** As spreadsheets print it: "9-Jun-19". */
const SHORT = new RegExp(`^(\\d{1,2})-${MONTH}-(\\d{2})${CLOCK}${ZONE}$`, 'i');
/** What stands around a date where a page was copied. */
const AROUND = /^(?:first )?(?:published|posted)(?: on| at)?:? +|[\s|,;(·–-]+(?:last )?(?:updated|modified)\b.*$/gi;
const DAY_FIRST = new RegExp(
  `^${WEEKDAY}(\\d{1,2})(?:st|nd|rd|th)?[\\s-]+(?:of\\s+)?${MONTH},?[\\s-]+(\\d{4})${CLOCK}${ZONE}$`,
  'i',
);
const MONTH_ONLY = new RegExp(`^${MONTH},?\\s+(\\d{4})$`, 'i');
const HOURS: Readonly<Record<string, number>> = {
  est: -5,
  edt: -4,
  cst: -6,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
  bst: 1,
  cet: 1,
  cest: 2,
};

/**
 * Reads one printed date, UTC where it names no zone: ISO 8601, RFC 2822, "June 9, 2019", "9 June 2019", "2019/06/09",
 * "9 juin 2019" and its like in other languages, epoch seconds to nanoseconds, as programs print dates, days since
 * 1900 as spreadsheets count them (from 1950 on). Years outside
 * 1600 … 2200 are no dates.
 */
export function readDate(raw: unknown): PrintedDate {
  if (raw instanceof Date) return Number.isNaN(raw.getTime()) ? null : within(raw.getTime());
  if (typeof raw === 'number') return epoch(raw);
  if (typeof raw !== 'string' || raw.length > 200) return null;
  const text = undotted(withPlainFigures(raw.replace(/\s+/gu, ' ').trim().replace(AROUND, '')));
  const ticks = /^(?:\/Date\()?(-?(?:\d{5}|\d{9,13}|\d{16}|\d{19})(?:\.\d{1,12})?)(?:\)\/)?$/.exec(text);
  if (ticks !== null) return epoch(Number(ticks[1]));
  let m = ISO.exec(text);
  if (m !== null) return moment(m[1], m[3], m[4] ?? '1', m.slice(5));
  m = COMPACT.exec(text);
  if (m !== null) return moment(m[1], m[2], m[3], []);
  m = MONTH_FIRST.exec(text);
  if (m !== null) return moment(m[3], month(m[1]), m[2], m.slice(4));
  m = DAY_FIRST.exec(text);
  if (m !== null) return moment(m[3], month(m[2]), m[1], m.slice(4));
  m = CTIME.exec(text);
  if (m !== null) return moment(m[7], month(m[1]), m[2], [m[3], m[4], m[5], undefined, m[6]]);
  m = SHORT.exec(text);
  if (m !== null) return moment(String(ofTwo(Number(m[3]))), month(m[2]), m[1], m.slice(4));
  m = MONTH_ONLY.exec(text);
  if (m !== null) return moment(m[2], month(m[1]), '1', []);
  m = NUMERIC.exec(text);
  if (m !== null) return numeric(m);
  const named = dateInWords(text);
  return named === null ? null : moment(...named, []);
}

/** "5. 10. 2019." and "2019. 10. 05." without the spaces and the last dot. */
function undotted(text: string): string {
  return text.replace(/^(\d{1,2}|\d{4})\. ?(\d{1,2})\. ?(\d{4}|\d{1,2})\.?(?=[\s,]|$)/, '$1.$2.$3');
}

/** Day and month in figures: certain where one is above 12 or both are equal. The time of day is not kept. */
function numeric(m: RegExpExecArray): PrintedDate {
  const [first, second, printed] = [Number(m[1]), Number(m[3]), Number(m[4])];
  const year = m[4].length === 4 ? printed : ofTwo(printed);
  // German and Russian dates with dots are always day first.
  if (m[2] === '.' || first === second || first > 12) return day(year, second, first);
  if (second > 12) return day(year, first, second);
  return first === 0 || second === 0 ? null : { first, second, year };
}

/** The year of two figures: 70 … 99 are of the last century (POSIX). */
function ofTwo(year: number): number {
  return year >= 70 ? 1900 + year : 2000 + year;
}

/** What this date says about the order of day and month in figures; null when nothing. */
export function orderShown(raw: unknown): DayOrder {
  const m = typeof raw === 'string' && raw.length < 60 ? NUMERIC.exec(raw.trim()) : null;
  if (m === null || m[2] === '.' || readDate(raw) === null) return null;
  return Number(m[1]) > 12 ? 'day-first' : Number(m[3]) > 12 ? 'month-first' : null;
}

/** ms since 1970 UTC of a printed date, given the order of its corpus; null when uncertain or no date. */
export function resolved(date: PrintedDate, order: DayOrder): number | null {
  if (date === null) return null;
  if ('ms' in date) return date.ms;
  if (order === null) return null;
  const [d, m] = order === 'day-first' ? [date.first, date.second] : [date.second, date.first];
  const found = day(date.year, m, d);
  return found === null ? null : found.ms;
}

function month(name: string): string {
  return String(MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1);
}

/** @param clock hour, minute, second, am or pm, zone; each may be undefined */
function moment(y: string, m: string, d: string, clock: readonly (string | undefined)[]): { ms: number } | null {
  const date = day(Number(y), Number(m), Number(d));
  if (date === null) return null;
  const [hour, minute, second, half, zone] = clock;
  if (hour === undefined) return date;
  const h = half === undefined ? Number(hour) : (Number(hour) % 12) + (/^p/i.test(half) ? 12 : 0);
  if (h > 24 || Number(minute) > 59 || Number(second ?? 0) > 60) return date;
  return within(date.ms + (h * 60 + Number(minute) - offset(zone)) * 60_000 + Number(second ?? 0) * 1000);
}

/** Minutes ahead of UTC. */
function offset(zone: string | undefined): number {
  const numbers = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(zone ?? '');
  if (numbers === null) return (HOURS[(zone ?? '').toLowerCase()] ?? 0) * 60;
  return (Number(numbers[2]) * 60 + Number(numbers[3] ?? 0)) * (numbers[1] === '-' ? -1 : 1);
}

/** Day 1970-01-01 of spreadsheets, and the days of 1950 and 2100: a number between is no other date. */
const [SPREADSHEET_1970, SPREADSHEET_FROM, SPREADSHEET_TO] = [25_569, 18_264, 73_051];

/** Seconds, milli-, micro- or nanoseconds since 1970; year, month and day as one number; or a spreadsheet's days. */
function epoch(value: number): { ms: number } | null {
  const compact = COMPACT.exec(String(value));
  if (compact !== null && value < 1e8) return day(Number(compact[1]), Number(compact[2]), Number(compact[3]));
  const size = Math.abs(value);
  if (value >= SPREADSHEET_FROM && value < SPREADSHEET_TO)
    return within(Math.round((value - SPREADSHEET_1970) * 86_400) * 1000);
  if (!Number.isFinite(value) || size < 1e8) return null;
  return within(
    Math.trunc(size < 1e11 ? value * 1000 : size < 1e14 ? value : size < 1e17 ? value / 1000 : value / 1e6),
  );
}

function day(year: number, m: number, d: number): { ms: number } | null {
  // "0001-01-01" and "30 Nov -0001" stand for no date; Date would read the year as 1901.
  if (year < 100) return null;
  const ms = Date.UTC(year, m - 1, d);
  const back = new Date(ms);
  return back.getUTCMonth() === m - 1 && back.getUTCDate() === d ? within(ms) : null;
}

function within(ms: number): { ms: number } | null {
  const year = new Date(ms).getUTCFullYear();
  return year >= 1600 && year <= 2200 ? { ms } : null;
}
