import type { ViewName } from '../types/types.js';

/** A view of a submission: n-grams of its cleaned text, or, `format`, the ways in which it was typed and laid out. */
export type GateView = Exclude<ViewName, 'outline'> | 'format';

/** Views of the cleaned text, in which a submission is measured against a cohort as well as against a byline's centre. */
export const TEXT_VIEWS: readonly Exclude<GateView, 'format'>[] = ['characters', 'grammar', 'words'];

/**
 * All views that a gate measures, in the order used everywhere. The outline, a scan's fourth view, added nothing here
 * that the other three had not.
 */
export const GATE_VIEWS: readonly GateView[] = [...TEXT_VIEWS, 'format'];
