import type {
  Column,
  DescriptiveRow,
  Printed,
  RegressionTable,
  TableSet,
  ThresholdTest,
} from '../../audit/contract.ts';
import { readPrinted } from '../../audit/interval.ts';
import { errorsOfNote } from '../../audit/paste/words.ts';
import type { NumberTable, PublishedTables } from '../language/published-schema.ts';
import { coefficientOf, isErrorWord, usualLevels, withFacts, wordsOf } from './parts.ts';
import { descriptiveRow } from './table-list.ts';

type CoefficientTable = Extract<NumberTable, { kind: 'coefficients' }>;
type StatisticTable = Extract<NumberTable, { kind: 'statistics' }>;

/** The printed numbers of a study as a set of tables. */
export function setOfPublished(tables: PublishedTables): TableSet {
  const entries = Object.entries(tables);
  const regressions = entries.flatMap(([id, table]) =>
    table.kind === 'coefficients' ? [regressionTable(id, table)] : [],
  );
  const statistics = entries.flatMap(([id, table]) => (table.kind === 'statistics' ? [[id, table] as const] : []));
  const set: TableSet = {
    levels: usualLevels,
    panel: { units: null, periods: null },
    regressions,
    descriptives: statistics.flatMap(([id, table]) => (isOfThresholds(table) ? [] : descriptiveRows(id, table))),
    thresholds: statistics.flatMap(([id, table]) => (isOfThresholds(table) ? thresholdTests(id, table) : [])),
    claims: entries.flatMap(([, table]) =>
      table.kind === 'claims'
        ? table.claims.map(({ location, quote, kind, value, table_ref }) => ({
            location,
            quote,
            kind,
            value,
            ref: table_ref,
          }))
        : [],
    ),
    words: wordsOf(
      entries.map(([, { title }]) => title),
      regressions.flatMap(({ columns }) => columns),
    ),
    variables: {},
    groups: [],
    partitions: [],
    nested: [],
  };
  return entries.reduce((all, [, table]) => (table.kind === 'facts' ? withFacts(all, table) : all), set);
}

function regressionTable(id: string, table: CoefficientTable): RegressionTable {
  const isError = isErrorWord(table.statistic, null);
  return {
    id,
    title: table.title,
    note: table.note ?? null,
    printedOutcome: table.heading ?? null,
    errors: errorsOfNote(`${table.statistic} ${table.note ?? ''}`),
    columns: Object.entries(table.columns).map(([name, said], i): Column => {
      const own = typeof said === 'string' ? { label: said } : said;
      const words = { ...table, ...own };
      const n = at(table.nobs, i);
      return {
        id: name,
        label: own.label,
        outcome: words.outcome ?? null,
        sample: words.sample ?? null,
        group: words.group ?? null,
        model: words.model ?? '',
        n: n === null ? null : { ...n, low: n.value, high: n.value },
        r2: at(table.r2, i),
        isAdjusted: false,
        effects: (words.effects ?? []).map((effect) => effect.toLowerCase()),
        controls: words.controls ?? null,
        cells: Object.entries(table.rows).flatMap(([term, row]) => {
          const text = row[i] ?? null;
          return text === null ? [] : (cellOf(term, text, isError) ?? []);
        }),
      };
    }),
    tests: Object.entries(table.tests).flatMap(([test, text]) => {
      const value = readPrinted(text);
      return value === null ? [] : [{ id: test, label: test, value }];
    }),
  };
}

function at(row: readonly (string | null)[] | undefined, i: number): Printed | null {
  const text = row?.[i] ?? null;
  return text === null ? null : readPrinted(text);
}

/** `0.111*** (5.833) [0.07, 0.15]`: estimate and stars, what stands below, an interval. */
function cellOf(term: string, text: string, isError: boolean) {
  const [, estimate = '', below, low, high] =
    /^([^([]*)(?:\(([^)]*)\))?\s*(?:\[([^,\]]*),([^\]]*)\])?$/.exec(text.trim()) ?? [];
  const interval = low === undefined || high === undefined ? null : [low, high];
  return coefficientOf({ term, estimate: estimate.trim(), below: below ?? null, interval }, isError);
}

const isOfThresholds = ({ columns }: StatisticTable): boolean =>
  columns.includes('f') && (columns.includes('threshold') || columns.includes('crit5'));

function descriptiveRows(id: string, { columns, rows }: StatisticTable): DescriptiveRow[] {
  return Object.entries(rows).map(([variable, row]) =>
    descriptiveRow(
      id,
      variable,
      columns.flatMap((name, i) => (row[i] == null ? [] : [[name, row[i] ?? ''] as const])),
    ),
  );
}

function thresholdTests(id: string, { columns, rows }: StatisticTable): ThresholdTest[] {
  return Object.entries(rows).flatMap(([variable, row]) => {
    const textAt = (name: string): string | null => row[columns.indexOf(name)] ?? null;
    const of = (name: string): Printed | null => {
      const text = textAt(name);
      return text === null ? null : readPrinted(text);
    };
    const f = of('f');
    if (f === null) return [];
    const [ten, five, one] = [of('crit10'), of('crit5'), of('crit1')];
    return [
      {
        ...{ table: id, variable, f, stars: (textAt('f') ?? '').split('*').length - 1 },
        ...{ p: of('p'), threshold: of('threshold'), replicates: of('boot')?.value ?? of('bs')?.value ?? null },
        critical: ten === null || five === null || one === null ? null : [ten, five, one],
      },
    ];
  });
}
