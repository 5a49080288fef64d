import { describe, expect, it } from 'vitest';
import { dumpRead } from '../../src/judge/dump.js';
import { handWords } from '../../src/judge/hand-words.js';
import type { JudgeInput } from '../../src/judge/input.js';
import { explainPair, judge } from '../../src/judge/judge.js';
import { NEAR } from '../../src/judge/near.js';
import { linkThreshold } from '../../src/judge/verdicts.js';
import { notMeasured, words } from '../../src/judge/words.js';
import { strengthOf } from '../../src/types/strength.js';
import type { Diarisation } from '../../src/types/types.js';
import { input, model, several, type Case } from './case.js';

describe('a pair', () => {
  it('is a finding when its score is beyond chance, and its honest twin below is not', () => {
    const strong = input({ bylines: 6, score: 5 });
    const threshold = linkThreshold(strong.pairs, model.pairs);
    expect(threshold).toBeLessThan(5);
    const [finding] = judge(strong).findings;
    expect(finding!.bylines).toEqual(['Byline 0000', 'Byline 0001']);
    expect(finding!.log10LR).toBeLessThanOrEqual(model.pairs.cap);
    expect(finding!.expectedByChance).toBeLessThanOrEqual(0.1);
    expect(finding!.notMeasured).toEqual(notMeasured.pair);
    expect(judge(input({ bylines: 6, score: threshold - 0.05 })).findings).toEqual([]);
  });

  it('on one beat says so, in the verdict and in what argues against', () => {
    const c = input({ bylines: 6, score: 5 });
    const log10LR = c.pairs.log10LR.map((v, p) => (p === 0 ? 1.9 : v));
    const near = new Uint8Array(c.pairs.score.length).fill(NEAR.beat, 0, 1);
    const nearPairs = { beat: 40, time: 7 };
    const judged = judge({ ...c, pairs: { ...c.pairs, log10LR, near, nearPairs } });
    expect(judged.pairs[0]!.why).toBe(words.sameHandOnBeat(1.9));
    expect(judged.findings[0]).toMatchObject({ strength: 'moderate', log10LR: 1.9 });
    const beat = judged.findings[0]!.against.find((e) => e.values?.share !== undefined);
    // In a dump so small nobody knows it: it is said to be possible.
    expect(beat?.text).toBe(words.maybeSameBeat(beat!.values!['share']!));
    const larger = input({ bylines: 14, score: 5 });
    const [told] = judge({
      ...larger,
      pairs: { ...larger.pairs, near: new Uint8Array(91).fill(NEAR.beat, 0, 1), nearPairs },
    }).findings;
    expect(told!.against.map((e) => e.text)).toContain(words.sameBeat(beat!.values!['share']!));
    const { expectedByChance, expectedOnBeat } = judged.findings[0]!;
    expect(expectedOnBeat).toBeCloseTo(40 * beat!.values!['share']!, 12);
    const honest = judge(c);
    expect(honest.findings[0]!.expectedByChance).toBeCloseTo(expectedByChance - expectedOnBeat!, 12);
    expect(honest.findings[0]!).not.toHaveProperty('expectedOnBeat');
    expect(honest.pairs[0]!.why).toBe(words.sameHand(model.pairs.cap));
    expect(honest.findings[0]!.against.some((e) => e.text.includes('same subjects'))).toBe(false);
  });

  it('is not answered among too few bylines of its language: beside strangers from elsewhere any two look alike', () => {
    const few = (bylines: number, languages?: readonly string[]): JudgeInput =>
      input({ bylines, score: 12, ...(languages === undefined ? {} : { languages }) });
    for (const bylines of [2, 3]) {
      const judged = judge(few(bylines), { allPairs: true });
      expect(judged.findings).toEqual([]);
      expect(judged.asked.pairs).toBe(0);
      expect(judged.pairs[0]).toMatchObject({ verdict: 'abstain', why: words.fewBylines(bylines, 4), log10LR: 0 });
    }
    expect(judge(few(4)).findings).toHaveLength(1);
    const tongues = (arabic: number): string[] => Array.from({ length: 20 }, (_, b) => (b < arabic ? 'ar' : 'en'));
    expect(judge(few(20, tongues(3))).findings).toEqual([]);
    expect(judge(few(20, tongues(4))).findings).toHaveLength(1);
    expect(judge(few(20, tongues(3))).asked.pairs).toBe((17 * 16) / 2);
  });

  it('of a group of three says whose the strength and the evidence are', () => {
    const c = input({ bylines: 14, score: 6 });
    // Pairs 0 and 1 are 0-1 and 0-2; that of 1 and 2 is no link.
    const score = c.pairs.score.map((s, p) => (p === 1 ? 5 : s));
    const views = { ...c.pairs.views, characters: c.pairs.views.characters.map((v, p) => (p < 2 ? 3 : v)) };
    const grammar = views.grammar.map((v, p) => (p < 2 ? 3 : v));
    const pairs = { ...c.pairs, score, views: { ...views, grammar, outline: grammar } };
    const told = (bylines: number[]): string[] =>
      judge({ ...c, pairs, groups: [{ bylines, cohesion: 0.4, shared: [] }] }).findings[0]!.evidence.map((e) => e.text);
    expect(told([0, 1, 2])[0]).toMatch(
      /^2 of the 3 pairs .* Byline 0000 and Byline 0001; .* Byline 0000 and Byline 0002; .* 0\.4$/,
    );
    expect(told([0, 1]).join()).not.toContain('pairs among them');
  });

  it('with a desk says that a writer may write for it openly', () => {
    const against = (desk: boolean): string[] =>
      judge(input({ bylines: 14, score: 5, desk })).findings[0]!.against.map((e) => e.text);
    expect(against(true)[0]).toBe(words.deskInPair('Byline 0000'));
    expect(against(false)).not.toContain(words.deskInPair('Byline 0000'));
  });

  it('says whether strangers are of this dump or lent', () => {
    const c = input({ bylines: 6, score: 5 });
    const said = ({ prints }: JudgeInput): string => judge({ ...c, prints }).pairs[0]!.evidence[0]!.text;
    expect(said(c)).toContain('pairs of strangers in this dump lie around 0');
    const bylineOf = Int32Array.from([...c.prints.bylineOf, 6, 7]);
    expect(said({ ...c, prints: { ...c.prints, bylineOf } })).toContain('lent to this dump from elsewhere');
  });

  it('is doubted where outlets are unknown, and in a language little was learned from', () => {
    const said = (c: Partial<Case>): string =>
      judge(input({ bylines: 6, score: 5, ...c }))
        .findings[0]!.against.map((e) => e.text)
        .join('\n');
    const arabic = Array.from({ length: 6 }, () => 'ar');
    expect(said({ languages: arabic })).toContain(words.learnedInEnglish('ar'));
    expect(said({})).toContain(words.outletsUnknown());
    // One outlet puts its style into all articles alike, and where several are known it was taken out.
    for (const known of [{ outlet: 'The Paper' }, { acrossOutlets: 5 }])
      expect(said(known)).not.toMatch(/outlets|language/);
  });

  it('explained by itself says what chance would give, where it would be worth a finding', () => {
    const strong = input({ bylines: 6, score: 5 });
    const [finding] = judge(strong).findings;
    const { strength, expectedByChance } = explainPair(strong, dumpRead(strong), 0, 1);
    expect({ strength, expectedByChance }).toEqual({
      strength: finding!.strength,
      expectedByChance: finding!.expectedByChance,
    });
    expect(explainPair(strong, dumpRead(strong), 2, 3)).not.toHaveProperty('strength');
  });

  it('says what a view adds, and to how much', () => {
    const [finding] = judge(input({ bylines: 6, score: 5, grammar: 2.5 })).findings;
    expect(finding!.evidence[0]!.text).toContain('3 of a normalised score of 11;');
  });

  it('needs a higher score the more pairs are asked', () => {
    const thresholds = [4, 12, 40, 70].map((bylines) => linkThreshold(input({ bylines, score: 1 }).pairs, model.pairs));
    expect(thresholds).toEqual([...thresholds].sort((x, y) => x - y));
    expect(thresholds[3]!).toBeGreaterThan(thresholds[0]!);
  });

  it('is listed with what chance would bring when it is not rare enough', () => {
    const threshold = linkThreshold(input({ bylines: 40, score: 1 }).pairs, model.pairs);
    expect(threshold).toBeGreaterThan(1.02);
    const [pair] = judge(input({ bylines: 40, score: threshold - 0.01 })).pairs;
    expect(pair!.verdict).toBe('inconclusive');
    expect(pair!.why).toContain('chance');
  });

  it('abstains on too little text and says how much is needed', () => {
    const judged = judge(input({ bylines: 6, score: 6, words: 399 }), { allPairs: true });
    const pair = judged.pairs.find((p) => p.b === 'Byline 0001' && p.a === 'Byline 0000')!;
    expect(pair).toMatchObject({ verdict: 'abstain', log10LR: 0, score: 6 });
    expect(pair.why).toContain('400');
    expect(judged.findings).toEqual([]);
    expect(judged.asked.pairs).toBe(14);
    // From 400 words on it is answered, from 1,000 on it may be named.
    const little = judge(input({ bylines: 6, score: 6, words: 400 }));
    expect(little.findings).toEqual([]);
    expect(little.pairs[0]).toMatchObject({ verdict: 'inconclusive' });
    expect(little.pairs[0]!.why).toContain('1,000');
    expect(judge(input({ bylines: 6, score: 6, words: 1000 })).findings).toHaveLength(1);
  });

  it('abstains across languages, and not where a language could not be told', () => {
    const other = judge(input({ bylines: 6, score: 6, languages: ['fr'] }), { allPairs: true });
    expect(other.pairs.filter((p) => p.verdict === 'abstain')).toHaveLength(5);
    expect(other.findings).toEqual([]);
    expect(judge(input({ bylines: 6, score: 6, languages: [null] })).findings).toHaveLength(1);
  });

  it('shows the habit both share with the rate of the others, and copies as evidence of their own', () => {
    const copies = [
      { kept: 'x', dropped: 'y', keptByline: 'Byline 0001', droppedByline: 'Byline 0000', overlap: 0.95 },
    ];
    const { evidence } = judge(input({ bylines: 12, score: 6, copies })).findings[0]!;
    const habit = evidence.find((e) => e.kind === 'habit')!;
    expect(habit.values).toMatchObject({ a: 9, b: 9, median: 1, shareAsExtreme: 0, asExtreme: 0, others: 10 });
    expect(habit.values!['log10LR']).toBeGreaterThan(0.5);
    expect(evidence.find((e) => e.kind === 'copy')!.values).toEqual({ articles: 1 });
  });

  it('has the same verdict whichever way the report is asked for', () => {
    const found = input({ bylines: 8, score: 6 });
    expect(judge(found, { allPairs: true }).findings).toEqual(judge(found).findings);
    expect(judge(found, { allPairs: true }).pairs).toHaveLength(28);
  });
});

describe('a byline of several hands', () => {
  it('is a finding with its doubts, unless it is a desk’s', () => {
    const one = (desk: boolean): ReturnType<typeof judge> =>
      judge(input({ bylines: 6, score: -3, diarisations: [several(0)], desk }));
    const [finding] = one(false).findings;
    expect(finding).toMatchObject({ kind: 'group-run', bylines: ['Byline 0000'] });
    expect(finding!.against[0]!.text).toContain('3 of 20');
    expect(one(true).findings).toEqual([]);
    expect(one(true).bylines[0]!.hands.why).toContain('several hands are expected');
  });

  it('says which articles cannot be told, how likely further hands are, and how the hands lie in time', () => {
    const handover = { at: 5e9, from: 4e9, to: 6e9, before: 0, after: 1, stepOverTrend: 2 };
    const dated: Diarisation = { ...several(0), inTime: { kind: 'in-turn', handovers: [handover] } };
    const { bylines, findings } = judge(input({ bylines: 6, score: -3, diarisations: [dated] }));
    const { hands } = bylines[0]!;
    expect(hands.assignments.filter((a) => a.told === false)).toHaveLength(3);
    expect(hands.probabilities!.reduce((sum, v) => sum + v, 0)).toBeCloseTo(1, 9);
    expect(hands.time!.handovers[0]).toMatchObject({ at: '1970-02-27', from: '1970-02-16', to: '1970-03-11' });
    expect(findings[0]!.evidence[1]!.text).toContain('1970-02-27');
    const drift: Diarisation = { ...several(0), inTime: { kind: 'drift', handovers: [] } };
    const [drifting] = judge(input({ bylines: 6, score: -3, diarisations: [drift] })).findings;
    expect(drifting!.against.map((e) => e.text)).toContain(handWords.driftAgainst());
  });

  it.each(['interview', 'translation', 'credited'] as const)(
    'is no finding when what parts the articles is that some are %ss',
    (form) => {
      const twin = input({ bylines: 20, score: -3 });
      const articles = Array.from({ length: 20 }, (_, i) => i);
      const diarisations: Diarisation[] = [{ ...several(0), articles }];
      const told = (formed: (row: number) => boolean): ReturnType<typeof judge> =>
        judge({
          ...twin,
          diarisations,
          cleaned: {
            ...twin.cleaned,
            documents: twin.cleaned.documents.map((d, row) => (formed(row) ? { ...d, form } : d)),
          },
        });
      const parted = told((row) => row % 2 === 1);
      expect(parted.findings).toEqual([]);
      expect(parted.bylines[0]!.hands).toMatchObject({ verdict: 'inconclusive', why: handWords.formExplains(form) });
      const spread = told((row) => row % 4 < 2);
      expect(spread.findings).toHaveLength(1);
      const said = form === 'credited' ? handWords.creditsOthers(10, 20, []) : handWords.someForm(form, 10, 20);
      expect(spread.findings[0]!.against.map((e) => e.text)).toContain(said);
    },
  );

  it('is no finding when what parts the articles is their language; twin: languages spread over both groups', () => {
    const twin = input({ bylines: 20, score: -3 });
    const diarisations: Diarisation[] = [{ ...several(0), articles: Array.from({ length: 20 }, (_, i) => i) }];
    const told = (foreign: (row: number) => boolean): ReturnType<typeof judge> => {
      const documents = twin.cleaned.documents.map((d, row) => ({ ...d, lang: foreign(row) ? 'fr' : 'en' }));
      return judge({ ...twin, diarisations, cleaned: { ...twin.cleaned, documents } });
    };
    const parted = told((row) => row % 2 === 1);
    expect(parted.findings).toEqual([]);
    expect(parted.bylines[0]!.hands).toMatchObject({ verdict: 'inconclusive', why: handWords.languageExplains('en') });
    expect(told((row) => row % 4 < 2).findings).toHaveLength(1);
    expect(told(() => false).findings).toHaveLength(1);
  });

  it('is doubted where the articles of one hand are three times as long as those of the other, and not below that', () => {
    const dump = input({ bylines: 20, score: -3 });
    const articles = Array.from({ length: 20 }, (_, i) => i);
    const against = (long: number): string[] => {
      const documents = dump.cleaned.documents.map((d, i) => ({ ...d, words: i % 2 === 0 ? 400 : long }));
      const diarisations: Diarisation[] = [{ ...several(0), articles }];
      const { findings } = judge({ ...dump, diarisations, cleaned: { ...dump.cleaned, documents } });
      return findings[0]!.against.map((e) => e.text);
    };
    expect(against(1200)).toContain(words.lengthsApart(400, 1200));
    expect(against(1100).join()).not.toContain('two kinds of text');
  });

  it('says of an unsure article that it could belong to another group, where there are more than two', () => {
    const three: Diarisation = { ...several(0), count: 3, hands: Array.from({ length: 20 }, (_, i) => i % 3) };
    const said = (d: Diarisation): string =>
      judge(input({ bylines: 6, score: -3, diarisations: [d] })).findings[0]!.against[0]!.text;
    expect(said(three)).toBe(words.unsure(3, 20, 3));
    expect(said(three)).toContain('another group as well');
    expect(said(several(0))).toContain('either group');
  });

  it('says how many articles with co-authors were set aside', () => {
    const dump = input({ bylines: 6, score: -3, diarisations: [several(0)] });
    const together = { bylines: ['Byline 0000', 'Byline 0001'] } as unknown as JudgeInput['corpus']['articles'][number];
    const [finding] = judge({ ...dump, corpus: { ...dump.corpus, articles: [together, together] } }).findings;
    expect(finding!.against.map((e) => e.text)).toContain(handWords.coBylined(2));
  });

  it('abstains below six articles and keeps its score', () => {
    const few: Diarisation = {
      ...several(0),
      unanswered: { why: 'few', have: 5, need: 6 },
      articles: [0, 0, 0, 0, 0],
      hands: [0, 1, 0, 1, 0],
      confidence: [1, 1, 1, 1, 1],
    };
    const [report] = judge(input({ bylines: 6, score: -3, diarisations: [few] })).bylines;
    expect(report!.hands).toMatchObject({ verdict: 'abstain', log10LR: 0, score: model.hands.cap });
    expect(report!.hands.assignments).toHaveLength(5);
  });

  it('abstains where its articles are too short for the test that applies, and says which that is', () => {
    const why = (alone: boolean, need: number): string => {
      const short: Diarisation = { ...several(0), alone, unanswered: { why: 'short', have: 150, need } };
      const { hands } = judge(input({ bylines: 6, score: -3, diarisations: [short] })).bylines[0]!;
      expect(hands).toMatchObject({ verdict: 'abstain', log10LR: 0 });
      return hands.why;
    };
    expect(why(false, 200)).toBe(
      'articles too short to be set against each other: about 150 words each, the test needs 200',
    );
    expect(why(true, 700)).toContain('unlike other bylines: about 150 words each, the test needs 700');
  });
});

describe('the words', () => {
  it('follow the verbal scale at its bounds', () => {
    expect([0.9, 1, 1.9, 2, 3.9, 4].map(strengthOf)).toEqual([
      'limited',
      'moderate',
      'moderate',
      'strong',
      'strong',
      'very-strong',
    ]);
  });

  it('never say what a person is', () => {
    const said = JSON.stringify([
      ...Object.values(handWords).map(String),
      judge(input({ bylines: 6, score: 6, diarisations: [several(2)] })),
      judge(input({ bylines: 6, score: 6, grammar: 0 }), { allPairs: true }),
      notMeasured,
    ]);
    expect(said).not.toMatch(/\bis a sock|\bfake\b|\bfraud|\bimpostor|\bguilty|\bproves?\b/i);
  });
});
