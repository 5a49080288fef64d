import { Unread, type Parts } from './parts.js';
import { readXml, type XmlEvents } from './xml.js';

/** The file inside a .docx that holds its text, and its largest size once unpacked. */
const DOCUMENT = 'word/document.xml';
const MAX_DOCUMENT = 64_000_000;
/** Elements of WordprocessingML, of either edition of ISO/IEC 29500. */
const WORD = /\/wordprocessingml(?:\/2006)?\/main$/;
/** What is not the text: a second shape of a drawing or text box for older programs, what was deleted, names of fields. */
const ASIDE: ReadonlySet<string> = new Set(['Fallback', 'del', 'moveFrom', 'delText', 'instrText']);

/**
 * The text of a .docx, its paragraphs apart by an empty line; headers, footers, notes and comments are not read.
 *
 * @returns null where there is none or it is damaged, and for a text of more than 64 MB
 */
export async function docxText(parts: Parts): Promise<string | null> {
  const document = await documentIn(parts);
  if (document === null) return null;
  const paragraphs: string[] = [];
  let own = '';
  /** What every open element is, and how many of them are no text. */
  const open: string[] = [];
  let aside = 0;
  const events: XmlEvents = {
    open({ uri, local }) {
      const name = WORD.test(uri) || local === 'Fallback' ? local : '';
      open.push(name);
      if (ASIDE.has(name)) aside++;
      if (aside > 0) return;
      if (name === 'tab') own += '\t';
      else if (name === 'br' || name === 'cr') own += '\n';
      else if (name === 'noBreakHyphen') own += '-';
    },
    text(text) {
      if (aside === 0 && open.at(-1) === 't') own += text;
    },
    close() {
      const name = open.pop()!;
      if (ASIDE.has(name)) aside--;
      if (name !== 'p') return;
      paragraphs.push(own);
      own = '';
    },
    loose: () => undefined,
  };
  const broken = await readXml(document, '', 1, events);
  return broken !== null && paragraphs.length === 0 ? null : paragraphs.join('\n\n');
}

async function documentIn(parts: Parts): Promise<Uint8Array | null> {
  try {
    const document = await parts.part(DOCUMENT);
    return document === null || document.length > MAX_DOCUMENT ? null : document;
  } catch (error) {
    if (error instanceof Unread) return null;
    throw error;
  }
}
