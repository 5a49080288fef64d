import { isUtf8 } from 'node:buffer';

/** A file's text as UTF-8, and what had to be assumed to get it. */
export interface Decoded {
  /** UTF-8 without a byte-order mark; bytes that are none remain where `firstBadLine` says so. */
  readonly bytes: Uint8Array;
  /** WHATWG label of what it was read as. */
  readonly encoding: string;
  /** 1-based line of the first bytes that are not UTF-8 in a mostly UTF-8 file; null when all is well. */
  readonly firstBadLine: number | null;
}

const HEAD = 65_536;
/** Largest file that is turned from another encoding in one piece (a string holds 512 million units). */
const MAX_TURNED = 256_000_000;

/**
 * Decides how bytes are to be read: byte-order marks, strict UTF-8, UTF-16 without a mark, the encoding the document
 * names, the single- or double-byte encoding that reads most naturally, and else UTF-8 with a few damaged places.
 *
 * @param hint an encoding the document names itself (HTML meta charset), or null
 * @returns null for binary content
 */
export function decode(bytes: Uint8Array, hint: string | null = null): Decoded | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return turned(bytes, 'utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return turned(bytes, 'utf-16be');
  const body = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
  const head = body.subarray(0, HEAD);
  if (kindOf(head) !== null) return null;
  const wide = wideEncoding(head);
  if (wide !== null) return turned(bytes, wide);
  if (isBinary(head)) return null;
  if (isUtf8(body)) return { bytes: body, encoding: 'utf-8', firstBadLine: null };
  const damaged: Decoded = { bytes: body, encoding: 'utf-8', firstBadLine: firstBadLine(body) };
  if (body.length > MAX_TURNED) return damaged;
  const named = hint === null || /^utf-?(?:8|16(?:[bl]e)?)$/i.test(hint) ? null : turned(body, hint);
  if (named !== null) return named;
  const sample = sampleOf(body);
  const loose = new TextDecoder().decode(sample);
  const bad = loose.match(/\uFFFD+/g)?.length ?? 0;
  const good = loose.match(/[^\0-\x7f\uFFFD]/g)?.length ?? 0;
  const likely = bad > good ? mostNatural(sample) : null;
  return (likely === null ? null : turned(body, likely)) ?? damaged;
}

/** The whole as a string. @throws RangeError-like errors beyond 512 million units: cap the size before. */
export function textOf(decoded: Decoded): string {
  return new TextDecoder().decode(decoded.bytes);
}

/** Pieces of at most about 16 MB that end at line breaks, so that a file may be longer than a string. */
export function* pieces(bytes: Uint8Array, size = 16_000_000): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length;) {
    let end = bytes.length;
    if (at + size < bytes.length) {
      const breakAt = bytes.indexOf(10, at + size);
      if (breakAt >= 0) end = breakAt + 1;
    }
    yield bytes.subarray(at, end);
    at = end;
  }
}

/** @returns null for an unknown label */
function turned(bytes: Uint8Array, encoding: string): Decoded | null {
  try {
    const text = stringOf(bytes, encoding);
    return { bytes: new TextEncoder().encode(text), encoding: new TextDecoder(encoding).encoding, firstBadLine: null };
  } catch {
    return null;
  }
}

/** What windows-1252 has where Latin-1 has control characters, 0x80 … 0x9f. */
const C1 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** Node 20 decodes windows-1252 as Latin-1; here its quotation marks come out too. @throws RangeError for unknown labels */
export function stringOf(bytes: Uint8Array, encoding: string): string {
  const decoder = new TextDecoder(encoding);
  const text = decoder.decode(bytes);
  return decoder.encoding === 'windows-1252' ? text.replace(/[\x80-\x9f]/g, (c) => C1[c.charCodeAt(0) - 0x80]) : text;
}

/** UTF-16 of a text with many Latin letters, spaces and line breaks: every other byte is 0. */
function wideEncoding(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const zeros = [0, 0];
  for (let i = 0; i < head.length; i++) if (head[i] === 0) zeros[i % 2]++;
  const [even, odd] = zeros;
  if (even + odd < head.length * 0.3) return null;
  if (odd > 20 * even) return 'utf-16le';
  return even > 20 * odd ? 'utf-16be' : null;
}

/** What files that hold no text begin with, what they are, and as what their articles can be read. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [
    /^PK\x03\x04/,
    'a zip archive, as are documents, and holds none of those that are read (.docx, .xlsx, .odt, .ods), or is damaged. Unpack it, or save it as CSV, text or HTML',
  ],
  [
    /^\xd0\xcf\x11\xe0/,
    'a file of an old Office program, or a document locked with a password. Save it as .xlsx or .docx without one',
  ],
  [/^\{\\rtf/, 'rich text (RTF) of more than 64 MB. Save it as text'],
  [/^SQLite format 3/, 'an SQLite database. Export its table of articles as CSV'],
  [/^(?:BZh|\xfd7zXZ|7z\xbc\xaf|Rar!|\x28\xb5\x2f\xfd|\x1f\x8b)/, 'a packed file. Unpack it'],
  [/^(?:\x89PNG|\xff\xd8\xff|GIF8)/, 'a picture'],
];

/** What a file is that holds no text, and what to do; null where its first bytes do not tell. */
export function kindOf(bytes: Uint8Array): string | null {
  const magic = String.fromCharCode(...bytes.subarray(0, 16));
  const tar = String.fromCharCode(...bytes.subarray(257, 262)) === 'ustar';
  if (tar) return 'a tar archive. Unpack it and give the folder, or pack that as .zip';
  return KINDS.find(([begins]) => begins.test(magic))?.[1] ?? null;
}

/** A zero byte in 200; a control character in 20. */
function isBinary(head: Uint8Array): boolean {
  let zeros = 0;
  let controls = 0;
  for (const b of head) {
    if (b === 0) zeros++;
    else if (b < 32 && b !== 9 && b !== 10 && b !== 12 && b !== 13 && b !== 27) controls++;
  }
  return zeros > head.length / 200 || controls > head.length / 20;
}

function firstBadLine(bytes: Uint8Array): number {
  let line = 1;
  for (let at = 0; at < bytes.length; line++) {
    const breakAt = bytes.indexOf(10, at);
    const end = breakAt < 0 ? bytes.length : breakAt + 1;
    if (!isUtf8(bytes.subarray(at, end))) break;
    at = end;
  }
  return line;
}

/** Up to 64 KB around the first byte above ASCII. */
function sampleOf(bytes: Uint8Array): Uint8Array {
  const first = Math.max(
    0,
    bytes.findIndex((b) => b >= 0x80),
  );
  return bytes.subarray(first, first + HEAD);
}

/** Characters that make up most of what is above ASCII in a text of the encoding; units of bytes they take. */
const NATURAL: readonly (readonly [label: string, common: RegExp, bytes: number])[] = [
  ['windows-1252', /[éèàçêùôîâûëïäöüßñóíáúãõåæøÄÖÜÉ’“”‘–—…«»°£€©®™·\u00a0]/g, 1],
  ['windows-1250', /[ąćęłńóśźżáčďéěíňřšťúůýžőűăşţŁŚŻŠČŽ’“”„–]/g, 1],
  ['windows-1251', /[а-яё«»—–№]/g, 1],
  ['koi8-r', /[а-яё]/g, 1],
  ['windows-1253', /[α-ωάέήίόύώϊϋ«»΄]/g, 1],
  ['windows-1256', /[\u0621-\u064aپچژگ،؛؟]/g, 1],
  ['windows-1255', /[א-ת]/g, 1],
  ['gb18030', /[的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年，。、]/g, 5],
  ['big5', /[的一是不了在人有我他這中大來上國個到說們為子和你地出道也時年，。、]/g, 5],
  ['shift_jis', /[ぁ-んァ-ン、。]/g, 3],
  ['euc-jp', /[ぁ-んァ-ン、。]/g, 3],
  ['euc-kr', /[가-힣]/g, 2],
];

/** @returns the encoding in which at least half of the bytes above ASCII are everyday letters; null when none does */
function mostNatural(sample: Uint8Array): string | null {
  let high = 0;
  let inRuns = 0;
  sample.forEach((b, i) => {
    if (b < 0x80) return;
    high++;
    if (sample[i - 1] >= 0x80 || sample[i + 1] >= 0x80) inRuns++;
  });
  // Words of other scripts are runs of such bytes; accents of Latin ones stand alone.
  const candidates = inRuns > high / 2 ? NATURAL : NATURAL.slice(0, 2);
  let best: string | null = null;
  let bestShare = 0.5;
  for (const [label, common, bytes] of candidates) {
    const text = stringOf(sample, label);
    const broken = text.match(/\uFFFD/g)?.length ?? 0;
    const share = ((text.match(common)?.length ?? 0) * bytes - broken * 3) / high;
    if (share > bestShare) {
      best = label;
      bestShare = share;
    }
  }
  return best;
}
