import { describe, expect, it } from 'vitest';
import { columnTable, numberColumn } from '../../../table/column.ts';
import { fitModel } from '../../estimate-formula.ts';
import { readSmallSample } from '../../inference/small-sample.ts';
import { jointEstimates } from '../joint-covariance.ts';
import { omittedVariables } from '../omitted-variables.ts';
import { crossedOf } from './crossed.ts';
import { coefficientChange } from './decomposition.ts';
import { robustnessValues } from './robustness.ts';
import { selectionBounds } from './selection.ts';

// Numbers that look drawn and are the same everywhere.
const wave = (i: number, a: number, b: number): number => Math.sin(a * i * i + b) + Math.cos((a + 1.3) * i + 2 * b);

const n = 240;
const units = 12;
const rows = Array.from({ length: n }, (_, i) => i);
const unit = rows.map((i) => i % units);
const raw = (a: number): number[] => rows.map((i) => wave(i + 1, a, a / 3));

/** What `columns` and a constant leave of a column. */
function residualOf(target: readonly number[], columns: readonly (readonly number[])[]): number[] {
  let left = centred(target);
  const basis: number[][] = [];
  for (const column of columns.map(centred)) {
    let own = column;
    for (let pass = 0; pass < 2; pass++) for (const q of basis) own = minus(own, q, inner(own, q));
    const size = Math.sqrt(inner(own, own));
    basis.push(own.map((value) => value / size));
  }
  for (let pass = 0; pass < 2; pass++) for (const q of basis) left = minus(left, q, inner(left, q));
  return left;
}
const centred = (x: readonly number[]): number[] => {
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
  return x.map((value) => value - mean);
};
const inner = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * b[i], 0);
const minus = (a: readonly number[], b: readonly number[], scale: number): number[] =>
  a.map((value, i) => value - scale * b[i]);

/**
 * A sample in which selection is known without error: W2 has no sample correlation with the regressors and y has no other error
 * correlated with anything, so that delta and R2 of the whole model are facts of the sample.
 */
function knownSelection(strength: number) {
  const [w1, w2] = [raw(0.7), raw(1.9)];
  const hidden = residualOf(raw(3.1), [w1, w2]);
  const x = rows.map((i) => 0.6 * w1[i] - 0.4 * w2[i] + strength * hidden[i] + raw(4.3)[i]);
  const noise = residualOf(raw(5.9), [w1, w2, hidden, x]);
  const beta = 0.8;
  const index = rows.map((i) => 1.1 * w1[i] + 0.5 * w2[i]);
  const y = rows.map((i) => beta * x[i] + index[i] + hidden[i] + 0.7 * noise[i]);
  const [one, two] = [centred(index), centred(hidden)];
  const delta = inner(two, centred(x)) / inner(two, two) / (inner(one, centred(x)) / inner(one, one));
  const total = centred(y);
  const r2 = 1 - (0.49 * inner(noise, noise)) / inner(total, total);
  const table = columnTable({
    ...{ y: numberColumn(y), x: numberColumn(x), w1: numberColumn(w1), w2: numberColumn(w2) },
    unit: numberColumn(unit),
  });
  return { table, beta, delta, r2 };
}

describe('selection on what is left out', () => {
  it.each([0.2, 0.5, -0.4])('gives the true coefficient back at the true selection (%f)', (strength) => {
    const { table, beta, delta, r2 } = knownSelection(strength);
    const crossed = crossedOf(fitModel({ id: 'm', formula: 'y ~ x + w1 + w2', table }).fit);
    // y less the true effect has no effect left: the delta that explains all of the coefficient is the true one.
    const y = table.columns.y;
    const x = table.columns.x;
    if (y.kind !== 'number' || x.kind !== 'number') throw new Error('numbers');
    const moved = columnTable({
      ...table.columns,
      y: numberColumn(Array.from(y.values, (v, i) => v - beta * x.values[i])),
    });
    const net = crossedOf(fitModel({ id: 'm', formula: 'y ~ x + w1 + w2', table: moved }).fit);
    const spread = (c: typeof crossed): number => c.outcome.reduce((sum, value) => sum + value * value, 0);
    const netMax = 1 - ((1 - r2) * spread(crossed)) / spread(net);
    const [measure] = selectionBounds(net, 0, netMax).measures;
    expect(measure.delta).toBeCloseTo(delta, 10);
  });

  it('is at one of its solutions where selection is equal', () => {
    // The strength at which delta is 1, by bisection on the facts of the sample.
    let [low, high] = [0.01, 3];
    for (let k = 0; k < 200; k++) {
      const middle = (low + high) / 2;
      if (knownSelection(middle).delta < 1) low = middle;
      else high = middle;
    }
    const { table, beta, r2, delta } = knownSelection(low);
    expect(delta).toBeCloseTo(1, 12);
    const crossed = crossedOf(fitModel({ id: 'm', formula: 'y ~ x + w1 + w2', table }).fit);
    const [measure] = selectionBounds(crossed, 0, r2).measures;
    const gaps = measure.solutions.map((one) => Math.abs(one.beta - beta));
    expect(Math.min(...gaps)).toBeLessThan(1e-9);
    expect(measure.solutions.find((one) => Math.abs(one.beta - beta) < 1e-9)?.keeps_direction).toBe(true);
  });

  it('measures fit net of the fixed effects and over all', () => {
    const { table } = knownSelection(0.3);
    const { fit } = fitModel({ id: 'm', formula: 'y ~ x + w1 + w2 | unit', table });
    const { measures, short } = selectionBounds(crossedOf(fit), 0, null);
    const alone = fitModel({ id: 'm', formula: 'y ~ x | unit', table }).fit;
    expect(short).toBeCloseTo(alone.coefficients[0], 12);
    const [within, overall] = measures;
    expect(within.r2_long).toBeCloseTo(1 - fit.sums.ssr / (fit.sums.within ?? Number.NaN), 12);
    expect(within.r2_short).toBeCloseTo(1 - alone.sums.ssr / (alone.sums.within ?? Number.NaN), 12);
    expect(overall.r2_long).toBeCloseTo(1 - fit.sums.ssr / fit.sums.total, 12);
    expect(overall.r2_short).toBeCloseTo(1 - alone.sums.ssr / alone.sums.total, 12);
  });
});

describe('robustness values', () => {
  const { table } = knownSelection(0.3);
  const { fit } = fitModel({ id: 'm', formula: 'y ~ x + w1 + w2 | unit', table });
  const found = robustnessValues(crossedOf(fit), 0);

  it('is the strength at which a variable takes the estimate to zero', () => {
    // Equation 7 there: |bias| = se sqrt(df) sqrt(R2y R2d / (1 - R2d)) with both R2 the value.
    const { value, t, df } = found;
    expect(Math.sqrt((value * value) / (1 - value)) * Math.sqrt(df)).toBeCloseTo(Math.abs(t), 10);
  });

  it('bounds a variable that is as strong as a regressor by leaving that regressor out', () => {
    // A variable orthogonal to the others with the very strength of w1: the bound is the bias that leaving out w1 makes, given that
    // w1 has no correlation with the other regressors.
    const w1 = raw(0.7);
    const w2 = residualOf(raw(1.9), [w1]);
    const x = rows.map((i) => 0.6 * w1[i] + raw(4.3)[i]);
    const y = rows.map((i) => x[i] + 0.9 * w1[i] + 0.3 * w2[i] + raw(5.9)[i]);
    const own = columnTable({ y: numberColumn(y), x: numberColumn(x), w1: numberColumn(w1), w2: numberColumn(w2) });
    const whole = robustnessValues(crossedOf(fitModel({ id: 'm', formula: 'y ~ x + w1 + w2', table: own }).fit), 0);
    const one = whole.benchmarks.find(({ term, times }) => term === 'w1' && times === 1);
    const f = (r2: number): number => r2 / (1 - r2);
    const rest = residualOf(x, [w2]);
    const r2xw =
      inner(rest, residualOf(w1, [w2])) ** 2 / inner(rest, rest) / inner(residualOf(w1, [w2]), residualOf(w1, [w2]));
    expect(one?.r2_term).toBeCloseTo(f(r2xw), 10);
  });

  it('counts the fixed effects in the degrees of freedom', () => {
    expect(found.df).toBe(n - 3 - units);
  });
});

describe('what each regressor moves', () => {
  const { table } = knownSelection(0.3);
  const { fit } = fitModel({ id: 'm', formula: 'y ~ x + w1 + w2 | unit', table, vcovs: ['cluster:unit'] });
  const rule = readSmallSample('none');

  it('adds up to the change of the coefficient', () => {
    const { total, parts } = coefficientChange(fit, 'x', { vcov: 'cluster:unit', rule });
    const alone = fitModel({ id: 'm', formula: 'y ~ x | unit', table }).fit;
    expect(total.estimate).toBeCloseTo(alone.coefficients[0] - fit.coefficients[0], 11);
    expect(parts.reduce((sum, { estimate }) => sum + estimate, 0)).toBeCloseTo(total.estimate, 12);
  });

  it.each(['cluster:unit', 'hc1'])('has the error of the difference of the two models under %s', (vcov) => {
    const { total } = coefficientChange(fit, 'x', { vcov, rule });
    const alone = fitModel({ id: 'm', formula: 'y ~ x | unit', table }).fit;
    const sourceRows = Int32Array.from(rows);
    const models = [
      { id: 'a', fit: alone, sourceRows },
      { id: 'b', fit, sourceRows },
    ];
    const { estimates, indexOf } = jointEstimates(models, vcov, rule);
    const [i, j] = [indexOf('a', 'x'), indexOf('b', 'x')];
    const p = estimates.terms.length;
    const at = (r: number, c: number): number => estimates.matrix.data[r + c * p];
    expect(total.se ?? 0).toBeCloseTo(Math.sqrt(at(i, i) + at(j, j) - 2 * at(i, j)), 10);
  });

  it('takes the levels of a factor together', () => {
    const { fit: timed } = fitModel({ id: 'm', formula: 'y ~ x + w1 + i(unit)', table });
    const { parts } = coefficientChange(timed, 'x', { vcov: 'iid', rule });
    expect(parts.map(({ term }) => term)).toEqual(['w1', 'i(unit)']);
  });
});

describe('models of which nothing can be said', () => {
  const { table } = knownSelection(0.3);
  const fits = ['y ~ x + w1', 'y ~ x', 'y ~ w1'].map((formula) => fitModel({ id: formula, formula, table }));

  it('says why', () => {
    const found = omittedVariables({ text: 'x', r2Max: null }, fits, ['x', 'w1'], { vcov: 'iid', ssc: 'fixest' });
    expect(found.map(({ reason }) => reason)).toEqual([undefined, 'alone', 'absent']);
  });

  it('leaves out what a covariance cannot give, and nothing else', () => {
    const [found] = omittedVariables({ text: 'x', r2Max: null }, fits.slice(0, 1), ['x', 'w1'], {
      vcov: 'cr2:unit',
      ssc: 'fixest',
    });
    expect(found.decomposition).toBeNull();
    expect(found.robustness).not.toBeNull();
  });

  it('refuses a term that no model has', () => {
    const ask = () =>
      omittedVariables({ text: 'nope', r2Max: null }, fits, ['x', 'w1'], { vcov: 'iid', ssc: 'fixest' });
    expect(ask).toThrow(expect.objectContaining({ code: 'bad-option' }));
  });
});
