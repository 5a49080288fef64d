/** Made once each: `toLocaleString` looks its format up anew for every number. */
const FORMATS = [0, 1, 2].map(
  (digits) => new Intl.NumberFormat('en-US', { maximumFractionDigits: digits, minimumFractionDigits: 0 }),
);

/** A number with so many decimals at most, and commas between thousands. */
export function number(value: number, digits: 0 | 1 | 2 = 1): string {
  return FORMATS[digits]!.format(value);
}

/** Unit of the habits that are counted; the others are lengths and shares. */
export const COUNTED_UNIT = 'per 1,000 words';

/** Rates below 1 with two decimals: 0.04 is not 0. Writers' mean word lengths lie tenths of a letter apart. */
export function rate(value: number, unit: string): string {
  return number(value, Math.abs(value) < 1 || unit === 'letters' ? 2 : 1);
}

/** A number of things, in words: "1 article", "2,500 articles". */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${number(value, 0)} ${value === 1 ? one : many}`;
}

/** "about 320 times" for a log10LR of 2.5. */
export function times(log10LR: number): string {
  const ratio = 10 ** Math.abs(log10LR);
  return `about ${ratio < 10 ? ratio.toFixed(1) : number(Number(ratio.toPrecision(2)), 0)} times`;
}

export function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
