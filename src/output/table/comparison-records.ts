import type { Balance, GroupMeans, JointTest } from '../../model/result/group-comparison.ts';
import type { Cell, TableModel, TableRow } from './contract.ts';
import { blanks, counted, empty, plain, tableOf } from './parts.ts';

/**
 * Means by group for programs: a variable in a group a line, with its difference from the base where it has one, then the tests of all
 * groups, or of all variables. Columns are called as in JSON.
 */
export function comparisonRecords(result: GroupMeans | Balance): TableModel {
  const isBalance = result.kind === 'balance';
  const hasJoint = isBalance || result.groups.length > 2;
  const moments = ['group', 'n', 'mean', 'sd'];
  const tests = ['base', 'difference', 'se', 't', 'df', 'p', ...(isBalance ? ['standardised', 'variance_ratio'] : [])];
  const columns = [...moments, ...tests, ...(hasJoint ? ['f', 'df1', 'df2', 'p_f'] : [])];
  const row = (id: string, variable: string, cells: readonly Cell[]): TableRow => ({
    id,
    label: verbatim(variable),
    cells: [...cells, ...blanks(columns.length - cells.length)],
  });
  const rows = result.variables.flatMap((compared) => {
    const { variable, groups, differences, joint } = compared;
    const imbalance = 'imbalance' in compared ? compared.imbalance : [];
    const own = groups.map(({ group, n, mean, sd }) => {
      const k = differences.findIndex((one) => one.group === group);
      const found = differences[k];
      const apart = imbalance[k];
      const tested =
        found === undefined
          ? blanks(tests.length)
          : [
              ...[verbatim(found.base), plain(found.difference), plain(found.se), plain(found.t), plain(found.df)],
              ...[
                plain(found.p),
                ...(isBalance ? [plain(apart?.standardised ?? null), plain(apart?.variance_ratio ?? null)] : []),
              ],
            ];
      return row(`${variable}.${group}`, variable, [verbatim(group), counted(n), plain(mean), plain(sd), ...tested]);
    });
    const all =
      joint === null
        ? []
        : [row(variable, variable, [empty, counted(joint.nobs), ...blanks(tests.length + 2), ...jointCells(joint)])];
    return [...own, ...all];
  });
  const together = isBalance
    ? result.joint.map((test) =>
        row(`joint.${test.group}`, '', [
          ...[verbatim(test.group), counted(test.nobs), empty, empty, verbatim(test.base)],
          ...[...blanks(tests.length - 1), ...jointCells(test)],
        ]),
      )
    : [];
  return tableOf('comparison_records', '', {
    stub: 'variable',
    columns: columns.map((id) => ({ id, label: id })),
    rows: [...rows, ...together],
  });
}

function jointCells({ stat, df: [df1, df2], p }: JointTest): readonly Cell[] {
  return [plain(stat), counted(df1), plain(df2), plain(p)];
}

function verbatim(text: string): Cell {
  return { kind: 'verbatim', text };
}
