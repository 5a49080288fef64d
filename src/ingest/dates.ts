const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * Reads a printed date as ms since 1970 UTC: ISO 8601, RFC 2822, "June 9, 2019", "9 June 2019", "2019/06/09",
 * epoch seconds or milliseconds. "09/06/2019" could be two days and is not read, unless one part is above 12.
 *
 * @returns null when it is not a date, or not a certain one; years outside 1600 … 2200 are refused
 */
export function parseDate(raw: unknown): number | null {
  if (typeof raw === 'number') return epoch(raw);
  if (typeof raw !== 'string') return null;
  const text = raw.trim().slice(0, 60);
  if (/^\d{9,13}$/.test(text)) return epoch(Number(text));
  const iso = /^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(.*)$/.exec(text);
  if (iso !== null) {
    const [, y, m, d, rest] = iso;
    const time = /^[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)\s*(Z|UTC|[+-]\d{2}:?\d{2})?/.exec(rest ?? '');
    const day = utc(Number(y), Number(m), Number(d ?? 1));
    if (day === null || time === null) return day;
    const zone = time[2] === undefined || time[2] === 'UTC' ? 'Z' : time[2];
    const ms = Date.parse(`${new Date(day).toISOString().slice(0, 10)}T${time[1]!.slice(0, 12)}${zone}`);
    return Number.isNaN(ms) ? day : ms;
  }
  const numeric = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})\b/.exec(text);
  if (numeric !== null) {
    const [a, b, printed] = [Number(numeric[1]), Number(numeric[2]), Number(numeric[3])];
    // Two digits: 70 … 99 are of the last century (POSIX).
    const y = printed >= 100 ? printed : printed >= 70 ? 1900 + printed : 2000 + printed;
    if (a === b || a > 12) return utc(y, b, a);
    return b > 12 ? utc(y, a, b) : null;
  }
  return wordy(text);
}

function wordy(text: string): number | null {
  const month = MONTHS.findIndex((m) => new RegExp(`\\b${m}[a-z]*\\b`, 'i').test(text)) + 1;
  const year = /\b(1[6-9]\d\d|20\d\d|21\d\d)\b/.exec(text);
  const day = /\b([0-3]?\d)(?:st|nd|rd|th)?\b/.exec(text);
  return month === 0 || year === null ? null : utc(Number(year[1]), month, day === null ? 1 : Number(day[1]));
}

function epoch(value: number): number | null {
  const ms = Math.abs(value) < 1e11 ? value * 1000 : value;
  return ms > -11_676_096_000_000 && ms < 7_258_118_400_000 && Math.abs(value) >= 1e8 ? Math.trunc(ms) : null;
}

function utc(year: number, month: number, day: number): number | null {
  if (year < 1600 || year > 2200) return null;
  const ms = Date.UTC(year, month - 1, day);
  const back = new Date(ms);
  return back.getUTCMonth() === month - 1 && back.getUTCDate() === day ? ms : null;
}
