import { at } from '../../error/at.ts';
import type { Diagnostic } from '../../error/diagnostic.ts';
import { momentsOf } from '../../math/moments.ts';
import type { ColumnTable } from '../../table/column.ts';
import { numericColumn } from '../../table/expression/evaluate.ts';
import { quoteName } from '../../table/expression/tokenize.ts';
import type { Factor } from '../../table/factor.ts';
import type { ComparedVariable, GroupMoments, JointTest, MeanDifference } from '../result/group-comparison.ts';
import type { CovarianceLabel } from '../result/result.ts';
import type { ComparisonRequest, RowGroups } from './contract.ts';
import type { DoubtReason, Doubts } from './doubts.ts';
import { type Moments, manyMeans, twoMeans } from './mean-tests.ts';
import { fitOn, rowsWith, withColumns } from './regression.ts';

/** What comparing groups goes by, and where it tells what it met. */
export interface Comparing {
  readonly table: ColumnTable;
  readonly groups: RowGroups;
  readonly request: ComparisonRequest;
  /** Pairs of groups, [one, base], by their codes. */
  readonly pairs: readonly (readonly [number, number])[];
  /** nrow marks of the rows with what the covariance and the effects look at. */
  readonly usable: Uint8Array;
  /** What the covariance clusters by. */
  readonly clusters: readonly Factor[];
  readonly doubts: Doubts;
  readonly labels: CovarianceLabel[];
  readonly warnings: Diagnostic[];
}

/** A group of one variable: its values, and why nothing can be tested with it (null: it can). */
export interface GroupValues {
  readonly code: number;
  readonly label: string;
  readonly rows: readonly number[];
  /** Null without a row. The variance of one row is NaN. */
  readonly moments: Moments | null;
  readonly lack: DoubtReason | null;
}

/** Whether groups are compared by a regression on them, or by their means and variances alone. */
export function isByRegression({ covariance, effects }: Pick<ComparisonRequest, 'covariance' | 'effects'>): boolean {
  return covariance !== null || effects !== null;
}

/** A variable in every group: its moments, the pairs, and of more than two groups all of them together. */
export function compareVariable(
  variable: string,
  comparing: Comparing,
): { readonly compared: ComparedVariable; readonly groups: readonly GroupValues[] } {
  const { table, request, pairs } = comparing;
  const values = numericColumn(table, variable, request.kind);
  const groups = groupsOf(values, comparing);
  const compared = {
    variable,
    groups: groups.map(shownMoments),
    differences: pairs.map(([one, base]) => differenceOf(variable, [at(groups, one), at(groups, base)], comparing)),
    joint: groups.length === 2 ? null : jointOf(variable, groups, comparing),
  };
  return { compared, groups };
}

function groupsOf(values: Float64Array, { groups, usable, clusters, request }: Comparing): readonly GroupValues[] {
  const own = groups.labels.map((): number[] => []);
  for (const row of rowsWith([values], usable)) own[groups.codes[row] ?? -1]?.push(row);
  return own.map((rows, code) => {
    const held = Float64Array.from(rows, (row) => values[row] ?? Number.NaN);
    const { mean, centred } = momentsOf(held);
    const isConstant = held.every((value) => value === held[0]);
    const n = rows.length;
    const variance = isConstant && n > 1 ? 0 : centred ** 2 / (n - 1);
    const isAlone =
      clusters.length > 0 && clusters.every(({ codes }) => rows.every((row) => codes[row] === codes[rows[0] ?? -1]));
    const needsTwo = isByRegression(request) || request.variances === 'unequal';
    const lack = n === 0 ? 'no-rows' : n === 1 && needsTwo ? 'one-row' : isAlone ? 'one-cluster' : null;
    return { code, label: at(groups.labels, code), rows, moments: n === 0 ? null : { n, mean, variance }, lack };
  });
}

function shownMoments({ label: group, moments }: GroupValues): GroupMoments {
  if (moments === null) return { group, n: 0, mean: null, sd: null };
  const { n, mean, variance } = moments;
  return { group, n, mean, sd: n < 2 ? null : Math.sqrt(variance) };
}

function differenceOf(
  variable: string,
  [one, base]: readonly [GroupValues, GroupValues],
  comparing: Comparing,
): MeanDifference {
  const { request, labels, warnings } = comparing;
  const difference = one.moments === null || base.moments === null ? null : one.moments.mean - base.moments.mean;
  const nothing = { group: one.label, base: base.label, difference, se: null, t: null, df: null, p: null };
  if (!areTestable(variable, [one, base], comparing) || one.moments === null || base.moments === null) return nothing;
  if (!isByRegression(request)) {
    const tested = twoMeans(one.moments, base.moments, request.variances);
    return tested === null ? nothing : { ...nothing, ...tested };
  }
  const { result, terms } = regressOn(variable, [one], base, comparing);
  labels.push(result.vcov);
  warnings.push(...result.warnings);
  const [term] = terms.slice(-1);
  if (term === undefined) return nothing;
  return { ...nothing, difference: term.estimate, se: term.se, t: term.stat, df: term.df, p: term.p };
}

function jointOf(variable: string, groups: readonly GroupValues[], comparing: Comparing): JointTest {
  const { request, labels, warnings } = comparing;
  const nobs = groups.reduce((sum, { rows }) => sum + rows.length, 0);
  const nothing: JointTest = { stat: null, df: [groups.length - 1, null], p: null, nobs };
  const moments = groups.flatMap((group) => (group.moments === null ? [] : [group.moments]));
  if (!areTestable(variable, groups, comparing)) return nothing;
  if (!isByRegression(request)) {
    const tested = manyMeans(moments, request.variances);
    if (tested === null) tellOneValue(variable, groups, comparing.doubts);
    return { ...nothing, ...tested };
  }
  const { result } = regressOn(variable, groups.slice(1), at(groups, 0), comparing);
  labels.push(result.vcov);
  warnings.push(...result.warnings);
  const { f } = result;
  return f == null ? nothing : { stat: f.stat, df: f.df, p: f.p, nobs: result.nobs };
}

/** Whether a test of these groups exists; what keeps it from that is told. */
function areTestable(
  variable: string,
  groups: readonly GroupValues[],
  { doubts, groups: { codes } }: Comparing,
): boolean {
  const lacking = groups.filter(({ lack }) => lack !== null);
  for (const { code, label, lack } of lacking) {
    // Of a group that has a row in all, the group is told and not each variable.
    const isSmall = codes.reduce((count, one) => count + (one === code ? 1 : 0), 0) === 1;
    if (lack !== null) doubts.add(lack, lack === 'one-cluster' || isSmall ? label : `${variable} / ${label}`);
  }
  if (lacking.length > 0) return false;
  const moments = groups.flatMap((group) => (group.moments === null ? [] : [group.moments]));
  if (moments.some(({ variance }) => variance > 0)) return true;
  const isOneValue = moments.every(({ mean }) => mean === moments[0]?.mean);
  doubts.add(isOneValue ? 'constant' : 'no-spread', variable);
  return false;
}

/** Welch's F weights a group by its variance, of which a group of one value has none. */
function tellOneValue(variable: string, groups: readonly GroupValues[], doubts: Doubts): void {
  for (const { label, moments } of groups)
    if (moments?.variance === 0) doubts.add('one-value', `${variable} / ${label}`);
}

/** The variable on membership of some groups, on the rows of these and the base. */
function regressOn(
  variable: string,
  members: readonly GroupValues[],
  base: GroupValues,
  { table, groups, request }: Comparing,
): ReturnType<typeof fitOn> {
  const dummies = members.map((group) => ({
    name: `${groups.name} = ${group.label}`,
    values: membership(table.nrow, [...members, base], group),
  }));
  const made = withColumns(table, dummies);
  const right = made.names.map(quoteName).join(' + ');
  const behind = request.effects === null ? '' : ` | ${request.effects}`;
  return fitOn(made.table, `${quoteName(variable)} ~ ${right}${behind}`, request);
}

/** 1 in the group `one`, 0 in the others of the list, missing elsewhere. */
export function membership(nrow: number, groups: readonly GroupValues[], one: GroupValues): Float64Array {
  const values = new Float64Array(nrow).fill(Number.NaN);
  for (const group of groups) for (const row of group.rows) values[row] = group === one ? 1 : 0;
  return values;
}
