import type { RemovalReason } from '../types/types.js';

/** Why words are taken out; in packed form, a reason is its place here. */
export const REASONS: readonly RemovalReason[] = [
  'markup',
  'quotation',
  'byline',
  'biography',
  'signoff',
  'related',
  'sharing',
  'repeated',
];

export function nothingRemoved(): Record<RemovalReason, number> {
  return Object.fromEntries(REASONS.map((reason) => [reason, 0])) as Record<RemovalReason, number>;
}
