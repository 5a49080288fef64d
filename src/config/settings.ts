import { FIELD_NAMES } from '../ingest/ingest.js';
import { STRENGTHS } from '../types/strength.js';

/** A setting's value as it stands in a configuration file. */
export type Value = boolean | number | string | readonly string[] | Readonly<Record<string, string>>;

/**
 * What a value must be. count: a whole number, 0 or more; formats: FORMAT or FORMAT=FILE, one or several; map: fields of
 * an article to names in the input; path: a file or folder, relative to the file it is written in.
 */
type Kind = 'boolean' | 'count' | 'choice' | 'formats' | 'map' | 'path';

/** One setting: its place in the file is its name, and the variable and the flag follow from it. */
export interface Setting {
  /** "exactBylines" for every command, "check.failOn" for one. */
  readonly key: string;
  readonly kind: Kind;
  readonly choices?: readonly string[];
  /** What holds when nothing is said; null: nothing. */
  readonly fallback: Value | null;
  readonly about: string;
}

/** Everything a report can be printed as, and a check's. */
export const SCAN_FORMATS = ['terminal', 'json', 'markdown', 'html', 'csv', 'parquet', 'graphml', 'gexf'] as const;
export const CHECK_FORMATS = [
  'terminal',
  'json',
  'jsonl',
  'sarif',
  'junit',
  'github',
  'gitlab',
  'checkstyle',
  'csv',
  'markdown',
] as const;

export type ScanFormat = (typeof SCAN_FORMATS)[number];
export type CheckFormat = (typeof CHECK_FORMATS)[number];

/** Every setting. The shipped schema, the documentation and the check of a file are made from this table. */
export const SETTINGS: readonly Setting[] = [
  {
    key: 'map',
    kind: 'map',
    choices: FIELD_NAMES,
    fallback: null,
    about: 'Which field of the input is which, where the usual names do not tell: {"author": "writer"}.',
  },
  { key: 'exactBylines', kind: 'boolean', fallback: false, about: 'Keep every spelling of a byline apart.' },
  {
    key: 'keepQuotations',
    kind: 'boolean',
    fallback: false,
    about: 'Count direct quotations as the byline’s own words.',
  },
  {
    key: 'inlineSkip',
    kind: 'boolean',
    fallback: true,
    about: 'Obey “manyhands-skip: REASON” in the front matter of a text.',
  },
  {
    key: 'scan.format',
    kind: 'choice',
    choices: SCAN_FORMATS,
    fallback: 'terminal',
    about: 'What scan prints.',
  },
  { key: 'scan.allPairs', kind: 'boolean', fallback: false, about: 'List every pair of bylines in the JSON report.' },
  { key: 'check.against', kind: 'path', fallback: null, about: 'The reference, made with manyhands enroll.' },
  {
    key: 'check.failOn',
    kind: 'choice',
    choices: STRENGTHS,
    fallback: 'strong',
    about: 'The weakest strength at which a finding ends the check with exit code 1.',
  },
  {
    key: 'check.maxFindings',
    kind: 'count',
    fallback: 0,
    about: 'Findings at or over that strength that are let through.',
  },
  {
    key: 'check.fail',
    kind: 'boolean',
    fallback: true,
    about: 'End with exit code 1 when findings are over the limit.',
  },
  {
    key: 'check.format',
    kind: 'formats',
    choices: CHECK_FORMATS,
    fallback: ['terminal'],
    about: 'What check prints; several at once: ["terminal", "sarif=manyhands.sarif"].',
  },
  { key: 'check.baseline', kind: 'path', fallback: null, about: 'File of accepted findings.' },
];

/** The environment variable of a setting: "check.failOn" is MANYHANDS_CHECK_FAIL_ON. */
export function variableOf(key: string): string {
  return `MANYHANDS_${key.replace(/[A-Z]/g, '_$&').replace('.', '_').toUpperCase()}`;
}

/** The section a setting stands in; null for those of every command. */
export function sectionOf(key: string): string | null {
  return key.includes('.') ? key.split('.')[0]! : null;
}

/** Name of a setting without its section, which is also its name among a command's options. */
export function nameOf(key: string): string {
  return key.split('.').at(-1)!;
}
