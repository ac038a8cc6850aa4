import { describe, expect, it } from 'vitest';
import { expectClose } from '../../../test/tolerance.ts';
import { columnTable, numberColumn, textColumn } from '../../table/column.ts';
import { fitModel } from '../estimate-formula.ts';
import { leaveOuts } from './leave-out.ts';

const units = 14;
const years = 7;
const rows = Array.from({ length: units * years }, (_, i) => ({
  unit: Math.floor(i / years),
  year: 2001 + (i % years),
}));
const wave = (i: number, a: number): number => Math.sin(a * (i + 1) ** 2) + Math.cos((a + 0.7) * (i + 1));
const table = columnTable({
  unit: textColumn(rows.map(({ unit }) => `u${unit}`)),
  year: numberColumn(rows.map(({ year }) => year)),
  area: textColumn(rows.map(({ unit }) => ['a', 'b', 'c'][unit % 3])),
  t: numberColumn(rows.map(({ year }) => year - 2000)),
  w: numberColumn(rows.map((_, i) => 1 + (i % 5))),
  x: numberColumn(rows.map(({ unit }, i) => wave(i, 0.9) + unit / 5)),
  c: numberColumn(rows.map((_, i) => (i % 23 === 0 ? Number.NaN : wave(i, 2.1)))),
  y: numberColumn(rows.map(({ unit }, i) => 0.3 * wave(i, 0.9) + unit / 9 + wave(i, 5.5))),
});

describe('a coefficient without one at a time', () => {
  // Rows are missing and weights differ: fits of their own drop the same rows.
  it.each([
    ['y ~ x + c | unit + year', null],
    ['y ~ x + c | unit', 'w'],
    ['y ~ x + c', null],
    ['y ~ x + c | unit + year', 'w'],
    ['y ~ x + c | unit[t] + year', null],
    ['y ~ x + c | unit + area^year', 'w'],
  ] as const)('is that of a fit without those rows: %s', (formula, weights) => {
    const fitted = fitModel({ id: 'm', formula, table, weights });
    const [found] = leaveOuts({ text: 'x', by: ['unit', 'year', 'area', 'area^year'] }, [fitted], ['x', 'c']);
    expect(found.groups.map(({ levels }) => levels)).toEqual([14, 7, 3, 21]);
    for (const { by, members } of found.groups) {
      const levelOf = (i: number): string =>
        by
          .split('^')
          .map(
            (name) => ({ unit: `u${rows[i].unit}`, year: String(rows[i].year), area: 'abc'[rows[i].unit % 3] })[name],
          )
          .join('^');
      for (const { level, estimate } of members) {
        const kept = Int32Array.from(rows.keys()).filter((i) => levelOf(i) !== level);
        const choice = { rows: kept, where: 0, split: 0 };
        const { fit } = fitModel({ id: 'm', formula, table, weights, choice });
        expectClose(estimate, fit.coefficients[fit.names.indexOf('x')], 1e-9, `${formula} without ${level}`);
      }
    }
  });

  it('names the ends', () => {
    const fitted = fitModel({ id: 'm', formula: 'y ~ x + c | unit + year', table });
    const [{ groups }] = leaveOuts({ text: 'x', by: [] }, [fitted], ['x', 'c']);
    expect(groups.map(({ by }) => by)).toEqual(['unit', 'year']);
    const estimates = groups[0].members.map(({ estimate }) => estimate ?? 0);
    expect(groups[0].lowest?.estimate).toBe(Math.min(...estimates));
    expect(groups[0].highest?.estimate).toBe(Math.max(...estimates));
  });

  it('refuses what cannot be left out', () => {
    const ask =
      (formula: string, by: readonly string[], text = 'x') =>
      () =>
        leaveOuts({ text, by }, [fitModel({ id: 'm', formula, table })], ['x', 'c']);
    expect(ask('y ~ x', [])).toThrow(expect.objectContaining({ code: 'bad-option' }));
    expect(ask('y ~ x | unit', [], 'q')).toThrow(expect.objectContaining({ code: 'bad-option' }));
    const one = columnTable({ ...table.columns, one: numberColumn(Array.from({ length: table.nrow }, () => 1)) });
    expect(() =>
      leaveOuts({ text: 'x', by: ['one'] }, [fitModel({ id: 'm', formula: 'y ~ x', table: one })], ['x']),
    ).toThrow(
      expect.objectContaining({ code: 'bad-option', detail: expect.objectContaining({ option: 'leave_out_by' }) }),
    );
    const [{ groups }] = leaveOuts(
      { text: 'x', by: [] },
      [fitModel({ id: 'm', formula: 'y ~ x | unit + one', table: one })],
      ['x'],
    );
    expect(groups.map(({ by }) => by)).toEqual(['unit']);
    expect(ask('y ~ x | unit', ['nope'])).toThrow(expect.objectContaining({ code: 'unknown-column' }));
  });

  it('says where nothing determines the coefficient', () => {
    const lone = columnTable({
      g: textColumn(['a', 'a', 'a', 'b', 'b', 'b', 'c', 'c']),
      x: numberColumn([1, 2, 4, 0, 0, 0, 0, 0]),
      y: numberColumn([1, 3, 2, 5, 4, 6, 2, 3]),
    });
    const fitted = fitModel({ id: 'm', formula: 'y ~ x | g', table: lone });
    const [{ groups }] = leaveOuts({ text: 'x', by: ['g'] }, [fitted], ['x']);
    expect(groups[0].undetermined).toBe(1);
    expect(groups[0].members.map(({ estimate }) => estimate === null)).toEqual([true, false, false]);
  });
});
