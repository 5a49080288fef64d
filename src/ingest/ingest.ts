import { UserError } from '../errors.js';
import { visible } from '../text/visible.js';
import type { Article, Corpus, Notice, SourceFile } from '../types.js';
import { parseByline } from './bylines.js';
import { parseDate } from './dates.js';
import { decode } from './decode.js';
import { asNames, asText, field, noBylineField, type FieldMap, type RawRecord } from './fields.js';
import { mergeBylines } from './merge.js';
import { readHtmlPage, readTextPage, type Page } from './pages.js';
import { readCsv, readJson, readJsonLines, warning, type Records } from './records.js';

export interface IngestOptions {
  /** Which field of the input is which, where the names are not found by themselves. */
  readonly map?: FieldMap;
  /** Keep every spelling of a byline apart. */
  readonly exactBylines?: boolean;
}

export { FIELD_NAMES, type FieldMap, type FieldName } from './fields.js';

/** Longest article kept, in UTF-16 units; the rest of a longer one is cut off and said. */
const MAX_TEXT = 2_000_000;

type Input = { readonly file: SourceFile } | { readonly notice: Notice };

interface Draft extends Omit<Article, 'bylines' | 'bylineKind'> {
  readonly names: readonly string[];
  readonly kind: Article['bylineKind'];
}

/** What is gathered while files are read, before bylines are merged and ids made unique. */
class Gathering {
  readonly drafts: Draft[] = [];
  readonly notices: Notice[] = [];
  readonly columns = new Set<string>();
  readonly bylineFrom = new Map<string, number>();
  private readonly counted = new Map<string, { n: number; first: Notice }>();

  /** One notice for a kind of trouble, with a count and its first place, instead of thousands. */
  count(notice: Notice): void {
    const known = this.counted.get(notice.code);
    if (known === undefined) this.counted.set(notice.code, { n: 1, first: notice });
    else known.n++;
  }

  allNotices(): Notice[] {
    const folded = [...this.counted.values()].map(({ n, first }) =>
      n === 1 ? first : { ...first, message: `${first.message} (and ${n - 1} more like it)` },
    );
    return [...this.notices, ...folded].sort(
      (a, b) => compare(a.source ?? '', b.source ?? '') || (a.line ?? 0) - (b.line ?? 0) || compare(a.code, b.code),
    );
  }
}

/**
 * Reads files into articles with bylines. What is damaged becomes a notice with its place and the rest is read.
 *
 * @returns articles sorted by id, so that the order of the input cannot change a figure
 * @throws UserError when nothing can be read, or no field is known as a byline
 */
export async function ingest(files: AsyncIterable<Input>, options: IngestOptions = {}): Promise<Corpus> {
  const map = options.map ?? {};
  const gathered = new Gathering();
  for await (const input of files) {
    if ('notice' in input) gathered.notices.push(input.notice);
    else await ingestFile(input.file, map, gathered);
  }
  if (gathered.drafts.length === 0) throw nothingRead(gathered);
  if (gathered.drafts.every((d) => d.names.length === 0)) throw noBylineField([...gathered.columns].sort());
  if (gathered.bylineFrom.size > 0) {
    const ways = [...gathered.bylineFrom].sort().map(([way, n]) => `${way} ${n}`);
    gathered.notices.push({
      level: 'info',
      code: 'byline-from',
      message: `bylines of single files taken from: ${ways.join(', ')}`,
      source: null,
      line: null,
    });
  }
  return corpusOf(gathered, options.exactBylines === true);
}

async function ingestFile(file: SourceFile, map: FieldMap, into: Gathering): Promise<void> {
  const path = visible(file.path);
  const name = file.path.toLowerCase().replace(/\.gz$/, '');
  const isHtml = /\.html?$/.test(name);
  const hint = isHtml
    ? /<meta[^>]+charset=["']?([\w-]+)/i.exec(Buffer.from(file.bytes.subarray(0, 2048)).toString('latin1'))?.[1]
    : undefined;
  const decoded = decode(file.bytes, hint ?? null);
  if (decoded === null) {
    into.notices.push(warning('binary', `${path}: holds binary data, not text; passed over`, file.path, null));
    return;
  }
  if (decoded.encoding !== 'utf-8')
    into.count(warning('encoding', `${path}: not UTF-8; read as ${decoded.encoding}`, file.path, null));
  if (decoded.firstBadLine !== null)
    into.count(
      warning(
        'invalid-utf8',
        `${path}, line ${decoded.firstBadLine}: bytes that are not valid UTF-8; read with U+FFFD in their place`,
        file.path,
        decoded.firstBadLine,
      ),
    );
  const { text } = decoded;
  if (text.trim() === '') {
    into.notices.push(warning('empty-file', `${path}: empty`, file.path, null));
    return;
  }
  const kind = formatOf(name, text);
  if (kind === 'html' || kind === 'markdown' || kind === 'text') await ingestPage(file, kind, text, map, into);
  else {
    const records =
      kind === 'csv'
        ? await readCsv(text, file.path, map)
        : kind === 'json'
          ? readJson(text, file.path)
          : readJsonLines(text, file.path);
    ingestRecords(records, file.path, map, into);
  }
}

type Format = 'jsonl' | 'json' | 'csv' | 'text' | 'markdown' | 'html';

/** By the name's ending; standard input and unknown endings by how the text begins. */
function formatOf(name: string, text: string): Format {
  if (/\.(jsonl|ndjson)$/.test(name)) return 'jsonl';
  if (name.endsWith('.json')) return 'json';
  if (/\.(csv|tsv)$/.test(name)) return 'csv';
  if (/\.(md|markdown)$/.test(name)) return 'markdown';
  if (/\.html?$/.test(name)) return 'html';
  if (/\.(txt|text)$/.test(name)) return 'text';
  const start = text
    .slice(0, 2000)
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (start.startsWith('[')) return 'json';
  if (start.startsWith('{'))
    return /^\{[^\n]*\}\s*\n\s*\{/.test(start) || !text.includes('\n')
      ? 'jsonl'
      : /^\{\s*\n/.test(start)
        ? 'json'
        : 'jsonl';
  if (/^<(!doctype|html|head|body)/i.test(start)) return 'html';
  const header = start.split(/\r?\n/, 1)[0]!;
  return /(^|[,;\t|])\s*"?(text|body|content|article)"?\s*([,;\t|]|$)/i.test(header) ? 'csv' : 'text';
}

function ingestRecords({ records, notices }: Records, path: string, map: FieldMap, into: Gathering): void {
  for (const notice of notices) into.count(notice);
  for (const { record, line } of records) {
    for (const key of Object.keys(record)) if (into.columns.size < 200) into.columns.add(key);
    const text = asText(field(record, 'text', map));
    if (text === null)
      into.count(warning('no-text', `${visible(path)}, line ${line}: no text; passed over`, path, line));
    else addDraft(record, text, 'plain', { path, line }, `${path}#${line}`, map, into);
  }
}

async function ingestPage(
  file: SourceFile,
  kind: 'html' | 'markdown' | 'text',
  text: string,
  map: FieldMap,
  into: Gathering,
): Promise<void> {
  let page: Page | null;
  if (kind === 'html') page = await readHtmlPage(text);
  else {
    const read = await readTextPage(text, kind === 'markdown');
    if (read.problem !== null)
      into.count(warning('front-matter', `${visible(file.path)}: ${read.problem}; read without it`, file.path, 1));
    page = read;
  }
  const body = page === null ? null : asText(field(page.record, 'text', {}));
  if (page === null || body === null) {
    into.count(warning('no-article', `${visible(file.path)}: no article text found; passed over`, file.path, null));
    return;
  }
  let record: RawRecord = page.record;
  let way: string | null = page.bylineFrom;
  if (asNames(field(record, 'author', map)) === null && file.folder !== null) {
    record = { ...record, author: [file.folder] };
    way = 'folder name';
  }
  into.bylineFrom.set(way ?? 'nowhere', (into.bylineFrom.get(way ?? 'nowhere') ?? 0) + 1);
  addDraft(record, body, page.markup, { path: file.path, line: null }, file.path, map, into);
}

function addDraft(
  record: RawRecord,
  body: string,
  markup: Article['markup'],
  source: Article['source'],
  fallbackId: string,
  map: FieldMap,
  into: Gathering,
): void {
  const place = source.line === null ? visible(source.path) : `${visible(source.path)}, line ${source.line}`;
  let text = body;
  if (text.length > MAX_TEXT) {
    const cut = text.lastIndexOf('\n', MAX_TEXT);
    into.count(
      warning(
        'long-article',
        `${place}: an article of ${text.length} characters; only the first ${MAX_TEXT} are read`,
        source.path,
        source.line,
      ),
    );
    text = text.slice(0, cut > MAX_TEXT / 2 ? cut : MAX_TEXT);
  }
  const rawNames = asNames(field(record, 'author', map));
  const byline = rawNames === null ? { names: [], kind: 'none' as const, hadHidden: false } : parseByline(rawNames);
  if (byline.hadHidden)
    into.count(
      warning(
        'byline-control-characters',
        `${place}: control or invisible characters in the byline "${visible(String(rawNames), 60)}"; removed`,
        source.path,
        source.line,
      ),
    );
  if (byline.names.length === 0)
    into.count({
      ...warning('no-byline', `${place}: no byline; not compared`, source.path, source.line),
      level: 'info',
    });
  const rawDate = field(record, 'date', map);
  const publishedAt = rawDate instanceof Date ? rawDate.getTime() : parseDate(rawDate);
  if (publishedAt === null && asText(rawDate) !== null)
    into.count(
      warning(
        'bad-date',
        `${place}: "${visible(asText(rawDate)!, 40)}" is not a certain date; left out`,
        source.path,
        source.line,
      ),
    );
  into.drafts.push({
    id: asText(field(record, 'id', map))?.slice(0, 500) ?? fallbackId,
    names: byline.names,
    kind: byline.kind,
    title: asText(field(record, 'title', map)),
    text,
    markup,
    outlet: asText(field(record, 'outlet', map)),
    publishedAt,
    url: asText(field(record, 'url', map)),
    source,
  });
}

function corpusOf(gathered: Gathering, exact: boolean): Corpus {
  const drafts = gathered.drafts.sort(
    (a, b) => compare(a.id, b.id) || compare(a.text, b.text) || compare(a.names.join('\n'), b.names.join('\n')),
  );
  const counts = new Map<string, number>();
  for (const d of drafts) for (const name of d.names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const { display, merges } = exact
    ? { display: new Map([...counts.keys()].map((k) => [k, k])), merges: [] }
    : mergeBylines(counts);
  const used = new Set<string>();
  const articles = drafts.map(({ names, kind, ...rest }): Article => {
    let id = rest.id;
    for (let n = 2; used.has(id); n++) id = `${rest.id}~${n}`;
    if (id !== rest.id)
      gathered.count(
        warning(
          'same-id',
          `${visible(rest.source.path)}: the id "${visible(rest.id, 60)}" stands twice; the second is called "${visible(id, 70)}"`,
          rest.source.path,
          rest.source.line,
        ),
      );
    used.add(id);
    return { ...rest, id, bylines: [...new Set(names.map((n) => display.get(n)!))], bylineKind: kind };
  });
  articles.sort((a, b) => compare(a.id, b.id));
  return { articles, merges, notices: gathered.allNotices() };
}

function nothingRead(gathered: Gathering): UserError {
  const first = gathered.allNotices().find((n) => n.level !== 'info');
  return new UserError(
    `nothing to read${first === undefined ? '' : `: ${first.message}`}`,
    'Give files or folders of articles; manyhands scan --help shows the shapes it reads.',
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
