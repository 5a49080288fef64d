import type { CheckRule } from '../types/types.js';
import { UserError } from '../errors.js';
import { visible } from '../text/visible.js';
import type { BaselineEntry } from './types.js';

const RULES: readonly CheckRule[] = ['not-this-byline', 'fits-another-byline', 'copied-passage', 'unusual-characters'];

/** True for a day of the calendar written YYYY-MM-DD. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** @throws UserError naming what is wrong with an entry */
export function checkedEntry(given: unknown, place: string): BaselineEntry {
  const wrong = (what: string): UserError =>
    new UserError(`${place}: ${what}`, 'Mend the entry, or take it out and accept the finding again.');
  if (typeof given !== 'object' || given === null) throw wrong('is not an object');
  const { fingerprint, rule, path, byline, otherByline, reason, until } = given as Record<string, unknown>;
  if (typeof fingerprint !== 'string' || !/^[0-9a-f]{32}$/.test(fingerprint)) throw wrong('has no fingerprint');
  const known = RULES.find((r) => r === rule);
  if (known === undefined) throw wrong(`there is no rule "${visible(String(rule))}"`);
  if (typeof reason !== 'string' || reason.trim() === '') throw wrong('has no reason: say why the finding is accepted');
  if (until !== undefined && until !== null && !(typeof until === 'string' && isDay(until)))
    throw wrong(`"until" must be a day, YYYY-MM-DD, not "${visible(String(until))}"`);
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  return {
    fingerprint,
    rule: known,
    path: text(path),
    byline: text(byline),
    otherByline: typeof otherByline === 'string' ? otherByline : null,
    reason,
    until: typeof until === 'string' ? until : null,
  };
}
