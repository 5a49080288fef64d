import { isRecord } from '../text/json.js';
import { fold, type RawRecord } from './fields.js';

/** "RT @name: ", as accounts wrote it before there was a button, and as X still gives the text of a retweet. */
const RETWEET = /^\s{0,9}RT @\w{1,30}\b/;

/** Names that may say so; the others are not looked at. */
const TELLING = /tweet|repost|reblog|boost|type|forward|fwd/i;
/** Fields that say so, folded: flags, kinds, and ids or whole posts that are there for a repeated one alone. */
const FLAGS = new Set('retweet isretweet isrepost isreblog isboost'.split(' '));
const KINDS = new Set('posttype tweettype type'.split(' '));
const REPEATED = new Set(
  [
    'retweetedstatus retweetedstatusid retweetedstatusidstr retweettweetid retweetuserid retweetedtweet reblog',
    'forwardedfrom forwardedfromid forwardfrom forwardfromchat fwdfrom',
  ].flatMap((names) => names.split(' ')),
);
const YES = /^(?:true|yes|1)$/i;
const REPEATS = /^(?:retweet(?:ed)?|reblog|boost|repost|announce)$/i;
/** How programs write that there is nothing. */
const NOTHING = /^(?:|0|nan|none|null|false|\\n)$/i;

/**
 * True for a record that is somebody else's post under the name of who repeated it: a retweet, a boost, a reblog, a message passed on. Quoted posts, which
 * have a text of their own, are not, nor posts that others repeated ("retweeted", "retweet_count").
 */
export function isRepost(record: RawRecord, text: string): boolean {
  return RETWEET.test(text) || Object.keys(record).some((key) => TELLING.test(key) && saysSo(fold(key), record[key]));
}

function saysSo(name: string, value: unknown): boolean {
  const said = typeof value === 'object' || value === undefined ? '' : String(value).trim();
  // One may be how often others repeated it, where the name does not say "is".
  if (FLAGS.has(name)) return YES.test(said) && !(name === 'retweet' && said === '1');
  if (KINDS.has(name)) return REPEATS.test(said);
  if (REPEATED.has(name)) return isRecord(value) || !NOTHING.test(said);
  return (
    name === 'referencedtweets' &&
    Array.isArray(value) &&
    value.some((to) => isRecord(to) && REPEATS.test(String(to['type'])))
  );
}
