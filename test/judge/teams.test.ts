import { describe, expect, it } from 'vitest';
import type { JudgeInput } from '../../src/judge/input.js';
import { judge } from '../../src/judge/judge.js';
import { chanceFor } from '../../src/judge/hands.js';
import { mayBeTeam } from '../../src/judge/teams.js';
import type { Diarisation } from '../../src/types/types.js';
import { input, model, several } from './case.js';

describe('a finding', () => {
  it('of a team is told once, with the table of hands and bylines', () => {
    const dump = input({ bylines: 6, score: 6, diarisations: [several(0), several(1)] });
    const [one, two] = [0, 1].map((hand) => [0, 1].map((byline) => ({ byline, hand })));
    const teams = [{ bylines: [0, 1], hands: [one!, two!], cohesion: 3, log10LR: 4 }];
    expect(judge(dump).findings.length).toBeGreaterThan(1);
    const { findings } = judge({ ...dump, teams });
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ kind: 'group-run', bylines: ['Byline 0000', 'Byline 0001'] });
    expect(findings[0]!.expectedByChance).toBeLessThan(1);
    expect(findings[0]!.evidence[1]!.text).toBe(
      'hand 1: 10 of 20 articles of Byline 0000, 10 of 20 articles of Byline 0001',
    );
  });

  it('of a team is no stronger than what a byline by itself says for several hands', () => {
    const weak = (log10LR: number): Diarisation[] => [
      { ...several(0), log10LR },
      { ...several(1), log10LR: 0.1 },
    ];
    const hands = [0, 1].map((hand) => [0, 1].map((byline) => ({ byline, hand })));
    const team = { bylines: [0, 1], hands, cohesion: 3, log10LR: 4 };
    const dump = { ...input({ bylines: 6, score: -3, diarisations: weak(1.2) }), teams: [team] };
    const told = judge(dump);
    expect(told.findings[0]!.expectedByChance).toBeGreaterThanOrEqual(chanceFor(dump, dump.diarisations[0]!));
    expect(told.findings[0]).toMatchObject({ log10LR: 1.2, strength: 'moderate' });
    expect(told.findings[0]!.against.some((e) => e.text.includes('about 16 times likelier from several hands'))).toBe(
      true,
    );
  });

  it('of a team is not told where no byline is found to be several by itself: manners and beats match one to one as well', () => {
    const hands = [0, 1].map((hand) => [0, 1].map((byline) => ({ byline, hand })));
    const team = { bylines: [0, 1], hands, cohesion: 3, log10LR: 4 };
    // Beside so many others of one hand, chance alone would bring as much.
    const others = Array.from({ length: 20 }, (_, i) => ({ ...several(i + 2), log10LR: -1, count: 1 }));
    const case_ = (log10LR: number): JudgeInput =>
      input({
        bylines: 22,
        score: -3,
        diarisations: [{ ...several(0), log10LR }, { ...several(1), log10LR: 0.1 }, ...others],
      });
    expect(mayBeTeam(team, case_(0.8))).toBe(false);
    expect(mayBeTeam(team, case_(model.hands.cap))).toBe(true);
    const plain = input({
      bylines: 6,
      score: -3,
      diarisations: [several(0), several(1)].map((d) => ({ ...d, articles: d.hands.map((h, i) => 2 * i + h) })),
    });
    const documents = Array.from({ length: 40 }, (_, i) => ({
      ...plain.cleaned.documents[0]!,
      ...(i % 2 === 1 ? { form: 'translation' as const } : {}),
    }));
    expect(mayBeTeam(team, { ...plain, cleaned: { ...plain.cleaned, documents } })).toBe(false);
  });

  it('of a team says when its hands changed', () => {
    const hands = [0, 1].map((hand) => [0, 1].map((byline) => ({ byline, hand })));
    const team = { bylines: [0, 1], hands, cohesion: 3, log10LR: 4 };
    const day = 86_400_000;
    const handover = { at: 20 * day, from: 10 * day, to: 30 * day, before: 0, after: 1, stepOverTrend: 3 };
    const diarisations: Diarisation[] = [
      { ...several(0), inTime: { kind: 'in-turn', handovers: [handover] } },
      { ...several(1), inTime: { kind: 'mixed', handovers: [] } },
    ];
    const { findings } = judge({ ...input({ bylines: 6, score: -3, diarisations }), teams: [team] });
    const said = findings[0]!.evidence.map((e) => e.text).filter((t) => t.includes('1970-01-21'));
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/^the hands of Byline 0000 come in turn: .*between 1970-01-11 and 1970-01-31/);
  });
});
