import { describe, expect, it } from 'vitest';
import { foldedName, personKey, tellingParts } from '../../src/text/person.js';

describe('a folded name', () => {
  it('is the same for spellings that say the same', () => {
    const alike = [
      ['José Álvarez', 'JOSE\u0301 ALVAREZ', 'Jos\u200bé Álvarez', 'jose alvarez'],
      ['Søren Łukasz', 'Soren Lukasz', 'ＳＯＲＥＮ ŁUKASZ'],
      ['Ana O’Brien', "Ana O'Brien", 'Ana O`Brien', 'Аna OBrien'],
      ['Анна Йованович', 'АННА ИОВАНОВИЧ'],
      ['محمّد علي', 'محمد علی'],
    ];
    for (const names of alike) expect(new Set(names.map(foldedName)).size, names[0]).toBe(1);
    expect(foldedName('नीता')).not.toBe(foldedName('नता'));
  });
});

describe('whom a name names', () => {
  it('is read from names folded as bylines are', () => {
    expect(personKey('Dr. Ana B. Ruíz')).toBe('ana ruiz');
    expect(personKey('ana-ruiz')).toBe('ana ruiz');
    expect(personKey('Søren Łukasz')).toBe(personKey('Soren Lukasz'));
    expect(personKey('Sean O’Brien')).toBe(personKey("Sean O'Brien"));
    expect(personKey('Ｊane Ｄoering')).toBe('jane doering');
    expect(personKey('Cher')).toBe(null);
  });

  it('has telling parts: no titles, no initials, and two in "WilliamKazer"', () => {
    expect(tellingParts('Prof. Jörg X. Weiß, PhD')).toEqual(['jorg', 'weiss']);
    expect(tellingParts('WilliamKazer')).toEqual(['william', 'kazer']);
    expect(tellingParts('सुनीता शर्मा')).toEqual(['सुनीता', 'शर्मा']);
  });
});
