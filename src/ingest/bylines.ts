import { withoutHidden } from '../text/visible.js';
import type { BylineKind } from '../types/types.js';
import { GENERATION, isBesideName, isDesk, isNobody, isOtherWork, isSurnameToo } from './desks.js';

export { isCode, isDesk } from './desks.js';
export { mergeBylines } from './merge.js';

/** A printed byline, taken apart. */
export interface ParsedByline {
  /** Names in printed order, each once, hidden characters removed, at most 200 long; empty when none was printed. */
  readonly names: readonly string[];
  /** 'person' when any name is a person's; then desks beside it are left out of `names`. */
  readonly kind: BylineKind;
  /** "Rome" of "By A. Writer in Rome"; null when none is printed. */
  readonly place: string | null;
  /** True when control, bidirectional or zero-width characters had to be removed. */
  readonly hadHidden: boolean;
}

const MAX_NAME = 200;
const MAX_RAW = 2000;
const MAX_NAMES = 50;

/** "By", "Written by:", and the same in other languages; those that are also name particles are in PARTICLE. */
const PREFIX =
  /^(?:(?:(?:written|posted|reported|published|submitted|story|text|words|analysis|opinion|article|reporting|column|review|commentary|interview|interviewed)\s+)?by|بقلم|كتب|کتبه|نوشتهٔ?|نویسنده|الكاتب|автор|текст|από|作者|文|記者|记者|author|autor|auteur|autore)(?:\s*[:：/]\s*|\s+)(?=\S)/iu;
/** "本报记者 王小明", "記者王小明", "执笔：王小明", "글: 김철수", "מאת: יוסי כהן". */
const PREFIX_UNSPACED =
  /^(?:本[报報社刊]|特[约約]|[见見实實][习習]|[资資]深)*(?:(?:[记記]者|通[讯訊][员員]|[评評][论論][员員])[\s:：/／]*(?=\p{Script=Han})|(?:撰文|[执執][笔筆]|筆者|著者|글|מאת)\s*[:：/／]\s*)/u;
/** Place or role behind a name: "／台北報導", "김철수 기자". */
const SUFFIX_UNSPACED =
  /\s*[／/]\s*\p{Script=Han}{1,10}(?:[报報][道導]|[电電])$|(?<=\p{Script=Hangul})\s+(?:기자|특파원|논설위원|칼럼니스트)$/u;
const PARTICLE = /^(?:por|von|par|di|door|av|af)(?:\s*:\s*(?=\S)|\s+(?=\p{Lu}[\p{L}.'’-]*\s+\p{L}[\p{L}.'’-]*))/iu;
const PLACE = /\s+in\s+(\p{Lu}[\p{L}.'’-]*(?:,?\s+(?:(?:of|and|the|de|al)\s+)?\p{Lu}[\p{L}.'’-]*){0,3})$/u;
const MAIL = /(?:mailto:)?[<(]?[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,5}[>)]?/giu;

/**
 * Takes a byline field apart: "By A. Writer and B. Writer in Rome", "A. Writer, Contributor", lists, "Staff", "18F".
 * Web addresses stay as they are; an e-mail address beside a name is dropped, alone it is the name.
 */
export function parseByline(raw: string | readonly string[]): ParsedByline {
  const parts = (typeof raw === 'string' ? [raw] : raw).slice(0, MAX_NAMES).map((part) => part.slice(0, MAX_RAW));
  const names: string[] = [];
  let place: string | null = null;
  for (const part of parts) {
    const parsed = parsePart(shown(part));
    place ??= parsed.place;
    for (const name of parsed.names) if (!names.includes(name) && names.length < MAX_NAMES) names.push(name);
  }
  const persons = names.filter((name) => !isDesk(name));
  return {
    names: persons.length > 0 ? persons : names,
    kind: persons.length > 0 ? 'person' : names.length > 0 ? 'desk' : 'none',
    place,
    hadHidden: parts.some(hasHidden),
  };
}

function hasHidden(text: string): boolean {
  return stripped(text).replace(/\s/gu, '') !== text.replace(/\s/gu, '');
}

/** Letters and signs that show nothing, as wide as a space; and what is no control character and shows nothing either. */
const BLANK = /[\u2800\u3164\uffa0]/gu;
const UNSEEN = /(?![\u200c\u200d])\p{Default_Ignorable_Code_Point}/gu;

/** No hidden characters; joiners stay only inside words of scripts that are written with them (Persian, Hindi). */
function stripped(text: string): string {
  const letter = '(?![\\p{Script=Latin}\\p{Script=Cyrillic}\\p{Script=Greek}])[\\p{L}\\p{M}]';
  return withoutHidden(text.replace(BLANK, ' ').replace(UNSEEN, ''))
    .replace(new RegExp(`(?<!${letter})[\u200c\u200d]+`, 'gu'), '')
    .replace(new RegExp(`[\u200c\u200d]+(?!${letter})`, 'gu'), '');
}

/** Terminal sequences: a title up to its bell or ESC \\, a colour or movement, the beginning of either. */
const TERMINAL =
  /(?:\u001b\]|\u009d)(?:[^\u0007\u001b\u009c]{0,500}(?:\u0007|\u001b\\|\u009c)|[0-9]*;?)|(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]?/gu;

/** What pages dress a name in: "<a href=…>Ann Writer</a>". An address in such brackets is none, nor a name that is nothing else. */
const TAG = /<\/?[a-z][a-z0-9]{0,10}(?:\s[^<>]{0,1000})?\/?>/giu;

/** The text as it may be shown: no mark-up, NFC, no terminal sequences, no hidden characters, single spaces. */
function shown(text: string): string {
  const undressed = text.includes('<') ? text.replace(TAG, ' ') : text;
  const plain = (undressed.trim() === '' ? text : undressed).replace(TERMINAL, '');
  return stripped(plain.replace(/\s+/gu, ' ')).normalize('NFC').replace(/\s+/gu, ' ').trim();
}

interface Parsed {
  readonly names: readonly string[];
  readonly place: string | null;
}

function parsePart(text: string): Parsed {
  if (/^(?:https?:\/\/|www\.)/iu.test(text)) return { names: [capped(text)], place: null };
  const mail = text.match(MAIL);
  const bare = mail === null ? text : trimmed(text.replace(MAIL, ' '));
  if (bare === '')
    return { names: text === '' ? [] : [capped(trimmed(mail![0]).replace(/^mailto:|[<>()]/giu, ''))], place: null };
  const unprefixed = withoutPrefix(bare);
  if (isNobody(unprefixed)) return { names: [], place: null };
  if (!SEVERAL.test(unprefixed) && isDesk(unprefixed)) return { names: [capped(unprefixed)], place: null };
  const where = PLACE.exec(unprefixed);
  const rest = where === null ? unprefixed : unprefixed.slice(0, where.index);
  return { names: namesIn(withoutAside(rest)).map(capped), place: where === null ? null : where[1] };
}

function withoutPrefix(text: string): string {
  const bare = text.replace(/^[（【](.*)[）】]$/u, '$1').trim();
  const out = trimmed(bare.replace(PREFIX, '').replace(PREFIX_UNSPACED, '').replace(SUFFIX_UNSPACED, ''));
  return out === text ? trimmed(text.replace(PARTICLE, '')) : out;
}

const MONTH =
  '(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\\.?';
/** From where on a byline is a date, an outlet or a user name beside the name. */
const AFTER_NAME = new RegExp(
  `\\s+(?:(?:for|via)\\s+(?:the\\s+)?\\p{Lu}|on\\s+(?:\\p{Lu}\\p{L}+\\s+)?\\d|${MONTH}\\s+\\d{1,2}\\b|\\d{1,2}\\s+${MONTH}\\s+\\d{4}|@\\w{2,30}$).*$`,
  'u',
);

/** "Ann Writer (Reuters)" → "Ann Writer"; "(Ann Writer)" → "Ann Writer"; "Ann Writer for Reuters" → "Ann Writer". */
function withoutAside(text: string): string {
  const outside = trimmed(text.replace(/[([（【][^()[\]（）【】]*[)\]）】]/gu, ' '));
  const kept = outside === '' ? trimmed(text.replace(/[()[\]（）【】]/gu, ' ')) : outside;
  return kept.replace(AFTER_NAME, '');
}

/** Certainly more than one thing: not "Science and Technology Desk". */
const SEVERAL = /[,;|、，；]|\s[-–—/]\s|^\S+\s\S.*\s(?:and|&|with)\s/iu;
const BETWEEN =
  /\s*[;|•،、，；／]\s*|\s+[-–—/·]\s+|\s+(?:and|with|und|et|as told to|interviewed by|in conversation with)\s+|\s*&\s*/iu;
/** Joins that also stand inside names ("Ortega y Gasset"): they part names only between two full ones. */
const BETWEEN_FULL = /^(\S+\s.*?)\s+(?:y|e|i|и|και|و)\s+(\S+\s.*)$/u;

/** "Ann Writer/Reuters": a stroke parts names where one side is more than a word; "Writer 3/DE007" is one account. */
function atStrokes(group: string): readonly string[] {
  const sides = group.split('/');
  return sides.length > 1 && sides.every((s) => /^\p{Lu}[^\s\d]\D*$/u.test(s)) && sides.some((s) => s.includes(' '))
    ? sides
    : [group];
}

function namesIn(text: string): string[] {
  const out: string[] = [];
  for (const group of text.split(BETWEEN).flatMap(atStrokes)) {
    for (const piece of commaPieces(trimmed(group))) {
      const full = BETWEEN_FULL.exec(piece);
      for (const name of full === null ? [piece] : [full[1], full[2]]) {
        const clean = withoutPrefix(trimmed(name)).replace(PLACE, '');
        if (clean === '' || isNobody(clean)) continue;
        if (out.length > 0 && GENERATION.test(clean)) out[out.length - 1] += ` ${clean}`;
        else if (out.length === 0 ? !isOtherWork(clean) : !(isBesideName(clean) || isDesk(clean))) out.push(clean);
      }
    }
  }
  return out.length > 1 && isBesideName(out[0]) && !isBesideName(out[1]) ? out.slice(1) : out;
}

/** Parts at commas. "Writer, Ann" is one name; after a full name a single word is a place or an outlet, no name. */
function commaPieces(group: string): string[] {
  const pieces = group.split(/\s*,\s*/u).filter((p) => p !== '');
  if (pieces.length < 2) return pieces;
  const [first, second, ...others] = pieces;
  const surnameFirst =
    /^\p{Lu}[\p{L}'’-]+$/u.test(first) &&
    /^\p{Lu}[\p{L}'’.-]*(?: \p{Lu}[\p{L}'’.-]*)?$/u.test(second) &&
    (isSurnameToo(first) || !(isBesideName(first) || isDesk(first))) &&
    !(isBesideName(second) || GENERATION.test(second) || isDesk(second)) &&
    others.every((other) => isBesideName(other) || isDesk(other) || GENERATION.test(other));
  if (surnameFirst) return [`${second} ${first}`, ...others.filter((other) => GENERATION.test(other))];
  // "Reuters, London"
  if (isDesk(first)) return [first, ...pieces.slice(1).filter((p) => p.includes(' '))];
  const full = first.includes(' ');
  return pieces.filter((p, i) => i === 0 || !full || p.includes(' ') || GENERATION.test(p));
}

function trimmed(text: string): string {
  return text.replace(/\s+/gu, ' ').replace(/^[\s,;:|–—*_-]+|[\s,;:|–—*-]+$/gu, '');
}

/** At most 200 UTF-16 units, never ending in half a character. */
function capped(name: string): string {
  return name.length <= MAX_NAME
    ? name
    : name
        .slice(0, MAX_NAME)
        .replace(/[\ud800-\udbff]$/u, '')
        .trim();
}
