import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { clean } from '../clean/clean.js';
import { UserError } from '../errors.js';
import { ingest } from '../ingest/ingest.js';
import { readSources } from '../io/io.js';
import { visible } from '../text/visible.js';
import type { Article, Cleaned, ReadSource } from '../types/types.js';
import { labelled, type Labelled } from './simulate.js';

/** A corpus whose articles carry the hand that wrote them. */
interface ArticleCorpus {
  readonly kind: 'articles';
  readonly name: string;
  /** Of the bytes read, file after file. */
  readonly sha256: string;
  readonly labelled: Labelled;
  /** Articles that could not be used: of several hands, of a desk, copies, empty. */
  readonly setAside: number;
}

/** Verification problems: is the unknown text by the hand of the known ones? */
export interface ProblemCorpus {
  readonly kind: 'problems';
  readonly name: string;
  readonly sha256: string;
  readonly problems: readonly { readonly same: boolean; readonly known: readonly string[]; readonly unknown: string }[];
  /** Every different text once, as an article of a byline of its own; a problem names them by id. */
  readonly cleaned: Cleaned;
}

export type EvaluationCorpus = ArticleCorpus | ProblemCorpus;

export interface ReadEvaluationOptions {
  /** Field that holds the true hand; "author" by default. */
  readonly truth?: string;
  /** Only records whose field has this value, as it is written; JSON Lines only. */
  readonly where?: { readonly field: string; readonly value: string };
}

const PROBLEMS = /\.problems\.jsonl$/;

/**
 * Reads labelled corpora: every file is one, and so is a folder that holds no JSON Lines of its own; of a folder that
 * does, each of those files is one.
 *
 * @throws UserError when a path cannot be read, no record has the truth field, or a line of problems is none
 */
export async function readEvaluation(
  paths: readonly string[],
  options: ReadEvaluationOptions = {},
): Promise<EvaluationCorpus[]> {
  const out: EvaluationCorpus[] = [];
  for (const path of (await Promise.all(paths.map(filesOf))).flat())
    out.push(PROBLEMS.test(path) ? await readProblems(path) : await readArticles(path, options));
  return out;
}

async function filesOf(path: string): Promise<string[]> {
  const info = await stat(path).catch(() => null);
  if (info?.isDirectory() !== true) return [path];
  const own = (await readdir(path)).filter((f) => /\.jsonl(?:\.gz)?$/.test(f)).sort();
  return own.length === 0 ? [path] : own.map((f) => join(path, f));
}

function nameOf(path: string): string {
  return visible(basename(path).replace(/(?:\.problems)?\.(?:jsonl|json|csv|tsv)(?:\.gz)?$/, ''), 80);
}

async function readArticles(path: string, { truth, where }: ReadEvaluationOptions): Promise<ArticleCorpus> {
  const hash = createHash('sha256');
  const files = async function* (): AsyncGenerator<ReadSource> {
    for await (const found of readSources([path])) {
      if ('file' in found) {
        hash.update(found.file.bytes);
        if (where !== undefined) {
          yield { file: { ...found.file, bytes: recordsWhere(found.file.bytes, where, path) } };
          continue;
        }
      }
      yield found;
    }
  };
  // The truth is a label, not a name: no two labels are ever read as one.
  const read = await ingest(files(), {
    exactBylines: true,
    ...(truth === undefined ? {} : { map: { author: truth } }),
  });
  const corpus = labelled(nameOf(path), await clean(read));
  const used = [...corpus.hands.values()].reduce((n, own) => n + own.length, 0);
  return {
    kind: 'articles',
    name: corpus.name,
    sha256: hash.digest('hex'),
    labelled: corpus,
    setAside: read.articles.length - used,
  };
}

/** The JSON Lines whose record has the value; a line that is no JSON is left for the reader to complain of. */
function recordsWhere(bytes: Uint8Array, { field, value }: { field: string; value: string }, path: string): Uint8Array {
  let seen = false;
  const kept = Buffer.from(bytes)
    .toString('utf8')
    .split('\n')
    .filter((line) => {
      const record = parsed(line);
      if (record === null || !Object.hasOwn(record, field)) return false;
      seen = true;
      return String(record[field]) === value;
    });
  if (!seen)
    throw new UserError(
      `${visible(path)}: no record has a field "${visible(field)}"`,
      '--where takes FIELD=VALUE and reads JSON Lines.',
    );
  if (kept.length === 0)
    throw new UserError(`${visible(path)}: no record has ${visible(field)}=${visible(value)}`, 'Check the value.');
  return Buffer.from(`${kept.join('\n')}\n`);
}

function parsed(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

async function readProblems(path: string): Promise<ProblemCorpus> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`${visible(path)}: cannot be read (${error.code ?? 'unknown'})`, 'Check the path.');
  });
  const ids = new Map<string, string>();
  const idOf = (text: string): string => {
    if (!ids.has(text)) ids.set(text, `text ${String(ids.size).padStart(6, '0')}`);
    return ids.get(text)!;
  };
  const problems = bytes
    .toString('utf8')
    .split('\n')
    .flatMap((line, i) => {
      if (line.trim() === '') return [];
      const { same, known, unknown } = parsed(line) ?? {};
      if (typeof same !== 'boolean' || typeof unknown !== 'string' || !isTexts(known))
        throw new UserError(
          `${visible(path)}, line ${i + 1}: not a verification problem`,
          'Each line is {"id": …, "same": true or false, "known": ["text", …], "unknown": "text"}.',
        );
      return [{ same, known: known.map(idOf), unknown: idOf(unknown) }];
    });
  const articles = [...ids].map(([text, id]): Article => ({
    id,
    bylines: [id],
    bylineKind: 'person',
    title: null,
    text,
    markup: 'plain',
    outlet: null,
    publishedAt: null,
    url: null,
    source: { path, line: null },
  }));
  // A text that stands in several problems, or nearly so, must stay in each of them.
  const cleaned = await clean({ articles, merges: [], notices: [] }, { keepCopies: true });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { kind: 'problems', name: nameOf(path), sha256, problems, cleaned };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every((x) => typeof x === 'string');
}
