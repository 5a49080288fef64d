import { readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { clean } from '../clean/clean.js';
import { pairFeatures, rawPairs, wordsByByline } from '../compare/compare.js';
import { contrastStructure } from '../diarise/contrast.js';
import { aloneFeatures, FEWEST_ARTICLES, measureHands } from '../diarise/diarise.js';
import { countViews } from '../fingerprint/views.js';
import { fingerprint, type Background } from '../fingerprint/fingerprint.js';
import { ingest } from '../ingest/ingest.js';
import { readSources } from '../io/io.js';
import type { TrainingSource } from '../model/model.js';
import { labelled, type Labelled, type Simulated } from './simulate.js';

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
): Promise<{ corpus: Labelled; source: TrainingSource }> {
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
  const corpus = labelled(name, await clean(read));
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

/** Personas as cases of the test for several hands among strangers; true: several. */
export function handCases(simulated: Simulated, corpus: string, cell: string): Case[] {
  const prints = fingerprint(simulated.cleaned, null);
  const amount = wordsByByline(prints);
  return measureHands(prints).flatMap((measured, byline): Case[] => {
    if (measured === null || measured.alone || simulated.hands[byline]!.length < FEWEST_ARTICLES) return [];
    const truth = new Set(simulated.hands[byline]).size > 1;
    return [{ features: measured.statistics, truth, corpus, cell, words: amount[byline]! }];
  });
}

/** Personas as cases of the test without strangers: their own grammar contrast alone. */
export function aloneCases(simulated: Simulated, corpus: string, cell: string): Case[] {
  const { documents } = simulated.cleaned;
  const { grammar } = countViews(documents);
  let at = 0;
  return simulated.hands.map((hands): Case => {
    const rows = hands.map((_, i) => at + i);
    at += hands.length;
    const words = rows.reduce((n, r) => n + documents[r]!.words, 0);
    const structure = contrastStructure(grammar, rows);
    return {
      features: aloneFeatures(
        Math.log(structure),
        Math.log(rows.length),
        Math.log(Math.max(50, words / rows.length) / 500),
      ),
      truth: new Set(hands).size > 1,
      corpus,
      cell,
      words,
    };
  });
}
