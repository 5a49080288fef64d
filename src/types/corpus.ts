/** What crosses from io to ingest, clean and fingerprint: what is read, parsed and cleaned. No run-time code here. */

// ---------------------------------------------------------------- io → ingest

/** One readable thing as the io edge found it: a file, an archive member or standard input. */
export interface SourceFile {
  /** Path as the user would write it, relative where possible, "/" as separator; "-" for standard input. */
  readonly path: string;
  /** Name of the folder it stands in, where that is below the path the user gave; a byline when the file names none. */
  readonly folder: string | null;
  readonly bytes: Uint8Array;
  /**
   * For a part of a file of lines that is too long to be held at once: the number of its first line. Parts come one behind
   * another. Absent for a whole file.
   */
  readonly firstLine?: number;
}

/** What reading yields: a file, or why one was not read. */
export type ReadSource = { readonly file: SourceFile } | { readonly notice: Notice };

/** Where something came from, for messages and evidence. */
export interface Source {
  readonly path: string;
  /** 1-based line (JSON Lines, CSV, feeds) or element number (JSON array); null for a whole file. */
  readonly line: number | null;
}

export type NoticeLevel = 'info' | 'warning' | 'error';

/** Something a user should know that did not stop the run. */
export interface Notice {
  readonly level: NoticeLevel;
  /** kebab-case, stable, documented in README. */
  readonly code: string;
  /** What happened and what the user can do; control characters already made visible. */
  readonly message: string;
  readonly source: string | null;
  readonly line: number | null;
}

/** A text as bytes from … to (src/text/held.ts): UTF-8, or UTF-16 where it is wide. */
export interface HeldText {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
  readonly wide: boolean;
}

// ---------------------------------------------------------------- ingest → clean

/** person: a name; desk: "Staff", an outlet or team; none: no byline was printed. */
export type BylineKind = 'person' | 'desk' | 'none';

export interface Article {
  /** As given; where there was none, the path with the line or element after "#". Unique in a corpus. */
  readonly id: string;
  /** Canonical display names, in printed order; empty when none was printed. More than one: co-bylined. */
  readonly bylines: readonly string[];
  readonly bylineKind: BylineKind;
  readonly title: string | null;
  /** Body as read, mark-up and all for Markdown; article text for HTML pages. */
  readonly text: string;
  /** What `text` is written in. */
  readonly markup: 'plain' | 'markdown' | 'html';
  readonly outlet: string | null;
  /** ms since 1970 UTC; null when absent or not a date. */
  readonly publishedAt: number | null;
  readonly url: string | null;
  readonly source: Source;
  /** The text as it is held, where it is made anew whenever it is asked for. */
  readonly held?: HeldText;
}

/** Several spellings read as one byline. */
export interface BylineMerge {
  readonly byline: string;
  readonly spellings: readonly { readonly spelling: string; readonly articles: number }[];
}

/** A file passed over on purpose, and why. */
export interface Skipped {
  readonly path: string;
  readonly reason: string;
}

export interface Corpus {
  /** Sorted by id, so that the order of input files cannot change a figure. */
  readonly articles: readonly Article[];
  readonly merges: readonly BylineMerge[];
  readonly notices: readonly Notice[];
  /** Files whose front matter asked for it, sorted by path. */
  readonly skipped?: readonly Skipped[];
}

// ---------------------------------------------------------------- clean → fingerprint

/** Why a stretch of text is not counted as the byline's own style. */
export type RemovalReason =
  | 'markup' // tags, Markdown syntax, URLs, code blocks, tables
  | 'quotation' // other people's words
  | 'byline' // the byline itself inside the text, "By …", datelines with desk names
  | 'biography' // "X is the director of …" at the end, "Follow me on …"
  | 'signoff' // newsroom names with telephone numbers, "(Reporting by …)"
  | 'related' // "Related posts", "Read more", link lists
  | 'sharing' // share buttons, subscribe calls, copyright lines
  | 'repeated'; // paragraphs that recur across the byline's or outlet's articles

/** One stretch taken out of, or masked in, an article. Offsets are UTF-16 units into Article.text. */
export interface Removed {
  readonly reason: RemovalReason;
  readonly start: number;
  readonly end: number;
  readonly words: number;
}

/** Characters that honest typing seldom produces. Counts per document. */
export interface UnusualCharacters {
  readonly zeroWidth: number;
  /** Letters of another script inside a word ("pаypal" with a Cyrillic а). */
  readonly homoglyphs: number;
  readonly bidiControls: number;
  readonly otherControls: number;
}

/** Forms in which other people's voices shape the style; `credited`: the text itself names another writer than its byline. */
export type ArticleForm = 'interview' | 'translation' | 'credited';

/** A writer whom a text itself names as its own, other than its byline. */
export interface Credit {
  readonly name: string;
  /** The paragraph that names it, and its place in Article.text, in UTF-16 units. */
  readonly line: string;
  readonly start: number;
  readonly end: number;
}

/**
 * A cleaned article of one byline. Quotations are masked by one MASK character (U+FFFC) each.
 * Paragraphs are separated by "\n\n"; inside a paragraph there are no line breaks.
 */
export interface Document {
  /** Article.id. */
  readonly id: string;
  /** Index into Cleaned.bylines. */
  readonly byline: number;
  readonly title: string | null;
  readonly outlet: string | null;
  readonly publishedAt: number | null;
  readonly text: string;
  /** Words left in `text` (letters and digits, not MASK). */
  readonly words: number;
  /** ISO 639-1 code; null when it cannot be told. */
  readonly lang: string | null;
  readonly removed: readonly Removed[];
  readonly unusual: UnusualCharacters;
  /** Only where the article is of such a form. */
  readonly form?: ArticleForm;
  /** The writer that a text of the form `credited` names; null for other forms. Found again when it is asked for. */
  readonly credited?: Credit | null;
  /** Breakpoints [clean offset, source offset, …], ascending, mapping `text` back to Article.text. */
  readonly origin: Int32Array;
  /** The text as it is held; null once it is released. */
  readonly held?: HeldText | null;
  /** Forgets the text; it is cleaned again when it is asked for once more. */
  readonly release?: () => void;
}

export interface Byline {
  readonly name: string;
  readonly kind: 'person' | 'desk';
}

/** Two articles with (nearly) the same text: evidence of copying, never of style. */
export interface CopyPair {
  /** Article ids; `kept` stays in the corpus when both bylines are the same, else both may stay. */
  readonly kept: string;
  readonly dropped: string;
  readonly keptByline: string;
  readonly droppedByline: string;
  /** Share of the dropped article's 5-word shingles found in the kept one, 0…1. */
  readonly overlap: number;
  /** What both have in nearly the same words, as it stands in each; only between bylines, and not for every copy. */
  readonly passages?: readonly { readonly kept: string; readonly dropped: string }[];
}

export interface Cleaned {
  /** Sorted by name (code-unit order). */
  readonly bylines: readonly Byline[];
  /** Sorted by id. */
  readonly documents: readonly Document[];
  readonly copies: readonly CopyPair[];
  /** Articles not used, by why: co-bylined, without byline, empty after cleaning, cleaning failed, … */
  readonly setAside: readonly {
    readonly id: string;
    readonly why: 'co-bylined' | 'no-byline' | 'empty' | 'copy' | 'failed';
  }[];
  /** For each document, the keys of the passages taken out because they recur in other articles. */
  readonly recurring?: readonly Float64Array[];
  /** Words removed, by reason, over the whole corpus. */
  readonly removedWords: Readonly<Record<RemovalReason, number>>;
  readonly notices: readonly Notice[];
}
