import type { Edit, Mapped } from './mapped.js';

/** What only quoted-printable leaves behind: a space at the end of a line, attributes of HTML, letters of UTF-8. */
const TELLING = /=(?:20(?=\s|$)|3D(?=["'=])|E2=80=[89A-F][0-9A-F]|C[23]=[89AB][0-9A-F])/g;
/** Fewer may be talk of it, or an address. */
const FEWEST = 2;
/** A line that was broken where it was too long, or bytes that are no letters of ASCII; the sign itself, space and tab. */
const CODES = /=\r?\n|(?:=(?:[89A-F][0-9A-F]|3D|09|20(?=[\s=]|$)))+/g;

/**
 * Mail forwarded by old programs keeps the codes it was sent in (quoted-printable, RFC 2045): "word=20", "don=E2=80=99t", lines that
 * end in "=". They say which program it went through, and become what they stand for.
 */
export function withoutTransferCodes(mapped: Mapped): Mapped {
  const { text } = mapped;
  if ((text.match(TELLING) ?? []).length < FEWEST) return mapped;
  const edits = Array.from(text.matchAll(CODES), ({ 0: codes, index: start }): Edit => {
    const end = start + codes.length;
    return { start, end, put: codes.includes('\n') ? '' : decoded(codes, text.slice(end, end + 1)), reason: null };
  });
  return mapped.apply(edits);
}

function decoded(codes: string, next: string): string {
  const bytes = Buffer.from(codes.replaceAll('=', ''), 'hex');
  const text = bytes.toString('utf8');
  const letters = text.includes('\ufffd') ? new TextDecoder('windows-1252').decode(bytes) : text;
  // Spaces are written so at the end of a line, where they are nobody's.
  return next.trim() === '' ? letters.trimEnd() : letters;
}
