import type { Command } from 'commander';

/** One flag of the command line; help and README are checked against this table. */
export interface Flag {
  readonly flags: string;
  readonly about: string;
}

export function addFlags(command: Command, flags: readonly Flag[]): Command {
  for (const { flags: names, about } of flags) command.option(names, about);
  return command;
}

export const INPUT_FLAGS: readonly Flag[] = [
  { flags: '--map <fields>', about: 'name the input’s fields: author=writer,text=content' },
  { flags: '--exact-bylines', about: 'keep every spelling of a byline apart' },
  { flags: '--keep-quotations', about: 'count direct quotations as the byline’s own words' },
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

/** Of enroll. */
export const ENROLL_FLAGS: readonly Flag[] = [
  { flags: '--add', about: 'add to the reference that is there; what was measured stays as it is' },
];

/** Of check. */
export const CHECK_FLAGS: readonly Flag[] = [
  {
    flags: '--fail-on <strength>',
    about: 'limited, moderate, strong (the default) or very-strong: findings that count',
  },
  { flags: '--max-findings <n>', about: 'let so many of them through (0)' },
  { flags: '--no-fail', about: 'end with 0 whatever is found' },
];

/** Of check, until other formats join it. */
export const CHECK_OUTPUT_FLAGS: readonly Flag[] = [
  { flags: '-f, --format <format>', about: 'terminal or json' },
  ...OUTPUT_FLAGS.filter((f) => !f.flags.startsWith('-f')),
];

/** Of review. */
export const REVIEW_FLAGS: readonly Flag[] = [{ flags: '--reason <text>', about: 'why: kept beside the link' }];
