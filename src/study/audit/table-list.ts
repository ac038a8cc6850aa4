import type {
  Column,
  DescriptiveRow,
  Printed,
  RegressionTable,
  TableSet,
  TableTest,
  ThresholdTest,
} from '../../audit/contract.ts';
import { printedAs, readPrinted } from '../../audit/interval.ts';
import { errorsOfNote, isYes, statisticOf } from '../../audit/paste/words.ts';
import { said } from '../../error/said.ts';
import { faultAt, type PlacelessFault } from '../language/faults.ts';
import { type ListedTable, type TableList, tableListSchema } from '../language/published-schema.ts';
import { readYaml } from '../language/read-yaml.ts';
import { coefficientOf, isErrorWord, usualLevels, withFacts, wordsOf } from './parts.ts';

/** A set of tables written as a list. @throws study-invalid with every fault, each with line and column */
export function readTableList(text: string, file: string): TableSet {
  const list = readYaml(text, file, tableListSchema, listFaults);
  const { meta, claims, facts } = list;
  const regressions = list.tables.filter(isOfCoefficients).map(regressionTable);
  const set: TableSet = {
    levels: levelsOf(meta.stars),
    panel: panelOf(meta),
    regressions,
    descriptives: list.tables.flatMap(descriptiveRows),
    thresholds: list.tables.flatMap(thresholdTests),
    claims: claims.map(({ location, quote, kind, value, table_ref }) => ({
      location,
      quote,
      kind,
      value,
      ref: table_ref,
    })),
    words: wordsOf(
      list.tables.map(({ title }) => title),
      regressions.flatMap(({ columns }) => columns),
    ),
    variables: {},
    groups: [],
    partitions: [],
    nested: [],
  };
  return facts === undefined ? set : withFacts(set, facts);
}

const isOfCoefficients = ({ rows }: ListedTable): boolean => rows.some(({ cells }) => Array.isArray(cells));

/** Rows as long as the columns, and cells that are numbers. */
function listFaults({ tables }: TableList): PlacelessFault[] {
  return tables.flatMap(({ columns, rows }, i) =>
    rows.flatMap(({ cells }, j): PlacelessFault[] => {
      if (!Array.isArray(cells)) return [];
      const path = ['tables', i, 'rows', j, 'cells'] as const;
      const length =
        cells.length === columns.length
          ? []
          : [faultAt(path, said('fault.row_length', { cells: cells.length, columns: columns.length }))];
      const stray = cells.flatMap(({ estimate, stat }, k) =>
        [
          { key: 'estimate', text: estimate },
          { key: 'stat', text: stat },
        ].flatMap(({ key, text }) =>
          text == null || readPrinted(text) !== null
            ? []
            : [faultAt([...path, k, key], said('fault.not_printed', { cell: text }))],
        ),
      );
      return [...length, ...stray];
    }),
  );
}

function levelsOf(stars: Readonly<Record<string, number>> | undefined): readonly number[] {
  return stars === undefined ? usualLevels : Object.values(stars).sort((a, b) => b - a);
}

function panelOf({ sample_text: stated, sample_implied: implied }: TableList['meta']): TableSet['panel'] {
  const [first, last] = [stated?.first_year, stated?.last_year];
  const fromYears = first === undefined || last === undefined ? null : last - first + 1;
  return { units: implied?.units ?? implied?.cities ?? null, periods: implied?.periods ?? implied?.years ?? fromYears };
}

function regressionTable(table: ListedTable): RegressionTable {
  const isError = isErrorWord(table.stat_kind, table.note);
  return {
    id: String(table.table),
    title: table.title,
    note: table.note ?? null,
    printedOutcome: table.depvar_printed ?? null,
    errors: table.se_kind ?? errorsOfNote(table.note),
    columns: table.columns.map((column, i): Column => {
      const cells = table.rows.flatMap(({ term = '', cells: row }) => {
        const cell = Array.isArray(row) ? row[i] : undefined;
        if (cell?.estimate == null) return [];
        const { estimate, stat = null, se = null, p = null, ci = null } = cell;
        return coefficientOf({ term, estimate, below: stat, error: se, p, interval: ci }, isError) ?? [];
      });
      return {
        id: column.id,
        label: column.label ?? '',
        outcome: column.depvar ?? null,
        sample: column.sample ?? null,
        group: column.group ?? null,
        model: column.model ?? '',
        n: countOf(column.n_printed, column.n),
        r2: column.r2_printed == null ? null : readPrinted(column.r2_printed),
        isAdjusted: /adj/i.test(column.r2_kind ?? ''),
        effects: effectsOf(column.fe),
        controls: column.controls ?? null,
        cells,
      };
    }),
    tests: table.tests.flatMap(testsOf),
  };
}

function countOf(text: string | null | undefined, value: number | null | undefined): Printed | null {
  const printed = text == null ? (value == null ? null : readPrinted(String(value))) : readPrinted(text);
  return printed === null ? null : { ...printed, low: printed.value, high: printed.value };
}

/** Fixed effects that are marked as there. */
export function effectsOf(marks: Readonly<Record<string, string>> | null | undefined): readonly string[] {
  return Object.entries(marks ?? {})
    .filter(([, mark]) => isYes(mark))
    .map(([name]) => name.toLowerCase());
}

function testsOf({ id, label, printed, p_printed, stock_yogo_10pct }: ListedTable['tests'][number]): TableTest[] {
  const value = readPrinted(printed.split(/\s+[[{(]/)[0] ?? '');
  const p = p_printed == null ? null : readPrinted(p_printed);
  const critical = stock_yogo_10pct == null ? null : printedAs(String(stock_yogo_10pct), stock_yogo_10pct, 2);
  return [
    ...(value === null ? [] : [{ id, label: label ?? '', value }]),
    ...(p === null ? [] : [{ id: `${id}_p`, label: '', value: p }]),
    ...(critical === null ? [] : [{ id: 'stock_yogo_size10', label: '', value: critical }]),
  ];
}

function descriptiveRows(table: ListedTable): DescriptiveRow[] {
  return table.rows.flatMap(({ variable, cells }) => {
    if (variable === undefined || cells === undefined || Array.isArray(cells)) return [];
    const texts = Object.entries(cells).map(
      ([name, cell]) => [name, typeof cell === 'string' ? cell : cell.printed] as const,
    );
    return [descriptiveRow(String(table.table), variable, texts)];
  });
}

/** One variable: a bare whole number beside broken ones is rounded as they are; the number of rows is exact. */
export function descriptiveRow(
  table: string,
  variable: string,
  texts: readonly (readonly [string, string])[],
): DescriptiveRow {
  const read = texts.flatMap(([name, text]) => {
    const id = statisticOf(name) ?? name.trim().toLowerCase();
    const printed = readPrinted(text);
    return printed === null ? [] : [{ id, text, printed }];
  });
  const most = Math.max(0, ...read.filter(({ id }) => id !== 'obs').map(({ printed }) => printed.decimals));
  const cells = read.map(({ id, text, printed }): [string, Printed] => {
    if (id === 'obs') return [id, { ...printed, low: printed.value, high: printed.value }];
    return [id, printed.decimals === 0 && most > 0 ? printedAs(text, printed.value, most) : printed];
  });
  return { table, variable, cells: Object.fromEntries(cells) };
}

function thresholdTests(table: ListedTable): ThresholdTest[] {
  return table.rows.flatMap((row) => {
    const f = row.fstat === undefined ? null : readPrinted(row.fstat.printed);
    if (row.variable === undefined || row.fstat === undefined || f === null) return [];
    const of = (cell: typeof row.fstat | undefined): Printed | null =>
      cell === undefined ? null : readPrinted(cell.printed);
    const critical = [of(row.crit10), of(row.crit5), of(row.crit1)];
    const [ten, five, one] = critical;
    return [
      {
        table: String(table.table),
        variable: row.variable,
        f,
        stars: row.fstat.printed.split('*').length - 1,
        p: of(row.prob),
        threshold: of(row.threshold_value),
        replicates: row.bs ?? null,
        critical: ten == null || five == null || one == null ? null : [ten, five, one],
      },
    ];
  });
}
