import { describe, expect, it } from 'vitest';
import { creditedIn } from '../../src/clean/credits.js';
import { formOf } from '../../src/clean/forms.js';
import { bylineName } from '../../src/clean/names.js';

const prose = 'The council met on Tuesday. It voted for the budget after a long debate, and the mayor left early.';
const essay = Array.from({ length: 12 }, (_, i) => `${prose} That was point ${i}.`).join('\n\n');

describe('the form of an article', () => {
  it.each([
    [
      'Q and A by letters',
      Array.from({ length: 5 }, () => `Q: What did you do then?\n\nA: ${prose}`).join('\n\n'),
      null,
    ],
    ['bold questions', Array.from({ length: 4 }, () => `**How did the work begin?**\n\n${prose}`).join('\n\n'), null],
    [
      'questions under a title that says so',
      `What came first?\n\n${prose}\n\nAnd then?\n\n${prose}`,
      'Q&A with a clerk',
    ],
  ])('is an interview: %s', (_, text, title) => {
    expect(formOf({ text, title })).toBe('interview');
  });

  it.each([
    [`${essay}\n\nTranslated from the Spanish by Ana Ruiz.`],
    [`Traduit par Jean Petit\n\n${essay}`],
    [`${essay}\n\nAus dem Englischen von Eva Braun-Müller`],
  ])('is a translation', (text) => {
    expect(formOf({ text, title: null })).toBe('translation');
  });

  it.each([
    ['an essay', essay],
    ['an essay that asks once', `${essay}\n\nBut who will pay for it?\n\n${essay}`],
    ['one that speaks of translation in its middle', `${essay}\n\nThe book was translated by many.\n\n${essay}`],
    ['nothing', ''],
  ])('is none: %s', (_, text) => {
    expect(formOf({ text, title: 'The budget' })).toBeNull();
  });
});

describe('a text that credits another writer than its byline', () => {
  const credits = (text: string, byline = 'Mary-Ann Okoro'): string | null =>
    creditedIn(text, bylineName(byline, 'person'))?.name ?? null;

  it.each([
    ['a by-line at the head', `By Lisa Wilcox, Department of Roads\n\n${essay}`],
    ['a by-line at the foot', `${essay}\n\nGuest post by Dr. Jean P. de Wit`],
    ['a note of the editor', `This guest post was written by Lisa Wilcox of the port office.\n\n${essay}`],
    ['a host who makes room', `This week I am handing this space over to my old friend Lisa Wilcox.\n\n${essay}`],
    ['a signature at the foot', `${essay}\n\n— Lisa Wilcox`],
    ['a signature above a line of the site', `${essay}\n\n-- Holly Irving\n\nPosted in the budget`],
    ['a valediction', `${essay}\n\nYours sincerely, Holly Irving`],
    ['a biography at the foot', `${essay}\n\nHolly Irving is a Digital Information Specialist for the port.`],
  ])('is told by %s', (_, text) => {
    expect(credits(text)).toMatch(/Lisa Wilcox|de Wit|Holly Irving/);
  });

  it.each([
    ['the byline itself', `By Mary-Ann Okoro\n\n${essay}`],
    ['the byline with accents, and turned round', `By OKÒRO Mary\n\n${essay}`],
    ['the byline among others', `By Lisa Wilcox and Mary-Ann Okoro\n\n${essay}`],
    ['nobody', `By Popular Demand\n\n${essay}`],
    ['a desk', `By Staff Reporter\n\n${essay}`],
    ['a name in its middle', `${essay}\n\nBy Lisa Wilcox\n\n${essay}`],
    ['one the article is about', `${essay} So Irving said.\n\nHolly Irving is a specialist for the port office.`],
    ['prose', `By the river stood Holly Irving, a manager of the port.\n\n${essay}`],
    ['the byline in a signature', `${essay}\n\n— Mary-Ann Okoro`],
    ['a first name', `${essay}\n\nBest, Lisa`],
    ['whom it quotes at its end', `${essay}\n\n“${prose} Of that there is no doubt.”\n\n— Lisa Wilcox`],
    ['whose motto it closes with', `${essay}\n\nAll the world is a stage.\n\n— Lisa Wilcox`],
    ['whom it cites and speaks of', `${essay} So Wilcox said.\n\n${prose} That is all there is.\n\n— Lisa Wilcox`],
    ['an office in its signature', `${essay}\n\n— Budget Office`],
    ['whom somebody hands something else', `I hand the keys of the town to Lisa Wilcox.\n\n${essay}`],
    ['nothing', ''],
  ])('is not one that names %s', (_, text) => {
    expect(credits(text)).toBeNull();
  });

  it.each(['okoro77', 'Publius', 'ماري أوكورو', 'M. O.'])('cannot be told where the byline is "%s"', (byline) => {
    expect(credits(`By Lisa Wilcox\n\n${essay}`, byline)).toBeNull();
  });
});
