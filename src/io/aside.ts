import { counted } from '../text/figures.js';
import { visible } from '../text/visible.js';
import type { Notice } from '../types/types.js';
import { MAX_RATIO } from './bytes.js';
import { notice } from './walk.js';

/** Why files of an archive are not read: code of the notice, what they are (one, several), and the way out. */
const WHY = {
  locked: ['unreadable', 'locked with a password', 'locked with a password', '. Unpack it with the password, and give the folder'],
  unknown: ['unreadable', 'packed in an unusual way', 'packed in unusual ways', '. Unpack it, and give the folder'],
  damaged: ['unreadable', 'damaged', 'damaged', '. Fetch the archive anew'],
  cut: ['unreadable', 'cut short, damaged, or a bomb', 'cut short, damaged, or bombs', '. Fetch the archive anew'],
  bomb: ['too-large', 'packed too tightly', 'packed too tightly', `: more than ${MAX_RATIO} times its size, as no text is. Unpack it, and give the folder, if you trust it`],
  large: ['too-large', 'too large', 'too large', '. Split it; JSON Lines (.jsonl) may be of any length'],
  link: ['archive-link', 'a link to another', 'links to others', ''],
  device: ['archive-link', 'a device or a pipe', 'devices or pipes', ''],
  outside: ['archive-name', 'named as if outside of it', 'named as if outside of it', '. Unpack it, and give the folder, if you trust it'],
  nested: ['archive-nested', 'an archive itself', 'archives themselves', '. Unpack it, and give the folder'],
  twice: ['archive-twice', 'there twice', 'there more than once', ''],
  other: ['other-files', 'of another kind', 'of other kinds', ''],
} as const; // prettier-ignore

/** Files of one archive that are set aside, counted by kind. */
export class Aside {
  private readonly kinds = new Map<keyof typeof WHY, { count: number; readonly first: string }>();

  /** @param archive as it is called in reports */
  constructor(private readonly archive: string) {}

  add(kind: keyof typeof WHY, name: string): void {
    const known = this.kinds.get(kind);
    if (known === undefined) this.kinds.set(kind, { count: 1, first: name });
    else known.count++;
  }

  notices(): readonly Notice[] {
    return [...this.kinds].map(([kind, { count, first }]) => {
      const [code, one, many, out] = WHY[kind];
      const what = `${counted(count, 'file')} in it ${count === 1 ? `is ${one}` : `are ${many}`}, the first ${visible(first)}`;
      const done = kind === 'twice' ? 'all are read' : kind === 'cut' ? 'what stands before is read' : 'passed over';
      const level = kind === 'other' ? 'info' : 'warning';
      return { ...notice(code, `${what}; ${done}${out}`, this.archive), level };
    });
  }
}
