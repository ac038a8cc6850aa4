import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { dot } from '../../math/matrix.ts';
import { sumOfSquares } from '../../math/pairwise-sum.ts';
import { cellText } from '../../table/column.ts';
import { columnOf } from '../../table/expression/evaluate.ts';
import { isNestedIn } from '../../table/factor.ts';
import type { Fitted } from '../estimate-formula.ts';
import type { Clustering, Fit, SampleRows } from '../fit.ts';
import { sampleRowsOf, scoreRowsOf } from '../fit-rows.ts';
import { hatDiagonal } from '../inference/hat-diagonal.ts';
import { rowLeverages } from '../inference/leverage.ts';
import type { Dfbeta, DfbetaGroup, DfbetaMember } from '../result/dfbeta.ts';
import { mostMembers } from '../result/dfbeta.ts';
import { namesOf } from './clusters/cluster-report.ts';
import { clusterFigures } from './clusters/figures.ts';
import { levelsLeftOut, withLevels } from './levels-left-out.ts';
import { oneTerm } from './term-names.ts';

/** Influence as the user wrote it. */
export interface DfbetaTexts {
  readonly text: string;
  /** Columns whose levels are left out one at a time, and `row`; empty: rows, the fixed effects and the keys of the panel. */
  readonly by: readonly string[];
}

/** What stands for single rows, unless a column is called so. */
export const rowWord = 'row';

/**
 * DFBETA = b - b(-), the change of a coefficient when a row, a unit or a period is left out, and DFBETAS = DFBETA / (s(-) sqrt((X'X)^-1_jj))
 * (Belsley, Kuh and Welsch 1980, equations 2.1 and 2.7), in closed form. Of a row x_i'(X'X)^-1_j u_i / (1 - h_i), s(-)^2 = (SSR - u_i^2 /
 * (1 - h_i)) / (df - 1); of a group the same with (I - H_gg)^-1, its fixed effects gone with it.
 * @throws bad-option (a term that no model has, a column of one level), not-available (instruments), unknown-column, missing-cluster,
 *   covariance-undefined (too-large)
 */
export function dfbetas(
  { text, by }: DfbetaTexts,
  fits: readonly Fitted[],
  allTerms: readonly string[],
): readonly Dfbeta[] {
  const term = oneTerm(text, allTerms, 'dfbeta');
  return fits.map(({ fit }): Dfbeta => {
    if (fit.instrumented !== undefined) {
      throw new StudyError('not-available', { feature: said('feature.with_instruments', { option: 'dfbeta' }) });
    }
    const j = fit.names.indexOf(term);
    if (j < 0) return { term: text, estimate: null, groups: [], absent: [term] };
    const sample = sampleRowsOf(fit.gives.sample, 'dfbeta');
    const isRows = (name: string): boolean => name === rowWord && !sample.table.names.includes(rowWord);
    const names = by.length > 0 ? by : [rowWord, ...withLevels(sample, usualColumns(fit))];
    const groups = names.map((name) => (isRows(name) ? rowGroup(fit, j, sample) : levelGroup(fit, j, name, sample)));
    return { term: text, estimate: fit.coefficients[j], groups, absent: [] };
  });
}

/** Columns of the fixed effects and the keys of the panel. */
function usualColumns({ design: { effects, panel } }: Fit): readonly string[] {
  const keys = panel === null ? [] : [panel.unit, panel.time];
  return [...new Set([...effects.map(({ variables }) => variables.join('^')), ...keys])];
}

/** Degrees of freedom of the residuals with all fixed effects counted. */
function freedomOf(fit: Fit): number {
  return fit.nobs - fit.names.length - fit.absorbedRank;
}

/** Row j of the p x r transform, and (X'X)^-1_jj. */
function scaleOf({ transform }: Fit, j: number): { readonly row: Float64Array; readonly scale: number } {
  const row = Float64Array.from({ length: transform.ncol }, (_, r) => transform.data[j + r * transform.nrow]);
  return { row, scale: Math.sqrt(dot(row)) };
}

/** A leverage that leaves less than this of a row, or a mean square below this share of the whole, is nothing but rounding. */
const rounding = 1e-10;

function rowGroup(fit: Fit, j: number, sample: SampleRows): DfbetaGroup {
  const { basis, residuals } = scoreRowsOf(fit, 'dfbeta');
  const { rest, isAbsorbed } = rowLeverages(fit, 'dfbeta');
  const { row, scale } = scaleOf(fit, j);
  const ssr = sumOfSquares(residuals);
  const freedom = freedomOf(fit) - 1;
  const nameOf = rowNames(sample);
  const members = Array.from({ length: fit.nobs }, (_, i): DfbetaMember => {
    let along = 0;
    for (let r = 0; r < row.length; r++) along += row[r] * basis.data[i + r * fit.nobs];
    const own = { place: i + 1, level: nameOf(i), rows: 1 };
    // A row that is alone in a level of a fixed effect says nothing of the coefficient.
    if (isAbsorbed[i] === 1) return { ...own, dfbeta: 0, dfbetas: 0 };
    if (rest[i] < rounding) {
      return Math.abs(along) < rounding * scale
        ? { ...own, dfbeta: 0, dfbetas: 0 }
        : { ...own, dfbeta: null, dfbetas: null };
    }
    const dfbeta = (along * residuals[i]) / rest[i];
    return { ...own, dfbeta, dfbetas: scaled(dfbeta, ssr, ssr - residuals[i] ** 2 / rest[i], freedom, scale) };
  });
  return grouped(null, members);
}

function levelGroup(fit: Fit, j: number, by: string, sample: SampleRows): DfbetaGroup {
  const vcov = `dfbeta ${by}`;
  const clustering = levelsLeftOut(sample, by, 'dfbeta_by');
  const loads = new Float64Array(fit.names.length);
  loads[j] = 1;
  const { rows, change, fall, directions } = clusterFigures(fit, clustering, loads, vcov);
  const { residuals } = scoreRowsOf(fit, vcov);
  const { scale } = scaleOf(fit, j);
  const ssr = sumOfSquares(residuals);
  const own = new Float64Array(clustering.count);
  for (let i = 0; i < residuals.length; i++) own[clustering.codes[i]] += residuals[i] ** 2;
  const inside = parametersInside(sample, clustering);
  const members = namesOf(sample, clustering).map((level, g): DfbetaMember => {
    const named = { place: g + 1, level, rows: rows[g] };
    if (Number.isNaN(change[g])) return { ...named, dfbeta: null, dfbetas: null };
    const freedom = freedomOf(fit) - rows[g] + inside[g] + directions[g];
    return { ...named, dfbeta: change[g], dfbetas: scaled(change[g], ssr, ssr - own[g] - fall[g], freedom, scale) };
  });
  return grouped(by, members);
}

/** Fixed effects that lie in one group each go with it: their number, group by group. */
function parametersInside({ effects, weights, rows }: SampleRows, groups: Clustering): Float64Array {
  const out = new Float64Array(groups.count);
  const nested = effects.filter((effect) => isNestedIn(effect, groups));
  if (nested.length === 0) return out;
  const hat = hatDiagonal(rows.length, nested, weights, false);
  if (hat === null) return out.fill(Number.NaN);
  for (let i = 0; i < hat.length; i++) out[groups.codes[i]] += hat[i];
  return out.map(Math.round);
}

function scaled(dfbeta: number, whole: number, ssr: number, freedom: number, scale: number): number | null {
  if (!(freedom > 0) || !(ssr > rounding * whole)) return null;
  return dfbeta / (Math.sqrt(ssr / freedom) * scale);
}

function grouped(by: string | null, members: readonly DfbetaMember[]): DfbetaGroup {
  const cutoff = 2 / Math.sqrt(members.length);
  const far = ({ dfbetas }: DfbetaMember): number => Math.abs(dfbetas ?? 0);
  const kept =
    members.length <= mostMembers
      ? members
      : [...members]
          .sort((a, b) => far(b) - far(a))
          .slice(0, mostMembers)
          .sort((a, b) => a.place - b.place);
  return {
    ...{ by, levels: members.length, cutoff, members: kept },
    beyond: members.filter((one) => far(one) > cutoff).length,
    undetermined: members.filter(({ dfbeta }) => dfbeta === null).length,
  };
}

/** Unit and time of a row, else its number in the data. */
function rowNames({ panel, table, rows, where }: SampleRows): (i: number) => string {
  if (panel === null) return (i) => String(rows[i] + 1);
  const columns = [panel.unit, panel.time].map((name) => columnOf(table, name, where));
  return (i) => columns.map((column) => cellText(column, rows[i]) ?? '').join(', ');
}
