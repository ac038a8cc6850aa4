import type { PanelStatistic, PanelTests, UnitRootSeries } from '../../model/result/panel-tests.ts';
import type { Cell, TableColumn, TableModel, TableRow, Text } from './contract.ts';
import { reasonNote } from './diagnosis-tables.ts';
import { blanks, counted, joinedBy, plain, tableOf } from './parts.ts';

/** How variables are called; left out: as they were asked for. */
export interface PanelTestsTableOptions {
  readonly nameOf?: ((variable: string) => Text) | undefined;
}

/** Tests of variables of a panel: a row of statistics a variable and their p-values below. */
export function panelTestsTable(
  all: readonly PanelTests[],
  { nameOf = (variable) => variable }: PanelTestsTableOptions = {},
): TableModel {
  const names = statistics.filter((name) => all.some(({ tests }) => tests.some(({ test }) => test === name)));
  const roots = all.flatMap(({ unit_roots: one }) => (one === null ? [] : [one]));
  const hasPairs = all.some(({ pairs }) => pairs !== null);
  const columns: readonly TableColumn[] = [
    ...names.map((name): TableColumn => ({ id: name, label: { key: `panel_test.${name}` } })),
    ...(hasPairs ? [{ id: 'r', label: { key: 'panel_test.correlation' } } as const] : []),
    { id: 'units', label: { key: 'panel_test.units' } },
    ...(roots.length === 0 ? [] : [{ id: 'lags', label: { key: 'panel_test.lags' } } as const]),
  ];
  return tableOf('panel-tests', titleOf(roots.length > 0, hasPairs), {
    stub: { key: 'panel_test.variable' },
    columns,
    rows: all.flatMap((one) => rowsOf(one, names, nameOf(one.variable), { hasRoots: roots.length > 0, hasPairs })),
    notes: [
      ...rootNotes(roots),
      ...(hasPairs ? [{ key: 'panel_test.dependence_note' } as const] : []),
      ...beyondNotes(all, nameOf),
      ...all.flatMap((one) => ownNotes(one, nameOf(one.variable))),
    ],
  });
}

/** For programs: a test of a variable a line, columns called as in JSON. */
export function panelTestsRecords(all: readonly PanelTests[]): TableModel {
  const columns = ['test', 'stat', 'distribution', 'df', 'p', 'reason', 'units', 'left_out', 'rows', 'lags'];
  const verbatim = (text: string): Cell => ({ kind: 'verbatim', text });
  return tableOf('panel_tests_records', '', {
    stub: 'variable',
    columns: columns.map((id) => ({ id, label: id })),
    rows: all.flatMap(({ variable, tests, unit_roots: roots, pairs }) =>
      tests.map(({ test, stat, distribution, df, p, reason }): TableRow => {
        const isOfPairs = test === 'cd' || test.endsWith('lm');
        const left = roots === null ? null : roots.short_units + roots.constant_units;
        return {
          id: `${variable}.${test}`,
          label: verbatim(variable),
          cells: [
            ...[
              verbatim(test),
              plain(stat),
              verbatim(distribution),
              plain(df[0] ?? null),
              plain(p),
              verbatim(reason ?? ''),
            ],
            counted(isOfPairs ? (pairs?.units ?? null) : (roots?.units ?? 0) - (left ?? 0)),
            ...(isOfPairs
              ? blanks(3)
              : [counted(left), plain(roots?.rows?.mean ?? null), plain(roots?.lags?.mean ?? null)]),
          ],
        };
      }),
    ),
  });
}

const statistics: readonly PanelStatistic[] = [
  'llc',
  'ips',
  'fisher-p',
  'fisher-z',
  'fisher-l',
  'fisher-pm',
  'cd',
  'lm',
  'scaled-lm',
];

function titleOf(hasRoots: boolean, hasPairs: boolean): Text {
  if (!hasRoots) return { key: 'panel_test.title_dependence' };
  return hasPairs ? { key: 'panel_test.title' } : { key: 'panel_test.title_roots' };
}

function rowsOf(
  { variable, tests, unit_roots: roots, pairs }: PanelTests,
  names: readonly PanelStatistic[],
  name: Text,
  { hasRoots, hasPairs }: { readonly hasRoots: boolean; readonly hasPairs: boolean },
): readonly TableRow[] {
  const lineOf = (wanted: PanelStatistic) => tests.find(({ test }) => test === wanted);
  const units = roots === null ? (pairs?.units ?? null) : roots.units - roots.short_units - roots.constant_units;
  const counts: readonly Cell[] = [
    ...(hasPairs ? [plain(pairs?.mean_correlation ?? null, 3)] : []),
    { kind: 'count', value: units },
    ...(hasRoots ? [plain(roots?.lags?.mean ?? null, 2)] : []),
  ];
  return [
    {
      id: variable,
      label: { kind: 'label', label: name },
      cells: [...names.map((one) => plain(lineOf(one)?.stat ?? null, 4)), ...counts],
    },
    {
      id: `${variable}.p`,
      label: { kind: 'label', label: { key: 'panel_test.p_row' }, align: 'end' },
      cells: [
        ...names.map((one): Cell => ({ kind: 'p', value: lineOf(one)?.p ?? null })),
        ...counts.map((): Cell => ({ kind: 'empty' })),
      ],
    },
  ];
}

/** Rows of a regression below which the size of the tests is told (docs/methods/panel-tests.md). */
const fewRows = 50;

/** How the regressions were made; one note for all variables, which share it. */
function rootNotes([first]: readonly UnitRootSeries[]): readonly Text[] {
  if (first === undefined) return [];
  const { deterministic, lag_rule: rule, max_lags: most } = first;
  const chosen: Text =
    rule === null
      ? { key: 'panel_test.lags_fixed', values: { lags: most ?? 0 } }
      : most === null
        ? { key: 'panel_test.lags_chosen_own', values: { rule: { key: `panel_test.rule_${rule}` } } }
        : { key: 'panel_test.lags_chosen', values: { rule: { key: `panel_test.rule_${rule}` }, most } };
  const values = { deterministic: { key: `panel_test.with_${deterministic}` }, lags: chosen } as const;
  return [
    { key: 'panel_test.roots_note', values },
    ...((first.rows?.mean ?? fewRows) < fewRows ? [{ key: 'panel_test.short' } as const] : []),
    ...(first.is_demeaned ? [{ key: 'panel_test.demeaned' } as const] : []),
  ];
}

/** Variables whose moments lie outside the tables, a note a table. */
function beyondNotes(all: readonly PanelTests[], nameOf: (variable: string) => Text): readonly Text[] {
  return (['llc', 'ips'] as const).flatMap((name): readonly Text[] => {
    const names = all.filter(({ unit_roots: roots }) => roots?.beyond_table.includes(name) === true);
    const variables = joinedBy(
      names.map(({ variable }) => nameOf(variable)),
      'list.comma',
    );
    return names.length === 0 ? [] : [{ key: `panel_test.beyond_${name}`, values: { variable: variables } }];
  });
}

function ownNotes({ tests, unit_roots: roots, pairs }: PanelTests, variable: Text): readonly Text[] {
  const notes: Text[] = [];
  if (pairs !== null && pairs.left_out > 0) {
    notes.push({ key: 'panel_test.pairs_left_out', values: { variable, count: pairs.left_out } });
  }
  if (roots !== null) {
    const { short_units: short, constant_units: constant } = roots;
    if (short > 0) notes.push({ key: 'panel_test.short_units', values: { variable, count: short } });
    if (constant > 0) notes.push({ key: 'panel_test.constant_units', values: { variable, count: constant } });
  }
  // One reason for several statistics, such as the four of Fisher, is told once.
  const reasons = new Set(tests.flatMap(({ reason }) => (reason === undefined ? [] : [reason])));
  for (const reason of reasons) {
    const names = tests.flatMap((one): readonly Text[] =>
      one.reason === reason ? [{ key: `panel_test.${one.test}` }] : [],
    );
    const test: Text = { key: 'panel_test.of_variable', values: { variable, tests: joinedBy(names, 'list.comma') } };
    notes.push(reasonNote(test, reason));
  }
  return notes;
}
