import { addSubjects, Subjects, type SubjectWords } from '../text/subjects.js';
import type { Labelled } from './simulate.js';

/**
 * For every hand the other whose subjects are nearest.
 *
 * @returns one entry a hand; empty for fewer than two hands
 */
export function nearestSubjects({ hands }: Labelled): Map<string, string> {
  const names = [...hands.keys()].sort();
  if (names.length < 2) return new Map();
  const subjects = new Subjects(
    names.map((name) => {
      const words: SubjectWords = new Map();
      for (const { text } of hands.get(name)!) addSubjects(text, words);
      return words;
    }),
  );
  return new Map(
    names.map((name, a) => {
      const near = subjects.nearness(a);
      let best = a === 0 ? 1 : 0;
      for (let b = 0; b < names.length; b++) if (b !== a && near[b]! > near[best]!) best = b;
      return [name, names[best]!];
    }),
  );
}
