import { visible } from '../text/visible.js';
import type { BaselineEntry } from './types.js';

/** Sentences about accepted findings. */
export function expiredSentence({ path, rule, reason, until }: BaselineEntry): string {
  return `${visible(path)}: the finding ${rule} was accepted until ${until ?? ''} (“${visible(reason)}”) and counts again`;
}

export function unusedSentence({ path, rule }: BaselineEntry): string {
  return `${visible(path)}: the accepted finding ${rule} is no longer found; --prune-baseline takes it out`;
}
