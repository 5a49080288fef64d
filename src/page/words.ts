/**
 * Every sentence of the report page; verdicts bring their own from judge. Nothing here says that a person is a
 * sockpuppet.
 */
import { counted, number, rate, times } from '../text/figures.js';
import { ratioText } from '../text/ratio.js';
import type { Chance } from '../types/types.js';

/**
 * Likelihood ratios in words: ENFSI Guideline for Evaluative Reporting in Forensic Science (2015), the values of its
 * recommended verbal scale. Read from the upper end.
 */
export const SCALE = [
  { from: 6, range: 'above 1,000,000', words: 'extremely strong support' },
  { from: 4, range: '10,000 to 1,000,000', words: 'very strong support' },
  { from: 3, range: '1,000 to 10,000', words: 'strong support' },
  { from: 2, range: '100 to 1,000', words: 'moderately strong support' },
  { from: 1, range: '10 to 100', words: 'moderate support' },
  { from: Math.log10(2), range: '2 to 10', words: 'weak support' },
] as const;

/** The step of the scale, 1 the weakest, 0 for none, and its words. */
export function stepOf(log10LR: number): { readonly step: number; readonly words: string } {
  const size = Math.abs(log10LR);
  const i = SCALE.findIndex((s) => size >= s.from);
  return i < 0 ? { step: 0, words: 'no support either way' } : { step: SCALE.length - i, words: SCALE[i]!.words };
}

/** "strong support for one hand rather than two". */
export function support(log10LR: number, first: string, second: string): string {
  const { step, words } = stepOf(log10LR);
  if (step === 0) return `support for neither ${first} nor ${second}`;
  return log10LR > 0 ? `${words} for ${first} rather than ${second}` : `${words} for ${second} rather than ${first}`;
}

export function count(value: number): string {
  return number(value, 0);
}

/** A log10LR with its sign, a real minus and one decimal. */
export function signed(value: number): string {
  const text = ratioText(Math.abs(value));
  return text === '0.0' ? '0.0' : `${value < 0 ? '\u2212' : '+'}${text}`;
}

export function amount(value: number): string {
  return number(value, 1);
}

/** A rate of a habit, as sentences print it. */
export function inUnit(value: number, unit = ''): string {
  return rate(value, unit);
}

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

export const page = {
  title: 'Who wrote this, really?',
  standfirst: (articles: number, bylines: number, words: number): string =>
    `${counted(articles, 'article')} under ${counted(bylines, 'byline')}, ${count(words)} words of their own, read for two questions: is one hand behind several bylines, and are several hands behind one?`,
  evidenceNotProof:
    'What follows is evidence about texts, not proof about people. Every finding is given with its strength, with what chance alone would give, and with what argues against it.',
  found: (n: number): string => `${counted(n, 'finding')}, the strongest first:`,
  noFindings: 'No findings.',
  kicker: {
    'group-run': 'Several hands, one byline',
    sockpuppets: 'One hand, several bylines',
    coordinated: 'Coordinated',
  },
  oneHand: (log10LR: number, others: string): string =>
    `The likeness is ${times(log10LR)} likelier if one hand wrote these articles than if ${others} did: ${support(log10LR, 'one hand', others)}.`,
  /** Whom one hand is set against in a ratio: writers near each other, where both bylines are. */
  others: ({ expectedOnBeat, expectedOfTime }: Omit<Chance, 'expectedByChance'>): string =>
    expectedOnBeat !== undefined
      ? 'different writers on one beat'
      : expectedOfTime !== undefined
        ? 'different writers of one time'
        : 'different hands',
  manyHands: (log10LR: number): string =>
    `The spread among the articles is ${times(log10LR)} likelier if several hands wrote them than if one did: ${support(log10LR, 'several hands', 'one')}.`,
  pairMeasure: (log10LR: number): string =>
    log10LR >= 0
      ? `The likeness is ${times(log10LR)} likelier if one hand wrote both than if two did: ${support(log10LR, 'one hand', 'two')}.`
      : `The difference is ${times(log10LR)} likelier if two hands wrote than if one did: ${support(log10LR, 'one hand', 'two')}.`,
  chance: (expected: string, asked: number, what: 'pairs' | 'bylines'): string =>
    `Of the ${count(asked)} ${what} that were asked, chance alone would bring so many to this strength${what === 'pairs' ? ', if no two were one hand' : ''}: ${expected}.`,
  lines: {
    evidence: 'What speaks for it',
    against: 'What argues against it',
    againstOne: 'What argues against one hand',
    permalink: 'Link to this',
    scale: 'what the words mean',
    nothingAgainst: 'Nothing stood out. That is not proof: see what was not measured.',
    notMeasured: 'Not measured',
    fullPair: 'The pair in full',
    fullByline: 'The byline in full',
  },
  mapAbout:
    'Every shape is a byline, larger the more articles it has; a line joins two that are alike, with its log10 likelihood ratio, thicker the larger that is. Bylines suspected to be a single hand stand inside one outline; a byline that looks like the work of several hands is a square. Where a shape stands means nothing beyond its lines.',
  mapNone: 'No pair of bylines is alike enough to be drawn.',
  mapTable: 'The table behind the map: pairs that stand out',
  matrixAbout:
    'Every row and column is a byline, ordered so that those who write alike stand side by side. Rust cells, or cells with a dot, speak for one hand, teal ones for two; the figure on a cell is the log10 likelihood ratio. The tree on the left joins first what is most alike.',
  matrixNone: 'This report holds no matrix: it was made without one, or from fewer than two bylines.',
  matrixLess: (shown: number, all: number): string =>
    `The ${count(shown)} bylines with the strongest likeness to another are shown, of ${count(all)}.`,
  personaAbout:
    'Which article was given to which hand, and how certainly. Hands are numbered by how many articles they have; the tool does not know who they are.',
  certainty: (unsure: number, all: number): string =>
    unsure === 0
      ? 'Every article could be given to one hand with a certainty of 55 % or more.'
      : `${counted(unsure, 'article')} of ${count(all)} could belong to more than one hand (certainty below 55 %).`,
  timelineAbout: (dated: boolean): string =>
    `${dated ? 'Each mark is an article at its day of publication' : 'The articles carry no dates: each mark is an article, in the order of their names'}, one row a hand. The larger the mark, the more certain the hand; hollow marks are uncertain (below 55 %).`,
  timelineLabel: (name: string, dated: boolean): string =>
    `${dated ? 'Timeline' : 'Row'} of the articles of ${name}, one row a hand; the table below holds the same.`,
  timelineRegion: (name: string): string => `Timeline of ${name}`,
  articleAt: (title: string, date: string | undefined, hand: number, confidence: number | null): string =>
    `${title}${date === undefined ? '' : `, ${date}`}: ${confidence === null ? page.handUntold(hand) : `hand ${hand + 1}, ${percent(confidence)}`}`,
  handUntold: (hand: number): string => `cannot be told; hand ${hand + 1} is likeliest`,
  handUntoldShort: (hand: number): string => `${hand + 1} or another`,
  noDates: 'The articles carry no dates, so there is no timeline.',
  handsLikely: 'How many hands, with even odds of one and several before',
  handsCount: 'hands',
  probability: 'probability',
  handsCounted: (n: number, orMore: boolean): string => (orMore ? `${n} or more` : String(n)),
  handover: (before: number, after: number, at: string, from: string, to: string): string =>
    `Hand ${before + 1} gives way to hand ${after + 1} about ${at}; with a probability of 95 % between ${from} and ${to}. On the timeline that time is shaded.`,
  teamHands: 'Hands that these bylines share',
  teamHand: (i: number): string => `Shared hand ${i + 1}`,
  articlesCounted: (n: number): string => counted(n, 'article'),
  habitsParted: 'Habits that part the hands',
  noHabitsParted: 'No single habit parts them; the difference lies in many small ones.',
  otherHands: 'The other articles',
  articlesCut: (shown: number, all: number): string =>
    `The first ${count(shown)} of ${count(all)} are listed; the CSV download has all of them.`,
  credited: 'Credited in the text itself',
  habitsShared: 'Habits they share',
  habitsApart: 'Habits in which they differ',
  passages: 'Passages that show the shared habits',
  noPassages: 'No sentence shows these habits by itself: they are rates and lengths over all articles.',
  noHabits: 'No single habit is shared by these two and rare among the others; the likeness lies in many small ones.',
  atLine: (line: number): string => `line ${line}`,
  noSentence: 'No sentence short enough to quote.',
  seldom: 'Seldom or never here.',
  passagesApart: 'Passages that show what they do differently',
  usual: (rate: string, unit: string | undefined): string =>
    `the others’ median: ${rate}${unit === undefined ? '' : ` ${unit}`}`,
  avoided: (habits: readonly string[]): string =>
    `Both do less than the others of: ${habits.join(', ')}. What is avoided has no passage to show it.`,
  sharedWords: 'Passages they share word for word',
  sharedNone:
    'No run of eight words or more stands in articles of both, apart from what stands under five other bylines or more.',
  sharedNotLooked: 'This report was made without looking for them.',
  sharedWordsAbout:
    'Runs of eight words or more in the articles as read. Shared words can be a common source, a press release, a template or a stock phrase; they are evidence of copying, and likeness of style was measured beside them.',
  sharedWordsOf: (words: number, others: number, setAside: string | undefined): string =>
    `${counted(words, 'word')}${others === 0 ? ', under no other byline' : `, also under ${counted(others, 'other byline')}`}${
      setAside === undefined
        ? '; counted when style was compared'
        : setAside === 'quotation'
          ? '; in a quotation, and set aside before style was compared'
          : '; recurs as a template does, and was set aside before style was compared'
    }`,
  sharedCounted: (n: number, longest: number): string =>
    `${counted(n, 'passage')} of ${n === 1 ? '' : 'up to '}${longest} words ${n === 1 ? 'stands' : 'stand'} in articles of both, word for word, and ${n === 1 ? 'was' : 'were'} counted: a common source makes styles alike too. The pair in full shows them.`,
  shared: 'Articles in nearly the same words',
  noShared: 'No article stands under both bylines in nearly the same words.',
  sharedAbout:
    'Passages of both, side by side; words that only one of them has are underlined. Copied text is evidence of copying: it was set aside before style was compared.',
  sharingOnly: 'Pairs that share articles',
  sharingOnlyAbout:
    'Articles of these bylines stand under another byline in nearly the same words. That may be reprinting, agency copy or a press release; it says nothing about style, and was set aside before style was compared.',
  copies: (n: number): string => counted(n, 'article in nearly the same words', 'articles in nearly the same words'),
  contribution: {
    characters: 'spelling and character habits',
    grammar: 'grammar with the subject masked',
    words: 'choice of words and pairs of words',
    outline: 'function words and marks with the subject blanked out',
    amount: 'how much text there is on both sides',
    sum: 'together: the log10 LR before it is capped',
  },
  contributionShort: {
    characters: 'spelling',
    grammar: 'grammar',
    words: 'words',
    outline: 'outline',
    amount: 'amount of text',
    sum: 'together',
  },
  contributionsLabel:
    'What each kind of likeness adds to the log10 likelihood ratio, each bar from where the last ended; the table below holds the same.',
  capped: (log10LR: number): string =>
    `The ratio is printed as ${signed(log10LR)}: no more than known pairs can support, strangers or, where both write on one beat, writers on one beat.`,
  views: 'Likeness, by what was looked at',
  viewsAbout:
    'Normalised scores: pairs of strangers lie around 0, most of them between −2 and 2. What each adds makes up the log10 LR: every bar begins where the last ended.',
  bylinesAbout: 'Every byline, with the verdict on how many hands wrote under it.',
  pairsAbout: (listed: number, asked: number): string =>
    `${counted(listed, 'pair')} of ${count(asked)} that were asked; the others speak less for one hand, or against it.`,
  pairsCut: (shown: number, all: number): string =>
    `The ${count(shown)} strongest of ${count(all)} are listed; the CSV download has all of them.`,
  trustTest: (found: number, all: number, falseLinks: number): string =>
    `Bylines with four articles or more (with two or more, where few have four) were cut in two, and the halves were looked for among all the others. ${found} of ${all} would have been found at the strength reported here, and ${counted(falseLinks, 'pair')} of different bylines would have been named with them.`,
  trustRates: (at1: number, at01: number): string =>
    `If one innocent pair in a hundred were let through, ${percent(at1)} of the halves would be found; if one in a thousand, ${percent(at01)}.`,
  trustCllr: (cllr: number): string =>
    `The cost of the printed likelihood ratios on these known pairs is Cllr ${cllr.toFixed(2)}: 0 would be perfect, 1 says nothing, and above 1 they mislead.`,
  refitted: (before: number, after: number): string =>
    `The ratios were adjusted to this dump on that test; before, their cost on it was ${before.toFixed(2)}, and is ${after.toFixed(2)} now.`,
  byAmount: 'The self-test by amount of text',
  noTest:
    'The dump has too few bylines of two articles or more to test the tool on itself. Nothing here says how well it works on these texts.',
  tippettLabel: 'Tippett plot of the self-test; the table below holds the same.',
  reliabilityLabel: 'Reliability plot of the self-test; the table below holds the same.',
  tippettTitle: 'How well known pairs are told apart (Tippett plot)',
  reliabilityTitle: 'Whether the printed ratios can be believed (reliability plot)',
  tippettAbout:
    'Of the known pairs, the share at or above each log10 likelihood ratio. The two curves should lie far apart: the pairs of one hand high to the right, the pairs of different bylines gone before 0.',
  reliabilityAbout:
    'Of the known pairs with a printed ratio in a range, the ratio that was really there: how much commoner such pairs are among the halves of one byline than among different bylines. Points on the line say that the printed ratio can be believed. The bars are 95 % bounds: where they are long, the test had few pairs, and says little.',
  removedAbout: 'What was taken out before anything was counted, and why.',
  notAnsweredAbout: 'What this report does not answer, and why.',
  unanswered: {
    pairs: 'pairs of bylines, mostly with too little text on one side',
    bylines: 'bylines, for the question of several hands',
  },
  whyNot: (why: string, n: number): string => `${why}: ${counted(n, 'byline')}`,
  allAnswered: 'Every pair and every byline was asked.',
  neverMeasured: 'Never measured, for a pair',
  neverMeasuredHands: 'Never measured, for several hands',
  ofWhich: 'of which',
  nearCopies: (n: number): string =>
    `${counted(n, 'pair')} of near copies, article by article; of a pair under two bylines both are set aside`,
  removal: {
    quotation: 'words inside direct quotations: other people’s words',
    boilerplate: 'words of mark-up and boilerplate, all told',
    copies: 'near copies, set aside: evidence of copying, never of style',
    coBylined: 'articles by several bylines, set aside: they belong to none of them',
    withoutByline: 'articles without a byline, set aside',
    markupWords: 'words of mark-up, links and tables',
    bylineWords: 'words of bylines and datelines inside the text',
    biographyWords: 'words of biographies at the end',
    signoffWords: 'words of sign-offs and desk names',
    relatedWords: 'words of “related posts” and link lists',
    sharingWords: 'words of share buttons and copyright lines',
    repeatedWords: 'words of paragraphs that recur from article to article',
  } as Readonly<Record<string, string>>,
  limits: [
    'The tool does not know who a hand is. It compares texts with texts.',
    'An editor, a translator, a house style or a form (interviews, obituaries) can look like a hand.',
    'Deliberate imitation and machine paraphrase can hide a hand.',
    'Short texts say little: bylines below 400 words, and bylines of fewer than 6 articles in the test for several hands, are not answered.',
    'A likelihood ratio says how much the texts should move an opinion, not what the opinion should be: it must be weighed with everything else that is known.',
  ],
  scaleAbout:
    'How a likelihood ratio is put into words on this page, after the European Network of Forensic Science Institutes: ENFSI Guideline for Evaluative Reporting in Forensic Science (2015). The terminal and the JSON report use four coarser words, after the Association of Forensic Science Providers (Science & Justice 49, 2009, page 161).',
  again: 'To make this report again, run the command below on the files listed, with the same version and model.',
  filesRead: (n: number): string => `${counted(n, 'file')} read, with ${n === 1 ? 'its hash' : 'their hashes'}`,
  noScript: 'Findings and tables below need no JavaScript. The map, the matrix, search and downloads do.',
  verdict: {
    'same-hand': 'speaks for one hand',
    'different-hands': 'speaks for two hands',
    several: 'speaks for several hands',
    one: 'speaks for one hand',
    inconclusive: 'inconclusive',
    abstain: 'not answered',
  } as Readonly<Record<string, string>>,
  map: {
    label:
      'Map of bylines. Arrow keys move it, plus and minus zoom, N and P go from byline to byline, Enter opens one.',
    from: 'log10 LR from ',
    line: (a: string, b: string, log10LR: number, reported: boolean): string =>
      `${a} and ${b}: log10 LR ${signed(log10LR)}, ${reported ? 'reported as writing like one hand' : 'too weak to be reported'}.`,
    tableCaption: (shown: number, all: number): string =>
      shown < all
        ? `Lines of the map: the ${count(shown)} strongest of ${count(all)}; the CSV download has all`
        : `Lines of the map: ${count(all)}`,
    legend: {
      plain: 'a byline',
      group: 'in a suspected single hand',
      several: 'looks like several hands',
      reported: 'reported as one hand',
      weak: 'too weak to be reported',
    },
    drawn: (dots: number, shown: number, lines: number, from: number): string =>
      `${counted(dots, 'byline')}; ${shown < lines ? `of ${counted(lines, 'line')} those of log10 LR ${from} or more` : counted(lines, 'line')}. Drag to move; control and wheel, or two fingers, to zoom.`,
    found: (n: number): string => `${counted(n, 'byline')} found.`,
    lines: (n: number, from: number): string => `${counted(n, 'line')} of log10 LR ${from} or more.`,
    dot: (name: string, articles: number, many: boolean, grouped: boolean): string =>
      `${name}: ${counted(articles, 'article')}${many ? ', looks like the work of several hands' : ''}${grouped ? ', in a suspected single hand' : ''}.`,
  },
  matrix: {
    label: (n: number): string =>
      `Matrix of ${counted(n, 'byline')}. Arrow keys go from cell to cell, Enter opens the pair.`,
    point: 'Point at a cell, or use the arrow keys.',
    cell: (same: boolean, log10LR: number): string =>
      same ? 'the same byline' : Number.isNaN(log10LR) ? 'not answered' : `log10 LR ${signed(log10LR)}`,
    legend: { two: 'speaks for two hands', none: 'neither, or not answered', one: 'speaks for one hand' },
  },
  read: 'Read the articles',
  hand: (hand: number): string => `Hand ${hand + 1}`,
  madeBy: (version: string, model: string): string => `manyhands ${version}, model ${model}`,
} as const;
