import type { Cell, TableColumn } from './contract.ts';
import { plain } from './parts.ts';

/** What a line of a coefficient table says. */
export interface CoefficientLine {
  readonly estimate: number | null;
  readonly se: number | null;
  readonly stat: number | null;
  readonly p: number | null;
  readonly ci95: readonly [low: number | null, high: number | null] | null;
}

/** Headings of statistic and p: z where the distribution is the normal, t otherwise. */
export function statisticColumns(isNormal: boolean): readonly [stat: TableColumn, p: TableColumn] {
  return [
    { id: 'stat', label: { key: isNormal ? 'coef.z' : 'coef.t' } },
    { id: 'p', label: { key: isNormal ? 'coef.p_z' : 'coef.p' } },
  ];
}

/** Coefficient, standard error, statistic and p; `between` stands before p. */
export function testedColumns(isNormal: boolean, between: readonly TableColumn[] = []): readonly TableColumn[] {
  const [stat, p] = statisticColumns(isNormal);
  return [
    { id: 'estimate', label: { key: 'coef.estimate' } },
    { id: 'se', label: { key: 'coef.se' } },
    stat,
    ...between,
    p,
  ];
}

/** The cells of `testedColumns`. */
export function testedCells(line: Omit<CoefficientLine, 'ci95'>, between: readonly Cell[] = []): readonly Cell[] {
  return [plain(line.estimate), plain(line.se), plain(line.stat, 2), ...between, { kind: 'p', value: line.p }];
}

/** The two ends of a 95% interval. */
export const intervalColumns: readonly TableColumn[] = [
  { id: 'low', label: { key: 'coef.ci_low' } },
  { id: 'high', label: { key: 'coef.ci_high' } },
];

/** The cells of `intervalColumns`. */
export function intervalCells(interval: CoefficientLine['ci95']): readonly Cell[] {
  return [plain(interval?.[0] ?? null), plain(interval?.[1] ?? null)];
}

/** The columns of a coefficient table: `testedColumns`, then the interval. */
export function coefficientColumns(isNormal: boolean, between: readonly TableColumn[] = []): readonly TableColumn[] {
  return [...testedColumns(isNormal, between), ...intervalColumns];
}

/** The cells of `coefficientColumns`. */
export function coefficientCells(line: CoefficientLine, between: readonly Cell[] = []): readonly Cell[] {
  return [...testedCells(line, between), ...intervalCells(line.ci95)];
}
