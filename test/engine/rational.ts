/** A fraction in lowest terms, its denominator positive. */
export interface Rational {
  readonly over: bigint;
  readonly under: bigint;
}

export function fraction(over: bigint, under = 1n): Rational {
  let [a, b] = [over < 0n ? -over : over, under];
  while (b !== 0n) [a, b] = [b, a % b];
  const common = a === 0n ? 1n : a;
  const sign = under < 0n ? -1n : 1n;
  const shared = common < 0n ? -common : common;
  return { over: (sign * over) / shared, under: (sign * under) / shared };
}

const times = (a: Rational, b: Rational): Rational => fraction(a.over * b.over, a.under * b.under);
const divided = (a: Rational, b: Rational): Rational => fraction(a.over * b.under, a.under * b.over);

/** a - b c */
export function least(a: Rational, b: Rational, c: Rational): Rational {
  const product = times(b, c);
  return fraction(a.over * product.under - product.over * a.under, a.under * product.under);
}

/** m x = b by elimination. @throws RangeError where m is singular */
export function solveRational(m: readonly (readonly Rational[])[], b: readonly Rational[]): readonly Rational[] {
  const zero = fraction(0n);
  const rows = m.map((row, i) => [...row, b[i] ?? zero]);
  const n = rows.length;
  for (let p = 0; p < n; p++) {
    const at = rows.findIndex((row, i) => i >= p && row[p]?.over !== 0n);
    const pivot = rows[at];
    const head = pivot?.[p];
    if (pivot === undefined || head === undefined) throw new RangeError('singular');
    rows[at] = rows[p] ?? [];
    const scaled = pivot.map((value) => divided(value, head));
    rows[p] = scaled;
    for (const [i, row] of rows.entries()) {
      const load = row[p];
      if (i === p || load === undefined || load.over === 0n) continue;
      rows[i] = row.map((value, j) => least(value, load, scaled[j] ?? zero));
    }
  }
  return rows.map((row) => row[n] ?? zero);
}

/** The double nearest to it, to some 2^-52. */
export function toNumber({ over, under }: Rational): number {
  const shift = 10n ** 40n;
  return Number((over * shift) / under) / 1e40;
}
