import type { ViewName } from './types.js';

/** The names of the n-gram views, in the order used everywhere. */
export const VIEW_NAMES: readonly ViewName[] = ['characters', 'grammar', 'words', 'outline'];
