import { withoutHidden } from '../text/visible.js';
import type { BylineKind } from '../types.js';

/** A printed byline, taken apart. */
export interface ParsedByline {
  /** Names in printed order, hidden characters removed; empty when none was printed. */
  readonly names: readonly string[];
  readonly kind: BylineKind;
  /** True when control, bidirectional or zero-width characters had to be removed. */
  readonly hadHidden: boolean;
}

const MAX_LENGTH = 200;
const PREFIX =
  /^\s*(?:(?:written|posted|reported|story|text|words|analysis|opinion)\s+by|by|von|par|por|di|بقلم|کتبه|نوشته[ٔ]?)(?::\s*|\s+)(?=\S)/iu;
const DESK =
  /^(?:(?:our |the )?(?:staff|newsroom|editors?|admin|administrator|editorial(?: board| team| staff)?|news ?desk|web ?desk|agencies|guest author|contributor|contributors|anonymous|unknown|web ?master|team)(?: (?:writers?|reports?|reporters?|correspondents?|desk))?|reuters|ap|afp|associated press|agence france-presse|bloomberg|upi|tass|xinhua|wire services?|.* (?:staff|newsroom|editorial board|news service|news agency|desk|team|editors|wire))$/iu;
const ROLE =
  /\b(?:contributors?|correspondent|columnist|reporter|editor|writer|staff|guest|author|opinion|special to|analyst|fellow|professor|director|reuters|associated press|ap|afp|bloomberg|news|times|post|journal|guardian|bbc|cnn|desk|bureau|chief|freelance|ph\.?d|m\.?d|jr|sr)\b/iu;
const SUFFIX = /^(?:jr|sr|ii|iii|iv|ph\.?d|m\.?d|esq)\.?$/iu;

/** Takes a byline field apart: "By A. Writer and B. Writer in Rome", "A. Writer, Contributor", lists, "Staff". */
export function parseByline(raw: string | readonly string[]): ParsedByline {
  const parts = typeof raw === 'string' ? [raw] : raw;
  const names: string[] = [];
  let kind: BylineKind = 'none';
  for (const part of parts.slice(0, 50)) {
    const shown = withoutHidden(withoutEscapes(part.slice(0, 5000))).normalize('NFC');
    for (const name of typeof raw === 'string' ? split(shown) : [tidy(shown)]) {
      if (name === '' || names.includes(name)) continue;
      names.push(name);
      if (isDesk(name)) kind = kind === 'person' ? 'person' : 'desk';
      else kind = 'person';
    }
  }
  return { names, kind, hadHidden: parts.some(hidden) };
}

/** True for "Staff", an agency, "… editorial board", or a team's name in capitals and digits such as "18F". */
export function isDesk(name: string): boolean {
  return DESK.test(name) || (/\d/.test(name) && /^[\p{Lu}\d]{2,8}$/u.test(name) && /\p{Lu}/u.test(name));
}

function hidden(text: string): boolean {
  return withoutHidden(text).replace(/\s/g, '') !== text.replace(/\s/g, '');
}

/** Removes whole terminal escape sequences, not only their first character. */
function withoutEscapes(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/\u001b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-_])/g, '');
}

function split(text: string): string[] {
  if (/^\s*https?:\/\/\S+\s*$/i.test(text)) return [text.trim().slice(0, MAX_LENGTH)];
  const bare = tidy(text.replace(/[<(]?[\w.+-]+@[\w-]+\.[\w.]+[>)]?/g, ''));
  const withoutPlace = bare.replace(/\s+in\s+\p{Lu}[\p{L} .-]+(?:,\s*\p{Lu}[\p{L} .]+)?$/u, '');
  const lastFirst = /^([\p{Lu}][\p{L}'’-]+),\s+((?:\p{Lu}[\p{L}'’.-]*\s?){1,2})$/u.exec(withoutPlace);
  if (lastFirst !== null && !ROLE.test(lastFirst[2]!) && !SUFFIX.test(lastFirst[2]!))
    return [tidy(`${lastFirst[2]!.trim()} ${lastFirst[1]!}`)];
  const out: string[] = [];
  for (const piece of withoutPlace.split(/\s*(?:[;|،]|,|\s(?:and|with|und|et|y|e|و)\s|\s?&\s?)\s*/iu)) {
    const name = tidy(piece);
    if (name === '') continue;
    if (out.length > 0 && SUFFIX.test(name)) out[out.length - 1] += `, ${name}`;
    else if (out.length > 0 && (ROLE.test(name) || isDesk(name))) continue;
    else out.push(name);
  }
  return out;
}

function tidy(text: string): string {
  let out = text.replace(/\s+/g, ' ').trim();
  const bare = out.replace(PREFIX, '');
  if (bare !== '') out = bare;
  return out.replace(/^[\s,;:–—-]+|[\s,;:–—-]+$/g, '').slice(0, MAX_LENGTH);
}
