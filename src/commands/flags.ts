import type { Command } from 'commander';

/** One flag of the command line; help and README are checked against this table. */
export interface Flag {
  readonly flags: string;
  readonly about: string;
  /** May be given several times; its values are collected. */
  readonly many?: boolean;
}

/** Adds the flags of some tables to a command, in their order. */
export function addFlags(command: Command, ...tables: readonly (readonly Flag[])[]): Command {
  for (const { flags: names, about, many } of tables.flat())
    if (many === true)
      command.option(names, about, (value: string, before: readonly string[] = []) => [...before, value]);
    else command.option(names, about);
  return command;
}

export const INPUT_FLAGS: readonly Flag[] = [
  { flags: '--map <fields>', about: 'name the input’s fields: author=writer,text=content' },
  { flags: '--exact-bylines', about: 'keep every spelling of a byline apart' },
  { flags: '--keep-quotations', about: 'count direct quotations as the byline’s own words' },
  { flags: '--threads <n>', about: 'worker threads; all cores when left out. The result does not depend on it' },
  { flags: '--no-inline-skip', about: 'read texts even where their front matter says manyhands-skip' },
];

/** Of check: quotations are counted as they were at enrolment, and each article is answered by itself, in one thread. */
export const CHECK_INPUT_FLAGS: readonly Flag[] = INPUT_FLAGS.filter(
  ({ flags }) => !/^--(?:keep-quotations|threads)\b/.test(flags),
);

/** Of the commands that scan a dump: how much they may take, and what they keep for the next time. */
export const WORK_FLAGS: readonly Flag[] = [
  {
    flags: '--max-memory <size>',
    about: 'most memory to use, as 2GB: fewer threads, or an early end that says what is needed',
  },
  { flags: '--resume', about: 'go on with a scan that was interrupted, from what the cache holds of it' },
  { flags: '--no-cache', about: 'keep nothing for a second scan, and use nothing kept' },
  { flags: '--cache-dir <folder>', about: 'folder of the cache, instead of the system’s' },
];

export const CACHE_FLAGS: readonly Flag[] = WORK_FLAGS.filter(({ flags }) => flags.startsWith('--cache-dir'));

/** Of every command that obeys a configuration file. */
export const CONFIG_FLAGS: readonly Flag[] = [
  { flags: '--config <file>', about: 'read this configuration file and look for no other' },
  { flags: '--no-config', about: 'read no configuration file' },
  { flags: '--print-config', about: 'print every setting and what set it, and stop' },
];

/** Of the commands that read what changed, not an archive. */
export const LIST_FLAGS: readonly Flag[] = [
  { flags: '--file-list <file>', about: 'read the names of the files from a file, or from standard input with -' },
  { flags: '--stdin', about: 'read one file from standard input' },
  { flags: '--stdin-filename <name>', about: 'what the file on standard input is called' },
];

/** Where a result goes, and how it looks there. */
const WRITTEN_FLAGS: readonly Flag[] = [
  { flags: '-o, --output <file>', about: 'write to a file instead of standard output' },
  { flags: '--no-color', about: 'no colours (also by the NO_COLOR variable)' },
];

export const OUTPUT_FLAGS: readonly Flag[] = [
  { flags: '-f, --format <format>', about: 'terminal, json, markdown, html, csv, parquet, graphml or gexf' },
  ...WRITTEN_FLAGS,
];

/** Of compare and explain, which are for reading: the same, but with two formats. */
export const ANSWER_FLAGS: readonly Flag[] = [
  { flags: '-f, --format <format>', about: 'terminal or json' },
  ...WRITTEN_FLAGS,
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

export const EVALUATE_FLAGS: readonly Flag[] = [
  { flags: '--truth <field>', about: 'field that holds the true hand (author)' },
  { flags: '--where <field=value>', about: 'only records whose field has this value' },
  { flags: '--amounts <numbers>', about: 'articles a byline (1,2,5,10,25; with --hands also 6,10,20,40)' },
  { flags: '--seeds <number>', about: 'simulated dumps of each amount, pooled (5)' },
  { flags: '--leave-out <corpus...>', about: 'use the calibration fitted without these corpora' },
  { flags: '--hands', about: 'measure bylines of several hands as well' },
  { flags: '--output-dir <folder>', about: 'save figures as JSON and Markdown, and charts as SVG' },
  { flags: '-f, --format <format>', about: 'terminal, json or markdown' },
  ...WRITTEN_FLAGS,
];

/** Of enroll. */
export const ENROLL_FLAGS: readonly Flag[] = [
  { flags: '--add', about: 'add to the reference that is there; what was measured stays as it is' },
  { flags: '--replace', about: 'replace it, even where it holds articles that are not among those read' },
];

/** Of check. */
export const CHECK_FLAGS: readonly Flag[] = [
  { flags: '--against <reference>', about: 'a reference made with enroll' },
  {
    flags: '--fail-on <strength>',
    about: 'limited, moderate, strong (the default) or very-strong: findings that count',
  },
  { flags: '--max-findings <n>', about: 'let so many of them through (0)' },
  { flags: '--no-fail', about: 'end with 0 whatever is found' },
];

/** What check writes, and what it accepts. */
export const CHECK_OUTPUT_FLAGS: readonly Flag[] = [
  {
    flags: '-f, --format <format>',
    about:
      'terminal, json, jsonl, sarif, junit, github, gitlab, checkstyle, csv or markdown; FORMAT=FILE writes to a file; several times for several',
    many: true,
  },
  ...WRITTEN_FLAGS,
  { flags: '--baseline <file>', about: 'findings accepted in this file are shown and do not count' },
  { flags: '--update-baseline', about: 'accept every finding that counts; needs --reason' },
  { flags: '--prune-baseline', about: 'take out of the baseline what is no longer found in the files checked' },
  { flags: '--reason <text>', about: 'why the findings are accepted' },
  { flags: '--until <date>', about: 'last day on which they are accepted, YYYY-MM-DD' },
];

/** What `review` and `cache` can be told to do. */
export const REVIEW_ACTIONS = ['confirm', 'reject', 'forget', 'list'];
export const CACHE_ACTIONS = ['stats', 'clear'];

/** Of review. */
export const REVIEW_FLAGS: readonly Flag[] = [{ flags: '--reason <text>', about: 'why: kept beside the link' }];
