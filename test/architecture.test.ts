import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.ts'));
const imports = files.flatMap((file) =>
  [...readFileSync(join('src', file), 'utf8').matchAll(/(?:from|import)\s+'(\.[^']+)'/g)].map((m) => ({
    from: file,
    to: normalize(join(dirname(file), m[1]!)).replace(/\.js$/, '.ts'),
  })),
);
const folder = (file: string): string => (file.includes('/') ? file.split('/')[0]! : '');

/** Floors from the ground up: a folder imports only from folders above it in this list, or from itself. */
const FLOORS = [
  '',
  'math',
  'text',
  'work',
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
  'report',
  'page',
  'train',
  'commands',
];
const STAGES = new Set(['ingest', 'clean', 'fingerprint', 'compare', 'cluster', 'diarise', 'judge']);
/** Judge reads what the self-test found: a type, no code. */
const TYPE_ONLY = new Set(['judge/input.ts compare/selftest.ts', 'clean/repeated.ts math/random.ts']);

describe('the house', () => {
  it('has every folder on a known floor', () => {
    expect([...new Set(files.map(folder))].filter((f) => !FLOORS.includes(f))).toEqual([]);
  });

  it('lets no stage import another stage', () => {
    const wrong = imports.filter(
      ({ from, to }) =>
        STAGES.has(folder(from)) &&
        STAGES.has(folder(to)) &&
        folder(from) !== folder(to) &&
        !TYPE_ONLY.has(`${from} ${to}`),
    );
    expect(wrong).toEqual([]);
  });

  it('keeps the ground floors free of what stands on them', () => {
    const low = new Set(['math', 'text', 'charts', 'model', 'io', 'store', 'cache', 'gate', ...STAGES]);
    const wrong = imports.filter(
      ({ from, to }) => low.has(folder(from)) && ['commands', 'train', 'report', 'page'].includes(folder(to)),
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
    const pure = files.filter((f) => ['math', 'text', 'charts', ...STAGES].includes(folder(f)));
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
