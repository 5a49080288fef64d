import { describe, expect, it } from 'vitest';
import type { Article } from '../../src/types/types.js';
import { article, cleaned } from './corpus.js';

/** Prose of distinct sentences; equal seeds give equal prose. */
function prose(seed: number, sentences = 12): string {
  const nouns = 'river bridge mayor farmer lamp ditch letter sheep clerk window'.split(' ');
  const verbs = 'crossed forgot sold watched painted feared counted mended'.split(' ');
  let state = seed * 7919 + 13;
  const pick = (list: readonly string[]): string => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return list[(state >>> 8) % list.length];
  };
  const sentence = (): string =>
    `The ${pick(nouns)} ${pick(verbs)} a ${pick(nouns)} while the ${pick(nouns)} ${pick(verbs)} every ${pick(nouns)}.`;
  return Array.from({ length: sentences }, sentence).join(' ');
}

function by(name: string, id: string, text: string, day: number | null = null): Article {
  return article(text, { id, bylines: [name], publishedAt: day === null ? null : day * 86_400_000 });
}

describe('copies', () => {
  it('of one byline collapse to the longest, then the earliest, then the smallest id', async () => {
    const longest = await cleaned([
      by('A', '1', prose(1)),
      by('A', '2', `${prose(1)} One more.`),
      by('A', '3', prose(1)),
    ]);
    expect(longest.documents.map((d) => d.id)).toEqual(['2']);
    expect(longest.copies.map((c) => [c.kept, c.dropped])).toEqual([['2', '1'], ['2', '3']]); // prettier-ignore
    const earliest = await cleaned([by('A', '1', prose(1), 9), by('A', '2', prose(1), 3), by('A', '3', prose(1), 5)]);
    expect(earliest.documents.map((d) => d.id)).toEqual(['2']);
    const smallest = await cleaned([by('A', 'y', prose(1)), by('A', 'x', prose(1))]);
    expect(smallest.documents.map((d) => d.id)).toEqual(['x']);
  });

  it('under two bylines leave style on both sides', async () => {
    const { documents, copies, setAside } = await cleaned([
      by('A', '1', prose(1)),
      by('B', '2', prose(1)),
      by('A', '3', prose(2)),
      by('B', '4', prose(3)),
    ]);
    expect(documents.map((d) => d.id)).toEqual(['3', '4']);
    expect(setAside).toEqual([{ id: '1', why: 'copy' }, { id: '2', why: 'copy' }]); // prettier-ignore
    expect(copies).toMatchObject([{ kept: '1', dropped: '2', keptByline: 'A', droppedByline: 'B', overlap: 1 }]);
  });

  it('give their passages side by side between bylines, of every two bylines a few', async () => {
    const { copies } = await cleaned([
      by('A', '1', prose(1)),
      by('A', '2', prose(1)),
      ...[3, 4, 5, 6, 7].flatMap((n) => [
        by('A', `${n}a`, prose(n)),
        by('B', `${n}b`, prose(n).replaceAll('lamp', 'lantern')),
      ]),
    ]);
    const between = copies.filter((c) => c.keptByline !== c.droppedByline);
    expect(between.length).toBe(5);
    expect(between.map((c) => c.passages !== undefined)).toEqual([true, true, true, false, false]);
    expect(between[0]!.passages![0]!.kept).not.toBe(between[0]!.passages![0]!.dropped);
    expect(copies.find((c) => c.dropped === '2')!.passages).toBeUndefined();
  });

  it('leave a longer article that only contains another', async () => {
    const { documents, copies } = await cleaned([
      by('A', '1', `${prose(2, 40)} ${prose(1)}`),
      by('B', '2', prose(1)),
      by('B', '3', prose(3)),
    ]);
    expect(documents.map((d) => d.id)).toEqual(['1', '3']);
    expect(copies[0].overlap).toBeGreaterThan(0.9);
  });

  it('give a byline that has nothing else its original back', async () => {
    const { documents, bylines, notices } = await cleaned([
      by('A', '1', prose(1)),
      by('B', '2', prose(1)),
      by('C', '3', prose(4)),
    ]);
    expect(documents.map((d) => d.id)).toEqual(['1', '3']);
    expect(bylines.map((b) => b.name)).toEqual(['A', 'C']);
    expect(notices.map((n) => n.code)).toContain('bylines-lost');
  });

  it('that are all there is are said to be', async () => {
    const { documents, notices } = await cleaned(['1', '2', '3', '4'].map((id) => by(id, id, prose(1))));
    expect(documents).toHaveLength(1);
    expect(notices.find((n) => n.code === 'all-copies')?.message).toMatch(/every article is a copy of one/i);
  });

  it('stay where asked for, and are listed all the same', async () => {
    const { documents, copies } = await cleaned([by('A', '1', prose(1)), by('A', '2', prose(1))], { keepCopies: true });
    expect(documents.map((d) => d.text)).toEqual([prose(1), prose(1)]);
    expect(copies).toHaveLength(1);
  });

  it('are not seen in articles that share a passage or a template', async () => {
    const disclaimer = prose(99, 10);
    const articles = [1, 2, 3, 4, 5, 6].map((i) => by(`B${i}`, `${i}`, `${prose(i, 5)}\n\n${disclaimer}`));
    const { copies, documents, removedWords } = await cleaned(articles);
    expect(copies).toEqual([]);
    expect(documents.map((d) => d.text)).toEqual([1, 2, 3, 4, 5, 6].map((i) => prose(i, 5)));
    expect(removedWords.repeated).toBeGreaterThan(0);
    const quoting = await cleaned([
      by('A', '1', `${prose(1)} ${prose(5, 4)}`),
      by('B', '2', `${prose(2)} ${prose(5, 4)}`),
    ]);
    expect(quoting.copies).toEqual([]);
  });

  it('of which there are many cost no more than the words in them', async () => {
    const many = Array.from({ length: 1500 }, (_, i) => by('A', `c${i}`, `${prose(1)} Number ${i}.`));
    const began = performance.now();
    const { documents, copies } = await cleaned(many);
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(documents).toHaveLength(1);
    expect(copies).toHaveLength(1499);
  });
});

describe('articles set aside', () => {
  it('are those of several bylines, of none, and without words', async () => {
    const { documents, setAside, notices } = await cleaned([
      article('Three words here.', { id: 'thin' }),
      article('Somebody wrote this.', { id: 'two', bylines: ['A', 'B'] }),
      article('Nobody wrote this.', { id: 'none', bylines: [], bylineKind: 'none' }),
      article('> All of this is quoted.\n', { id: 'quoted', markup: 'markdown' }),
      article('', { id: 'void' }),
    ]);
    expect(documents.map((d) => d.id)).toEqual(['thin']);
    expect(setAside.map((s) => [s.id, s.why])).toEqual([['none', 'no-byline'], ['quoted', 'empty'], ['two', 'co-bylined'], ['void', 'empty']]); // prettier-ignore
    expect(notices.map((n) => n.code)).toEqual(['co-bylined', 'no-byline', 'empty-article']);
    expect(notices[2].message).toContain('2 articles');
  });

  it('leave an empty corpus empty', async () => {
    const { documents, bylines, copies, notices } = await cleaned([]);
    expect([documents, bylines, copies, notices]).toEqual([[], [], [], []]);
  });
});
