import { describe, expect, it } from 'vitest';
import { expectNear } from '../../../test/tolerance.ts';
import { columnTable, numberColumn, textColumn } from '../../table/column.ts';
import { fitModel } from '../estimate-formula.ts';
import type { Fit } from '../fit.ts';
import { dfbetas } from './dfbeta.ts';

/** Closed forms against fits of the rows that are left. */
const same = 1e-9;

const years = 6;
const cells = Array.from({ length: 11 * years }, (_, i) => ({ unit: Math.floor(i / years), year: 2001 + (i % years) }));
const wave = (i: number, a: number): number => Math.sin(a * (i + 1) ** 2) + Math.cos((a + 0.7) * (i + 1));
const table = columnTable({
  unit: textColumn(cells.map(({ unit }) => `u${unit}`)),
  year: numberColumn(cells.map(({ year }) => year)),
  area: textColumn(cells.map(({ unit }) => ['a', 'b', 'c'][unit % 3])),
  t: numberColumn(cells.map(({ year }) => year - 2000)),
  w: numberColumn(cells.map((_, i) => 1 + (i % 5))),
  x: numberColumn(cells.map(({ unit }, i) => wave(i, 0.9) + unit / 5)),
  c: numberColumn(cells.map((_, i) => (i % 23 === 0 ? Number.NaN : wave(i, 2.1)))),
  y: numberColumn(cells.map(({ unit }, i) => 0.3 * wave(i, 0.9) + unit / 9 + wave(i, 5.5))),
});
const panel = { unit: 'unit', time: 'year' };

/** Mean squared error with all parameters counted, and (X'X)^-1 of x. */
function scaleOf(fit: Fit): { readonly mse: number; readonly square: number } {
  const j = fit.names.indexOf('x');
  let square = 0;
  for (let r = 0; r < fit.transform.ncol; r++) square += fit.transform.data[j + r * fit.transform.nrow] ** 2;
  return { mse: fit.sums.ssr / (fit.nobs - fit.names.length - fit.absorbedRank), square };
}

describe('influence on a coefficient', () => {
  it('by hand: a line through three points and one far from it', () => {
    // x = -1, 0, 1, 2 and y = -1, 0, 1, 6: means 0.5 and 1.5, S_xx = 5, S_xy = 11: b = 2.2. Without the last b = 1, so that its DFBETA
    // is 1.2. The fit without it is perfect: DFBETAS has no scale there. Without the first: y = 0, 1, 6 on 0, 1, 2: b = 3, DFBETA -0.8,
    // residuals 2/3, -4/3, 2/3: SSR = 8/3 with one degree of freedom, DFBETAS = -0.8 / sqrt(8/3 / 5).
    const line = columnTable({ x: numberColumn([-1, 0, 1, 2]), y: numberColumn([-1, 0, 1, 6]) });
    const fitted = fitModel({ id: 'm', formula: 'y ~ x', table: line });
    const [{ groups }] = dfbetas({ text: 'x', by: [] }, [fitted], ['x']);
    expect(groups.map(({ by, cutoff }) => [by, cutoff])).toEqual([[null, 1]]);
    const [first, , , last] = groups[0].members;
    expect([first.level, last.level]).toEqual(['1', '4']);
    expectNear(first.dfbeta, -0.8, same);
    expectNear(first.dfbetas, -0.8 / Math.sqrt(8 / 15), same);
    expectNear(last.dfbeta, 1.2, same);
    expect(last.dfbetas).toBeNull();
  });

  // Rows are missing and weights differ: refits drop the same rows. Unit trends leave with their unit, periods with their rows.
  it.each([
    ['y ~ x + c', null],
    ['y ~ x + c | unit', 'w'],
    ['y ~ x + c | unit + year', null],
    ['y ~ x + c | unit[t] + year', 'w'],
    ['y ~ x + c | unit + area^year', null],
  ] as const)('is that of fits without those rows: %s, weights %s', (formula, weights) => {
    const fitted = fitModel({ id: 'm', formula, table, weights, panel, singletons: 'keep' });
    const by = ['row', 'unit', 'year', 'area'];
    const [found] = dfbetas({ text: 'x', by }, [fitted], ['x', 'c']);
    const { coefficients, names } = fitted.fit;
    const { square } = scaleOf(fitted.fit);
    for (const { by: column, members } of found.groups) {
      for (const { level, dfbeta, dfbetas: shown } of members.filter((_, k) => column !== null || k % 9 === 0)) {
        const nameOf = ({ unit, year }: (typeof cells)[number]): string =>
          column === null
            ? `u${unit}, ${year}`
            : ({ unit: `u${unit}`, year: `${year}`, area: 'abc'[unit % 3] }[column] ?? '');
        const rows = Int32Array.from(cells.keys()).filter((i) => nameOf(cells[i]) !== level);
        const choice = { rows, where: 0, split: 0 };
        const { fit } = fitModel({ id: 'm', formula, table, weights, panel, choice, singletons: 'keep' });
        expectNear(dfbeta, coefficients[names.indexOf('x')] - fit.coefficients[fit.names.indexOf('x')], same);
        expectNear(shown, (dfbeta ?? 0) / Math.sqrt(scaleOf(fit).mse * square), same);
      }
    }
  });

  it('does not see units of measurement: DFBETAS of another scale are the same', () => {
    const scaled = columnTable({
      ...table.columns,
      x: numberColumn(cells.map(({ unit }, i) => 1e4 * (wave(i, 0.9) + unit / 5))),
    });
    const [one, two] = [table, scaled].map((own) => {
      const fitted = fitModel({ id: 'm', formula: 'y ~ x + c | unit + year', table: own, panel });
      return dfbetas({ text: 'x', by: ['row'] }, [fitted], ['x', 'c'])[0].groups[0];
    });
    two.members.forEach(({ dfbetas: own }, k) => {
      expectNear(own, one.members[k].dfbetas, same);
    });
    expect(two.beyond).toBe(one.beyond);
  });

  it('says where nothing determines the coefficient, and refuses what it cannot leave out', () => {
    const lone = columnTable({ x: numberColumn([0, 0, 0, 1]), y: numberColumn([1, 3, 2, 9]) });
    const [{ groups }] = dfbetas({ text: 'x', by: [] }, [fitModel({ id: 'm', formula: 'y ~ x', table: lone })], ['x']);
    expect(groups[0].members.map(({ dfbeta }) => dfbeta === null)).toEqual([false, false, false, true]);
    expect(groups[0].undetermined).toBe(1);
    const ask = (text: string, by: readonly string[]) => () =>
      dfbetas({ text, by }, [fitModel({ id: 'm', formula: 'y ~ x | unit', table })], ['x']);
    expect(ask('q', [])).toThrow(expect.objectContaining({ code: 'bad-option' }));
    expect(ask('x', ['nope'])).toThrow(expect.objectContaining({ code: 'unknown-column' }));
    const one = columnTable({ ...table.columns, one: numberColumn(Array.from({ length: table.nrow }, () => 1)) });
    const fitted = fitModel({ id: 'm', formula: 'y ~ x | unit + one', table: one });
    expect(() => dfbetas({ text: 'x', by: ['one'] }, [fitted], ['x'])).toThrow(
      expect.objectContaining({ code: 'bad-option', detail: expect.objectContaining({ option: 'dfbeta_by' }) }),
    );
    expect(dfbetas({ text: 'x', by: [] }, [fitted], ['x'])[0].groups.map(({ by }) => by)).toEqual([null, 'unit']);
  });
});
