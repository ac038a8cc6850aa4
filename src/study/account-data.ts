import type { LedgerLine, LedgerRule } from '../data/clean/ledger.ts';
import { rowRules } from '../data/clean/read-table.ts';
import { slipRule } from '../data/clean/slip-rule.ts';
import { seriesIn } from '../data/panel/trace.ts';
import type { CountedRows } from '../domain/contract.ts';
import { ledgerLineDocument } from '../output/document/results/cell-document.ts';
import type {
  Coverage,
  DataAccount,
  FillAccount,
  LedgerAccount,
  ModelRows,
  RowReason,
  SlipAccount,
  SourceAccount,
} from '../output/report/data-account.ts';
import { numberAt, textAt } from '../table/cell-at.ts';
import { type BuiltPanel, panelSize } from './build-panel.ts';
import type { StudyTable } from './exhibit/contract.ts';
import type { ResolvedRawStudy } from './language/resolve.ts';
import type { StudyPanel } from './panel-source/contract.ts';
import { placeNamesOf } from './place-names.ts';
import type { TableSource } from './read-raw.ts';
import { faultText, type RowFault } from './without/row-fault.ts';

/** Where the whole ledger of a run lies, below its folder. */
export const ledgerFile = 'provenance/ledger.csv';

/** What became of the raw tables, up to the rows of each model. */
export function accountData(
  { study, built, left }: Pick<Extract<StudyPanel, { readonly kind: 'raw-tables' }>, 'study' | 'built' | 'left'>,
  tables: readonly StudyTable[],
): DataAccount {
  const { sampleLedger, panel } = built;
  const { units } = panelSize(built);
  return {
    sources: [...built.tables.map(tableAccount), ...(built.counted === null ? [] : [countedAccount(built.counted)])],
    coverage: coverageOf(built, units),
    ledger: accountLedger(built),
    fills: study.measures.map((measure, row) => fillAccount(measure, built, row)),
    slips: slipAccounts(built),
    empty: built.lacking,
    ...(built.passed.length === 0 ? {} : { passed: built.passed }),
    ...(left?.faults === undefined ? {} : { without_rows: left.faults.map(rowFaultOf) }),
    flow: {
      gazetteer: numberAt(sampleLedger, 'cities_left', 0),
      universe: numberAt(sampleLedger, 'cities_left', 1),
      cities: units,
      rows: panel.nrow,
    },
    models: tables.flatMap((table) => modelRows(table, panel.nrow)),
    counts_electricity_and_coal: built.vocabulary.countsTwice(
      study.measures.flatMap(({ formula }) => seriesIn(formula)),
      built.fuels,
    ),
  };
}

function rowFaultOf(fault: RowFault): NonNullable<DataAccount['without_rows']>[number] {
  return { what: fault.need, reason: faultText(fault) };
}

export function tableAccount({ kind, files, rows, rowsUsed, leftOut }: TableSource): SourceAccount {
  return {
    kind,
    files: files.map(({ name, format, encoding, rows: own }) => ({ path: name, format, encoding, rows: own })),
    rows_read: rows,
    rows_used: rowsUsed,
    left_out: withRows(rowRules.map((reason) => ({ reason, rows: leftOut[reason] }))),
  };
}

function countedAccount({ kind, files, rows, counted, leftOut }: CountedRows): SourceAccount {
  return { kind, files, rows_read: rows, rows_used: counted, left_out: withRows(leftOut) };
}

function withRows(reasons: readonly { reason: RowReason; rows: number }[]): SourceAccount['left_out'] {
  return reasons.filter(({ rows }) => rows > 0);
}

function coverageOf({ coverage }: BuiltPanel, units: number): Coverage {
  const years = new Set<number>();
  const variables = new Map<string, { observed: number[]; filled: number[]; missing: number[] }>();
  for (let row = 0; row < coverage.nrow; row++) {
    years.add(numberAt(coverage, 'year', row));
    const id = textAt(coverage, 'variable', row);
    const counts = variables.get(id) ?? { observed: [], filled: [], missing: [] };
    for (const name of ['observed', 'filled', 'missing'] as const) counts[name].push(numberAt(coverage, name, row));
    variables.set(id, counts);
  }
  return {
    years: [...years],
    cities: units,
    variables: [...variables].map(([variable, counts]) => ({ variable, ...counts })),
  };
}

/** Rules of the ledger, the most frequent first, each with its first line as the example. */
export function accountLedger({ ledger, counted }: Pick<BuiltPanel, 'ledger' | 'counted'>): LedgerAccount {
  const ofCounted = new Set(counted?.ledger);
  const counts = new Map<LedgerRule, { count: number; example: LedgerLine }>();
  for (const line of ledger) {
    const known = counts.get(line.rule) ?? { count: 0, example: line };
    counts.set(line.rule, known);
    if (!ofCounted.has(line)) known.count++;
  }
  for (const [rule, count] of counted?.rules ?? []) {
    const known = counts.get(rule);
    if (known !== undefined) known.count += count;
  }
  const rules = [...counts].map(([rule, { count, example }]) => ({
    rule,
    count,
    example: ledgerLineDocument(example),
  }));
  rules.sort((a, b) => b.count - a.count || a.rule.localeCompare(b.rule));
  return { file: ledgerFile, lines: ledger.length, rules };
}

function fillAccount(
  { id, missing }: ResolvedRawStudy['measures'][number],
  built: BuiltPanel,
  row: number,
): FillAccount {
  const count = (column: string): number => numberAt(built.cellLedger, column, row);
  return {
    variable: id,
    cells: count('cells'),
    observed: count('observed'),
    interpolated: count('interpolated'),
    extrapolated: count('extrapolated'),
    missing: count('missing'),
    rule: missing,
  };
}

function slipAccounts(built: BuiltPanel): SlipAccount[] {
  const nameOf = placeNamesOf(built);
  return built.slips.map((slip) => ({
    indicator: slip.indicator,
    file: slip.file,
    city: slip.place,
    city_name: slip.place === null ? null : nameOf(String(slip.place)),
    years: slip.years,
    power: slip.power,
    cells: slip.cells.length,
    rule: slipRule(slip),
  }));
}

/** Neighbouring columns with equal counts become one entry. */
export function modelRows({ models, number }: StudyTable, rows: number): ModelRows[] {
  const entries: ModelRows[] = [];
  models.forEach(({ results: [model] }, i) => {
    const { where, missing, singleton, ...others } = model.dropped;
    const other = Object.values(others).reduce((sum, rows) => sum + rows, 0);
    const last = entries.at(-1);
    const isSame =
      last !== undefined &&
      last.nobs === model.nobs &&
      last.where === where &&
      last.missing === missing &&
      last.other === other &&
      last.singleton === singleton;
    if (isSame) entries[entries.length - 1] = { ...last, columns: [last.columns[0], i + 1] };
    else {
      const counts = { rows, where, missing, other, singleton, nobs: model.nobs };
      entries.push({ table: number, columns: [i + 1, i + 1], ...counts });
    }
  });
  return entries;
}
