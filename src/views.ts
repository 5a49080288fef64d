import type { CountedView, ViewName } from './types.js';

/** The names of the n-gram views by which bylines are compared, in the order used everywhere. */
export const VIEW_NAMES: readonly ViewName[] = ['characters', 'grammar', 'words', 'outline'];

/** All views that are counted: `functionWords` is read only where one byline is tested for several hands. */
export const COUNTED_VIEWS: readonly CountedView[] = [...VIEW_NAMES, 'functionWords'];
