import { describe, expect, it } from 'vitest';
import { formOf } from '../../src/clean/forms.js';

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
