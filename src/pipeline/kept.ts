import { documentOf, type CleanOptions, type DocumentFacts } from '../clean/clean.js';
import { scoredBy } from '../compare/blocked.js';
import { recalibratedBy } from '../compare/recalibrate.js';
import { withHeldOthers } from '../judge/near.js';
import type { JudgeInput } from '../judge/input.js';
import type { Calibrated } from '../model/model.js';
import type { Byline, Cleaned, Corpus, Fingerprints, HeldPairs, OtherPairs, PairBasis } from '../types/types.js';

/** Everything measured in a dump, before it is judged. */
export type Measured = Omit<JudgeInput, 'corpus' | 'model'>;

interface KeptDocument extends DocumentFacts {
  /** Place of its article in the corpus. */
  readonly article: number;
}

/** What the cache keeps of a dump: numbers, hashes, ids and bylines; nothing of a text. */
interface KeptRun extends Pick<Measured, 'groups' | 'diarisations' | 'teams' | 'selfTest'> {
  readonly documents: readonly KeptDocument[];
  readonly bylines: readonly Byline[];
  readonly cleaned: Pick<Cleaned, 'copies' | 'setAside' | 'removedWords' | 'notices'>;
  readonly prints: Omit<Fingerprints, 'views' | 'grammar' | 'functionWords'>;
  readonly pairs: Omit<HeldPairs, 'others'>;
  readonly others: Omit<OtherPairs, 'scored'> | null;
}

/** What is written of a run. */
export function keptOf({ articles }: Corpus, measured: Measured): KeptRun {
  const { cleaned, prints, pairs, groups, diarisations, teams, selfTest } = measured;
  const placeOf = new Map(articles.map((a, i) => [a.id, i]));
  const { documents, bylines, copies, setAside, removedWords, notices, recurring } = cleaned;
  const { documents: rows, bylines: sides, bylineOf, words: amounts, lexed, habits } = prints;
  const { others, ...columns } = pairs;
  return {
    ...{ groups, diarisations, teams, selfTest },
    documents: documents.map(({ id, words, lang, unusual, byline, form = null }, i) => ({
      ...{ words, lang, unusual, byline, form, article: placeOf.get(id)!, recurring: recurring![i]! },
    })),
    bylines,
    cleaned: { copies, setAside, removedWords, notices },
    prints: { documents: rows, bylines: sides, bylineOf, words: amounts, lexed, habits },
    pairs: columns,
    others: others === undefined ? null : withoutShared(others),
  };
}

/** Shared memory cannot be written; nor can functions. */
function withoutShared({ basis, counts, from, step, floor, best }: OtherPairs): Omit<OtherPairs, 'scored'> {
  const plain: PairBasis = {
    bylines: basis.bylines,
    total: basis.total,
    dims: basis.dims,
    words: Float64Array.from(basis.words),
    amounts: Float64Array.from(basis.amounts),
    rows: Float32Array.from(basis.rows),
    constants: Float64Array.from(basis.constants),
    slopes: Float64Array.from(basis.slopes),
    offsets: Float64Array.from(basis.offsets),
  };
  return { counts, from, step, floor, best, basis: plain };
}

/** A run as it was; a document's text is cleaned again when it is asked for. */
export function revived(
  value: unknown,
  { articles }: Corpus,
  calibrationOf: (bylines: number) => Calibrated,
  options: CleanOptions,
): Measured {
  const { documents, bylines, cleaned, prints, pairs, others, ...rest } = value as KeptRun;
  const pairCalibration = recalibratedBy(calibrationOf(bylines.length), rest.selfTest?.recalibration ?? null);
  return {
    ...rest,
    pairCalibration,
    cleaned: {
      ...cleaned,
      bylines,
      documents: documents.map((kept) =>
        documentOf(articles[kept.article]!, kept, options.keepQuotations === true, null),
      ),
      recurring: documents.map((d) => d.recurring),
    },
    prints: {
      ...prints,
      get views(): never {
        throw new Error('standard scores are not kept');
      },
      get grammar(): never {
        throw new Error('counts are not kept');
      },
      get functionWords(): never {
        throw new Error('counts are not kept');
      },
    },
    pairs:
      others === null
        ? pairs
        : withHeldOthers({ ...pairs, others: { ...others, scored: scoredBy(others.basis, pairCalibration) } }),
  };
}

/** Everything a run depends on besides code, model and options: for the key it is kept under. */
export function* partsOf({ articles }: Corpus): Generator<string | Uint8Array> {
  for (const article of articles) {
    const { id, bylines, bylineKind, title, markup, outlet, publishedAt, url, source, held } = article;
    const wide = held?.wide ?? null;
    yield JSON.stringify([id, bylines, bylineKind, title, markup, outlet, publishedAt, url, source, wide]);
    yield held === undefined ? article.text : held.bytes.subarray(held.from, held.to);
  }
}
