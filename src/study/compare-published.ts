import type { ModelResult } from '../model/result/result.ts';
import type { ThresholdResult } from '../model/result/threshold.ts';
import type { ComparisonRow, ComparisonVerdict } from '../output/table/comparison-table.ts';
import type { DescriptiveRow, DescriptiveStatistic } from '../output/table/summary-table.ts';
import type { PercentileRule } from '../table/percentile.ts';
import type { PublishedNumber } from './language/published.ts';

/** What a study obtained in one of its tables. */
export type ObtainedTable =
  | {
      readonly kind: 'summary';
      readonly id: string;
      readonly quantiles: PercentileRule;
      readonly rows: readonly DescriptiveRow[];
    }
  | {
      readonly kind: 'regression';
      readonly id: string;
      readonly statistic: 't' | 'se';
      readonly r2: keyof ModelResult['r2'];
      readonly columns: readonly ModelResult[];
    }
  | { readonly kind: 'thresholds'; readonly id: string; readonly searches: readonly ThresholdResult[] };

/** Beyond half a unit of the last printed digit, a number is still near when it is within this part of the printed one. */
const nearShare = 0.05;

/** Every printed number of the study's tables beside the number obtained there. Numbers of other tables are left out. */
export function comparePublished(
  published: readonly PublishedNumber[],
  tables: readonly ObtainedTable[],
): ComparisonRow[] {
  return published.flatMap((printed) => {
    const table = tables.find(({ id }) => id === printed.table);
    if (table === undefined) return [];
    const obtained = obtainedNumber(table, printed);
    const tolerance = 0.5 * 10 ** -printed.decimals + nearShare * Math.abs(printed.value);
    return [
      {
        table: printed.table.replace(/^table/, ''),
        column: printed.column,
        term: printed.term === '' ? printed.cell : printed.term,
        published: printed.printed,
        obtained,
        tolerance,
        verdict: verdictOf(printed, obtained, tolerance),
      },
    ];
  });
}

function obtainedNumber(table: ObtainedTable, printed: PublishedNumber): number | null {
  switch (table.kind) {
    case 'summary':
      return summaryNumber(table.rows, printed);
    case 'regression':
      return printed.cell === 'test' ? testNumber(table.columns, printed.term) : regressionNumber(table, printed);
    case 'thresholds':
      return thresholdNumber(table.searches, printed);
  }
}

/** A test of the instruments, by its name in the file of printed numbers. */
function testNumber(columns: readonly ModelResult[], name: string): number | null {
  const iv = columns.find((model) => model.iv !== undefined)?.iv;
  if (iv === undefined) return null;
  const known: Readonly<Record<string, number | null | undefined>> = {
    anderson_lm: iv.anderson_lm.stat,
    anderson_lm_p: iv.anderson_lm.p,
    cragg_donald_f: iv.cragg_donald_f,
    stock_yogo_size10: iv.stock_yogo?.size10,
  };
  return known[name] ?? null;
}

function thresholdNumber(searches: readonly ThresholdResult[], printed: PublishedNumber): number | null {
  const test = searches.find(({ settings }) => settings.by === printed.term)?.tests[0];
  if (test === undefined) return null;
  const { f, p, boot, gamma, crit } = test;
  const known: Readonly<Record<string, number | null>> = {
    f,
    p,
    boot,
    threshold: gamma[0],
    crit10: crit['10'],
    crit5: crit['5'],
    crit1: crit['1'],
  };
  return known[printed.cell] ?? null;
}

/** A regime by its variable, its threshold variable and its side: the threshold itself is estimated. */
const regimeTerm = /^(.+):\[(\w+)(<=|>)[^\]]*\]$/;

function sameRegime(a: string, b: string): boolean {
  const [left, right] = [regimeTerm.exec(a), regimeTerm.exec(b)];
  return left !== null && right !== null && left.slice(1).join() === right.slice(1).join();
}

function verdictOf(printed: PublishedNumber, obtained: number | null, tolerance: number): ComparisonVerdict {
  if (obtained === null) return 'missing';
  const distance = Math.abs(obtained - printed.value);
  if (distance <= 0.5 * 10 ** -printed.decimals) return 'equal';
  return distance <= tolerance ? 'near' : 'far';
}

function summaryNumber(rows: readonly DescriptiveRow[], printed: PublishedNumber): number | null {
  const row = rows.find(({ variable }) => variable === printed.term);
  return row?.[printed.cell as DescriptiveStatistic] ?? null;
}

function regressionNumber(
  table: Extract<ObtainedTable, { kind: 'regression' }>,
  printed: PublishedNumber,
): number | null {
  const model = table.columns[Number(printed.column.replace(/[()]/g, '')) - 1];
  if (model === undefined) return null;
  if (printed.cell === 'nobs') return model.nobs;
  if (printed.cell === 'r2') return model.r2[table.r2];
  const coefficient = model.coef.find(({ term }) => term === printed.term || sameRegime(term, printed.term));
  if (coefficient === undefined) return null;
  if (printed.cell === 'estimate') return coefficient.estimate;
  return table.statistic === 't' ? coefficient.stat : coefficient.se;
}
