/** Sentences of the check's reporters. They say what was found, how strong it is and what was not answered; never who did it. */
import type { CheckReport, CheckRule } from '../../types/types.js';
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
    help: 'Evidence, not proof: a new subject, form or editor, or a translation, can read like another hand. Ask before you conclude.',
  },
  'fits-another-byline': {
    title: 'Fits another byline',
    about: 'The submission fits another byline of the reference better than strangers do.',
    help: 'Evidence, not proof: among many bylines some fit by chance, and the finding says how many. Bylines of one desk or one editor can read alike.',
  },
  'copied-passage': {
    title: 'Passage stands in the archive',
    about: 'A passage of the submission stands in an article of the archive in the same words.',
    help: 'It may be a quotation, agency copy or a press release. Compare both places.',
  },
  'unusual-characters': {
    title: 'Unusual characters',
    about: 'The submission holds invisible characters, or letters of another script inside words.',
    help: 'Word processors and web pages leave some behind. Some are put there to hide a text from a search.',
  },
};

export const RULE_NAMES = Object.keys(RULES) as CheckRule[];

export function gateSentence({ gate, submissions, reference }: CheckReport): string {
  const many = counted(submissions.length, 'submission');
  const limit = gate.maxFindings === 0 ? '' : ` (up to ${number(gate.maxFindings, 0)} may pass)`;
  return `${gate.passed ? 'Passed' : 'Failed'}: ${many} against ${counted(reference.articles, 'article')} of ${counted(reference.bylines, 'byline')}; ${counted(gate.reached, 'finding')} at ${gate.failOn} or stronger${limit}.`;
}

export function acceptedSentence(accepted: { readonly reason: string; readonly until: string | null }): string {
  return `Accepted${accepted.until === null ? '' : ` until ${accepted.until}`}: ${accepted.reason}`;
}

/** What was left out so that the reader of the format takes it. */
export function truncatedSentence(shown: number, all: number, why: string): string {
  return `${number(shown, 0)} of ${number(all, 0)} findings are shown, the strongest first: ${why}. All are in --format json.`;
}
