/** Sentences of the check's reporters. They say what was found, how strong it is and what was not answered; never who did it. */
import type { CheckFinding, CheckReport, CheckRule } from '../../types/types.js';
import { counted, number } from '../../text/figures.js';

interface RuleWords {
  readonly title: string;
  readonly about: string;
  readonly help: string;
}

export const RULES: Readonly<Record<CheckRule, RuleWords>> = {
  'not-this-byline': {
    title: 'Does not read like its byline',
    about: 'The submission does not read like what this byline wrote before.',
    help: 'Ask the writer before you conclude: a new subject, form or editor, or a translation, can read like another hand.',
  },
  'fits-another-byline': {
    title: 'Fits another byline',
    about: 'The submission fits another byline of the reference better than strangers do.',
    help: 'Ask before you conclude: among many bylines some fit by chance, and the finding says how many; bylines of one desk or one editor can read alike.',
  },
  'copied-passage': {
    title: 'Passage stands in the archive',
    about: 'A passage of the submission stands in an article of the archive in the same words.',
    help: 'Compare both places: it may be a quotation, agency copy or a press release.',
  },
  'unusual-characters': {
    title: 'Unusual characters',
    about: 'The submission holds invisible characters, or letters of another script inside words.',
    help: 'Ask where the text was written: word processors and web pages leave some behind, and some are put there to hide a text from a search.',
  },
};

/** What a person does with a finding that has its reason. */
export const ACCEPT = 'A finding that has its reason can be let pass: --baseline FILE --update-baseline --reason "…".';

/** What to make of findings: a line for each of their rules, and one for what was not measured. */
export function nextSteps(findings: readonly CheckFinding[]): readonly string[] {
  const rules = RULE_NAMES.filter((rule) => findings.some((f) => f.rule === rule));
  const not = new Set(rules.flatMap((rule) => findings.find((f) => f.rule === rule)!.notMeasured));
  return [
    ...rules.map((rule) => `${RULES[rule].title}. ${RULES[rule].help}`),
    ...(not.size === 0 ? [] : [`Not measured: ${[...not].join('; ')}.`]),
  ];
}

export const RULE_NAMES = Object.keys(RULES) as CheckRule[];

/** How a check ended, in a word. */
export function gateWord({ passed, reached, maxFindings }: CheckReport['gate']): 'Passed' | 'Failed' | 'Incomplete' {
  if (passed) return 'Passed';
  return reached > maxFindings ? 'Failed' : 'Incomplete';
}

export const NOT_ALL_READ = 'not everything could be read, so not everything was checked';

export function gateSentence({ gate, submissions, reference }: CheckReport): string {
  const many = counted(submissions.length, 'submission');
  const limit = gate.maxFindings === 0 ? '' : ` (up to ${number(gate.maxFindings, 0)} may pass)`;
  const unread = gate.unread === 0 ? '' : `; ${NOT_ALL_READ}`;
  return `${gateWord(gate)}: ${many} against ${counted(reference.articles, 'article')} of ${counted(reference.bylines, 'byline')}; ${counted(gate.reached, 'finding')} at ${gate.failOn} or stronger${limit}${unread}.`;
}

export function acceptedSentence(accepted: { readonly reason: string; readonly until: string | null }): string {
  return `Accepted${accepted.until === null ? '' : ` until ${accepted.until}`}: ${accepted.reason}`;
}

/** What was left out so that the reader of the format takes it. */
export function truncatedSentence(shown: number, all: number, why: string): string {
  return `${number(shown, 0)} of ${number(all, 0)} findings are shown, the strongest first: ${why}. All are in --format json.`;
}
