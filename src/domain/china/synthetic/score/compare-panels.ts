import type { PanelVariable } from '../../../../data/panel/contract.ts';
import { type CellsOf, ingredientsOf } from '../../../../data/panel/trace.ts';
import { at, valueIn } from '../../../../error/at.ts';
import type { ColumnTable } from '../../../../table/column.ts';
import type { PlantedFault } from '../faults/contract.ts';
import { valueKey } from './score-faults.ts';

/** A cell of the panel that two builds disagree about. */
export interface PanelDifference {
  readonly city: number;
  readonly year: number;
  readonly variable: string;
  /** The planted faults behind the cell whose value cannot be known; none: nothing explains it. */
  readonly because: readonly PlantedFault[];
}

/**
 * Cells in which a panel differs from that of the clean layer, number by number and bit by bit, each with the losses behind
 * it. A row that only one has differs in every column.
 * @param key answer key; only faults that cannot be known explain a difference
 */
export function comparePanels(
  panel: ColumnTable,
  clean: ColumnTable,
  variables: readonly Pick<PanelVariable, 'id' | 'formula'>[],
  key: readonly PlantedFault[],
  cellsOf: CellsOf,
): PanelDifference[] {
  const losses = new Map<string, PlantedFault[]>();
  for (const fault of key) {
    const { indicator, city, year } = fault;
    if (fault.isKnowable || indicator === null || city === null || year === null) continue;
    const at = valueKey({ indicator, place: city, year });
    losses.set(at, [...(losses.get(at) ?? []), fault]);
  }
  const [own, wanted] = [rowsOf(panel), rowsOf(clean)];
  const formulas = new Map(variables.map(({ id, formula }) => [id, formula]));
  const firstYears = new Map<number, number>();
  for (const { city, year } of wanted.values()) firstYears.set(city, Math.min(year, firstYears.get(city) ?? year));
  const differences: PanelDifference[] = [];
  for (const at of new Set([...own.keys(), ...wanted.keys()])) {
    const { city, year } = wanted.get(at) ?? valueIn(own, at);
    for (const variable of clean.names) {
      const [mine, other] = [cellOf(panel, variable, own.get(at)), cellOf(clean, variable, wanted.get(at))];
      if (own.has(at) && wanted.has(at) && Object.is(mine, other)) continue;
      const formula = formulas.get(variable);
      const inputs =
        formula === undefined ? [] : ingredientsOf(formula, { year, firstYear: firstYears.get(city) ?? year }, cellsOf);
      const because = inputs
        .flatMap(({ cells }) => cells)
        .flatMap((cell) => losses.get(valueKey({ ...cell, place: city })) ?? []);
      differences.push({ city, year, variable, because });
    }
  }
  return differences;
}

interface PanelRow {
  readonly city: number;
  readonly year: number;
  readonly row: number;
}

function rowsOf(panel: ColumnTable): Map<string, PanelRow> {
  const { city: cities, year: years } = panel.columns;
  if (cities?.kind !== 'number' || years?.kind !== 'number') return new Map();
  return new Map(
    Array.from({ length: panel.nrow }, (_, row) => {
      const [city, year] = [at(cities.values, row), at(years.values, row)];
      return [`${city}|${year}`, { city, year, row }];
    }),
  );
}

function cellOf(panel: ColumnTable, name: string, place: PanelRow | undefined): number | string | null {
  const column = panel.columns[name];
  if (column === undefined || place === undefined) return null;
  if (column.kind === 'number') return at(column.values, place.row);
  return column.levels[at(column.codes, place.row)] ?? null;
}
