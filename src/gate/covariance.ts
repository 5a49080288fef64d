/**
 * Two-covariance model of one view (Brümmer & de Villiers 2010; the simplest PLDA): articles of one byline scatter around a
 * centre with one variance on every axis, centres scatter around nought with a variance for each axis.
 */
export interface TwoCovariance {
  readonly dims: number;
  /** Variance inside bylines, by axis. */
  readonly within: number;
  /** Variance between centres, one an axis, in variances inside bylines. */
  readonly between: Float64Array;
}

/** Share of a mean axis in each axis' variance between bylines: few bylines do not measure two hundred of them. */
const MEAN_AXIS = 0.5;
/** Articles that a byline counts for, at most, where the variance between bylines is measured. */
const COUNTED = 4;
const LEAST = 1e-3;

/**
 * Fits the model by moments on rows of length 1.
 *
 * @param sums of each byline's rows, bylines × dims
 * @param articles rows of each byline
 * @returns null where no byline has two articles: what differs inside bylines is then unknown
 */
export function fitTwoCovariance(sums: Float32Array, articles: Float64Array, dims: number): TwoCovariance | null {
  const bylines = articles.length;
  let [off, rows, weight] = [0, 0, 0];
  const mean = new Float64Array(dims);
  for (let b = 0; b < bylines; b++) {
    const n = articles[b]!;
    if (n === 0) continue;
    let squares = 0;
    const counted = Math.min(n, COUNTED);
    for (let k = 0; k < dims; k++) {
      squares += sums[b * dims + k]! ** 2;
      mean[k]! += (counted * sums[b * dims + k]!) / n;
    }
    weight += counted;
    if (n < 2) continue;
    // Rows have length 1, so that what a byline's centre does not hold is scatter.
    off += (n / (n - 1)) * Math.max(0, n - squares / n);
    rows += n;
  }
  if (rows === 0 || off <= 0) return null;
  const within = off / rows / dims;
  const between = new Float64Array(dims);
  for (let b = 0; b < bylines; b++) {
    const n = articles[b]!;
    const share = n === 0 ? 0 : Math.min(n, COUNTED) / weight;
    for (let k = 0; share > 0 && k < dims; k++)
      between[k]! += share * ((sums[b * dims + k]! / n - mean[k]! / weight) ** 2 - within / n);
  }
  for (let k = 0; k < dims; k++) between[k] = Math.max(0, between[k]! / within);
  const level = Math.max(LEAST, between.reduce((s, v) => s + v, 0) / dims);
  return { dims, within, between: between.map((v) => (1 - MEAN_AXIS) * v + MEAN_AXIS * level) };
}

/** What follows from a number of articles, by axis: factor of row · sum, and of the sum's and the row's squares. */
interface Amount {
  readonly product: Float64Array;
  readonly sumSquare: Float64Array;
  readonly rowSquare: Float64Array;
  /** Sum of the logarithms of the variances. */
  readonly level: number;
}

function amountOf({ dims, within, between }: TwoCovariance, n: number): Amount {
  const out = {
    product: new Float64Array(dims),
    sumSquare: new Float64Array(dims),
    rowSquare: new Float64Array(dims),
  };
  let level = 0;
  for (let k = 0; k < dims; k++) {
    const l = between[k]!;
    const toCentre = l / (n * l + 1);
    const variance = 1 + toCentre;
    const precision = 1 / (within * variance);
    out.product[k] = toCentre * precision;
    out.sumSquare[k] = -0.5 * toCentre * toCentre * precision;
    out.rowSquare[k] = -0.5 * precision;
    level += Math.log(variance);
  }
  return { ...out, level };
}

/**
 * Measures rows against bylines: natural log likelihood ratio that the byline wrote a row against any writer's having
 * written it, divided by the root of the number of axes. A byline of no articles gives 0.
 */
export class CentreRatios {
  private readonly amounts = new Map<number, Amount>();
  private readonly none: Amount;

  constructor(private readonly model: TwoCovariance) {
    this.none = this.amount(0);
  }

  /** @param sum of the byline's rows, starting at `at` */
  ratio(row: Float32Array, sum: Float32Array, at: number, articles: number): number {
    if (articles <= 0) return 0;
    const { product, sumSquare, rowSquare, level } = this.amount(articles);
    const { none } = this;
    const ofNone = none.rowSquare;
    let out = 0;
    for (let k = 0; k < row.length; k++) {
      const x = row[k]!;
      const s = sum[at + k]!;
      out += product[k]! * x * s + sumSquare[k]! * s * s + (rowSquare[k]! - ofNone[k]!) * x * x;
    }
    return (out - (level - none.level) / 2) / Math.sqrt(this.model.dims);
  }

  private amount(articles: number): Amount {
    let known = this.amounts.get(articles);
    if (known === undefined) this.amounts.set(articles, (known = amountOf(this.model, articles)));
    return known;
  }
}
