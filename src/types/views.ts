import type { CountedView, Pairs, ViewName } from './types.js';

/** The names of the n-gram views by which bylines are compared, in the order used everywhere. */
export const VIEW_NAMES: readonly ViewName[] = ['characters', 'grammar', 'words', 'outline'];

/** All views that are counted: `functionWords` is read only where one byline is tested for several hands. */
export const COUNTED_VIEWS: readonly CountedView[] = [...VIEW_NAMES, 'functionWords'];

/** A record of a value for each of these views. */
export function mapViews<V extends CountedView, T>(names: readonly V[], of: (view: V, i: number) => T): Record<V, T> {
  const out: Partial<Record<V, T>> = {};
  names.forEach((name, i) => (out[name] = of(name, i)));
  // Every name has its value now, which the type of an empty record cannot know.
  return out as Record<V, T>;
}

/** What the views that see the subject, characters and words, add to the normalised score of a pair. */
export function spelledOf(views: Pairs['views'], pair: number): number {
  return views.characters[pair]! + views.words[pair]!;
}

/** What those add that do not see it, grammar and outline. */
export function maskedOf(views: Pairs['views'], pair: number): number {
  return views.grammar[pair]! + views.outline[pair]!;
}
