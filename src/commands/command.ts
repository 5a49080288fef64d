import { basename, isAbsolute } from 'node:path';
import type { InputOptions } from './common.js';

/** The command that makes a report again: absolute paths cut to their last part, flags that change the result kept. */
export function commandOf(paths: readonly string[], options: InputOptions): string[] {
  return [
    'manyhands',
    'scan',
    ...paths.map((p) => (isAbsolute(p) ? basename(p) : p)),
    ...(options.map === undefined ? [] : ['--map', options.map]),
    ...(options.exactBylines === true ? ['--exact-bylines'] : []),
    ...(options.keepQuotations === true ? ['--keep-quotations'] : []),
    ...(options.inlineSkip === false ? ['--no-inline-skip'] : []),
    ...(options.allPairs === true ? ['--all-pairs'] : []),
    ...(options.withTexts === true ? ['--with-texts'] : []),
    '--format',
    'json',
  ];
}
