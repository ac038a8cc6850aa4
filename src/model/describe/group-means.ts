import { at } from '../../error/at.ts';
import { onceEach } from '../../error/diagnostic.ts';
import { nearestName } from '../../error/nearest-name.ts';
import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import type { ColumnTable } from '../../table/column.ts';
import { columnOf, numericColumn } from '../../table/expression/evaluate.ts';
import { namesJoined } from '../../table/expression/joined-names.ts';
import { quoteName } from '../../table/expression/tokenize.ts';
import { crossFactors, factorOf, markMissing } from '../../table/factor.ts';
import { requireGroups } from '../design/sample-parts.ts';
import { planModels } from '../estimate-formula.ts';
import { namesOfTable } from '../inference/print-covariance.ts';
import type { Balance, BalanceTest, GroupMeans, Imbalance } from '../result/group-comparison.ts';
import { type Comparing, compareVariable, type GroupValues, isByRegression, membership } from './compare-groups.ts';
import type { ComparisonRequest, RowGroups } from './contract.ts';
import { doubtsOf } from './doubts.ts';
import { fitOn, rowsWith, usableRows, widestLabel, withColumns } from './regression.ts';

/**
 * Means of variables by group and whether they are the same: of two groups t, of more F, and t against a base where one is named.
 * Rows are independent, with unequal variances (Welch) or equal ones; with a covariance or effects each test is that of a regression
 * of the variable on the groups. A difference is of its two groups alone.
 * @param names numeric columns
 * @throws bad-option for fewer than two groups or an unknown base, unknown-column, not-numeric; the codes of fits and covariances
 */
export function groupMeans(
  table: ColumnTable,
  names: readonly string[],
  request: ComparisonRequest,
  given: RowGroups | null = null,
): GroupMeans {
  const groups = given ?? groupsBy(table, request.by ?? '');
  const count = groups.labels.length;
  const base = request.base === null ? null : codeOf(request.base, groups);
  const twoOf = count === 2 ? ([[0, 1]] as const) : [];
  const comparing = comparingOf(table, groups, request, base === null ? twoOf : against(base, count));
  const variables = names.map((name) => compareVariable(name, comparing).compared);
  return { kind: 'groups', ...headOf(comparing, base), variables };
}

/**
 * Means of variables by group beside those of a base, standardised differences and ratios of variances (Imbens and Rubin 2015,
 * section 14.2), and whether all variables together tell the groups apart.
 * @throws as `groupMeans`
 */
export function balance(
  table: ColumnTable,
  names: readonly string[],
  request: ComparisonRequest,
  given: RowGroups | null = null,
): Balance {
  const groups = given ?? groupsBy(table, request.by ?? '');
  const base = request.base === null ? 0 : codeOf(request.base, groups);
  const comparing = comparingOf(table, groups, request, against(base, groups.labels.length));
  const made = names.map((name) => compareVariable(name, comparing));
  const variables = made.map(({ compared, groups: values }) => ({
    ...compared,
    imbalance: comparing.pairs.map(([one]) => imbalanceOf(at(values, one), at(values, base))),
  }));
  const joint = comparing.pairs.map((pair) => balanceTest(pair, names, comparing));
  const head = headOf(comparing, base);
  return { kind: 'balance', ...head, base: at(groups.labels, base), variables, joint };
}

/** Every group but the base, against it. */
function against(base: number, count: number): readonly (readonly [number, number])[] {
  return Array.from({ length: count }, (_, code) => [code, base] as const).filter(([code]) => code !== base);
}

/** The groups of a column. @throws bad-option for one, or for a measure, unknown-column */
function groupsBy(table: ColumnTable, by: string): RowGroups {
  const { codes, labels } = factorOf(columnOf(table, by, 'by'));
  requireGroups('by', by, labels.length, table.nrow);
  return { name: by, labels, codes };
}

/** @throws bad-option */
function codeOf(base: string, { labels, name }: RowGroups): number {
  const code = labels.indexOf(base);
  if (code >= 0) return code;
  const expected = said('expected.group_of', { name, groups: labels.join(', ') });
  throw new StudyError('bad-option', { option: 'base', value: base, expected, suggestion: nearestName(base, labels) });
}

function comparingOf(
  table: ColumnTable,
  groups: RowGroups,
  request: ComparisonRequest,
  pairs: Comparing['pairs'],
): Comparing {
  const held = groups.labels.filter((_, code) => groups.codes.includes(code));
  if (held.length < 2) {
    const detail = { option: 'by', value: groups.name, suggestion: null };
    throw new StudyError('bad-option', {
      ...detail,
      expected: said('expected.groups_two', { groups: held.join(', '), count: held.length }),
    });
  }
  const usable = usableRows(table, request);
  for (const name of effectColumns(request)) markMissing(columnOf(table, name, 'effects'), usable);
  const named = request.covariance === null ? null : namesOfTable(request.covariance, table.names);
  const clusters = (named?.by ?? []).map((name) =>
    crossFactors(namesJoined(name).map((part) => factorOf(columnOf(table, part, 'vcov')))),
  );
  return { table, groups, request, pairs, usable, clusters, doubts: doubtsOf(), labels: [], warnings: [] };
}

/** Columns of the fixed effects. @throws formula-syntax */
function effectColumns({ effects }: ComparisonRequest): readonly string[] {
  if (effects === null) return [];
  return planModels(`y ~ 1 | ${effects}`).flatMap((model) =>
    model.effects.flatMap(({ names, slopes }) => [...names, ...slopes]),
  );
}

function headOf({ groups, request, labels, doubts, warnings }: Comparing, base: number | null) {
  return {
    by: groups.name,
    groups: groups.labels,
    base: base === null ? null : at(groups.labels, base),
    test: isByRegression(request) ? ('regression' as const) : request.variances,
    vcov: widestLabel(labels),
    effects: request.effects,
    warnings: [...doubts.told(), ...onceEach(warnings)],
  };
}

function imbalanceOf(one: GroupValues, base: GroupValues): Imbalance {
  const [a, b] = [one.moments, base.moments];
  const nothing = { group: one.label, standardised: null, variance_ratio: null };
  if (a === null || b === null || a.n < 2 || b.n < 2) return nothing;
  const spread = Math.sqrt((a.variance + b.variance) / 2);
  return {
    group: one.label,
    standardised: spread > 0 ? (a.mean - b.mean) / spread : null,
    variance_ratio: b.variance > 0 ? a.variance / b.variance : null,
  };
}

/** F of every slope in a regression of membership on the variables, on the rows of two groups that have all of them. */
function balanceTest(
  [one, base]: readonly [number, number],
  names: readonly string[],
  comparing: Comparing,
): BalanceTest {
  const { table, groups, request, usable, doubts, labels, warnings } = comparing;
  const columns = names.map((name) => numericColumn(table, name, request.kind));
  const complete = rowsWith(columns, usable);
  const inGroup = (code: number): GroupValues => ({
    ...{ code, label: at(groups.labels, code), moments: null, lack: null },
    rows: [...complete].filter((row) => groups.codes[row] === code),
  });
  const pair = [inGroup(one), inGroup(base)] as const;
  const nobs = pair[0].rows.length + pair[1].rows.length;
  const of = { group: pair[0].label, base: pair[1].label };
  const nothing = { ...of, stat: null, df: [names.length, null] as const, p: null, nobs, collinear: [] };
  const empty = pair.find(({ rows }) => rows.length === 0);
  if (empty !== undefined) {
    doubts.add('no-rows', empty.label);
    return nothing;
  }
  const made = withColumns(table, [
    { name: `${groups.name} = ${of.group}`, values: membership(table.nrow, pair, pair[0]) },
  ]);
  const behind = request.effects === null ? '' : ` | ${request.effects}`;
  const formula = `${quoteName(at(made.names, 0))} ~ ${names.map(quoteName).join(' + ')}${behind}`;
  const { result } = fitOn(made.table, formula, request);
  labels.push(result.vcov);
  warnings.push(...result.warnings);
  const { f, collinear } = result;
  return f == null
    ? { ...nothing, collinear }
    : { ...of, stat: f.stat, df: f.df, p: f.p, nobs: result.nobs, collinear };
}
