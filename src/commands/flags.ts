/** One flag of the command line; help and README are checked against this table. */
export interface Flag {
  readonly flags: string;
  readonly about: string;
}

export const INPUT_FLAGS: readonly Flag[] = [
  { flags: '--map <fields>', about: 'name the input’s fields: author=writer,text=content' },
  { flags: '--exact-bylines', about: 'keep every spelling of a byline apart' },
  { flags: '--keep-quotations', about: 'count direct quotations as the byline’s own words' },
  { flags: '--threads <n>', about: 'worker threads; all cores when left out. The result does not depend on it' },
  {
    flags: '--max-memory <size>',
    about: 'most memory to use, as 2GB: fewer threads, or an early end that says what is needed',
  },
  { flags: '--resume', about: 'go on with a scan that was interrupted, from what the cache holds of it' },
  { flags: '--no-cache', about: 'keep nothing for a second scan, and use nothing kept' },
  { flags: '--cache-dir <folder>', about: 'folder of the cache, instead of the system’s' },
];

export const CACHE_FLAGS: readonly Flag[] = [
  { flags: '--cache-dir <folder>', about: 'folder of the cache, instead of the system’s' },
];

export const OUTPUT_FLAGS: readonly Flag[] = [
  { flags: '-f, --format <format>', about: 'terminal, json, markdown, html, csv, parquet, graphml or gexf' },
  { flags: '-o, --output <file>', about: 'write to a file instead of standard output' },
  { flags: '--no-color', about: 'no colours (also by the NO_COLOR variable)' },
];

export const SCAN_FLAGS: readonly Flag[] = [
  { flags: '--all-pairs', about: 'list every pair of bylines in the JSON report' },
  { flags: '--with-texts', about: 'put the articles’ texts into the JSON report and the page' },
  { flags: '--show-removed', about: 'print what was taken out of each article and why, and stop' },
];

/** Of the commands that print a whole report. */
export const REPORT_FLAGS: readonly Flag[] = [
  {
    flags: '--pseudonymise <keyfile>',
    about: 'names, articles and files under pseudonyms that only the key file can turn back',
  },
  {
    flags: '--table <name>',
    about: 'table of the formats csv and parquet: pairs, bylines or hands (articles by hand)',
  },
];

export const BUNDLE_FLAGS: readonly Flag[] = [
  { flags: '--in <path...>', about: 'the dump: bundle packs it, verify scans it again' },
];
