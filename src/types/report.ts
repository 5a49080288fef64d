/** What crosses from judge to report: findings, evidence, the report itself. No run-time code here. */
import type { BylineMerge, CopyPair, Notice, RemovalReason } from './corpus.js';
import type { HandsInTime } from './hands.js';
import type { ReliabilityBin, SelfTestAmount, TippettPoint } from './pairs.js';
import type { ViewName } from './prints.js';

export type Strength = 'limited' | 'moderate' | 'strong' | 'very-strong';

/** A sentence that can be quoted, and the numbers in it. */
export interface Evidence {
  readonly kind: 'habit' | 'style' | 'copy' | 'amount' | 'hands';
  /** Name of the habit it speaks of. */
  readonly habit?: string;
  readonly text: string;
  readonly values?: Readonly<Record<string, number>>;
  /** Unit of the values, where they have one: "per 1,000 words". */
  readonly unit?: string;
  /** Sentences that show the habit. */
  readonly examples?: readonly EvidenceExample[];
}

/** What one view, or the amount of text on both sides, adds to the score of a pair. */
export interface Contribution {
  readonly of: ViewName | 'amount';
  /** What the view adds to the normalised score, in units of the strangers' spread. */
  readonly spreads?: number;
  readonly log10LR: number;
}

/** A sentence quoted from an article, and where it stands. */
export interface EvidenceExample {
  readonly byline: string;
  readonly article: string;
  readonly sentence: string;
  /** File it was read from, and the line (JSON Lines, CSV, feeds) or element (JSON) the article stands on. */
  readonly source?: string;
  readonly line?: number;
  /** Where it begins and ends in the article's text as read, in UTF-16 units; quotations between may have been masked. */
  readonly start?: number;
  readonly end?: number;
  /** Estimated hand of the article, where hands of one byline are set side by side. */
  readonly hand?: number;
}

/** A stretch that articles of two bylines have word for word, marks apart. */
export interface SharedPassage {
  /** How many words; what is quoted of it may be less. */
  readonly words: number;
  /** Bylines beside these two under which it stands as well, judged by eight words from its middle. */
  readonly otherBylines: number;
  /** Why most of it was set aside before style was compared; absent where it was counted. */
  readonly setAside?: RemovalReason;
  readonly a: EvidenceExample;
  readonly b: EvidenceExample;
}

/** One article of a byline, and the hand it was given to. What it did not carry is left out. */
export interface Assignment {
  readonly article: string;
  readonly hand: number;
  /** 0 … 1. */
  readonly confidence: number;
  /** false where the hand cannot be told: the article could be another's. */
  readonly told?: false;
  readonly title?: string;
  /** Day of publication, YYYY-MM-DD, UTC. */
  readonly date?: string;
  readonly url?: string;
  readonly outlet?: string;
  /** Words left after cleaning. */
  readonly words?: number;
  /** As read, where texts were asked for. */
  readonly text?: string;
}

/** Bylines in the order of an average-linkage clustering of their pairs, for the matrix. */
export interface Clustering {
  readonly bylines: readonly string[];
  /** Items 0 … n - 1 are `bylines`, merges count on from n; `score` is the mean score at which both sides meet. */
  readonly merges: readonly { readonly left: number; readonly right: number; readonly score: number }[];
  /** Row r: log10LR against bylines 0 … r - 1, one decimal, separated by spaces; "x" where nothing was answered. */
  readonly log10LR: readonly string[];
}

/** A file that was read. */
export interface InputFile {
  readonly path: string;
  /** Of the content, after gunzip where it was packed. */
  readonly bytes: number;
  readonly sha256: string;
}

export interface BylineReport {
  readonly byline: string;
  readonly articles: number;
  readonly words: number;
  readonly hands: {
    readonly verdict: 'one' | 'several' | 'inconclusive' | 'abstain';
    readonly why: string;
    readonly score: number;
    readonly log10LR: number;
    readonly count: number;
    /** How likely 1, 2, 3, and 4 or more hands are, with even odds of one and several before; absent on abstention. */
    readonly probabilities?: readonly number[];
    /** How the hands lie in time; only where the articles were parted. Days are in UTC. */
    readonly time?: {
      readonly kind: HandsInTime['kind'];
      readonly handovers: readonly {
        readonly at: string;
        readonly from: string;
        readonly to: string;
        readonly before: number;
        readonly after: number;
        readonly stepOverTrend: number;
      }[];
    };
    readonly assignments: readonly Assignment[];
  };
}

export interface PairReport {
  readonly a: string;
  readonly b: string;
  readonly verdict: 'same-hand' | 'different-hands' | 'inconclusive' | 'abstain';
  readonly why: string;
  readonly score: number;
  readonly log10LR: number;
  readonly evidence: readonly Evidence[];
  /** What argues against one hand; only for the strongest pairs. */
  readonly against?: readonly Evidence[];
  /** Parts that add up to `score`; only for the strongest pairs. */
  readonly contributions?: readonly Contribution[];
  /** What their articles have word for word; only for the strongest pairs, near copies apart. */
  readonly shared?: readonly SharedPassage[];
}

/** What chance would give of findings like one. */
export interface Chance {
  /** Findings of this strength or more that chance alone would give, for the number of questions asked. */
  readonly expectedByChance: number;
  /** How many of them pairs of different writers on one beat would give; absent where the bylines are not on one beat. */
  readonly expectedOnBeat?: number;
  /** How many pairs of different writers of one time in a dump of many would give; absent where that is not why they are alike. */
  readonly expectedOfTime?: number;
}

export interface Finding extends Chance {
  readonly kind: 'group-run' | 'sockpuppets' | 'coordinated';
  readonly bylines: readonly string[];
  readonly strength: Strength;
  readonly log10LR: number;
  readonly evidence: readonly Evidence[];
  readonly against: readonly Evidence[];
  readonly notMeasured: readonly string[];
}

/** Bylines suspected to be a single hand, or run by one team. */
export interface GroupReport {
  readonly bylines: readonly string[];
  /** shared-hands: a byline of it stands in another group as well, whose other bylines do not link with these. */
  readonly kind: 'same-hand' | 'coordinated' | 'shared-hands';
  /** log10LR of the weakest pair inside. */
  readonly cohesion: number;
  /** The bylines that stand in another group as well. */
  readonly shared?: readonly string[];
  /** Of shared-hands: the team's hands, each with the hands of bylines it is, and their articles. */
  readonly hands?: readonly { readonly members: readonly HandOfByline[] }[];
}

/** One hand of a byline: its number there, from 0, and its articles. */
export interface HandOfByline {
  readonly byline: string;
  readonly hand: number;
  readonly articles: number;
}

/** The self-test as a report prints it; what an older report does not say is optional. */
export interface ReportedTest {
  readonly sameHandPairs: number;
  readonly differentHandsPairs?: number;
  readonly recallAt1Percent: number;
  readonly 'recallAt0.1Percent': number;
  readonly cllr: number;
  /** Split bylines that reach the strength of a finding, and pairs of different bylines that do. */
  readonly found: number;
  readonly falseLinks: number;
  readonly hands: object;
  readonly tippett?: readonly TippettPoint[];
  /** Bylines split into an earlier and a later half by date; the others were split in order of id. */
  readonly byDate?: number;
  /** How every ratio of this report was refitted on the test: log10LR = offset + scale · shipped log10LR; null: not at all. */
  readonly recalibration?: {
    readonly scale: number;
    readonly offset: number;
    readonly sameHandPairs: number;
    readonly pseudoPairs: number;
    /** Cllr on the test before and after. */
    readonly cllrBefore: number;
    readonly cllrAfter: number;
  } | null;
  /** Stated probability of one hand at even prior odds, and the share that was one hand, in ranges of the stated one. */
  readonly reliability?: readonly Omit<ReliabilityBin, 'mass'>[];
  /** The test by words on the shorter side; a range reaches to where the next begins. */
  readonly amounts?: readonly SelfTestAmount[];
}

/** What `scan` prints: schema manyhands.report/1. */
export interface Report {
  readonly schema: 'manyhands.report/1';
  readonly tool: {
    readonly name: 'manyhands';
    readonly version: string;
    readonly model: string;
    readonly options: object;
    /** The command that makes this report again, absolute paths cut to their last part. */
    readonly command?: readonly string[];
  };
  readonly inputs?: readonly InputFile[];
  readonly corpus: {
    readonly articles: number;
    readonly bylines: number;
    readonly words: number;
    /** quotation and boilerplate in words, copies in articles. */
    readonly removed: { readonly quotation: number; readonly boilerplate: number; readonly copies: number } & Readonly<
      Record<string, number>
    >;
    readonly merges: readonly BylineMerge[];
    readonly copies: readonly CopyPair[];
  };
  readonly asked: { readonly pairs: number; readonly bylines: number };
  readonly bylines: readonly BylineReport[];
  readonly pairs: readonly PairReport[];
  readonly groups: readonly GroupReport[];
  readonly findings: readonly Finding[];
  readonly selfTest: ReportedTest | null;
  readonly clustering?: Clustering;
  readonly notices: readonly Notice[];
}
