import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { UserError } from '../errors.js';
import type { Logistic } from '../math/logistic.js';
import type { CountedView, SparseRows } from '../types/types.js';
import { COUNTED_VIEWS, mapViews } from '../types/views.js';

/** A calibrated question: a logistic fusion and how far it can be believed. */
export interface Calibrated extends Logistic {
  /** Largest |log10LR| that the training cases support. */
  readonly cap: number;
  /** Share of false cases scoring at least i / 2 in log10LR, i = 0, 1, 2 …, measured on corpora left out of training, in the worst of them. */
  readonly falseShare: readonly number[];
}

/** Fewest articles of a byline for which the test of several hands is calibrated. */
export const FEWEST_ARTICLES = 6;

export interface TrainingSource {
  readonly name: string;
  readonly sha256: string;
  readonly articles: number;
  readonly hands: number;
}

/** What the calibration of a reference is drawn towards (src/gate), learned on corpora submitted to their own earlier halves. */
export interface CheckPrior extends Logistic {
  /** Spread of each feature there. */
  readonly spread: readonly number[];
  /** Share of honest submissions whose own byline scores -i / 2 or less in log10LR, in the worst corpus left out. */
  readonly honestShare: readonly number[];
  /** Fits without one corpus, by its name. */
  readonly without: Readonly<Record<string, Logistic>>;
}

/** The learned file. Holds weights, shares and hashed n-gram counts; no passage of any text. */
export interface ModelFile {
  readonly format: 1;
  readonly trainedOn: readonly TrainingSource[];
  readonly heldOut: Readonly<Record<string, number>>;
  readonly pairs: Calibrated;
  /** For dumps so small that the background stands in for strangers. */
  readonly pairsFew: Calibrated;
  /**
   * Share of pairs of different writers on one beat that score at least i / 2, i = 0, 1, 2 …, as a scan scores them: mean over
   * corpora, each scored by a calibration that never saw it (src/judge/beats.ts).
   */
  readonly beats: readonly number[];
  readonly hands: Calibrated;
  /** For a byline so unlike its dump that strangers say nothing. */
  readonly handsAlone: Calibrated;
  readonly check: CheckPrior;
  /** The first two calibrations fitted without one corpus, by its name: what a benchmark on that corpus must use. */
  readonly without: Readonly<Record<string, { readonly pairs: Logistic; readonly hands: Logistic }>>;
  /** Gzipped, base64: articles of CC0 corpora as hashed counts. */
  readonly background: string;
}

/** Counted articles of known hands outside the dump, which stand in where the dump has too few strangers. */
export interface Background {
  /** Byline of each row, 0 up. */
  readonly bylineOf: Int32Array;
  readonly views: Readonly<Record<CountedView, SparseRows>>;
}

export interface Model extends Omit<ModelFile, 'background'> {
  /** First characters of the file's SHA-256. */
  readonly id: string;
  readonly background: Background;
}

/** Expected false cases at `log10LR` or more among `asked` questions. */
export function expectedFalse({ falseShare }: Pick<Calibrated, 'falseShare'>, log10LR: number, asked: number): number {
  return asked * shareAt(falseShare, log10LR);
}

/** Half-decades of log10LR for which a share is kept: 0, .5 … 6. */
export const SHARE_STEPS = 13;

/**
 * A share that was measured at every half of a log10LR, read at any: in between, its logarithm is interpolated.
 *
 * @param table share at i / 2, i = 0, 1, 2 …; above 0
 */
export function shareAt(table: readonly number[], log10LR: number): number {
  const last = table.length - 1;
  const at = Math.max(0, Math.min(last, log10LR * 2));
  const low = Math.floor(at);
  const high = Math.min(last, low + 1);
  const [a, b] = [Math.log(table[low]!), Math.log(table[high]!)];
  return Math.exp(a + (at - low) * (b - a));
}

/**
 * Loads the shipped model.
 *
 * @throws UserError when it is missing, of another format or damaged
 */
export function loadModel(path: URL = new URL('../../model/manyhands-1.json', import.meta.url)): Model {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new UserError('the model file is missing', AGAIN);
  }
  const id = createHash('sha256').update(text).digest('hex').slice(0, 12);
  const file = parsed(text);
  if (file !== null && (file.format as number) !== 1)
    throw new UserError(
      `the model file has format ${String(file.format)}; this manyhands reads 1`,
      'Install model and tool of one version.',
    );
  try {
    return { ...file!, id, background: unpackBackground(file!.background) };
  } catch {
    throw new UserError('the model file is damaged', AGAIN);
  }
}

const AGAIN = 'Install manyhands again.';

/** @returns null for what is not an object in JSON */
function parsed(text: string): ModelFile | null {
  try {
    const file = JSON.parse(text) as ModelFile | null;
    return typeof file === 'object' ? file : null;
  } catch {
    return null;
  }
}

/**
 * The model with the calibrations that were fitted without one corpus; caps and false shares stay, being measured on
 * corpora left out in turn.
 *
 * @returns null where it has none fitted without that corpus
 */
export function modelWithout(model: Model, corpus: string): Model | null {
  if (!Object.hasOwn(model.without, corpus)) return null;
  const { pairs, hands } = model.without[corpus]!;
  return {
    ...model,
    pairs: { ...model.pairs, ...pairs },
    hands: { ...model.hands, ...hands },
    check: { ...model.check, ...model.check.without[corpus] },
  };
}

/** Sparse rows as the file holds them. */
interface StoredRows {
  readonly start: readonly number[];
  /** Differences between ascending ids. */
  readonly steps: readonly number[];
  readonly counts: readonly number[];
}

export function packBackground(background: Background): string {
  const views = Object.fromEntries(
    Object.entries(background.views).map(([name, rows]) => {
      const packed: { start: number[]; steps: number[]; counts: number[] } = {
        start: [...rows.start],
        steps: [],
        counts: [],
      };
      for (let r = 0; r + 1 < rows.start.length; r++) {
        const order = Array.from({ length: rows.start[r + 1]! - rows.start[r]! }, (_, i) => rows.start[r]! + i);
        order.sort((p, q) => rows.ids[p]! - rows.ids[q]!);
        let before = 0;
        for (const p of order) {
          packed.steps.push(rows.ids[p]! - before);
          packed.counts.push(rows.counts[p]!);
          before = rows.ids[p]!;
        }
      }
      return [name, packed];
    }),
  );
  return gzipSync(JSON.stringify({ bylineOf: [...background.bylineOf], views }), { level: 9 }).toString('base64');
}

function unpackBackground(packed: string): Background {
  const data = JSON.parse(
    gunzipSync(Buffer.from(packed, 'base64'), { maxOutputLength: 64_000_000 }).toString('utf8'),
  ) as {
    bylineOf: number[];
    views: Record<CountedView, StoredRows>;
  };
  const rows = ({ start, steps, counts }: StoredRows): SparseRows => {
    const ids = new Uint32Array(steps.length);
    for (let r = 0; r + 1 < start.length; r++) {
      let id = 0;
      for (let p = start[r]!; p < start[r + 1]!; p++) ids[p] = id += steps[p]!;
    }
    return { start: Int32Array.from(start), ids, counts: Uint16Array.from(counts) };
  };
  return {
    bylineOf: Int32Array.from(data.bylineOf),
    views: mapViews(COUNTED_VIEWS, (view) => rows(data.views[view])),
  };
}
