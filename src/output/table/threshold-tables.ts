import { at, lastOf } from '../../error/at.ts';
import { StudyError } from '../../error/study-error.ts';
import type { ThresholdResult, ThresholdTest } from '../../model/result/threshold.ts';
import { statisticColumns } from './coefficient-cells.ts';
import type { Cell, TableColumn, TableModel, TableRow, Text } from './contract.ts';
import { blanks, plain, tableOf } from './parts.ts';
import { type NameOf, ownName, regimeName } from './regime-name.ts';

const criticalLevels = ['10', '5', '1'] as const;

/** A column a critical value. */
export function criticalColumns(key: 'threshold.crit' | 'threshold.crit_at'): readonly TableColumn[] {
  return criticalLevels.map((id) => ({ id, label: { key, values: { level: Number(id) } } }));
}

/** The cells of `criticalColumns`. */
export function criticalCells(crit: ThresholdTest['crit'], decimals?: number): readonly Cell[] {
  return criticalLevels.map((level) => plain(crit[level], decimals));
}

/** A p of `boot` draws: none above the statistic is `<1/B`, never 0. */
const drawn = (p: number | null, boot?: number): Cell => ({
  kind: 'p',
  value: p,
  ...(boot === undefined ? {} : { least: 1 / boot }),
});

export interface ThresholdTableOptions {
  /** How variables are called; left out: by their own names. */
  readonly nameOf?: NameOf;
  /** Units that are named among those that identify the change of a slope; left out: as many as a screen holds. */
  readonly named?: number | undefined;
}

/** What `kaya threshold` prints before the model, in the order of xthreg. */
export function thresholdTables(
  result: ThresholdResult,
  { nameOf = ownName, named = namedUnits }: ThresholdTableOptions = {},
): readonly TableModel[] {
  return [
    estimatesTable(result, nameOf),
    testsTable(result),
    ...(result.robust === null || result.robust.length === 0 ? [] : [robustTable(result.robust)]),
    ...(result.joint === null ? [] : [jointTable(result.joint, result.tests)]),
    ...(result.jump === null ? [] : [jumpTable(result.jump)]),
    regimesTable(result, nameOf),
    ...identificationTable(result, named, nameOf),
  ];
}

/** What it prints after the model. */
export function equalSlopesTable(
  { equality, regimes, settings }: ThresholdResult,
  nameOf: NameOf = ownName,
): TableModel | null {
  const [first] = equality;
  if (first === undefined) return null;
  const nameOfRegime = (label: string): Text => {
    const regime = regimes.find((one) => one.label === label);
    return regime === undefined ? label : regimeName(regime, nameOf(settings.by));
  };
  return tableOf(
    'equality',
    { key: 'threshold.equality' },
    {
      columns: [
        { id: 'difference', label: { key: 'threshold.difference' } },
        { id: 'se', label: { key: 'coef.se' } },
        ...statisticColumns(first.df === null),
      ],
      rows: equality.map((one, i) => ({
        id: String(i),
        label: {
          kind: 'label',
          label: {
            key: 'threshold.equality_of',
            values: {
              variable: nameOf(one.variable),
              first: nameOfRegime(one.regimes[0]),
              second: nameOfRegime(one.regimes[1]),
            },
          },
        },
        cells: [plain(one.difference), plain(one.se), plain(one.stat, 2), { kind: 'p', value: one.p }],
      })),
      notes: [{ key: 'threshold.given' }],
    },
  );
}

/** Thresholds with their sets: Th-1, then Th-21 and Th-22, … */
function estimatesTable({ tests, settings }: ThresholdResult, nameOf: NameOf): TableModel {
  const rows = tests.flatMap((test) =>
    test.gamma.map((gamma, t): TableRow => {
      const set = at(test.sets, t);
      const [low] = at(set, 0);
      const [, high] = lastOf(set);
      const label = test.thresholds === 1 ? 'Th-1' : `Th-${test.thresholds}${t + 1}`;
      return {
        id: label,
        label: { kind: 'verbatim', text: label },
        cells: [plain(gamma), plain(low), plain(high), { kind: 'count', value: set.length }],
      };
    }),
  );
  return tableOf(
    'estimates',
    { key: 'threshold.estimates', values: { by: nameOf(settings.by), level: at(tests, 0).level } },
    {
      columns: [
        { id: 'gamma', label: { key: 'threshold.gamma' } },
        { id: 'low', label: { key: 'threshold.low' } },
        { id: 'high', label: { key: 'threshold.high' } },
        { id: 'parts', label: { key: 'threshold.parts' } },
      ],
      rows,
      notes: [{ key: 'threshold.coverage_note' }],
    },
  );
}

const names = ['threshold.single', 'threshold.double', 'threshold.triple'] as const;

/** Threshold effect tests: RSS, MSE, F, p, critical values. */
function testsTable({ tests, settings }: ThresholdResult): TableModel {
  const { scale } = settings;
  const { boot, candidates } = at(tests, 0);
  return tableOf(
    'tests',
    { key: boot === 0 ? 'threshold.tests_bare' : 'threshold.tests', values: { boot } },
    {
      columns: [
        { id: 'ssr', label: { key: 'threshold.rss' } },
        { id: 'mse', label: { key: 'threshold.mse' } },
        { id: 'f', label: { key: 'threshold.f' } },
        ...(boot === 0
          ? []
          : ([
              { id: 'p', label: { key: 'threshold.prob' } },
              { id: 'padj', label: { key: 'threshold.prob_adjusted' } },
              ...criticalColumns('threshold.crit'),
            ] as const)),
      ],
      rows: tests.map((test) => ({
        id: String(test.thresholds),
        label: { kind: 'word', key: at(names, test.thresholds - 1) },
        cells: [
          plain(test.ssr, 4),
          plain(test.ssr / scale.value, 4),
          plain(test.f, 2),
          ...(boot === 0 ? [] : [drawn(test.p, boot), drawn(test.p_adjusted), ...criticalCells(test.crit, 2)]),
        ],
      })),
      notes: [
        { key: `threshold.scale_${scale.name}`, values: { scale: scale.value } },
        ...(settings.demean === 'within' ? [] : ([{ key: 'threshold.demean_hansen1999' }] as const)),
        ...(boot === 0
          ? []
          : ([
              {
                key: `threshold.draw_${settings.draw}`,
                values: {
                  residuals: { key: `threshold.residuals_${settings.residuals}` },
                  seed: String(settings.seed),
                },
              },
            ] as const)),
        {
          key: settings.grid === 'all' ? 'threshold.every' : 'threshold.grid',
          values: { candidates, distinct: settings.distinct, rows: settings.min_rows },
        },
      ],
    },
  );
}

function regimesTable({ regimes, switching, settings }: ThresholdResult, nameOf: NameOf): TableModel {
  const total = regimes.reduce((sum, { nobs }) => sum + nobs, 0);
  return tableOf(
    'regimes',
    { key: 'threshold.regimes' },
    {
      columns: [
        { id: 'rows', label: { key: 'threshold.rows' } },
        { id: 'share', label: { key: 'threshold.share' } },
        { id: 'units', label: { key: 'threshold.units' } },
      ],
      rows: regimes.map((regime) => ({
        id: regime.label,
        label: { kind: 'label', label: regimeName(regime, nameOf(settings.by)) },
        cells: [
          { kind: 'count', value: regime.nobs },
          plain((100 * regime.nobs) / total, 1),
          { kind: 'count', value: regime.units },
        ],
      })),
      notes: [{ key: 'threshold.switching', values: switching }],
    },
  );
}

type Found<K extends 'robust' | 'joint' | 'jump'> = NonNullable<ThresholdResult[K]>;

/** Units that a reader is shown by name. */
const namedUnits = 10;

/** The units that hold most of what identifies the change of a slope. */
function identificationTable(
  { identification, regimes, settings }: ThresholdResult,
  named: number,
  nameOf: NameOf,
): readonly TableModel[] {
  return identification.map(({ threshold, variable, units, switchers, half }, i) =>
    tableOf(
      `identification-${i + 1}`,
      variable === '(Intercept)'
        ? { key: 'threshold.identification_intercept', values: { threshold } }
        : { key: 'threshold.identification', values: { variable: nameOf(variable), threshold } },
      {
        columns: [
          { id: 'share', label: { key: 'threshold.units_share' } },
          ...regimes.map((regime) => ({
            id: regime.label,
            label: { key: 'threshold.rows_in', values: { regime: regimeName(regime, nameOf(settings.by)) } } as const,
          })),
          { id: 'crossings', label: { key: 'threshold.crossings' } },
        ],
        rows: units.slice(0, named).map(({ unit, share, rows, crossings }) => ({
          id: unit,
          label: { kind: 'verbatim', text: unit },
          cells: [
            plain(100 * share, 2),
            ...rows.map((value) => ({ kind: 'count', value }) as const),
            { kind: 'count', value: crossings },
          ],
        })),
        notes: [
          {
            key: 'threshold.units_note',
            values: { half, units: units.length, switchers: Math.round(1000 * switchers) / 10 },
          },
        ],
      },
    ),
  );
}

function jointTable(found: Found<'joint'>, tests: readonly ThresholdTest[]): TableModel {
  const sequential = tests.find((test) => test.thresholds === 2);
  if (sequential === undefined)
    throw new StudyError('internal', { reason: 'a joint search without the sequential one' });
  const row = (
    id: string,
    key: 'threshold.sequence' | 'threshold.pairs',
    one: { gamma: readonly number[]; ssr: number },
  ): TableRow => ({
    id,
    label: { kind: 'word', key },
    cells: [plain(at(one.gamma, 0)), plain(at(one.gamma, 1)), plain(one.ssr, 4)],
  });
  return tableOf(
    'joint',
    { key: 'threshold.joint' },
    {
      columns: [
        { id: 'first', label: { key: 'threshold.first' } },
        { id: 'second', label: { key: 'threshold.second' } },
        { id: 'ssr', label: { key: 'threshold.rss' } },
      ],
      rows: [row('sequence', 'threshold.sequence', sequential), row('pairs', 'threshold.pairs', found)],
      notes: [{ key: found.same ? 'threshold.joint_same' : 'threshold.joint_differs' }],
    },
  );
}

function robustTable(found: Found<'robust'>): TableModel {
  const first = at(found, 0);
  return tableOf(
    'robust',
    { key: 'threshold.robust', values: { boot: first.boot } },
    {
      columns: [
        { id: 'gamma', label: { key: 'threshold.gamma' } },
        { id: 'stat', label: { key: 'threshold.wald' } },
        { id: 'p', label: { key: 'threshold.prob' } },
        { id: 'padj', label: { key: 'threshold.prob_adjusted' } },
        ...criticalColumns('threshold.crit'),
      ],
      rows: found.map((one) => ({
        id: String(one.thresholds),
        label: { kind: 'word', key: at(names, one.thresholds - 1) },
        cells: [
          plain(one.gamma),
          plain(one.stat, 2),
          drawn(one.p, one.boot),
          drawn(one.p_adjusted),
          ...criticalCells(one.crit, 2),
        ],
      })),
      notes: [{ key: `threshold.robust_${first.clusters}`, values: { grid: first.candidates } }],
    },
  );
}

function jumpTable(found: Found<'jump'>): TableModel {
  return tableOf(
    'jump',
    { key: 'threshold.jump_test', values: { boot: found.boot } },
    {
      columns: [
        { id: 'gamma', label: { key: 'threshold.gamma' } },
        { id: 'ssr', label: { key: 'threshold.rss' } },
        { id: 'f', label: { key: 'threshold.f' } },
        { id: 'p', label: { key: 'threshold.prob' } },
      ],
      rows: [
        {
          id: 'kink',
          label: { kind: 'word', key: 'threshold.kink' },
          cells: [plain(found.gamma_kink), plain(found.ssr_kink, 4), ...blanks(2)],
        },
        {
          id: 'jump',
          label: { kind: 'word', key: 'threshold.jump' },
          cells: [plain(found.gamma_jump), plain(found.ssr_jump, 4), plain(found.f, 2), drawn(found.p, found.boot)],
        },
      ],
      notes: [{ key: 'threshold.jump_note' }],
    },
  );
}
