import { UserError } from '../errors.js';
import { HeldTexts, textOf as textHeld } from '../text/held.js';
import type { Article, Corpus, HeldText, ReadSource, Skipped } from '../types/types.js';
import { isParquet, isPdf, isRtf, isZip } from '../text/magic.js';
import { inlineAsync, type Drive } from '../work/work.js';
import {
  bylinesOf,
  datesOf,
  noteUnsigned,
  noteWays,
  withAccountNames,
  withFolderNames,
  withUniqueIds,
} from './corpus.js';
import { isSql } from './sql.js';
import { decode, kindOf, textOf } from './decode.js';
import type { Draft, Reading } from './draft.js';
import { type FieldMap } from './fields.js';
import { encodingNamed, formatOf, isMail, namesEncoding } from './format.js';
import { readJson, readJsonLines } from './json.js';
import { compare, Notices } from './notices.js';
import { readText } from './text.js';
import { SeenFields } from './seen.js';

export { FIELD_NAMES, type FieldMap, type FieldName } from './fields.js';
export { decode, textOf } from './decode.js';
export { mergeBylines } from './merge.js';

export interface IngestOptions {
  /** Which field of the input is which, where the names are not found by themselves; dots go into objects. */
  readonly map?: FieldMap;
  /** Keep every spelling of a byline apart. */
  readonly exactBylines?: boolean;
  /** Whether a text may ask in its front matter (manyhands-skip: REASON) not to be read; true by default. */
  readonly inlineSkip?: boolean;
  /**
   * Articles are to be answered each by itself: one without a byline is one, and none at all are a result where every file was
   * passed over on purpose and nothing went wrong.
   */
  readonly eachByItself?: boolean;
  /** The files are those that changed somewhere, whatever they hold: that none of them is an article is a result. */
  readonly anyFiles?: boolean;
}

/** Largest file that holds one article; pictures in rich text are written as letters. */
const MAX_PAGE = 64_000_000;

/**
 * Reads files into articles with bylines. What is damaged becomes a notice with its place, and the rest is read.
 *
 * @param drive where long files are read, in batches
 * @returns articles sorted by id; nothing in it depends on the order of the input
 * @throws UserError when nothing can be read, a mapped field is nowhere, or no field is known as text or byline
 */
export async function ingest(
  files: AsyncIterable<ReadSource>,
  options: IngestOptions = {},
  drive: Drive = inlineAsync,
): Promise<Corpus> {
  const map = options.map ?? {};
  const drafts: Draft[] = [];
  const notices = new Notices();
  const seen = new SeenFields();
  const skipped: Skipped[] = [];
  const texts = new HeldTexts();
  const inlineSkip = options.inlineSkip !== false;
  for await (const input of files) {
    if ('notice' in input) notices.add(input.notice);
    else await readFile({ file: input.file, map, drafts, texts, notices, seen, inlineSkip, skipped }, drive);
  }
  const { anyFiles = false, eachByItself = anyFiles } = options;
  if (seen.any && (drafts.length > 0 || !anyFiles)) seen.checkMap(map);
  seen.noteRivals(notices);
  if (drafts.length === 0 && !anyFiles) {
    const onPurpose = notices.sorted().every((n) => n.level === 'info');
    if (!eachByItself || !onPurpose) throw nothingRead(notices, seen);
  }
  // What records of a file without texts name is no help to pages beside it.
  const ofRecords = eachByItself ? drafts.every(({ page }) => page === null) : drafts.some(isNamed);
  const asked = drafts.length > 0 && ofRecords && !anyFiles;
  const corpus = corpusOf(drafts, options.exactBylines === true, notices, asked ? seen : null);
  return { ...corpus, skipped: skipped.sort((a, b) => compare(a.path, b.path)) };
}

/** Readers are loaded when a file asks for them: a check of one article would spend more time on loading all than on the check. */
async function readFile(into: Reading, drive: Drive): Promise<void> {
  const { file, notices } = into;
  const { bytes } = file;
  // Every mail says by itself what it is written in.
  if (isMail(file)) return (await import('./mail.js')).readMail(into);
  if (isParquet(bytes)) return (await import('./parquet.js')).readParquet(into);
  if (isPdf(bytes)) return (await import('./pdf.js')).readPdf(into);
  if (isZip(bytes) && (await (await import('./office.js')).readDocument(into))) return;
  if (isRtf(bytes) && bytes.length <= MAX_PAGE) return (await import('./rtf.js')).readRtf(into);
  const place = { path: file.path, line: null };
  const decoded = decode(bytes, namesEncoding(file) ? encodingNamed(bytes) : null);
  if (decoded === null) {
    const kind = kindOf(bytes);
    const what = kind === null ? 'holds binary data, not text; passed over' : `passed over: it is ${kind}`;
    notices.at(place, 'binary', what);
    return;
  }
  if (decoded.encoding !== 'utf-8') notices.at(place, 'encoding', `is not UTF-8; read as ${decoded.encoding}`);
  if (decoded.firstBadLine !== null)
    notices.at(
      { ...place, line: (file.firstLine ?? 1) + decoded.firstBadLine - 1 },
      'invalid-utf8',
      'bytes that are not UTF-8; read with U+FFFD in their place',
    );
  if (isSql(file.path, decoded.bytes)) {
    const what =
      'passed over: it is a dump of a database (SQL). Load it into the database, and export the table of articles, with its names of columns, as CSV or JSON';
    notices.at(place, 'binary', what);
    return;
  }
  const format = formatOf(file.path, decoded.bytes);
  if (format === 'empty') notices.at(place, 'empty-file', 'the file is empty');
  else if (format === 'jsonl') await drive(readJsonLines(decoded.bytes, into));
  else if (format === 'json') await drive(readJson(decoded.bytes, into));
  else if (format === 'csv') await (await import('./csv.js')).readCsv(decoded.bytes, into);
  else if (format === 'feed') await (await import('./feed.js')).readFeed(decoded.bytes, into);
  else if (decoded.bytes.length > MAX_PAGE)
    notices.at(
      place,
      'too-large',
      `${decoded.bytes.length} bytes in one article; at most ${MAX_PAGE} are read; passed over`,
    );
  else if (format === 'html') await (await import('./html.js')).readHtml(textOf(decoded), into);
  else await readText(textOf(decoded), format, into);
}

/** Its fields are named in the input, as front matter's are. */
function isNamed({ page }: Draft): boolean {
  return page === null || page.format === 'markdown';
}

/**
 * @param seen asked for the field that bylines could be in, where there are none at all; null where that is no error
 * @throws UserError
 */
function corpusOf(read: readonly Draft[], exact: boolean, notices: Notices, seen: SeenFields | null): Corpus {
  const drafts = withUniqueIds(withFolderNames(withAccountNames(read, notices)), notices);
  noteWays(drafts, notices);
  const { bylines, merges } = bylinesOf(drafts, exact, notices);
  if (seen?.any === true && !seen.authorMatched && bylines.every((b) => b.names.length === 0)) throw seen.noByline();
  const dates = datesOf(drafts, notices);
  const articles = drafts.map(({ id, title, text, markup, outlet, url, place }, i): Article => {
    const { names, kind } = bylines[i];
    const source = { path: place.path, line: place.line };
    const facts = { id, bylines: names, bylineKind: kind, title, markup, outlet, publishedAt: dates[i], url, source };
    return withText(facts, text);
  });
  noteUnsigned(articles, notices);
  return { articles, merges, notices: notices.sorted() };
}

/** One getter for all articles: one each would take more room than the article. */
const TEXT = {
  enumerable: true,
  get(this: Required<Article>): string {
    return textHeld(this.held);
  },
};

/** An article whose text is made from its bytes whenever it is asked for. */
function withText(facts: Omit<Article, 'text' | 'held'>, held: HeldText): Article {
  // Not enumerable: two articles are equal when what they say is.
  return Object.defineProperties(facts, { held: { value: held }, text: TEXT }) as Article;
}

function nothingRead(notices: Notices, seen: SeenFields): UserError {
  const every = notices.sorted();
  const all = every.filter((n) => n.level !== 'info');
  if (all.length === 0 && every.length > 0)
    return new UserError(`nothing to read. ${every[0].message}`, 'Every file was passed over on purpose.');
  if (seen.any && all.every((n) => n.code === 'no-text' || n.code === 'unknown-text')) return seen.noText();
  // What a file was read as keeps nobody from reading it.
  const why = all.find((n) => n.code !== 'encoding') ?? all[0];
  const more = all.length > 1 ? ` (and ${all.length - 1} more ${all.length > 2 ? 'problems' : 'problem'})` : '';
  return new UserError(
    all.length === 0 ? 'nothing to read: no article was found' : `nothing could be read. ${why.message}${more}`,
    'Give articles as JSON Lines, JSON, CSV, TSV, Parquet, Excel workbooks, feeds (RSS, Atom), WordPress exports, mail, or folders or archives (zip, tar) of text, Word documents, RTF, PDF, Markdown or HTML.',
  );
}
