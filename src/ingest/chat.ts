import type { RawRecord } from './fields.js';

/** A message of a chat as its program exports it, and the line it begins on. */
interface Message {
  readonly record: RawRecord;
  readonly line: number;
}

/** What a chat holds, and how many lines in it the program itself wrote. */
export interface Chat {
  readonly messages: readonly Message[];
  readonly system: number;
}

const DATE =
  '(\\d{1,4}[/.-]\\d{1,2}[/.-]\\d{2,4}),? (\\d{1,2}[:.]\\d{2}(?:[:.]\\d{2})?(?:[\\s\u202f][ap]\\.?[\\s\u202f]?m\\.?)?)';
/** "12/31/18, 9:00 PM - Ann: …" and "[31.12.18, 21:00:00] Ann: …"; without a name it is the program that speaks. */
const BEGINS = new RegExp(`^[\u200e\u200f]?(?:${DATE} - |\\[${DATE}\\] )(?:([^:\\n]{1,80}): )?(.*)$`, 'iu');
/** What stands in place of a message that is no text; what a program says itself begins with a mark that shows nothing. */
const NO_TEXT =
  /^\u200e|^<?(?:media|image|video|audio|sticker|gif|document|contact card)[^.]{0,30}(?:omitted|attached)>?$|^(?:this message was deleted|you deleted this message|null)\.?$/i;
/** Lines that are read to see whether a text is a chat, and how many of them begin a message at least. */
const [LOOKED_AT, FEWEST] = [40, 3];

/** The messages of a chat that WhatsApp exported as text; null for any other text. */
export function chatIn(text: string): Chat | null {
  const lines = text.split(/\r?\n/);
  const first = lines.findIndex((line) => line.trim() !== '');
  if (first < 0 || !BEGINS.test(lines[first]!)) return null;
  if (lines.filter((line) => BEGINS.test(line)).slice(0, LOOKED_AT).length < FEWEST) return null;
  const messages: { record: { author: string; date: string; text: string }; line: number }[] = [];
  let system = 0;
  let open = false;
  lines.forEach((line, i) => {
    const found = BEGINS.exec(line);
    if (found === null) {
      if (open) messages.at(-1)!.record.text += `\n${line}`;
      return;
    }
    const [, d1, t1, d2, t2, author, said] = found;
    open = author !== undefined && !NO_TEXT.test(said!.trim());
    if (!open) system++;
    else {
      const date = `${d1 ?? d2} ${(t1 ?? t2)!.replace(/\u202f/g, ' ')}`;
      messages.push({ record: { author: author!.trim(), date, text: said! }, line: i + 1 });
    }
  });
  return { messages, system };
}
