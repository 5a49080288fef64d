const COLOUR = /\u001b\[\d+(?:;\d+)*m/gu;
const width = (text: string): number => text.replace(COLOUR, '').length;

/** Narrower than this nothing can be read anyway. */
const NARROWEST = 20;

/**
 * Text for a terminal that is narrower than its lines: they are broken at spaces, and what follows stands under what the line
 * begins with. The terminal would break them inside words. Rows of tables are left.
 */
export function folded(text: string, columns: number): string {
  const room = Math.max(NARROWEST, columns);
  return text
    .split('\n')
    .map((line) => (width(line) <= room || line.startsWith('|') ? line : foldedLine(line, room)))
    .join('\n');
}

function foldedLine(line: string, room: number): string {
  const begins = /^\s*(?:[-+>] |\d+\. )?/u.exec(line.replace(COLOUR, ''))![0].length;
  const indent = ' '.repeat(Math.min(begins, room / 2));
  const lead = /^(?:\u001b\[\d+(?:;\d+)*m|\s)*/u.exec(line)![0];
  const [first, ...words] = line.slice(lead.length).split(' ');
  const lines = [lead + first!];
  for (const word of words) {
    const last = lines.length - 1;
    if (width(lines[last]!) + 1 + width(word) > room) lines.push(indent + word);
    else lines[last] += ` ${word}`;
  }
  return lines.join('\n');
}
