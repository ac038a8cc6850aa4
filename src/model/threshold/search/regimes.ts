import type { Factor } from '../../../table/factor.ts';
import type { RegimeName } from '../../result/threshold.ts';

/** What a split does to the panel: rows and units of each regime, and the units that are seen in more than one. */
export interface RegimeAccount {
  /** Regime of each row, 0 the lowest. */
  readonly codes: Int32Array;
  /** Rows of each regime. */
  readonly rows: readonly number[];
  /** Units with at least one row in the regime. */
  readonly units: readonly number[];
  /** Units with rows in more than one regime. */
  readonly switchers: number;
  /** Changes of regime from one period of a unit to its next one. */
  readonly crossings: number;
  /** Rows of each unit in each regime, `unit * regimes + regime`. */
  readonly unitRows: Int32Array;
  /** Changes of regime of each unit. */
  readonly unitCrossings: Int32Array;
}

/**
 * @param gammas thresholds, ascending; regime r holds γ_r < q <= γ_{r+1}.
 * @param byTime rows in the order of unit and time.
 */
export function regimeAccount(
  q: Float64Array,
  gammas: readonly number[],
  { units, byTime }: { readonly units: Factor; readonly byTime: Int32Array },
): RegimeAccount {
  const regimes = gammas.length + 1;
  const codes = Int32Array.from(q, (value) => regimeOf(value, gammas));
  const rows = new Array<number>(regimes).fill(0);
  const unitRows = new Int32Array(units.count * regimes);
  for (let i = 0; i < codes.length; i++) {
    rows[codes[i]] += 1;
    unitRows[units.codes[i] * regimes + codes[i]] += 1;
  }
  const inRegime = new Array<number>(regimes).fill(0);
  let switchers = 0;
  for (let u = 0; u < units.count; u++) {
    let seen = 0;
    for (let r = 0; r < regimes; r++) {
      if (unitRows[u * regimes + r] === 0) continue;
      inRegime[r] += 1;
      seen += 1;
    }
    if (seen > 1) switchers += 1;
  }
  let crossings = 0;
  const unitCrossings = new Int32Array(units.count);
  for (let s = 1; s < byTime.length; s++) {
    const [row, before] = [byTime[s], byTime[s - 1]];
    if (units.codes[row] !== units.codes[before] || codes[row] === codes[before]) continue;
    crossings += 1;
    unitCrossings[units.codes[row]] += 1;
  }
  return { codes, rows, units: inRegime, switchers, crossings, unitRows, unitCrossings };
}

export function regimeOf(value: number, gammas: readonly number[]): number {
  let regime = 0;
  while (regime < gammas.length && value > gammas[regime]) regime += 1;
  return regime;
}

/** Share of the rows of each period that lie in each regime: regimes x periods, row by row. */
export function sharesByPeriod(codes: Int32Array, regimes: number, periods: Factor): readonly (readonly number[])[] {
  const counts = Array.from({ length: regimes }, () => new Array<number>(periods.count).fill(0));
  const totals = new Array<number>(periods.count).fill(0);
  for (let i = 0; i < codes.length; i++) {
    counts[codes[i]][periods.codes[i]] += 1;
    totals[periods.codes[i]] += 1;
  }
  return counts.map((row) => row.map((count, t) => count / totals[t]));
}

/**
 * The regimes by name, `q<=0.056`, `0.056<q<=0.9`, `q>0.9`, and their ends as the names have them: the threshold at three decimals,
 * more where it is small.
 */
export function namedRegimes(name: string, gammas: readonly number[]): readonly RegimeName[] {
  const ends = shownEnds(gammas);
  return [null, ...ends].map((low, r) => {
    const high = ends[r] ?? null;
    return { label: regimeLabel(name, low, high), low, high };
  });
}

function regimeLabel(name: string, low: number | null, high: number | null): string {
  if (high === null) return low === null ? name : `${name}>${low}`;
  return low === null ? `${name}<=${high}` : `${low}<${name}<=${high}`;
}

function shownEnds(gammas: readonly number[]): readonly number[] {
  for (let digits = 3; digits < 15; digits++) {
    const shown = gammas.map((gamma) => rounded(gamma, digits));
    if (new Set(shown).size === shown.length) return shown;
  }
  return gammas;
}

/** At least `digits` decimals, and at least two significant digits. */
function rounded(value: number, digits: number): number {
  if (value === 0) return 0;
  const least = digits - 2 - Math.floor(Math.log10(Math.abs(value)));
  const decimals = Math.min(15, Math.max(digits, Math.abs(value) < 0.1 ** (digits - 1) ? least : 0));
  const power = 10 ** decimals;
  const near = Math.round(value * power) / power;
  return near === 0 ? value : near;
}
