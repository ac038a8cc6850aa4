import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellBits, type FillRule, fillRule, fillSeries } from './fill.ts';

const gap = Number.NaN;
const years = [2003, 2004, 2005, 2006, 2007, 2008];
const { observed, interpolated, extrapolated } = cellBits;
const fill = (values: readonly number[], rule: Partial<FillRule>) => {
  const { values: filled, bits } = fillSeries(values, years, { ...fillRule('linear'), ...rule });
  return [[...filled], [...bits]];
};

describe('fillSeries', () => {
  const values = [gap, 2, gap, gap, 8, gap];

  it('fills inside gaps only, unless told otherwise', () => {
    expect(fill(values, {})).toEqual([
      [gap, 2, 4, 6, 8, gap],
      [0, observed, interpolated, interpolated, observed, 0],
    ]);
    expect(fill(values, { method: 'keep' })[0]).toEqual(values);
  });

  it('fills the ends by the nearest value or along the line', () => {
    expect(fill(values, { ends: 'nearest' })).toEqual([
      [2, 2, 4, 6, 8, 8],
      [extrapolated, observed, interpolated, interpolated, observed, extrapolated],
    ]);
    expect(fill(values, { ends: 'linear' })[0]).toEqual([0, 2, 4, 6, 8, 10]);
  });

  it('leaves runs longer than the longest gap', () => {
    expect(fill(values, { maxGap: 1, ends: 'nearest' })[0]).toEqual([2, 2, gap, gap, 8, 8]);
  });

  it('fills on the log scale when asked, and not at all when a value is not positive', () => {
    expect(fill([1, gap, 100, gap, gap, gap], { scale: 'log' })[0][1]).toBeCloseTo(10, 12);
    expect(fill([0, gap, 100, gap, gap, gap], { scale: 'log' })[0][1]).toBe(gap);
  });

  it('gives back a line whatever is missing of it, and never touches what is observed', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }), (isKnown) => {
        const line = years.map((year) => 3 * year - 5990);
        const [filled, bits] = fill(
          line.map((value, t) => (isKnown[t] ? value : gap)),
          { ends: 'linear' },
        );
        const enough = isKnown.filter(Boolean).length >= 2;
        line.forEach((value, t) => {
          if (enough || isKnown[t]) expect(filled[t]).toBeCloseTo(value, 9);
          if (isKnown[t]) expect([filled[t], bits[t]]).toEqual([value, observed]);
        });
      }),
      { seed: 9 },
    );
  });
});
