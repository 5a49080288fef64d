import type { Email } from 'postal-mime';
import { addRecord, type Reading } from './draft.js';
import type { RawRecord } from './fields.js';
import { FIELDS, POSTMARK } from './format.js';
import type { Place } from './notices.js';

/** Largest mail read, with all that hangs on it, in bytes. */
const MAX_MAIL = 16_000_000;

/**
 * Mail: one in a file, or a mailbox (RFC 4155), as mailing lists and mail programs keep them. Every mail is an article: its writer
 * by name, or by address where there is none; its subject, date and text; the list it went through is the outlet.
 */
export async function readMail(into: Reading): Promise<void> {
  const { default: PostalMime } = await import('postal-mime');
  for (const mail of mailsIn(into.file.bytes)) {
    const place: Place = { path: into.file.path, line: mail.line };
    if (mail.bytes.length > MAX_MAIL) {
      into.notices.at(
        place,
        'too-large',
        `a mail of ${mail.bytes.length} bytes; at most ${MAX_MAIL} are read; passed over`,
      );
      continue;
    }
    try {
      const read = await PostalMime.parse(mail.bytes, { rfc822Attachments: true });
      addRecord(recordOf(read), place, into);
    } catch {
      into.notices.at(place, 'broken-mail', 'a mail that cannot be read; passed over');
    }
  }
}

function recordOf({ from, subject, date, messageId, headers, text, html }: Email): RawRecord {
  const list = headers.find(({ key }) => key === 'list-id')?.value;
  return {
    author: writerOf(from, list),
    title: subject ?? null,
    date: date ?? null,
    id: messageId?.replace(/^<|>$/g, '') ?? null,
    outlet: list === undefined ? null : (/<([^<>]+)>/.exec(list)?.[1] ?? list),
    text: text !== undefined && text.trim() !== '' ? text : (html ?? ''),
  };
}

/** "Ann Writer via River", as lists write that send in their own name. */
const VIA = /\s+via\s+\S.*$/i;

function writerOf(from: Email['from'], list: string | undefined): string | null {
  if (from === undefined) return null;
  const name = list === undefined ? from.name : from.name.replace(VIA, '');
  return name !== '' ? name : (from.address ?? null);
}

interface OneMail {
  readonly bytes: Uint8Array;
  /** In which it begins, from 1. */
  readonly line: number;
}

/** The mails of a mailbox, without their postmarks; a file without any is one mail. */
function* mailsIn(bytes: Uint8Array): Generator<OneMail> {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  let [from, line] = [-1, 1];
  let [begins, blank] = [1, true];
  for (let at = 0; at < text.length; line++) {
    const found = text.indexOf(10, at);
    const end = found < 0 ? text.length : found + 1;
    if (blank && text[at] === 70 && POSTMARK.test(text.toString('latin1', at, Math.min(end, at + 300)).trimEnd())) {
      if (from >= 0) yield { bytes: asSent(text.subarray(from, at)), line: begins };
      [from, begins] = [end, line];
    } else if (from < 0) [from, begins] = [at, line];
    blank = end - at === 1 || (end - at === 2 && text[at] === 13);
    at = end;
  }
  if (from >= 0) yield { bytes: asSent(text.subarray(from)), line: begins };
}

/** ">From " at the beginning of a line, which was "From " before the mail was put into a mailbox. */
const STUFFED = /^>(>*From )/gm;
/** "From: ann at example.org (Ann Writer)", as archives on the web hide addresses. */
const HIDDEN = /^(From: \S+) at (\S+ \()/im;

/** A mail as it was sent, before it was put into a mailbox or on the web. */
function asSent(mail: Buffer): Uint8Array {
  // Latin-1 keeps every byte a unit.
  const text = mail.toString('latin1');
  const fields = FIELDS.exec(text.replaceAll('\r\n', '\n'))?.[0] ?? '';
  const shown = HIDDEN.test(fields) ? text.replace(HIDDEN, '$1@$2') : text;
  const sent = shown.replace(STUFFED, '$1');
  return sent === text ? mail : Buffer.from(sent, 'latin1');
}
