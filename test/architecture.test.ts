import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.ts'));
const imports = files.flatMap((file) =>
  [...readFileSync(join('src', file), 'utf8').matchAll(/(?:from|import)\s*\(?'(\.[^']+)'/g)].map((m) => ({
    from: file,
    to: normalize(join(dirname(file), m[1]!)).replace(/\.js$/, '.ts'),
  })),
);
const folder = (file: string): string => (file.includes('/') ? file.split('/')[0]! : '');

/** Floors from the ground up: a file imports only from its own floor and those above it in this list. */
const FLOORS = [
  'types',
  'math',
  'work',
  'text',
  'charts',
  'model',
  'io',
  'store',
  'cache',
  'ingest',
  'clean',
  'fingerprint',
  'compare',
  'cluster',
  'diarise',
  'judge',
  'config',
  'baseline',
  'gate',
  'pool',
  'pipeline',
  'report',
  'page',
  'train',
  'commands',
  'doors',
];
/** The files in no folder: the ways into the house, and what even the ground needs. */
const OF_NO_FOLDER: Readonly<Record<string, string>> = {
  'cli.ts': 'doors',
  'index.ts': 'doors',
  'errors.ts': 'types',
  'version.ts': 'types',
};
const floor = (file: string): number => FLOORS.indexOf(folder(file) || (OF_NO_FOLDER[file] ?? ''));
const STAGES = new Set(['ingest', 'clean', 'fingerprint', 'compare', 'cluster', 'diarise', 'judge']);

describe('the house', () => {
  it('has every file on a known floor, and imports only from there and from below', () => {
    expect(files.filter((file) => floor(file) < 0)).toEqual([]);
    expect(imports.filter(({ from, to }) => floor(to) > floor(from))).toEqual([]);
  });

  it('lets no stage import another stage', () => {
    const wrong = imports.filter(
      ({ from, to }) => STAGES.has(folder(from)) && STAGES.has(folder(to)) && folder(from) !== folder(to),
    );
    expect(wrong).toEqual([]);
  });

  it('has no import cycles between files', () => {
    const graph = new Map<string, string[]>();
    for (const { from, to } of imports) graph.set(from, [...(graph.get(from) ?? []), to]);
    const done = new Set<string>();
    const cycle = (file: string, path: readonly string[]): string | null => {
      if (path.includes(file)) return [...path, file].join(' → ');
      if (done.has(file)) return null;
      for (const next of graph.get(file) ?? []) {
        const found = cycle(next, [...path, file]);
        if (found !== null) return found;
      }
      done.add(file);
      return null;
    };
    expect(files.map((f) => cycle(f, [])).filter((c) => c !== null)).toEqual([]);
  });

  it('touches files, clock and unseeded chance only at the edges', () => {
    const pure = files.filter((f) =>
      ['types', 'math', 'work', 'text', 'charts', 'pipeline', ...STAGES].includes(folder(f)),
    );
    const wrong = pure.filter((f) =>
      /node:(?:fs|net|http|https|child_process|os)\b|Math\.random|Date\.now|process\.env/.test(
        readFileSync(join('src', f), 'utf8'),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it('keeps the page’s browser code free of Node, and free of mark-up made from strings', () => {
    const browser = files.filter((f) => f.startsWith('page/client/'));
    expect(browser.length).toBeGreaterThan(5);
    const wrong = browser.filter((f) =>
      /node:|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/.test(
        readFileSync(join('src', f), 'utf8'),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it('never opens a network connection', () => {
    const wrong = files.filter((f) =>
      /node:(?:net|http|https|http2|dgram|tls|dns)\b|\bfetch\(/.test(readFileSync(join('src', f), 'utf8')),
    );
    expect(wrong).toEqual([]);
  });
});
