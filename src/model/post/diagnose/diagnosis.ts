import { said } from '../../../error/said.ts';
import { StudyError } from '../../../error/study-error.ts';
import { columnOf } from '../../../table/expression/evaluate.ts';
import type { Factor } from '../../../table/factor.ts';
import { factorOf } from '../../../table/factor.ts';
import type { CovarianceRequest, Design } from '../../contract.ts';
import { panelIndexOf } from '../../design/panel-index.ts';
import { unitEffectOf } from '../../design/unit-effect.ts';
import type { Fitted } from '../../estimate-formula.ts';
import type { GivesRows } from '../../fit.ts';
import { rowsOf } from '../../fit-rows.ts';
import { crossDependence, lagrangeMultipliers, pairSums, summaryOf } from '../../panel-tests/cross-section.ts';
import { noTest } from '../../panel-tests/unit-roots.ts';
import { unitSeriesOf } from '../../panel-tests/unit-series.ts';
import type { ModelCheck, ModelDiagnosis, ModelTestLine } from '../../result/diagnosis.ts';
import type { PairSummary } from '../../result/panel-tests.ts';
import type { DiagnoseOptions } from './contract.ts';
import { modifiedWald } from './groupwise.ts';
import { varianceInflation } from './inflation.ts';
import { resetTest } from './reset.ts';
import { datedSample, differencesTest, withinTest } from './serial.ts';

/**
 * What is asked of a model beside its estimates: variance inflation, RESET, serial correlation, unequal variances of units, dependence of
 * units. RESET is under the covariance; the others do not rest on it and stand with the first one.
 * @throws not-available (instruments), panel-needed, rows-needed, missing-cluster, the codes of the panel's index, over-budget
 */
export function diagnosisOf(
  fitted: Fitted,
  { checks, power }: DiagnoseOptions,
  options: { readonly vcov: string | CovarianceRequest; readonly ssc: string },
  isFirst: boolean,
): ModelDiagnosis | null {
  const { fit } = fitted;
  if (fit.instrumented !== undefined) {
    throw new StudyError('not-available', { feature: said('feature.with_instruments', { option: 'diagnose' }) });
  }
  const asked = (check: ModelCheck): boolean => checks.includes(check) && (isFirst || check === 'reset');
  if (!isFirst && !asked('reset')) return null;
  const rows = rowsOf(fit, { kind: 'joint' });
  const tests: ModelTestLine[] = [];
  if (asked('reset')) tests.push(resetTest(fitted, rows, power, options));
  if (asked('serial')) tests.push(...serialTests(rows));
  if (asked('hetero')) tests.push(modifiedWald(rows.residuals, unitOf(rows.design, 'hetero')));
  const dependence = asked('cd') || asked('lm') ? dependenceOf(rows, asked) : null;
  return {
    tests: [...tests, ...(dependence?.tests ?? [])],
    vif: asked('vif') ? varianceInflation(fit, rows) : null,
    pairs: dependence?.pairs ?? null,
    has_period_effects: rows.design.effects.some(({ variables }) => variables.includes(rows.design.panel?.time ?? '')),
  };
}

function serialTests({ design, residuals }: GivesRows): readonly ModelTestLine[] {
  const { panel, where } = design;
  if (panel === null) throw new StudyError('panel-needed', { where, operator: 'diagnose serial' });
  const unit = unitOf(design, 'serial');
  const sample = datedSample(design, unit, panelIndexOf(design.table, panel, where));
  return [differencesTest(sample), ...(hasUnitEffects(design) ? [withinTest(sample, residuals)] : [])];
}

function dependenceOf(
  { design, residuals }: GivesRows,
  asked: (check: ModelCheck) => boolean,
): { readonly tests: readonly ModelTestLine[]; readonly pairs: PairSummary } {
  const { panel, where, table, rows } = design;
  if (panel === null)
    throw new StudyError('panel-needed', { where, operator: `diagnose ${asked('cd') ? 'cd' : 'lm'}` });
  const values = new Float64Array(table.nrow).fill(Number.NaN);
  for (let i = 0; i < rows.length; i++) values[rows[i]] = residuals[i];
  const sums = pairSums(unitSeriesOf(values, panelIndexOf(table, panel, where)), where);
  const isAlone = sums.units < 2;
  return {
    tests: [
      ...(asked('cd') ? [isAlone ? noTest('cd', 'one-unit') : crossDependence(sums)] : []),
      ...(asked('lm')
        ? isAlone
          ? [noTest('lm', 'one-unit')]
          : lagrangeMultipliers(sums, hasUnitEffects(design))
        : []),
    ],
    pairs: summaryOf(sums),
  };
}

function hasUnitEffects({ effects, panel }: Design): boolean {
  return effects.some(({ variables }) => variables.length === 1 && variables[0] === panel?.unit);
}

/** The unit of the panel, else that of the first fixed effect. @throws panel-needed, missing-cluster */
function unitOf(design: Design, check: ModelCheck): Factor {
  const { panel, effects, where } = design;
  if (panel === null) {
    const effect = effects[unitEffectOf(design)];
    if (effect === undefined) throw new StudyError('panel-needed', { where, operator: `diagnose ${check}` });
    return effect;
  }
  const factor = factorOf(columnOf(design.table, panel.unit, where), design.rows);
  const rows = factor.codes.filter((code) => code < 0).length;
  if (rows > 0) throw new StudyError('missing-cluster', { where, by: panel.unit, rows });
  return factor;
}
