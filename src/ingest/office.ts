import { docxText } from './docx.js';
import type { Reading } from './draft.js';
import { readOpenDocument } from './odf.js';
import { partsOf } from './parts.js';
import { readText } from './text.js';
import { readWorkbook } from './xlsx.js';

/**
 * Reads a zip archive that is a document: .docx, .xlsx, .odt or .ods.
 *
 * @returns false for any other, and for one whose list of files is damaged
 */
export async function readDocument(into: Reading): Promise<boolean> {
  const parts = await partsOf(into.file.bytes);
  if (parts === null) return false;
  if (parts.named(/^xl\/workbook\d*\.xml$/).length > 0) return readWorkbook(parts, into);
  if (parts.named(/^content\.xml$/).length > 0) return readOpenDocument(parts, into);
  const text = await docxText(parts);
  if (text === null) return false;
  await readText(text, 'text', into, { lined: false });
  return true;
}
