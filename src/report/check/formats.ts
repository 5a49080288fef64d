import { checkstyle } from './checkstyle.js';
import { csv } from './csv.js';
import { github } from './github.js';
import { gitlab } from './gitlab.js';
import { jsonl } from './jsonl.js';
import { junit } from './junit.js';
import { markdown } from './markdown.js';
import type { CheckReporter } from './reporter.js';
import { sarif } from './sarif.js';

/** Reporters by the name of their format. The terminal's needs a painter and is not among them. */
export const CHECK_REPORTERS = {
  jsonl,
  sarif,
  junit,
  github,
  gitlab,
  checkstyle,
  csv,
  markdown,
} as const satisfies Readonly<Record<string, CheckReporter>>;
