import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../errors.js';
import { writeFileAtomic } from '../io/io.js';
import { nearest } from '../text/nearest.js';
import { visible, withoutHidden } from '../text/visible.js';
import type { Reviewed } from './evidence.js';

/** A link between two bylines that someone looked at. */
export interface ReviewedLink {
  readonly verdict: 'confirmed' | 'rejected';
  /** In code-unit order. */
  readonly a: string;
  readonly b: string;
  readonly reason: string;
}

const FILE = 'links.txt';
const HEAD = [
  '# Links between bylines that someone has looked at: verdict, byline, byline, reason, separated by tabs.',
  '# confirmed: one hand writes under both. rejected: two hands. Used by check, and by enroll --add when it calibrates.',
];

/**
 * Links kept beside a reference, in a text file that can be read, edited and put under version control.
 *
 * @throws UserError with the line that cannot be read
 */
export async function readLinks(folder: string): Promise<ReviewedLink[]> {
  const text = await readFile(join(folder, FILE), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw new UserError(`${visible(join(folder, FILE))}: cannot be read (${error.code ?? 'error'})`);
  });
  return text.split(/\r?\n/).flatMap((line, i): ReviewedLink[] => {
    if (line.trim() === '' || line.startsWith('#')) return [];
    const [verdict, a, b, reason] = line.split('\t').map((s) => s.trim());
    if ((verdict !== 'confirmed' && verdict !== 'rejected') || !a || !b)
      throw new UserError(
        `${visible(join(folder, FILE))}, line ${i + 1}: not "confirmed" or "rejected", two bylines and a reason, separated by tabs`,
        'Mend or delete the line.',
      );
    return [link(verdict, a, b, reason ?? '')];
  });
}

function link(verdict: ReviewedLink['verdict'], a: string, b: string, reason: string): ReviewedLink {
  return a < b ? { verdict, a, b, reason } : { verdict, a: b, b: a, reason };
}

/** Writes the links, sorted, one a pair: the last one said counts. */
export async function writeLinks(folder: string, links: readonly ReviewedLink[]): Promise<void> {
  const last = new Map(links.map((l) => [`${l.a}\t${l.b}`, l]));
  const lines = [...last]
    .sort((x, y) => (x[0] < y[0] ? -1 : 1))
    .map(([pair, l]) => [l.verdict, pair, oneLine(l.reason)].join('\t'));
  await writeFileAtomic(join(folder, FILE), `${[...HEAD, ...lines].join('\n')}\n`);
}

function oneLine(text: string): string {
  return withoutHidden(text.replace(/\s+/gu, ' ')).trim();
}

/** A link to be kept. @throws UserError for a byline the reference does not hold, naming the nearest */
export function linkBetween(
  verdict: ReviewedLink['verdict'],
  a: string,
  b: string,
  reason: string,
  bylines: readonly string[],
): ReviewedLink {
  for (const name of [a, b]) {
    if (bylines.includes(name)) continue;
    const near = nearest(name, bylines);
    throw new UserError(
      `there is no byline "${visible(name)}" in the reference`,
      near === null ? null : `Did you mean "${visible(near)}"?`,
    );
  }
  if (a === b) throw new UserError('a link needs two different bylines');
  return link(verdict, a, b, reason);
}

/**
 * Links by byline number; those of bylines that are not in the reference say nothing. Who is one hand with a hand's byline is that
 * hand: what is confirmed of A and B and of B and C holds of A and C, unless that was rejected.
 */
export function reviewedOf(links: readonly ReviewedLink[], bylines: readonly string[]): Reviewed {
  const numbers = new Map(bylines.map((name, i) => [name, i]));
  const handOf = new Map<number, Set<number>>();
  const rejected = new Set<string>();
  const pair = (a: number, b: number): string => `${Math.min(a, b)} ${Math.max(a, b)}`;
  for (const { verdict, a, b } of links) {
    const [x, y] = [numbers.get(a), numbers.get(b)];
    if (x === undefined || y === undefined) continue;
    if (verdict === 'rejected') rejected.add(pair(x, y));
    else {
      const hand = new Set([x, y, ...(handOf.get(x) ?? []), ...(handOf.get(y) ?? [])]);
      for (const byline of hand) handOf.set(byline, hand);
    }
  }
  const apart = (a: number, b: number): boolean => rejected.size > 0 && rejected.has(pair(a, b));
  return { sameHand: (a, b) => handOf.get(a)?.has(b) === true && a !== b && !apart(a, b), apart };
}
