import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { joinNames } from '../../table/expression/joined-names.ts';
import type { Fitted } from '../estimate-formula.ts';
import type { Fit } from '../fit.ts';
import { sampleRowsOf } from '../fit-rows.ts';
import type { LeaveOut, LeaveOutGroup, LeftOut } from '../result/leave-out.ts';
import { namesOf } from './clusters/cluster-report.ts';
import { clusterFigures } from './clusters/figures.ts';
import { levelsLeftOut, withLevels } from './levels-left-out.ts';
import { oneTerm } from './term-names.ts';

/** Leaving out as the user wrote it. */
export interface LeaveOutTexts {
  readonly text: string;
  /** Columns whose levels are left out, one at a time; empty: those of the fixed effects. */
  readonly by: readonly string[];
}

/**
 * The coefficient without each city, each year, each group, in closed form: b - load'(X'X - X_g'X_g)^-1 X_g'u_g with the effects that cross
 * the groups among the X (MacKinnon, Nielsen and Webb 2023, equation 4): what a fit without those rows has, effects estimated anew.
 * @throws bad-option (a term that no model has; nothing to leave out; a column of one value), not-available (instruments), unknown-column, missing-cluster,
 *   covariance-undefined (too-large)
 */
export function leaveOuts(
  { text, by }: LeaveOutTexts,
  fits: readonly Fitted[],
  allTerms: readonly string[],
): readonly LeaveOut[] {
  const term = oneTerm(text, allTerms, 'leave_out');
  return fits.map(({ fit }): LeaveOut => {
    if (fit.instrumented !== undefined) {
      throw new StudyError('not-available', { feature: said('feature.with_instruments', { option: 'leave_out' }) });
    }
    const j = fit.names.indexOf(term);
    if (j < 0) return { term: text, estimate: null, groups: [], absent: [term] };
    const columns = by.length > 0 ? by : withLevels(sampleRowsOf(fit.gives.sample, 'leave out'), effectColumns(fit));
    if (columns.length === 0) {
      const expected = said('expected.leave_out_by');
      throw new StudyError('bad-option', { option: 'leave_out', value: text, expected, suggestion: null });
    }
    const groups = columns.map((column) => groupOf(fit, j, column));
    return { term: text, estimate: fit.coefficients[j], groups, absent: [] };
  });
}

function effectColumns(fit: Fit): readonly string[] {
  return [...new Set(fit.design.effects.map(({ variables }) => joinNames(variables)))];
}

function groupOf(fit: Fit, j: number, by: string): LeaveOutGroup {
  const vcov = `leave out ${by}`;
  const sample = sampleRowsOf(fit.gives.sample, vcov);
  const clustering = levelsLeftOut(sample, by, 'leave_out_by');
  const loads = new Float64Array(fit.names.length);
  loads[j] = 1;
  const { rows, change } = clusterFigures(fit, clustering, loads, vcov);
  const estimate = fit.coefficients[j];
  const members = namesOf(sample, clustering).map((level, g): LeftOut => {
    return { level, rows: rows[g], estimate: Number.isNaN(change[g]) ? null : estimate - change[g] };
  });
  const determined = members.filter((one) => one.estimate !== null);
  const sorted = [...determined].sort((a, b) => (a.estimate ?? 0) - (b.estimate ?? 0));
  return {
    ...{ by, levels: members.length, lowest: sorted[0] ?? null, highest: sorted.at(-1) ?? null, members },
    sign_changes: determined.filter((one) => Math.sign(one.estimate ?? 0) !== Math.sign(estimate)).length,
    undetermined: members.length - determined.length,
  };
}
