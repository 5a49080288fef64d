import { FEWEST_BYLINES, FEWEST_WORDS } from '../judge/amounts.js';
import { pairsAmong } from '../math/statistics.js';
import { capitalised, counted, number } from '../text/figures.js';
import { ratioText } from '../text/ratio.js';
import { visible } from '../text/visible.js';
import type { Chance, Finding, Report, Strength } from '../types/types.js';

/** What a report is of. */
export function sizes({ articles, bylines, words }: Report['corpus']): string {
  return `${counted(articles, 'article')}, ${counted(bylines, 'byline')}, ${counted(words, 'word')} of their own`;
}

/** Headline of a finding. It names what the articles look like, never what a person is. */
export function headline(finding: Finding): string {
  const names = finding.bylines.map((b) => visible(b, 80));
  const list = names.length < 3 ? names.join(' and ') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`;
  if (finding.kind === 'group-run' && names.length > 1)
    return `The articles under ${list} look like the work of one team, run under several names`;
  if (finding.kind === 'group-run') return `The articles under ${list} look like the work of several hands`;
  return `${list} write like one hand`;
}

/**
 * What of a finding is not shown, and where it is; "" where all is shown.
 *
 * @param left lines of evidence left out, for and against
 */
export function moreSentence(left: { readonly for: number; readonly against: number }, where: string): string {
  const parts = [
    ...(left.for > 0 ? [`${number(left.for)} more for`] : []),
    ...(left.against > 0 ? [`${number(left.against)} more against`] : []),
  ];
  return parts.length === 0 ? '' : `… ${parts.join(', ')}: ${where}`;
}

/** What a report without findings says. Where nothing could be asked, nothing was found to be honest either. */
export function noFindings({ asked, corpus: { bylines } }: Report): string {
  if (asked.pairs === 0 && asked.bylines === 0)
    return 'There was nothing to ask: no pair of bylines and no single byline has text enough.';
  const stands = 'Nothing stands out from what chance would give among so many questions.';
  if (bylines === 1) return `${oneByline} Other bylines of the same place and kind help.`;
  return asked.pairs === 0 && bylines > 1 ? `${stands} ${noPairs}` : stands;
}

/** Said of a dump of one byline, which nothing of its own kind stands beside. */
const oneByline =
  'The only byline was asked whether it is several hands, beside strangers from elsewhere. That nothing stands out does not say that one hand wrote it all.';

/** Said where no pair could be asked. */
const noPairs = `No pair of bylines was asked: it takes ${FEWEST_BYLINES} bylines of one language with ${FEWEST_WORDS} words or more each. Other bylines of the same place and kind help.`;

/** How many questions were put, and why not more. */
export function askedSentence({ asked, corpus: { bylines } }: Report): string {
  const pairs = pairsAmong(bylines);
  const not = [
    ...(asked.pairs < pairs
      ? ['of the other pairs a side has too little text, or no language in common with three bylines or more']
      : []),
    ...(asked.bylines < bylines
      ? ['the other bylines have too few articles, or too short ones, to ask for several hands']
      : []),
  ];
  const of = (n: number, all: number): string => (n < all ? `${number(n)} of ` : '');
  return `${of(asked.pairs, pairs)}${counted(pairs, 'pair')} of bylines and ${of(asked.bylines, bylines)}${counted(bylines, 'byline')} were asked${not.length === 0 ? ', which are all' : `; ${not.join('; ')}`}.`;
}

export function strengthWord(strength: Strength): string {
  return strength === 'very-strong' ? 'Very strong' : capitalised(strength);
}

/** "Strong evidence, log10 LR 2.4; chance would give 0.02 such findings", or what there is of it. */
export function strengthSentence(
  found: Pick<Finding, 'strength'> &
    Omit<Chance, 'expectedByChance'> & {
      readonly log10LR: number | null;
      readonly expectedByChance?: number | null;
    },
): string {
  const { strength, log10LR, expectedByChance = null } = found;
  const ratio = log10LR === null ? '' : `, log10 LR ${ratioText(log10LR)}`;
  const byChance =
    expectedByChance === null
      ? ''
      : `; chance would give ${chanceOf({ ...found, expectedByChance }, ' such findings')}`;
  return `${strengthWord(strength)} evidence${ratio}${byChance}`;
}

/** What chance would give: among strangers, and among writers on one beat or of one time where both bylines are such. */
export function chanceOf({ expectedByChance, expectedOnBeat, expectedOfTime }: Chance, what = ''): string {
  const near = expectedOnBeat ?? expectedOfTime;
  if (near === undefined) return `${chance(expectedByChance)}${what}`;
  const writers = expectedOnBeat === undefined ? 'of one time' : 'on one beat';
  return `${chance(expectedByChance - near)}${what} among strangers and ${chance(near)} among writers ${writers}`;
}

function chance(expected: number): string {
  return expected >= 10 ? number(expected, 0) : expected < 0.01 ? 'fewer than 0.01' : expected.toFixed(2);
}

export function selfTestSentence(report: Report): string {
  const test = report.selfTest;
  if (report.asked.pairs === 0 && test !== null)
    return 'No pair of bylines was asked, so that nothing is said of how well pairs are found.';
  if (test === null) return 'The dump has too few bylines of two articles or more to test the tool on itself.';
  return `On this dump, a byline split in two would have been found in ${test.found} of ${test.sameHandPairs} cases at the strength reported here, with ${test.falseLinks} ${test.falseLinks === 1 ? 'link' : 'links'} between different bylines.`;
}

/** Where the test found or missed what, by amount of text; "" where all of it lies in one range. */
export function amountsSentence({ asked, selfTest }: Report): string {
  const amounts = asked.pairs === 0 ? [] : (selfTest?.amounts ?? []);
  const said = amounts.flatMap(({ words, found, sameHandPairs }, i) => {
    const next = amounts[i + 1]?.words;
    const range =
      next === undefined
        ? `from ${number(words)} on`
        : words === 0
          ? `below ${number(next)}`
          : `from ${number(words)} to ${number(next)}`;
    return sameHandPairs === 0 ? [] : [`${found} of ${sameHandPairs} ${range}`];
  });
  return said.length < 2 ? '' : `By words on the shorter side: ${said.join('; ')}.`;
}

/** What was done to the printed ratios on this dump. */
export function recalibrationSentence({ asked, selfTest }: Report): string {
  if (asked.pairs === 0) return '';
  const r = selfTest?.recalibration;
  if (r === undefined) return '';
  if (r === null)
    return selfTest === null
      ? ''
      : 'Too few bylines could be split to adjust the likelihood ratios to this dump; they are as shipped.';
  const weight = Math.round((100 * r.sameHandPairs) / (r.sameHandPairs + r.pseudoPairs));
  const two = r.offset + 2 * r.scale;
  return `The likelihood ratios were adjusted to this dump on ${r.sameHandPairs} bylines split in two, which count ${weight} % against the shipped calibration: what was a log10 LR of 2 is printed as ${two.toFixed(1)}. On the test their cost (Cllr; 0 is perfect, 1 as good as no answer) went from ${r.cllrBefore.toFixed(2)} to ${r.cllrAfter.toFixed(2)}.`;
}

/** A command as a POSIX shell takes it. */
export function shellLine(command: readonly string[]): string {
  return command
    .map((x) => (/^[\w@%+=:,./-]+$/.test(x) ? x : `'${visible(x, 2000).replaceAll("'", "'\\''")}'`))
    .join(' ');
}

/** What an evidence file holds and how it is checked: its READ-ME.txt, for whoever opens it first. */
export function readMe({ tool }: Report): string {
  return `EVIDENCE ABOUT TEXTS, NOT PROOF ABOUT PEOPLE

Made by manyhands ${tool.version} with model ${tool.model}.

report.html        the report, for reading; opens in any browser and asks nothing of any network
report.md, .txt    the same in short
report.json        the same for programs, whole (schema manyhands.report/1)
pairs.csv          the pairs of bylines that stand out
bylines.csv        every byline
hands.csv          every article, with the hand it was given to
bylines.graphml    the map, for Cytoscape, yEd, NetworkX, igraph
bylines.gexf       the map, for Gephi
manifest.json      hashes of all of these and of every file that was read, versions and the command
input/             the files that were read, where they were packed

To check it, install the same version of manyhands and run
    manyhands verify evidence.zip
and, where the files that were read are not in input/,
    manyhands verify evidence.zip --in FILES
It checks every hash, makes report and tables again, scans the files again, and compares every byte.
${tool.command === undefined ? '' : `\nIt was made with\n    ${shellLine(tool.command)}\n`}`;
}
