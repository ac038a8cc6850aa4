import { at } from '../../../error/at.ts';
import { columnTable, numberColumn } from '../../../table/column.ts';
import { unquoteName } from '../../../table/expression/tokenize.ts';
import type { Design } from '../../contract.ts';
import type { FitInput } from '../../estimate-formula.ts';
import { fitModel, summarizeModel } from '../../estimate-formula.ts';
import type { ModelFormula } from '../../formula/ast.ts';
import type { EarlierTreatment } from '../../result/placebo.ts';
import { coefficientLine } from '../coefficient-line.ts';
import type { PermutedErrors } from '../permutation/permutation-test.ts';
import type { DatedTreatment } from './dated-treatment.ts';
import { averageOn, redatedModel, redatedTable, whereEstimable } from './refit.ts';

const nothing = { estimate: null, se: null, stat: null, p: null, ci95: null } as const;

/**
 * The placebo in time: on the rows before the treatment alone, the treatment is moved some periods earlier and the model estimated
 * again (Abadie, Diamond and Hainmueller 2015, section 4; of two-way models Chen, Qi and Yan 2025). An effect there is none of it.
 * @param input what the model was fitted on.
 */
export function earlierTreatment(
  input: FitInput & { readonly formula: ModelFormula },
  design: Design,
  term: string,
  treatment: DatedTreatment,
  errors: PermutedErrors,
  periods: number,
): EarlierTreatment {
  const { units, times, dates } = treatment;
  const isBefore = (row: number): boolean => units[row] >= 0 && !(times[row] >= dates[units[row]]);
  const rows = design.rows.filter(isBefore);
  const counts = switching(rows, treatment, periods);
  const counted = { periods, ...counts };
  if (counts.units === 0) return { ...counted, ...nothing, nobs: null, reason: 'none-switch' };
  const moved = { ...input, choice: { rows, where: 0, split: 0 } };
  const found =
    treatment.factor === null
      ? ofDummy(moved, term, treatment, errors, periods)
      : ofEvent(moved, treatment, errors, periods);
  return found === null ? { ...counted, ...nothing, nobs: null, reason: 'not-estimable' } : { ...counted, ...found };
}

/** Units with rows on both sides of their moved date, and rows from it on. */
function switching(
  rows: Int32Array,
  { units, count, times, dates }: DatedTreatment,
  periods: number,
): Pick<EarlierTreatment, 'units' | 'rows'> {
  const [hasBefore, hasAfter] = [new Uint8Array(count), new Uint8Array(count)];
  let treatedRows = 0;
  for (const row of rows) {
    const unit = units[row];
    if (times[row] >= dates[unit] - periods) {
      hasAfter[unit] = 1;
      treatedRows += 1;
    } else hasBefore[unit] = 1;
  }
  return { units: hasAfter.reduce((sum, own, unit) => sum + (own & at(hasBefore, unit)), 0), rows: treatedRows };
}

type Found = Omit<EarlierTreatment, 'periods' | 'units' | 'rows' | 'reason'> | null;

function ofDummy(
  input: FitInput,
  term: string,
  { units, times, dates }: DatedTreatment,
  { covariance, ssc }: PermutedErrors,
  periods: number,
): Found {
  const values = times.map((time, row) => (units[row] >= 0 && time >= dates[units[row]] - periods ? 1 : 0));
  const table = columnTable({ ...input.table.columns, [unquoteName(term)]: numberColumn(values) });
  return whereEstimable(() => {
    const result = summarizeModel(fitModel({ ...input, table }), { vcov: covariance, ssc });
    const line = result.coef.find((one) => one.term === term);
    if (line === undefined) return null;
    const { estimate, se, stat, p, ci95 } = line;
    return { estimate, se, stat, p, ci95, nobs: result.nobs };
  });
}

function ofEvent(
  input: FitInput & { readonly formula: ModelFormula },
  treatment: DatedTreatment,
  { covariance, ssc }: PermutedErrors,
  periods: number,
): Found {
  if (treatment.factor === null) return null;
  const { input: redated, names } = redatedModel(input, treatment.factor);
  const table = redatedTable(input.table, names, treatment, (unit) => treatment.dates[unit] - periods);
  const found = averageOn({ ...redated, table }, covariance, ssc);
  if (found === null) return null;
  const { estimate, variance, dof } = found.average;
  return { ...coefficientLine(estimate, variance, dof), nobs: found.nobs };
}
