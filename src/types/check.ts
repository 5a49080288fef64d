/**
 * What `manyhands check` finds: the types that cross from the check to its reporters. No run-time code here.
 *
 * A **submission** is a new article under a byline; the **reference** is what was frozen with `manyhands enroll`.
 */
import type { Notice, Source } from './corpus.js';
import type { Evidence, Strength } from './report.js';

/**
 * - not-this-byline: the submission does not read like what the byline wrote before
 * - fits-another-byline: it fits another byline of the reference, and its own (where that is known) less
 * - copied-passage: a passage stands in the archive in the same words
 * - unusual-characters: invisible characters, or letters of another script inside words
 */
export type CheckRule = 'not-this-byline' | 'fits-another-byline' | 'copied-passage' | 'unusual-characters';

/** Where in a file a finding points. Lines and columns count from 1; columns are UTF-16 units. */
export interface Location {
  /** As the user would write it, "/" as separator; "-" for standard input. */
  readonly path: string;
  /** Line of the article (JSON Lines, CSV, feeds) or of the passage (a file that is one article); 1 where it cannot be told. */
  readonly startLine: number;
  readonly endLine: number | null;
  readonly startColumn: number | null;
  /** One past the last character, as in SARIF. */
  readonly endColumn: number | null;
}

/** An article of the reference that a finding points to: its text is not in the reference, its place is. */
export interface Related {
  readonly byline: string;
  /** Article.id at enrolment. */
  readonly article: string;
  readonly path: string;
  readonly line: number | null;
}

/** A finding that someone accepted, in a baseline file: shown, and no longer counted. */
export interface Accepted {
  readonly reason: string;
  /** Day after which it counts again, YYYY-MM-DD; null for never. */
  readonly until: string | null;
}

export interface CheckFinding {
  readonly rule: CheckRule;
  readonly strength: Strength;
  /**
   * How much likelier the submission is if the finding is right than if it is not, base 10, above 0 and capped. null for
   * rules that see a thing rather than weigh it (copied-passage, unusual-characters).
   */
  readonly log10LR: number | null;
  /** Findings of this rule, this strong or stronger, that chance alone would give for the questions asked; null as above. */
  readonly expectedByChance: number | null;
  /** One sentence that can be quoted. Every value from the input in it is made visible. */
  readonly message: string;
  /** CheckSubmission.id. */
  readonly submission: string;
  /** Byline printed on the submission; empty where there is none. */
  readonly byline: string;
  /** The byline it fits, or whose passage it is; null where the rule names none. */
  readonly otherByline: string | null;
  readonly location: Location;
  readonly related: readonly Related[];
  readonly evidence: readonly Evidence[];
  /** What argues against the finding. */
  readonly against: readonly Evidence[];
  readonly notMeasured: readonly string[];
  /** 32 hex digits made from rule, bylines and content: the same when the file moves or other articles change. */
  readonly fingerprint: string;
  /** Absent or null: it counts. */
  readonly accepted?: Accepted | null;
}

/** How a submission sits with one byline of the reference. */
export interface NearByline {
  readonly byline: string;
  /** That this byline's hands wrote it, against hands outside the reference; base 10, capped. */
  readonly log10LR: number;
  /** The same before capping. */
  readonly score: number;
  /** Place among all bylines of the reference by score, 1 for the nearest. */
  readonly rank: number;
  /** Bylines that did not write it and yet score this high, among those asked. */
  readonly expectedByChance: number;
}

export interface CheckSubmission {
  readonly id: string;
  readonly source: Source;
  /** Canonical byline; empty where none, or several, are printed. */
  readonly byline: string;
  readonly title: string | null;
  /** Words left after cleaning. */
  readonly words: number;
  /** SHA-256 of the article's text with runs of white space folded to one space. */
  readonly sha256: string;
  /** True when the reference holds this byline. */
  readonly bylineKnown: boolean;
  /** True when the reference holds this very article; it is then left out of the byline it is measured against. */
  readonly alreadyEnrolled: boolean;
  readonly verdict: 'fits' | 'does-not-fit' | 'inconclusive' | 'abstain';
  /** One sentence. */
  readonly why: string;
  /** That the named byline's hands wrote it, base 10, capped; 0 on abstention. */
  readonly log10LR: number;
  /** The same before capping; finite, higher fits better; 0 where the byline is not known. */
  readonly score: number;
  /** Which of the byline's hands it fits best, where the reference tells several apart. */
  readonly hand: {
    /** 0 for the hand with most articles. */
    readonly hand: number;
    /** Hands told apart behind this byline. */
    readonly of: number;
    /** 0 … 1. */
    readonly confidence: number;
  } | null;
  /** The bylines it fits best, best first, its own among them if it is one of them. Empty where style was not measured. */
  readonly nearest: readonly NearByline[];
}

/** What `check --format json` prints: schema manyhands.check/1. */
export interface CheckReport {
  readonly schema: 'manyhands.check/1';
  readonly tool: {
    readonly name: 'manyhands';
    readonly version: string;
    readonly model: string;
    /** Options that change the result. */
    readonly options: object;
  };
  readonly reference: {
    /** First 12 hex digits of the SHA-256 of the reference's manifest. */
    readonly id: string;
    readonly articles: number;
    readonly bylines: number;
    readonly words: number;
  };
  /** Submissions measured against their own byline, and comparisons with bylines of the reference. */
  readonly asked: { readonly submissions: number; readonly bylines: number };
  readonly gate: {
    readonly failOn: Strength;
    /** Findings at or over `failOn` that are let through. */
    readonly maxFindings: number;
    /** Findings at or over `failOn`, accepted ones left out. */
    readonly reached: number;
    /** Errors among the notices: what could not be read, and so was not checked. */
    readonly unread: number;
    /** Nothing over the limit, and nothing unread. */
    readonly passed: boolean;
  };
  /** In the order of their ids. */
  readonly submissions: readonly CheckSubmission[];
  /** Strongest first; then by submission, rule and place. */
  readonly findings: readonly CheckFinding[];
  /** Files passed over on purpose, and why. */
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
  readonly notices: readonly Notice[];
}
