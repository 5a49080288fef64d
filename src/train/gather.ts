import { readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { clean } from '../clean/clean.js';
import { pairFeatures, rawPairs } from '../compare/compare.js';
import { fingerprint } from '../fingerprint/fingerprint.js';
import { ingest } from '../ingest/ingest.js';
import { readSources } from '../io/io.js';
import type { Background, TrainingSource } from '../model/model.js';
import { labelled, type LabelledSources, type Simulated } from './simulate.js';

/** One labelled observation: features, truth, and where it is from. */
export interface Case {
  readonly features: readonly number[];
  readonly truth: boolean;
  readonly corpus: string;
  /** Cell of equal mass in training: corpus and amount. */
  readonly cell: string;
  readonly words: number;
}

/** Reads and cleans one labelled corpus (JSON Lines; author is the truth). */
export async function readCorpus(
  path: string,
  kind: string | null = null,
): Promise<{ corpus: LabelledSources; source: TrainingSource }> {
  const name = basename(path).replace(/\.jsonl$/, '');
  const bytes = await readFile(path);
  let read = await ingest(readSources([path]));
  if (kind !== null) {
    const kinds = new Map(
      bytes
        .toString('utf8')
        .trim()
        .split('\n')
        .map((line) => {
          const record = JSON.parse(line) as { id: string; kind?: string };
          return [record.id, record.kind ?? kind] as const;
        }),
    );
    read = { ...read, articles: read.articles.filter((a) => kinds.get(a.id) === kind) };
  }
  const sources = new Map(read.articles.map((a) => [a.id, a.text]));
  const corpus = { ...labelled(name, await clean(read)), sources };
  const articles = [...corpus.hands.values()].reduce((n, own) => n + own.length, 0);
  return {
    corpus,
    source: { name, sha256: createHash('sha256').update(bytes).digest('hex'), articles, hands: corpus.hands.size },
  };
}

/** Every pair of bylines of a simulated dump as training cases; true: one hand. */
export function pairCases(simulated: Simulated, background: Background | null, corpus: string, cell: string): Case[] {
  const { a, b, words, row } = rawPairs(fingerprint(simulated.cleaned, background));
  return Array.from(a, (_, p) => ({
    features: pairFeatures(row(p)),
    truth: simulated.hands[a[p]!]![0] === simulated.hands[b[p]!]![0],
    corpus,
    cell,
    words: words[p]!,
  }));
}
