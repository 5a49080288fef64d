import { describe, expect, it } from 'vitest';
import { unitTable } from '../../src/text/units.js';

describe('tables of units', () => {
  it.each([/\s/, /[.\u00a0\u2000-\u200a]/, /[\p{Lu}\ud800-\udfff]/u, /[\p{L}\p{M}]/u])(
    '%s: fit what the pattern fits unit by unit, halves of surrogate pairs as well',
    (pattern) => {
      const one = Array.from({ length: 1 << 16 }, (_, unit) => Number(pattern.test(String.fromCharCode(unit))));
      expect([...unitTable(pattern)()]).toEqual(one);
    },
  );
});
