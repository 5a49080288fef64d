import { heldAt, packTexts, textOf, type PackedTexts } from '../text/held.js';
import type { Article, ArticleForm, UnusualCharacters } from '../types/types.js';
import { Pieces } from '../work/pieces.js';
import { rowIn, rowsOf, type Kind, type Numbers, type Rows } from '../work/rows.js';
import type { Copyable } from './copies.js';
import { Mapped, type PackedOrigin } from './mapped.js';
import type { Passages, Repeatable } from './repeated.js';
import { NO_SKETCH, packedSketches, sketchIn, type PackedSketches, type Sketch } from './sketches.js';
import { NOTHING_UNUSUAL } from './unicode.js';

/** An article cleaned of all that can be known without the others, and what the others need to know of it. */
export interface Prepared extends About {
  readonly text: string;
  readonly origin: PackedOrigin;
  readonly passages: Passages;
  /** Keys of its different paragraphs. */
  readonly paragraphs: Float64Array;
  readonly sketch: Sketch;
}

interface About {
  /** Null where nothing is. */
  readonly unusual: UnusualCharacters | null;
  readonly form: ArticleForm | null;
}

/** The same of a batch of articles, kind by kind. */
export interface PreparedBatch {
  readonly mapped: MappedTexts;
  /** Null for an article that failed; all else says nothing of it. */
  readonly about: readonly (About | null)[];
  readonly seen: SeenOfBatch;
}

/** Texts and their origins. */
export interface MappedTexts {
  readonly texts: PackedTexts;
  readonly runs: Rows<Int32Array>;
  readonly taken: Rows<Int32Array>;
}

/** One of them, to be repaired further. */
export function mappedIn({ texts, runs, taken }: MappedTexts, i: number): Mapped {
  return Mapped.from(textOf(heldAt(texts, i)), { runs: rowIn(runs, i), taken: rowIn(taken, i) });
}

interface SeenOfBatch {
  readonly keys: Rows<Float64Array>;
  readonly words: Rows<Uint8Array>;
  readonly paragraphs: Rows<Float64Array>;
  readonly sketches: PackedSketches;
}

/** Where it stands: what is let go of together stands together. */
const [MAPPED, SEEN] = [new Pieces(), new Pieces()];

/** @param all null for what failed */
export function packedBatch(all: readonly (Prepared | null)[]): PreparedBatch {
  const rows = <T extends Numbers>(kind: Kind<T>, of: (own: Prepared) => T, where = SEEN): Rows<T> => {
    const numbers = all.map((own) => (own === null ? [] : of(own)));
    return rowsOf(kind, numbers, where);
  };
  const texts = all.map((own) => own?.text ?? '');
  return {
    mapped: {
      texts: packTexts(texts, MAPPED),
      runs: rows(Int32Array, ({ origin }) => origin.runs, MAPPED),
      taken: rows(Int32Array, ({ origin }) => origin.taken, MAPPED),
    },
    about: all.map((own) => own && { unusual: own.unusual, form: own.form }),
    seen: {
      keys: rows(Float64Array, ({ passages }) => passages.keys),
      words: rows(Uint8Array, ({ passages }) => passages.words),
      paragraphs: rows(Float64Array, ({ paragraphs }) => paragraphs),
      sketches: packedSketches(
        all.map((own) => own?.sketch ?? NO_SKETCH),
        SEEN,
      ),
    },
  };
}

/** One of a batch, null if it failed. */
export function preparedIn({ mapped, about, seen }: PreparedBatch, i: number): Prepared | null {
  const own = about[i];
  const { text, packed } = mappedIn(mapped, i);
  return (
    own && {
      ...own,
      text,
      origin: packed,
      passages: { keys: rowIn(seen.keys, i), words: rowIn(seen.words, i) },
      paragraphs: rowIn(seen.paragraphs, i),
      sketch: sketchIn(seen.sketches, i),
    }
  );
}

/** A batch as far as it is still needed. */
export interface DraftBatch extends Pick<PreparedBatch, 'about'> {
  /** Let go of when its drafts are finished, so that no text is held three times. */
  mapped: MappedTexts | null;
  /** Let go of when it is known which passages recur. */
  seen: SeenOfBatch | null;
}

/** An article on its way to a document: its place in a batch. */
export class Draft implements Copyable, Repeatable {
  constructor(
    readonly article: Article,
    readonly batch: DraftBatch,
    readonly at: number,
  ) {}

  get id(): string {
    return this.article.id;
  }

  get byline(): string {
    return this.article.bylines[0];
  }

  get outlet(): string | null {
    return this.article.outlet;
  }

  get publishedAt(): number | null {
    return this.article.publishedAt;
  }

  get unusual(): UnusualCharacters {
    return this.batch.about[this.at]!.unusual ?? NOTHING_UNUSUAL;
  }

  get form(): ArticleForm | null {
    return this.batch.about[this.at]!.form;
  }

  /** Until the draft is finished. */
  text(): string {
    return textOf(heldAt(this.batch.mapped!.texts, this.at));
  }

  get passages(): Passages {
    const { keys, words } = this.batch.seen!;
    return { keys: rowIn(keys, this.at), words: rowIn(words, this.at) };
  }

  get paragraphs(): Float64Array {
    return rowIn(this.batch.seen!.paragraphs, this.at);
  }

  get sketch(): Sketch {
    return sketchIn(this.batch.seen!.sketches, this.at);
  }
}

/** Those of a batch of articles that did not fail. */
export function draftsOf(articles: readonly Article[], prepared: PreparedBatch): Draft[] {
  const batch: DraftBatch = { ...prepared };
  return articles.flatMap((article, i) => (batch.about[i] === null ? [] : [new Draft(article, batch, i)]));
}
