import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { estimate, fitModel, summarizeModel } from '../../src/model/estimate-formula.ts';
import { lagWeights } from '../../src/model/inference/serial-kernel.ts';
import { takeRows } from '../../src/table/column.ts';
import { numericColumn } from '../../src/table/expression/evaluate.ts';
import { rowsIn } from '../fit-rows.ts';
import { type SmallPanel, smallPanel, tableOf } from '../model/small-panels.ts';
import { readJson, readPlainCsv } from '../read-csv.ts';
import { expectClose, expectNear, rawSandwich } from '../tolerance.ts';

type Errors = Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;
interface Reference {
  readonly models: readonly { formula: string; balanced: Errors; unbalanced: Errors }[];
}

const folder = new URL('panel-covariances/', import.meta.url);
const reference = readJson<Reference>(new URL('reference.json', folder));
const whole = readPlainCsv(new URL('data.csv', folder));
const kept = numericColumn(whole, 'kept', '');
const part = takeRows(
  whole,
  Int32Array.from({ length: whole.nrow }, (_, i) => i).filter((i) => kept[i] === 1),
);
const panel = { unit: 'unit', time: 'year' };

describe.each(reference.models)('plm: $formula', ({ formula, ...own }) => {
  test.each(['balanced', 'unbalanced'] as const)('%s', (sample) => {
    let compared = 0;
    for (const [name, bySsc] of Object.entries(own[sample])) {
      for (const [ssc, expected] of Object.entries(bySsc)) {
        const vcov = name.trim();
        const table = sample === 'balanced' ? whole : part;
        const [model] = estimate({ formulas: [formula], table, panel, vcov, ssc, singletons: 'keep' });
        for (const [j, term] of ['x', 'q'].entries()) {
          const se = model.coef.find((one) => one.term === term)?.se;
          expectClose(se, expected[j], rawSandwich, `${formula} ${vcov} ${ssc}`);
          compared += 1;
        }
      }
    }
    expect(compared).toBe(26);
  });
});

/** Loops over pairs of rows on the absorbed regressors; both sides lose a few digits to the condition of random small panels. */
const loops = 1e-8;
/** Sums of nearly cancelling parts are compared on the scale of the largest. */
const noise = 1e-7;

/** V by the textbook from regressors net of the effects and the residuals: weight(i, j) is the covariance of two errors. */
function variances(fit: ReturnType<typeof fitModel>['fit'], weight: (i: number, j: number) => number): number[] {
  const { regressors: x, residuals } = rowsIn(fit);
  const n = residuals.length;
  const at = (i: number, j: number): number => x.data[i + j * n];
  const gram = [0, 1].map((a) => [0, 1].map((b) => residuals.reduce((sum, _, i) => sum + at(i, a) * at(i, b), 0)));
  const [[p, q], [r, s]] = gram;
  const det = p * s - q * r;
  const bread = [
    [s / det, -q / det],
    [-r / det, p / det],
  ];
  const z = (i: number, j: number): number => at(i, 0) * bread[0][j] + at(i, 1) * bread[1][j];
  return [0, 1].map((j) => {
    let sum = 0;
    for (let a = 0; a < n; a++) for (let b = 0; b < n; b++) sum += weight(a, b) * z(a, j) * z(b, j);
    return sum;
  });
}

const formula = 'y ~ x1 + x2 | unit + year';
const fitOf = (small: SmallPanel) => fitModel({ id: '1', formula, table: tableOf(small), panel, singletons: 'keep' });
const posed = smallPanel.filter((small) => {
  try {
    const { fit } = fitOf(small);
    const n = rowsIn(fit).residuals.length;
    const norms = [0, 1].map((j) =>
      rowsIn(fit)
        .regressors.data.subarray(j * n, (j + 1) * n)
        .reduce((sum, v) => sum + v * v, 0),
    );
    return fit.names.length === 2 && fit.sums.ssr > 0.1 && norms.every((norm) => norm > 1);
  } catch {
    return false;
  }
});

type Weights = (small: SmallPanel, u: Float64Array) => (i: number, j: number) => number;
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const all = (u: Float64Array): number[] => Array.from(u, (_, i) => i);
/** Mean of u_k u_l over pairs of rows with the same labels as (i, j) and in one group each. */
const shared =
  (label: (small: SmallPanel) => readonly unknown[], group: (small: SmallPanel) => readonly unknown[]): Weights =>
  (small, u) =>
  (i, j) => {
    const [labels, groups] = [label(small), group(small)];
    if (groups[i] !== groups[j]) return 0;
    const products = all(u).flatMap((k) =>
      all(u).flatMap((l) =>
        labels[k] === labels[i] && labels[l] === labels[j] && groups[k] === groups[l] ? [u[k] * u[l]] : [],
      ),
    );
    return mean(products);
  };
const unit = (small: SmallPanel) => small.unit;
const year = (small: SmallPanel) => small.year;
const kernel = (small: SmallPanel, lag: number, i: number, j: number): number => {
  const distance = Math.abs(small.year[i] - small.year[j]);
  const { reach, weight } = lagWeights('bartlett', lag);
  return distance === 0 ? 1 : distance <= reach ? weight(distance) : 0;
};
/** Sum of u_k u_l over pairs of one unit as far apart as (i, j), over N. */
const autocovariance =
  (k: (small: SmallPanel, i: number, j: number) => number): Weights =>
  (small, u) =>
  (i, j) => {
    if (small.unit[i] !== small.unit[j]) return 0;
    const distance = Math.abs(small.year[i] - small.year[j]);
    let sum = 0;
    for (const a of all(u)) {
      for (const b of all(u)) {
        const isPair = small.unit[a] === small.unit[b] && small.year[a] - small.year[b] === distance;
        if (isPair) sum += u[a] * u[b];
      }
    }
    return (k(small, i, j) * sum) / u.length;
  };

const oracles: readonly (readonly [vcov: string, weights: Weights])[] = [
  [
    'white2:unit',
    (small, u) => (i, j) =>
      i === j ? mean(all(u).flatMap((k) => (small.unit[k] === small.unit[i] ? [u[k] ** 2] : []))) : 0,
  ],
  [
    'white2:year',
    (small, u) => (i, j) =>
      i === j ? mean(all(u).flatMap((k) => (small.year[k] === small.year[i] ? [u[k] ** 2] : []))) : 0,
  ],
  ['pcse', shared(unit, year)],
  ['pcse:unit', shared(year, unit)],
  ['kiefer', autocovariance(() => 1)],
  ['ac:0', (_, u) => (i, j) => (i === j ? u.reduce((sum, v) => sum + v * v, 0) / u.length : 0)],
  ['ac:2', autocovariance((small, i, j) => kernel(small, 2, i, j))],
  [
    'thompson:0',
    (small, u) => (i, j) => (small.unit[i] === small.unit[j] || small.year[i] === small.year[j] ? u[i] * u[j] : 0),
  ],
  [
    'thompson:2',
    (small, u) => (i, j) => {
      const k = kernel(small, 2, i, j);
      return (small.unit[i] === small.unit[j] ? 1 : k) * u[i] * u[j];
    },
  ],
];

describe('by loops over pairs of rows on random panels', () => {
  test.each(oracles)('%s', (vcov, weights) => {
    let compared = 0;
    fc.assert(
      fc.property(posed, (small) => {
        const fitted = fitOf(small);
        // ivreg2 has no factor (SSR / N for iid), as the loops.
        const { coef, warnings } = summarizeModel(fitted, { vcov, ssc: 'ivreg2' });
        if (warnings.some(({ code }) => code === 'covariance-repaired')) return;
        const expected = variances(fitted.fit, weights(small, rowsIn(fitted.fit).residuals));
        const scale = Math.max(...expected.map(Math.abs));
        // Where xtreg's constant is not there, the slopes are all.
        coef.forEach(({ se }, j) => {
          if (expected[j] < noise * scale) return;
          expectNear((se ?? Number.NaN) ** 2 / expected[j], 1, loops);
          compared += 1;
        });
      }),
      { seed: 71, numRuns: 25 },
    );
    expect(compared).toBeGreaterThan(15);
  });

  test('no lags of thompson is two-way clustering, with every convention’s factors', () => {
    fc.assert(
      fc.property(posed, fc.constantFrom('fixest', 'reghdfe', 'xtreg', 'plm', 'ivreg2'), (small, ssc) => {
        const fitted = fitOf(small);
        const [own, other] = ['thompson:0', 'cluster:unit+year'].map((vcov) => summarizeModel(fitted, { vcov, ssc }));
        own.coef.forEach(({ se, p }, j) => {
          expectNear(se, other.coef[j].se, loops);
          expectNear(p, other.coef[j].p, loops);
        });
      }),
      { seed: 72, numRuns: 25 },
    );
  });
});
