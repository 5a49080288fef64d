const STEERING = /[\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/**
 * JSON text with six significant digits and with escapes for every character that steers a terminal or ends a line.
 *
 * @param unmeasured what stands for a number that is not finite
 */
export function jsonText(value: unknown, indent = 0, unmeasured: 0 | null = 0): string {
  const shown = (v: number): number | null => (Number.isFinite(v) ? sixDigits(v) : unmeasured);
  const text = JSON.stringify(value, (_, v: unknown) => (typeof v === 'number' ? shown(v) : v), indent);
  return text.replace(STEERING, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

export function sixDigits(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(6)) : 0;
}

/** True for an object of JSON that is no list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
