import type {
  Balance,
  ComparedVariable,
  GroupMeans,
  JointTest,
  MeanDifference,
} from '../../model/result/group-comparison.ts';
import { decimalsFor } from '../format/format-number.ts';
import type { Cell, TableColumn, TableModel, TableRow, Text } from './contract.ts';
import { covarianceNote, inSentence } from './covariance-name.ts';
import { blanks, counted, plain, tableOf } from './parts.ts';
import { calledBy } from './variable-names.ts';

export interface ComparisonTableOptions {
  /** How a variable is printed; left out: as it is called. */
  readonly nameOf?: (variable: string) => Text;
  /** How a group is printed. */
  readonly groupOf?: (group: string) => Text;
  /** How covariances name variables. */
  readonly names?: Readonly<Record<string, Text>>;
}

/** Means by group, the differences of pairs, and of more than two groups the test of all. */
export function groupMeansTable(result: GroupMeans, options: ComparisonTableOptions = {}): TableModel {
  const { nameOf = same, groupOf = same } = options;
  const pairs = result.variables[0]?.differences ?? [];
  const hasJoint = result.groups.length > 2;
  return tableOf(
    'group_means',
    { key: 'compared.groups_title', values: { by: result.by } },
    {
      stub: { key: 'stub.variable' },
      ...headed([
        ...result.groups.map((group) => ({ label: groupOf(group), columns: momentColumns(group) })),
        ...pairs.map((pair) => ({ label: pairName(pair, groupOf), columns: pairColumns(pair) })),
        ...(hasJoint ? [{ label: { key: 'compared.all_groups' } as const, columns: jointColumns }] : []),
      ]),
      rows: result.variables.map((variable) => ({
        id: variable.variable,
        label: { kind: 'label', label: nameOf(variable.variable) },
        cells: [
          ...momentCells(variable),
          ...differenceCells(variable),
          ...(hasJoint ? jointCells(variable.joint) : []),
        ],
      })),
      notes: [...differenceNotes(result, options), ...(hasJoint ? [jointNote(result)] : [])],
    },
  );
}

/** Means by group, the difference of each from the base with its standardised form and the ratio of variances, and the joint test. */
export function balanceTable(result: Balance, options: ComparisonTableOptions = {}): TableModel {
  const { nameOf = same, groupOf = same } = options;
  const pairs = result.variables[0]?.differences ?? [];
  const lead = result.groups.length * 3;
  return tableOf(
    'balance',
    { key: 'compared.balance_title', values: { by: result.by } },
    {
      stub: { key: 'stub.variable' },
      ...headed([
        ...result.groups.map((group) => ({ label: groupOf(group), columns: momentColumns(group) })),
        ...pairs.map((pair) => ({
          label: pairName(pair, groupOf),
          columns: [...pairColumns(pair), ...imbalanceColumns(pair)],
        })),
      ]),
      rows: [
        ...result.variables.map((variable) => ({
          id: variable.variable,
          label: { kind: 'label', label: nameOf(variable.variable) } as const,
          cells: [...momentCells(variable), ...balanceCells(variable)],
        })),
        ...jointRows(result, lead),
      ],
      notes: [
        ...differenceNotes(result, options),
        { key: 'compared.standardised_note' },
        ...result.joint.map((test) => balanceNote(test, result, options)),
      ],
    },
  );
}

const same = (name: string): Text => name;

/** Columns side by side, each group of them below its heading. */
function headed(
  groups: readonly { readonly label: Text; readonly columns: readonly TableColumn[] }[],
): Pick<TableModel, 'columns' | 'spanners'> {
  const spanners = groups.map(({ label, columns }, i) => ({
    label,
    from: groups.slice(0, i).reduce((sum, before) => sum + before.columns.length, 0),
    count: columns.length,
  }));
  return { columns: groups.flatMap(({ columns }) => columns), spanners: [spanners] };
}

function momentColumns(group: string): readonly TableColumn[] {
  return [
    { id: `${group}.n`, label: { key: 'column.obs' } },
    { id: `${group}.mean`, label: { key: 'column.mean' } },
    { id: `${group}.sd`, label: { key: 'column.sd' } },
  ];
}

function pairName({ group, base }: MeanDifference, groupOf: (group: string) => Text): Text {
  return { key: 'differences.pair', values: { model: groupOf(group), base: groupOf(base) } };
}

function pairColumns({ group, base }: MeanDifference): readonly TableColumn[] {
  const id = `${group}-${base}`;
  return [
    { id: `${id}.difference`, label: { key: 'compared.difference' } },
    { id: `${id}.t`, label: { key: 'coef.t' } },
    { id: `${id}.p`, label: { key: 'compared.p' } },
  ];
}

function imbalanceColumns({ group, base }: MeanDifference): readonly TableColumn[] {
  const id = `${group}-${base}`;
  return [
    { id: `${id}.standardised`, label: { key: 'compared.standardised' } },
    { id: `${id}.variance_ratio`, label: { key: 'compared.variance_ratio' } },
  ];
}

const jointColumns: readonly TableColumn[] = [
  { id: 'joint.f', label: { key: 'compared.f' } },
  { id: 'joint.p', label: { key: 'compared.p' } },
];

/** Decimals of a row: four digits of its means and differences, three decimals at least. */
function decimalsOf({ groups, differences }: ComparedVariable): number {
  const values = [...groups.flatMap(({ mean, sd }) => [mean, sd]), ...differences.map(({ se }) => se)];
  return decimalsFor(values, { significant: 3, least: 3, most: 8 });
}

function momentCells(variable: ComparedVariable): readonly Cell[] {
  const decimals = decimalsOf(variable);
  return variable.groups.flatMap(({ n, mean, sd }) => [counted(n), plain(mean, decimals), plain(sd, decimals)]);
}

function testedCells({ difference, t, p }: MeanDifference, decimals: number): readonly Cell[] {
  return [{ kind: 'estimate', value: difference, p, decimals }, plain(t, 2), { kind: 'p', value: p }];
}

function differenceCells(variable: ComparedVariable): readonly Cell[] {
  return variable.differences.flatMap((one) => testedCells(one, decimalsOf(variable)));
}

function balanceCells(variable: Balance['variables'][number]): readonly Cell[] {
  return variable.differences.flatMap((one, k) => {
    const { standardised = null, variance_ratio = null } = variable.imbalance[k] ?? {};
    return [...testedCells(one, decimalsOf(variable)), plain(standardised, 3), plain(variance_ratio, 3)];
  });
}

function jointCells(joint: JointTest | null): readonly Cell[] {
  return [
    { kind: 'estimate', value: joint?.stat ?? null, p: joint?.p ?? null, decimals: 2 },
    { kind: 'p', value: joint?.p ?? null },
  ];
}

/** Below the variables: F of all of them, its p and its rows, under the difference of each pair. */
function jointRows({ joint }: Balance, lead: number): readonly TableRow[] {
  const row = (id: 'f' | 'p' | 'rows', cellOf: (test: JointTest) => Cell): TableRow => ({
    id: `joint.${id}`,
    label: { kind: 'label', label: { key: `compared.joint_${id}` } },
    cells: [...blanks(lead), ...joint.flatMap((test) => [cellOf(test), ...blanks(4)])],
  });
  return [
    { ...row('f', ({ stat, p }) => ({ kind: 'estimate', value: stat, p, decimals: 2 })), ruled: true },
    row('p', ({ p }) => ({ kind: 'p', value: p })),
    row('rows', ({ nobs }) => counted(nobs)),
  ];
}

/** What a difference is and by what its t is. */
function differenceNotes(
  { test, vcov, effects, variables }: GroupMeans | Balance,
  { names = {} }: ComparisonTableOptions,
): readonly Text[] {
  const errors = vcov === null ? [] : [covarianceNote(vcov, names)];
  // With an F of all groups alone no t is shown; what it is of the note of the joint test says.
  if (variables.every(({ differences }) => differences.length === 0)) {
    return test === 'regression' ? errors : [{ key: 'compared.independent' }];
  }
  return [
    effects === null
      ? { key: 'compared.difference_note' }
      : { key: 'compared.within_note', values: { effects: inSentence(calledBy(effects, names) ?? effects) } },
    ...(test !== 'regression'
      ? [{ key: `compared.${test}` } as const]
      : vcov === null
        ? []
        : [{ key: 'compared.regression' } as const]),
    ...errors,
  ];
}

function jointNote({ test }: GroupMeans): Text {
  return { key: test === 'regression' ? 'compared.joint_regression' : `compared.joint_${test}` };
}

function balanceNote(
  { group, base, df, collinear, stat }: Balance['joint'][number],
  { test }: Balance,
  { groupOf = same }: ComparisonTableOptions,
): Text {
  const [df1, df2] = df;
  const values = {
    ...{ group: groupOf(group), base: groupOf(base), df1, df2: df2 ?? '∞' },
    errors: { key: test === 'regression' ? 'compared.same_errors' : 'compared.iid_errors' } as const,
    dropped:
      collinear.length === 0
        ? ''
        : ({ key: 'compared.joint_dropped', values: { terms: collinear.join(', ') } } as const),
  };
  return { key: stat === null ? 'compared.joint_none' : 'compared.joint_note', values };
}
