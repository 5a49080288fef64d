import { visible } from '../text/visible.js';
import type { Reading } from './draft.js';
import type { RawRecord } from './fields.js';

/** Key of the front matter with which a text asks not to be read, and says why. */
const KEY = 'manyhands-skip';

/** True when the front matter asks for the file to be passed over, gives a reason, and may ask. Each case is noted. */
export function asksToBeSkipped(data: RawRecord, { file, notices, inlineSkip, skipped }: Reading): boolean {
  const value = Object.hasOwn(data, KEY) ? data[KEY] : false;
  if (value === false) return false;
  const place = { path: file.path, line: 1 };
  if (!inlineSkip) {
    notices.at(place, 'skip-refused', 'its front matter asks for it to be passed over; it is read, as you asked');
    return false;
  }
  const reason = typeof value === 'string' && !/^\s*(?:true|yes|on|1)?\s*$/i.test(value) ? visible(value.trim()) : null;
  if (reason === null) {
    notices.at(place, 'skip-without-reason', `read all the same: ${KEY} needs a reason. Write "${KEY}: why"`);
    return false;
  }
  notices.at(place, 'skipped', `passed over, as its front matter asks: ${reason}`, 'info');
  skipped.push({ path: file.path, reason });
  return true;
}
