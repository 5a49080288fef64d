import type { Reading } from './draft.js';
import { readApart } from './pdf-thread.js';
import { readText } from './text.js';

/** Most bytes of a PDF. */
const MAX_BYTES = 64_000_000;

/** The text layer of a PDF: one article, or what a press database exports as one file. */
export async function readPdf(into: Reading): Promise<void> {
  const place = { path: into.file.path, line: null };
  const { bytes } = into.file;
  if (bytes.length > MAX_BYTES) {
    into.notices.at(place, 'too-large', `a PDF of ${bytes.length} bytes; at most ${MAX_BYTES} are read; passed over`);
    return;
  }
  const read = await readApart(bytes);
  if ('problem' in read) return into.notices.at(place, 'broken-pdf', `the PDF ${read.problem}; passed over`);
  const { text, pages, empty, count, about } = read;
  if (empty === pages) {
    const what = 'a PDF without a text layer: its pages are pictures, as a scanner makes them';
    return into.notices.at(
      place,
      'no-text-layer',
      `${what}; passed over. Have its text recognised (OCR) and give that`,
    );
  }
  if (empty > 0) into.notices.at(place, 'pages-without-text', `${empty} of ${pages} pages hold no text; the others are read`, 'info'); // prettier-ignore
  if (count > pages) into.notices.at(place, 'too-large', `a PDF of ${count} pages; the first ${pages} are read`); // prettier-ignore
  await readText(text, 'text', into, { lined: false, about });
}
