import { readFileSync } from 'node:fs';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { bylineLink } from '../../src/page/data.js';
import { pageHtml } from '../../src/page/page.js';
import type { Report } from '../../src/types/types.js';

const fixture = JSON.parse(readFileSync('fixtures/page/report.json', 'utf8')) as Report;
const assets = { script: '', largeScript: '', style: '' };

describe('the page', () => {
  it('says of an article whose hand cannot be told that it could be another’s, in table, timeline and columns', () => {
    const several = fixture.bylines.findIndex((b) => b.hands.verdict === 'several');
    const withTold = (told: boolean): Document => {
      const bylines = fixture.bylines.map((b, i) => {
        if (i !== several) return b;
        const [first, ...rest] = b.hands.assignments.map((a) => {
          const plain = { ...a };
          delete plain.told;
          return plain;
        });
        const one = { ...first!, title: 'In doubt', confidence: 0.9, ...(told ? {} : { told: false as const }) };
        return { ...b, hands: { ...b.hands, assignments: [one, ...rest.map((x) => ({ ...x, confidence: 0.8 }))] } };
      });
      return parseHTML(pageHtml({ ...fixture, bylines }, assets)).document;
    };
    for (const told of [true, false]) {
      const persona = withTold(told).getElementById(bylineLink(fixture.bylines[several]!.byline))!;
      expect(/\d or another/.test(persona.querySelector('table[id^="articles"]')!.textContent!)).toBe(!told);
      expect(persona.querySelectorAll('.timeline .unsure').length).toBe(told ? 0 : 1);
      expect(persona.querySelector('.hands')!.textContent!.includes('cannot be told')).toBe(!told);
    }
  });

  it('does not say of a score that its strangers are of this dump: where that is small, most of them are lent', () => {
    const { document } = parseHTML(pageHtml(fixture, assets));
    const notes = [...document.querySelectorAll('figure[data-file="contributions"]')].map(
      (figure) => figure.previousElementSibling!.textContent!,
    );
    expect(notes.length).toBeGreaterThan(0);
    for (const note of notes) expect(note).toMatch(/^Normalised scores: pairs of strangers lie around 0/);
  });

  it('prints a rate in its tables as the sentences do: a rare word is not written 0', () => {
    const pair = fixture.pairs[0]!;
    const habit = {
      ...{ kind: 'habit' as const, habit: 'the word “upon”', text: 'x', unit: 'per 1,000 words' },
      values: { a: 0.04, b: 0.06, median: 3.21, shareAsExtreme: 0 },
    };
    const pairs = [{ ...pair, evidence: [habit, ...pair.evidence] }, ...fixture.pairs.slice(1)];
    const { document } = parseHTML(pageHtml({ ...fixture, pairs }, assets));
    const row = [...document.querySelectorAll('details.pair tr')].find((r) => r.textContent!.includes('“upon”'))!;
    const cells = [...row.querySelectorAll('td')].map((cell) => cell.textContent!.trim());
    expect(cells.slice(0, 3)).toEqual(['0.04', '0.06', '3.2']);
  });

  it('does not say of pairs that were asked that they were too short to be asked', () => {
    const { document } = parseHTML(pageHtml(fixture, assets));
    expect(document.querySelector('#pairs')!.textContent).toMatch(
      /of \d+ that were asked; the others speak less for one hand/,
    );
  });
});
