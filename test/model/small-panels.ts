import fc from 'fast-check';
import type { ColumnTable } from '../../src/table/column.ts';
import { columnTable, numberColumn, textColumn } from '../../src/table/column.ts';

/** A small panel with gaps: every row keeps its unit, year and cluster. */
export interface SmallPanel {
  readonly unit: number[];
  readonly year: number[];
  readonly group: string[];
  readonly x1: number[];
  readonly x2: number[];
  readonly y: number[];
}

export function tableOf(panel: SmallPanel, rows: readonly number[] = panel.y.map((_, i) => i)): ColumnTable {
  const pick = (values: number[]) => numberColumn(rows.map((i) => values[i]));
  return columnTable({
    unit: pick(panel.unit),
    year: pick(panel.year),
    group: textColumn(rows.map((i) => panel.group[i])),
    x1: pick(panel.x1),
    x2: pick(panel.x2),
    y: pick(panel.y),
  });
}

const noise = fc.integer({ min: -300, max: 300 }).map((value) => value / 100);

/** 5 to 8 units, 5 to 6 years, up to a third of the rows taken out; every unit and year keeps at least two rows. */
export const smallPanel: fc.Arbitrary<SmallPanel> = fc
  .record({ units: fc.integer({ min: 5, max: 8 }), years: fc.integer({ min: 5, max: 6 }) })
  .chain(({ units, years }) =>
    fc
      .array(fc.tuple(fc.integer({ min: 0, max: 9 }), noise, noise, noise), {
        minLength: units * years,
        maxLength: units * years,
      })
      .map((cells) => {
        const panel: SmallPanel = { unit: [], year: [], group: [], x1: [], x2: [], y: [] };
        cells.forEach(([keep, a, b, u], cell) => {
          const unit = cell % units;
          const year = Math.floor(cell / units);
          // The first two years of every unit and the first two units of every year stay.
          if (keep < 3 && year > 1 && unit > 1) return;
          panel.unit.push(unit + 1);
          panel.year.push(2000 + year);
          panel.group.push(['north', 'south', 'east', 'west'][unit % 4]);
          panel.x1.push(a + 0.1 * unit + 0.01 * cell);
          panel.x2.push(b + 0.2 * year + 0.01 * ((cell * 7) % 11));
          panel.y.push(1 + 0.5 * a - 0.3 * b + unit + 0.5 * year + u);
        });
        return panel;
      }),
  );
