import { heldAt, heldIn, packTexts, unpackTexts, type PackedTexts } from '../text/held.js';
import type { Article, Credit, Removed } from '../types/types.js';
import { Pieces } from '../work/pieces.js';
import { rowIn, rowsOf, type Rows } from '../work/rows.js';
import type { Task } from '../work/work.js';
import { withoutBoilerplate } from './boilerplate.js';
import { creditedIn } from './credits.js';
import { mappedIn, packedBatch, preparedIn, type MappedTexts, type Prepared, type PreparedBatch } from './draft.js';
import { withoutEntities } from './entities.js';
import { formOf } from './forms.js';
import { withoutHomoglyphs } from './homoglyphs.js';
import { withoutLabels } from './labels.js';
import { languageAtAGlance } from './language.js';
import { Mapped, sourceOffset } from './mapped.js';
import { isMarkdown, withoutMarkup } from './markup.js';
import { bylineName } from './names.js';
import { asParagraphs } from './paragraphs.js';
import { withoutTransferCodes } from './printable.js';
import { withoutQuotations } from './quotations.js';
import { REASONS } from './reasons.js';
import { paragraphKeys, passagesOf, withoutPassages } from './repeated.js';
import { sketchOf } from './sketches.js';
import { composed, NOTHING_UNUSUAL, withoutHiddenCharacters, type Unusual } from './unicode.js';
import { countWords, hasWords } from './words.js';

/** What preparing needs of an article besides its text. */
type ToPrepare = Pick<Article, 'title' | 'markup' | 'bylines' | 'bylineKind'>;

/** What is known of an article as the byline wrote it. */
export interface Finished {
  /** False where no word of the byline's own is left. */
  readonly hasWords: boolean;
  readonly words: number;
  /** Undefined where a glance does not tell and somebody else is to be asked. */
  readonly lang: string | null | undefined;
  /** For each of `REASONS`. */
  readonly removedWords: readonly number[];
  /** Where it was asked for. */
  readonly removed?: readonly Removed[];
}

/** What is known of each item of a batch, null for one that failed, and the texts of all; that of one that failed is empty. */
export interface FinishedBatch {
  readonly texts: PackedTexts;
  readonly items: readonly (Finished | null)[];
}

interface BatchToPrepare {
  readonly texts: PackedTexts;
  readonly articles: readonly ToPrepare[];
  readonly keepQuotations: boolean;
}

/** All that can be done to an article without knowing the others, short of masking quotations. */
export const prepareTask: Task<BatchToPrepare, PreparedBatch> = {
  name: 'prepare',
  run: ({ texts, articles, keepQuotations }) =>
    packedBatch(unpackTexts(texts).map((text, i) => prepared(text, articles[i], keepQuotations))),
  parts: ({ texts, articles, keepQuotations }) =>
    heldIn(texts).map((text, i) => ({ texts: packTexts([text]), articles: [articles[i]], keepQuotations })),
  joined: (_, outputs) => packedBatch(outputs.map((output) => output && preparedIn(output, 0))),
};

/** A text without mark-up and boilerplate, what was unusual in it, and the writer it credits. */
export function mappedOf(
  text: string,
  article: ToPrepare,
  keepQuotations: boolean,
): { readonly mapped: Mapped; readonly unusual: Unusual; readonly credited: Credit | null } {
  const unusual: Unusual = { ...NOTHING_UNUSUAL };
  let mapped = withoutTransferCodes(withoutHiddenCharacters(Mapped.of(text), unusual));
  const markdown = isMarkdown(mapped.text, article.markup);
  mapped = withoutEntities(withoutMarkup(mapped, article.markup, keepQuotations), unusual);
  mapped = withoutHomoglyphs(composed(mapped), unusual);
  mapped = asParagraphs(mapped, markdown);
  const name = bylineName(article.bylines[0], article.bylineKind);
  const credited = article.bylineKind === 'person' ? inSource(creditedIn(mapped.text, name), mapped) : null;
  mapped = asParagraphs(withoutBoilerplate(mapped, name, article.title), false);
  mapped = asParagraphs(withoutLabels(mapped), false);
  return { mapped, unusual, credited };
}

/** With its place in what the text was made from. */
function inSource(credit: Credit | null, mapped: Mapped): Credit | null {
  if (credit === null) return null;
  const origin = mapped.origin();
  const [start, end] = [sourceOffset(origin, credit.start), sourceOffset(origin, credit.end - 1) + 1];
  return { ...credit, start, end };
}

/** The same without what recurs in other articles, and with quotations masked. */
export function tidied(mapped: Mapped, recurring: Float64Array, keepQuotations: boolean): Mapped {
  const tidy = asParagraphs(withoutPassages(mapped, recurring), false);
  return keepQuotations ? tidy : withoutQuotations(tidy);
}

function prepared(source: string, article: ToPrepare, keepQuotations: boolean): Prepared {
  const { mapped, unusual, credited } = mappedOf(source, article, keepQuotations);
  const { text } = mapped;
  return {
    text,
    origin: mapped.packed,
    unusual: Object.values(unusual).some((n) => n > 0) ? unusual : null,
    passages: passagesOf(text),
    paragraphs: paragraphKeys(text),
    sketch: sketchOf(text),
    form: credited !== null ? 'credited' : formOf({ title: article.title, text: source }),
  };
}

/** Some of a prepared batch. */
interface BatchToFinish {
  readonly mapped: MappedTexts;
  readonly which: readonly number[];
  /** Keys of the passages that recur in other articles, of those to be finished. */
  readonly recurring: Rows<Float64Array>;
  readonly keepQuotations: boolean;
  readonly keepRemoved: boolean;
}

/** Where texts stand: those of all batches of a thread are let go of about when their neighbours are. */
const FINISHED = new Pieces();

/** Takes out what recurs in other articles, and quotations. */
export const finishTask: Task<BatchToFinish, FinishedBatch> = {
  name: 'finish',
  run: ({ mapped: texts, which, recurring, keepQuotations, keepRemoved }) => {
    const all = which.map((at, i) => tidied(mappedIn(texts, at), rowIn(recurring, i), keepQuotations));
    const items = all.map((mapped) => ({
      hasWords: hasWords(mapped.text),
      words: countWords(mapped.text),
      lang: languageAtAGlance(mapped.text),
      removedWords: removedWords(mapped.removed()),
      ...(keepRemoved ? { removed: mapped.removed() } : {}),
    }));
    const tidy = all.map(({ text }) => text);
    return { texts: packTexts(tidy, FINISHED), items };
  },
  parts: ({ which, recurring, ...batch }) =>
    which.map((at, i) => ({ ...batch, which: [at], recurring: rowsOf(Float64Array, [rowIn(recurring, i)], null) })),
  joined: (_, outputs) => ({
    texts: packTexts(outputs.map((output) => (output === null ? '' : heldAt(output.texts, 0)))),
    items: outputs.map((output) => output?.items[0] ?? null),
  }),
};

/** Words taken out for each of `REASONS`. */
function removedWords(removed: readonly Removed[]): number[] {
  const out = REASONS.map(() => 0);
  for (const { reason, words } of removed) out[REASONS.indexOf(reason)] += words;
  return out;
}
