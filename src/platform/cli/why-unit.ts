import { type CellExplanation, explainCell } from '../../data/panel/explain.ts';
import { cellBits } from '../../data/panel/fill.ts';
import { type CellsOf, ownCell } from '../../data/panel/trace.ts';
import { ownEntry } from '../../error/at.ts';
import { nearestName } from '../../error/nearest-name.ts';
import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import type { ExplanationNames } from '../../output/document/cell-explanation.ts';
import { panelOfFiles } from '../../study/panel-source/panel-of-files.ts';
import type { UnitTables } from '../../study/panel-source/read-unit-tables.ts';
import type { QueryEngine } from '../../study/ports.ts';
import { numberOrNull, textAt } from '../../table/cell-at.ts';
import { namesIn } from '../../table/expression/ast.ts';
import { parsePanelExpression } from '../../table/expression/parse.ts';
import type { LocatedPanelFile } from '../app/read-study.ts';

/** One number of a panel that was made of raw tables, taken back to its cells, with how its parts are called. */
export interface UnitExplanation {
  readonly explanation: CellExplanation;
  readonly names: ExplanationNames;
}

/**
 * Explains a number of a study of `data.tables`: the tables are read again, which takes no finished run. Of a derived variable the
 * series that its expression names are shown in the same year; those that it takes from other years or units are not.
 * @throws not-available for a ready panel, whose cells are its own source; unknown-column, empty-sample
 */
export async function explainUnit(
  located: LocatedPanelFile,
  engine: QueryEngine,
  at: { readonly unit: string; readonly year: number; readonly variable: string },
): Promise<UnitExplanation> {
  const { study, files } = located;
  if (!('ledger' in files)) throw new StudyError('not-available', { feature: said('feature.why_ready') });
  const { table } = await panelOfFiles(engine, files, study);
  const { unit, year, variable } = at;
  const known = table.names;
  if (!known.includes(variable)) {
    const nearest = nearestName(variable, known);
    throw new StudyError('unknown-column', { name: variable, where: '--var', known, nearest });
  }
  const row = Array.from({ length: table.nrow }, (_, i) => i).find(
    (i) => textAt(table, study.panel.unit, i) === unit && Number(textAt(table, study.panel.time, i)) === year,
  );
  if (row === undefined)
    throw new StudyError('empty-sample', { where: `--unit ${unit} --year ${year}`, rows: table.nrow, dropped: {} });
  const numberIn = (name: string): number | null => numberOrNull(table, name, row);
  const city = files.codes.indexOf(unit) + 1;
  const derived = new Map(study.derived.map(({ name, formula }) => [name, formula]));
  const formula = derived.get(variable) ?? variable;
  const series = namesIn(parsePanelExpression(formula)).filter((name) => known.includes(name));
  const explanation = explainCell(
    { place: city, year, variable, formula: series.join(' + ') || variable },
    {
      value: () => numberIn(variable),
      bits: () => (numberIn(variable) === null ? 0 : cellBits.observed),
      series: numberIn,
      ...recordOf(files, city),
      years: [year],
      firms: () => [],
    },
    { cellsOf: cellsBehind(derived), isCounted: () => false },
  );
  const label = ownEntry(study.labels, variable) ?? { en: variable, zh: variable };
  const named = (column: string): string => (known.includes(column) ? textAt(table, column, row) : unit);
  const measured = study.derived.find(({ name }) => name === variable)?.unit ?? { en: '', zh: '' };
  return {
    explanation: { ...explanation, place: unit, formula },
    names: { variable: label, unit: measured, place: { en: named('name_en'), zh: named('name_zh') } },
  };
}

/** The raw cells of one unit, and the lines about them or about whole files. */
function recordOf({ observations, ledger }: UnitTables, city: number) {
  return {
    observations: observations.filter((one) => one.place === city),
    ledger: ledger.filter((line) => line.place === null || line.place === city),
  };
}

/** A derived variable is made of the series of its expression, those of them that are derived of theirs. */
function cellsBehind(derived: ReadonlyMap<string, string>): CellsOf {
  const cellsOf: CellsOf = (name, year, firstYear) => {
    const formula = derived.get(name);
    if (formula === undefined) return ownCell(name, year, firstYear);
    // A column may be taken over under its own name.
    const parts = namesIn(parsePanelExpression(formula)).filter((part) => part !== name);
    return parts.flatMap((part) => cellsOf(part, year, firstYear));
  };
  return cellsOf;
}
