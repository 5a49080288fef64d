import { expect, it } from 'vitest';
import { ratioText } from '../../src/text/ratio.js';

it('a ratio is rounded, but never to the next step of the words for strengths', () => {
  expect([1.93, 1.95, 1.99999, 2, 2.04, 2.06, 0.98, -1.97, -0.04, 3.96].map(ratioText)).toEqual(
    ['1.9', '1.9', '1.9', '2.0', '2.0', '2.1', '0.9', '-1.9', '0.0', '3.9'],
  ); // prettier-ignore
});
