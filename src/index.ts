/** The library's door: the pipeline, the report and their types. */
export { run, type Run, type ScanOptions, type Stage } from './pipeline.js';
export { scan } from './library.js';
export {
  check,
  checkFiles,
  enroll,
  enrollFiles,
  type CheckFilesOptions,
  type EnrollOptions,
  type EnrollResult,
} from './gate/gate.js';
export { loadModel, type Model } from './model/model.js';
export { readSources } from './io/io.js';
export { report, reportJson } from './report/report.js';
export { UserError } from './errors.js';
export type { Abortable } from './work/work.js';
export type * from './types.js';
export type * from './check-types.js';
