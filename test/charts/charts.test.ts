import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { detChart, reliabilityPlot, tippettPlot } from '../../src/charts/charts.js';
import { tippett } from '../../src/compare/tippett.js';
import { errorTradeOff, reliabilityBins } from '../../src/math/metrics.js';
import { normalDraw, seededRandom } from '../../src/math/random.js';

const random = seededRandom(2);
const cases = (apart: number): { score: number; truth: boolean }[] =>
  Array.from({ length: 600 }, (_, i) => ({
    score: normalDraw(random) + (i % 3 === 0 ? apart : 0),
    truth: i % 3 === 0,
  }));
const [weak, strong] = [cases(1), cases(3)];
const hostile = '</title><script>alert(1)</script>&"\u202e\u0007';

const charts = (name: string): Record<string, string> => ({
  det: detChart(`${name}: DET`, [
    { name, points: errorTradeOff(weak) },
    { name: 'strong', points: errorTradeOff(strong) },
  ]),
  tippett: tippettPlot(`${name}: Tippett`, [{ name, points: tippett(weak) }]),
  reliability: reliabilityPlot(`${name}: reliability`, [{ name, points: reliabilityBins(weak) }]),
});

describe.each(Object.entries(charts('corpus')))('the %s chart', (kind, svg) => {
  it('names and describes itself, holds no script and loads nothing', () => {
    const { document } = parseHTML(svg);
    expect(document.querySelector('title')!.textContent).toContain('corpus');
    expect(document.querySelector('desc')!.textContent!.length).toBeGreaterThan(40);
    expect(document.querySelector('svg')!.getAttribute('aria-labelledby')).toBe('title desc');
    expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/<script|href|url\((?!#)|https?:|\son\w+=/);
  });

  it('lets no name become mark-up', () => {
    const made = charts(hostile)[kind]!;
    expect(made).not.toMatch(/<script|<\/title><script|\u202e|\u0007/);
    expect(parseHTML(made).document.querySelectorAll('script')).toHaveLength(0);
  });

  it('has no coordinate that is not a number', () => {
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    expect(svg.length).toBeLessThan(40_000);
  });
});

it('the DET curve of better scores lies nearer to the corner', () => {
  const desc = parseHTML(charts('weak').det!).document.querySelector('desc')!.textContent!;
  const [a, b] = [...desc.matchAll(/(\d+) % missed/g)].map((m) => Number(m[1]));
  expect(b!).toBeLessThan(a!);
});

it('charts without a point are whole all the same', () => {
  for (const svg of [detChart('t', []), tippettPlot('t', [{ name: 'a', points: [] }]), reliabilityPlot('t', [])])
    expect(svg).toMatch(/^<svg[\s\S]*<\/svg>\n$/);
});
