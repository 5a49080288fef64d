import { shareAt, type Calibrated } from '../model/model.js';
import { strengthOf } from '../types/strength.js';
import type { Byline, Diarisation, Evidence, Finding, SharedHands } from '../types/types.js';
import { scoreFor } from './chance.js';
import { otherwiseApart } from './forms.js';
import { chanceFor, saysSeveral, type AskedHands } from './hands.js';
import { handWords } from './hand-words.js';
import { notMeasured } from './words.js';

/** Bylines whose hands are set against each other's, at most: those likeliest to be several hands. */
const MOST = 100;
/** A match of two hands is never weaker than this log10LR. */
const LEAST_MATCH = 1;

/** Bylines whose hands may be shared with others: parted, and not likelier one hand. */
export function teamCandidates(diarisations: readonly Diarisation[], bylines: readonly Byline[]): Diarisation[] {
  return diarisations
    .filter((d) => d.count > 1 && d.log10LR > 0 && bylines[d.byline]!.kind !== 'desk')
    .sort((a, b) => b.log10LR - a.log10LR || a.byline - b.byline)
    .slice(0, MOST)
    .sort((a, b) => a.byline - b.byline);
}

/** Chance teams to expect at a match of this strength: two matches must reach it for any of the pairs of bylines. */
function expectedTeams(calibrated: Calibrated, log10LR: number, candidates: number): number {
  return candidates * (candidates - 1) * shareAt(calibrated.falseShare, log10LR) ** 2;
}

/** Score from which two hands of different bylines match, so that chance teams stay few. */
export function teamThreshold(calibrated: Calibrated, candidates: number, accepted: number): number {
  return scoreFor((score) => expectedTeams(calibrated, score, candidates), accepted, LEAST_MATCH);
}

/**
 * The byline of a team that says most by itself for several hands; null where a form or language of its articles explains whatever any says.
 * What hands match says nothing of that: one writer of two manners under two names matches as well. Nor are the bylines added up,
 * for the manners are the same in each.
 */
function spokesman({ cleaned, diarisations }: AskedHands, { bylines }: SharedHands): Diarisation | null {
  const own = bylines.map((b) => diarisations[b]!).filter((d) => otherwiseApart(cleaned.documents, d) === null);
  return own.sort((x, y) => y.log10LR - x.log10LR || x.byline - y.byline)[0] ?? null;
}

/**
 * True where matching hands may be called a team: one of the bylines must be found to be several by itself. Matching alone may be
 * the manners of one writer, or the subjects of two who write on one beat: each keeps to them, and they match one to one.
 */
export function mayBeTeam(team: SharedHands, input: AskedHands): boolean {
  return team.bylines.some((b) => saysSeveral(input, input.diarisations[b]!));
}

interface TeamsInput extends AskedHands {
  readonly teams: readonly SharedHands[];
  readonly pairCalibration: Calibrated;
}

/** "Run by one team": one finding a team, with the table of hands and bylines. */
export function teamFindings(input: TeamsInput): Finding[] {
  const candidates = teamCandidates(input.diarisations, input.cleaned.bylines).length;
  return input.teams.map((team) => teamFinding(input, team, candidates));
}

function teamFinding(input: TeamsInput, team: SharedHands, candidates: number): Finding {
  const own = spokesman(input, team) ?? input.diarisations[team.bylines[0]!]!;
  const log10LR = Math.min(input.pairCalibration.cap, team.cohesion, own.log10LR);
  const ofOne = chanceFor(input, own);
  return {
    kind: 'group-run',
    bylines: team.bylines.map((b) => input.cleaned.bylines[b]!.name),
    strength: strengthOf(log10LR),
    log10LR,
    // Whatever matches, it is no rarer that one hand passes for several.
    expectedByChance: Math.max(expectedTeams(input.pairCalibration, team.cohesion, candidates), ofOne),
    evidence: [...sharedBy(input, team), ...inTime(input, team)],
    against: [
      ...unshared(input, team),
      { kind: 'hands', text: handWords.teamOfOne(own.log10LR, ofOne) },
      { kind: 'hands', text: handWords.teamAgainst() },
    ],
    notMeasured: notMeasured.hands,
  };
}

/** How many hands they share, and each of them with its articles under every byline. */
function sharedBy({ cleaned, diarisations }: AskedHands, { bylines, hands }: SharedHands): Evidence[] {
  const shared = hands.filter((h) => h.length > 1);
  const rows = shared.map((members, hand) =>
    handWords.teamRow(
      hand,
      members.map(({ byline, hand: own }) => ({
        name: cleaned.bylines[byline]!.name,
        articles: articlesOf(diarisations[byline]!, own),
        of: diarisations[byline]!.articles.length,
      })),
    ),
  );
  return [
    { kind: 'hands', text: handWords.team(bylines.length, shared.length), values: { hands: shared.length } },
    ...rows.map((text): Evidence => ({ kind: 'hands', text })),
  ];
}

/** Hands that only one byline has. */
function unshared({ cleaned, diarisations }: AskedHands, { hands }: SharedHands): Evidence[] {
  return hands
    .filter((h) => h.length === 1)
    .map(([only]): Evidence => {
      const { byline, hand } = only!;
      const articles = articlesOf(diarisations[byline]!, hand);
      return { kind: 'hands', text: handWords.teamUnshared(cleaned.bylines[byline]!.name, articles) };
    });
}

/** How hands of the team's bylines follow each other, where an order is told of any. */
function inTime({ cleaned, diarisations }: AskedHands, { bylines }: SharedHands): Evidence[] {
  return bylines.flatMap((b): Evidence[] => {
    const text = handWords.teamInTime(cleaned.bylines[b]!.name, diarisations[b]!.inTime);
    return text === null ? [] : [{ kind: 'hands', text }];
  });
}

function articlesOf({ hands }: Diarisation, hand: number): number {
  return hands.filter((h) => h === hand).length;
}
