import { OUTSIDE, passageRange } from '../diarise/passages.js';
import { passageUnits } from '../fingerprint/units.js';
import { countViews } from '../fingerprint/views.js';
import { sampleIndices, seededRandom } from '../math/random.js';
import type { Run } from './pipeline.js';

/** Articles of other bylines that a byline's passages are read against, at most. */
const OTHERS = 300;

/** A passage inside one article whose style leaves the byline's own range. */
interface Passage {
  readonly article: string;
  /** 1-based paragraphs of the cleaned text. */
  readonly first: number;
  readonly last: number;
  readonly words: number;
  /** Robust standard deviations below the median of the byline's passages. */
  readonly below: number;
  readonly text: string;
}

export interface Outlying {
  /** Passages that were read. */
  readonly read: number;
  /** Those outside the range, the furthest first. */
  readonly passages: readonly Passage[];
}

/**
 * Passages of a byline that lie outside its own range, the furthest first: weaker evidence, as few words carry little style.
 *
 * @returns null where the byline has too little text for a range, or the dump no other byline
 */
export function outlyingPassages({ cleaned }: Run, byline: number): Outlying | null {
  const own = cleaned.documents.filter((d) => d.byline === byline);
  const others = cleaned.documents.filter((d) => d.byline !== byline);
  const units = passageUnits(own);
  if (others.length === 0) return null;
  const strangers = sampleIndices(others.length, OTHERS, seededRandom(16)).map((i) => others[i]!);
  const counts = countViews([
    ...units.map((u) => ({ text: u.text, lang: own[u.document]!.lang })),
    ...strangers.map(({ text, lang }) => ({ text, lang })),
  ]);
  const range = passageRange(
    counts,
    units.map((u) => u.document),
  );
  if (range === null) return null;
  const passages = units
    .map(({ document, first, last, words, text }, i) => ({
      article: own[document]!.id,
      first,
      last,
      words,
      below: -range[i]!,
      text,
    }))
    .filter((p) => p.below >= OUTSIDE)
    .sort((a, b) => b.below - a.below || (a.article < b.article ? -1 : 1));
  return { read: units.length, passages };
}
