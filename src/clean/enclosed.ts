/** Stretches from each `open` to the next `close` after it, where they are at most `longest` apart. Linear time. */
export function enclosed(text: string, open: string, close: string, longest: number): [number, number][] {
  const out: [number, number][] = [];
  let end = -1;
  for (let at = text.indexOf(open); at >= 0; at = text.indexOf(open, at)) {
    if (end < at + open.length) end = text.indexOf(close, at + open.length);
    if (end < 0) break;
    if (end - at <= longest) {
      out.push([at, end + close.length]);
      at = end + close.length;
    } else at += open.length;
  }
  return out;
}
