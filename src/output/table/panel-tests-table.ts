import { roundSignificant } from '../../math/round-significant.ts';
import type { PanelStatistic, PanelTests, UnitRootSeries } from '../../model/result/panel-tests.ts';
import type { Cell, TableColumn, TableModel, TableRow, Text } from './contract.ts';
import { reasonNote } from './diagnosis-tables.ts';
import { joinedBy, plain, tableOf } from './parts.ts';

/** What a table of tests is called and how it names variables. */
export interface PanelTestsTableOptions {
  readonly nameOf: (variable: string) => Text;
}

/** Tests of variables of a panel: a row of statistics a variable and their p-values below. */
export function panelTestsTable(
  all: readonly PanelTests[],
  { nameOf }: PanelTestsTableOptions = { nameOf: (variable) => variable },
): TableModel {
  const names = statistics.filter((name) => all.some(({ tests }) => tests.some(({ test }) => test === name)));
  const roots = all.flatMap(({ unit_roots: one }) => (one === null ? [] : [one]));
  const hasPairs = all.some(({ pairs }) => pairs !== null);
  const columns: readonly TableColumn[] = [
    ...names.map((name): TableColumn => ({ id: name, label: { key: `panel_test.${name}` } })),
    { id: 'units', label: { key: 'panel_test.units' } },
    ...(roots.length === 0 ? [] : [{ id: 'lags', label: { key: 'panel_test.lags' } } as const]),
  ];
  return tableOf('panel-tests', titleOf(roots.length > 0, hasPairs), {
    stub: { key: 'panel_test.variable' },
    columns,
    rows: all.flatMap((one) => rowsOf(one, names, nameOf(one.variable), roots.length > 0)),
    notes: [
      ...rootNotes(roots),
      ...(hasPairs ? [{ key: 'panel_test.dependence_note' } as const] : []),
      ...all.flatMap((one) => ownNotes(one, nameOf(one.variable))),
    ],
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
  hasRoots: boolean,
): readonly TableRow[] {
  const lineOf = (wanted: PanelStatistic) => tests.find(({ test }) => test === wanted);
  const units = roots === null ? (pairs?.units ?? null) : roots.units - roots.short_units - roots.constant_units;
  const counts: readonly Cell[] = [
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

/** How the regressions were made; one note for all variables, which share it. */
function rootNotes([first]: readonly UnitRootSeries[]): readonly Text[] {
  if (first === undefined) return [];
  const { deterministic, lag_rule: rule, max_lags: most, lags } = first;
  const chosen: Text =
    rule === null
      ? { key: 'panel_test.lags_fixed', values: { lags: lags?.max ?? 0 } }
      : most === null
        ? { key: 'panel_test.lags_chosen_own', values: { rule: { key: `panel_test.rule_${rule}` } } }
        : { key: 'panel_test.lags_chosen', values: { rule: { key: `panel_test.rule_${rule}` }, most } };
  const values = { deterministic: { key: `panel_test.with_${deterministic}` }, lags: chosen } as const;
  return [
    { key: 'panel_test.roots_note', values },
    ...(first.is_demeaned ? [{ key: 'panel_test.demeaned' } as const] : []),
  ];
}

function ownNotes({ tests, unit_roots: roots, pairs }: PanelTests, variable: Text): readonly Text[] {
  const notes: Text[] = [];
  if (pairs !== null && pairs.mean_correlation !== null && pairs.mean_absolute_correlation !== null) {
    const [mean, absolute] = [pairs.mean_correlation, pairs.mean_absolute_correlation].map((one) =>
      roundSignificant(one, 3),
    );
    notes.push({ key: 'panel_test.correlation', values: { variable, mean: mean ?? 0, absolute: absolute ?? 0 } });
  }
  if (pairs !== null && pairs.left_out > 0) {
    notes.push({ key: 'panel_test.pairs_left_out', values: { variable, count: pairs.left_out } });
  }
  if (roots !== null) {
    const { short_units: short, constant_units: constant, beyond_table: beyond } = roots;
    if (short > 0) notes.push({ key: 'panel_test.short_units', values: { variable, count: short } });
    if (constant > 0) notes.push({ key: 'panel_test.constant_units', values: { variable, count: constant } });
    for (const name of beyond) notes.push({ key: `panel_test.beyond_${name}`, values: { variable } });
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
