import { isRecord } from '../text/json.js';
import type { RawRecord } from './fields.js';

/** Data above a text, the text below, and what was wrong with the data. */
export interface FrontMatter {
  readonly data: RawRecord;
  readonly body: string;
  readonly problem: string | null;
}

const MAX_FRONT_MATTER = 64_000;

/** Front matter between "---" (YAML) or "+++" (TOML, key = "value") lines. Nothing in it is ever executed. */
export async function splitFrontMatter(text: string): Promise<FrontMatter> {
  const none: FrontMatter = { data: {}, body: text, problem: null };
  const open = /^\s{0,20}(---|\+\+\+)[ \t]*\r?\n/.exec(text.slice(0, 60));
  if (open === null) return none;
  const head = text.slice(open[0].length, open[0].length + MAX_FRONT_MATTER);
  const close = (open[1] === '---' ? /^(?:---|\.\.\.)[ \t]*\r?$/m : /^\+\+\+[ \t]*\r?$/m).exec(head);
  if (close === null) return none;
  const inside = head.slice(0, close.index);
  const body = text.slice(open[0].length + close.index + close[0].length).replace(/^\n/, '');
  return open[1] === '+++' ? { data: tomlData(inside), body, problem: null } : { body, ...(await yamlData(inside)) };
}

async function yamlData(text: string): Promise<{ data: RawRecord; problem: string | null }> {
  const { parseDocument } = await import('yaml');
  try {
    // YAML 1.1's "yes" and times of day are no use here, and aliases only serve to blow data up.
    const document = parseDocument(text, { schema: 'core', logLevel: 'silent', uniqueKeys: false });
    if (document.errors.length > 0) return { data: looseData(text), problem: 'the front matter is not valid YAML' };
    const data: unknown = document.toJS({ maxAliasCount: 20 });
    return { data: isRecord(data) ? data : {}, problem: null };
  } catch {
    return { data: looseData(text), problem: 'the front matter is not valid YAML' };
  }
}

/** "key: value" lines of damaged YAML, and lists below "key:", of which "name: value" is the value. */
function looseData(text: string): RawRecord {
  const out = pairsOf(text, /^([\w-]{1,40}):[ \t]+(\S.*)$/gm) as Record<string, unknown>;
  for (const m of text.matchAll(/^([\w-]{1,40}):[ \t]*\r?\n((?:[ \t]{0,20}-[ \t]\S.*\r?(?:\n|$))+)/gm))
    if (!(m[1] in out))
      out[m[1]] = [...m[2].matchAll(/-[ \t](?:name:[ \t]{1,20})?(["']?)(\S.*?)\1\r?$/gm)].map((item) => item[2]);
  return out;
}

/** "key = value": strings, numbers and lists of strings. Keys of tables below do not replace those on top. */
function tomlData(text: string): RawRecord {
  return pairsOf(text, /^[ \t]*"?([\w.-]{1,40})"?[ \t]*=[ \t]*(\[[^[\]]{0,5000}\]|\S.*)$/gm);
}

function pairsOf(text: string, pattern: RegExp): RawRecord {
  const out = Object.create(null) as Record<string, unknown>;
  for (const m of text.matchAll(pattern)) {
    if (m[1] in out) continue;
    const value = m[2].trim();
    if (value.startsWith('[')) out[m[1]] = [...value.matchAll(/"([^"]*)"|'([^']*)'/g)].map((q) => q[1] ?? q[2]);
    else out[m[1]] = /^("{3}|'{3}|["'])(.*)\1/.exec(value)?.[2] ?? value;
  }
  return out;
}
