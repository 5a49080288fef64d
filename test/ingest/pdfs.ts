/** A line of text on a page: where it stands, in points from the lower left corner, and how high its letters are. */
export interface Printed {
  readonly text: string;
  readonly y: number;
  readonly x?: number;
  readonly size?: number;
}

const escaped = (text: string): string => text.replace(/[\\()]/g, '\\$&');

/** A PDF of some pages in Helvetica, with what its description and its trailer say. */
export function pdfOf(
  pages: readonly (readonly Printed[])[],
  {
    info = {},
    trailer = '',
    catalog = '',
  }: { info?: Readonly<Record<string, string>>; trailer?: string; catalog?: string } = {},
): Uint8Array {
  const kids = pages.map((_, i) => `${4 + 2 * i} 0 R`).join(' ');
  const said = Object.entries(info).map(([name, value]) => `/${name} (${escaped(value)})`);
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`,
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    ...pages.flatMap((lines, i) => {
      const drawn = lines.map(({ text, x = 72, y, size = 11 }) => `BT /F1 ${size} Tf 1 0 0 1 ${x} ${y} Tm (${escaped(text)}) Tj ET`); // prettier-ignore
      const content = drawn.join('\n');
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents ${5 + 2 * i} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
        `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
      ];
    }),
    `<< ${said.join(' ')} >>`,
  ];
  let out = '%PDF-1.4\n';
  const starts = objects.map((object, i) => {
    const at = out.length;
    out += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(at).padStart(10, '0')} 00000 n \n`;
  });
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${starts.join('')}`;
  out += `${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info ${objects.length} 0 R ${trailer} >>\nstartxref\n${out.length}\n%%EOF\n`;
  return Buffer.from(out, 'latin1');
}

/** Lines one below the other; an empty one leaves room, as above a paragraph. */
export function down(texts: readonly string[], from = 700): Printed[] {
  return texts.flatMap((text, i) => (text === '' ? [] : [{ text, y: from - 13 * i }]));
}
