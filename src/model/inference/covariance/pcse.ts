import { StudyError } from '../../../error/study-error.ts';
import type { Matrix } from '../../../math/matrix.ts';
import { linearCombination, zeros } from '../../../math/matrix.ts';
import { columnOf } from '../../../table/expression/evaluate.ts';
import type { Factor } from '../../../table/factor.ts';
import { factorOf as levelsOf } from '../../../table/factor.ts';
import type { CovarianceRequest } from '../../contract.ts';
import type { SampleRows } from '../../fit.ts';
import { sampleRowsOf, scoreRowsOf } from '../../fit-rows.ts';
import type { AveragedParts } from '../averages.ts';
import { addWeightedCross, blocksOf } from '../averages.ts';
import { membersOf } from '../cluster-adjustment.ts';
import { correctionOf, factorOf } from '../correction.ts';
import type { CovarianceMethod, Grouping } from '../method.ts';
import { requireOneRow } from '../periods.ts';
import { repairedFor } from '../repair.ts';
import { badVcov } from '../request.ts';
import { rowsOfScores } from '../scores.ts';

/** Most units (periods) of the matrix of error covariances. */
const sizeLimit = 5000;
const usage = 'pcse, pcse:time, pcse:unit';

/**
 * Panel-corrected errors (Beck and Katz 1995): V = c (X'X)^-1 [ sum_t X_t' S X_t ] (X'X)^-1, s_ij the mean of u_it u_jt over
 * the periods that units i and j share, constant in time. `pcse:unit` has the two dimensions change places: sum_i X_i' S X_i, s_st the mean
 * over the units of both periods. plm's vcovBK with cluster "time" and "group"; c as for HC1. Made non-negative where the panel is not balanced.
 */
export const pcse: CovarianceMethod<Dimensions> = {
  id: 'pcse',
  aliases: ['beck-katz', 'vcovbk'],
  usage,
  errors: 'periods',
  joint: 'never',
  isAveraged: true,
  read: (argument) => {
    const within = argument ?? 'time';
    if (within !== 'time' && within !== 'unit') throw badVcov(`pcse:${argument}`, usage, null);
    return { type: 'pcse', by: [], within };
  },
  columnsNeeded: (_, panel) => (panel ? [panel.unit, panel.time] : []),
  prepare: (sample, request) => dimensionsOf(sampleRowsOf(sample, 'pcse'), request),
  meat: (scores, dimensions) => blocksOf(rowsOfScores(scores, 'pcse'), (parts) => sharedMeat(dimensions, parts)),
  covariance: (influence, dimensions, { request, rule }) => {
    const { correction, dof } = correctionOf(influence, rule, 'hc');
    const factor = factorOf(correction);
    const { basis: q, residuals: a } = scoreRowsOf(influence, 'pcse');
    const meat = sharedMeat(dimensions, { q, a, b: a });
    const { diagnostics, ...own } = repairedFor(influence, linearCombination([meat], [factor]), rule);
    const shown = { type: request.type, by: [], clusters: dimensions.counts };
    return { value: { ...shown, ...own, factors: [factor], dof, correction }, diagnostics };
  },
};

interface Dimensions extends Grouping {
  /** Rows of one group are correlated. */
  readonly groups: Factor;
  /** What tells rows of a group apart; their covariances are the same in every group. */
  readonly labels: Factor;
}

/** @throws panel-needed, duplicate-key, covariance-undefined (too-large) */
function dimensionsOf(sample: SampleRows, { within, type }: CovarianceRequest): Dimensions {
  const { table, rows, where, panel } = sample;
  if (panel === null) throw new StudyError('panel-needed', { where, operator: 'vcov pcse' });
  const [units, times] = [panel.unit, panel.time].map((name) => levelsOf(columnOf(table, name, where), rows));
  requireOneRow(sample, units.codes, times.codes, panel.time);
  const [groups, labels] = within === 'unit' ? [units, times] : [times, units];
  if (labels.count > sizeLimit) {
    const detail = { reason: 'too-large', name: null, count: labels.count, limit: sizeLimit } as const;
    throw new StudyError('covariance-undefined', { where, vcov: type, ...detail });
  }
  return { groups, labels, counts: [groups.count], isDefinite: false };
}

function sharedMeat({ groups, labels }: Dimensions, { q, a, b }: AveragedParts): Matrix {
  const size = labels.count;
  const sums = new Float64Array(size * size);
  const counts = new Int32Array(size * size);
  const members = membersOf({ ...groups, name: '' });
  for (const rows of members) {
    for (const left of rows) {
      const first = labels.codes[left] * size;
      for (const right of rows) {
        const cell = first + labels.codes[right];
        sums[cell] += a[left] * b[right];
        counts[cell] += 1;
      }
    }
  }
  const meat = zeros(q.ncol, q.ncol);
  for (const rows of members) {
    for (const left of rows) {
      const first = labels.codes[left] * size;
      for (const right of rows) {
        const cell = first + labels.codes[right];
        addWeightedCross(meat, q, { left, right, weight: sums[cell] / counts[cell] });
      }
    }
  }
  return meat;
}
