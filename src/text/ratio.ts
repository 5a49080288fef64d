/**
 * A log10 LR with one decimal. Where rounding would carry it to the next whole number it is cut: the bounds of the words for
 * strengths are whole numbers, and "moderate, 2.0" beside "strong, 2.0" would be read as a mistake.
 */
export function ratioText(log10LR: number): string {
  const text = log10LR.toFixed(1);
  if (Number(text) === 0) return '0.0';
  const crossed = Math.trunc(Number(text)) !== Math.trunc(log10LR);
  return crossed ? (Math.trunc(log10LR * 10) / 10).toFixed(1) : text;
}
