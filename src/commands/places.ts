import { realpathSync } from 'node:fs';
import { isAbsolute, posix, relative, sep } from 'node:path';
import type { CheckReport } from '../types/types.js';
import type { CheckFormat } from '../config/config.js';

/** Who reads a format looks for files from the top of what was checked out, which a variable names. */
const TOP: Partial<Record<CheckFormat, string>> = {
  github: 'GITHUB_WORKSPACE',
  sarif: 'GITHUB_WORKSPACE',
  gitlab: 'CI_PROJECT_DIR',
};

/** The report with its paths as the readers of a format look for them, whatever folder of the repository this runs in. */
export function fromTop(
  report: CheckReport,
  format: CheckFormat,
  env: Readonly<Record<string, string | undefined>>,
): CheckReport {
  const folder = folderBelow(env[TOP[format] ?? ''] ?? '');
  if (folder === '') return report;
  const moved = (path: string): string => (path === '-' ? path : posix.join(folder, path));
  return {
    ...report,
    findings: report.findings.map((f) => ({ ...f, location: { ...f.location, path: moved(f.location.path) } })),
    skipped: report.skipped.map((s) => ({ ...s, path: moved(s.path) })),
    notices: report.notices.map((x) => ({ ...x, source: x.source === null ? null : moved(x.source) })),
  };
}

/** The working folder, from the top down; "" where it is the top, or not below it. */
function folderBelow(top: string): string {
  if (top === '') return '';
  try {
    const path = relative(realpathSync(top), realpathSync(process.cwd()));
    return path.startsWith('..') || isAbsolute(path) ? '' : path.split(sep).join('/');
  } catch {
    return '';
  }
}
