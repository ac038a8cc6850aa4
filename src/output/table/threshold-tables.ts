import type { ThresholdResult, ThresholdTest } from '../../model/result/threshold.ts';
import type { Cell, TableModel, TableRow, Text } from './contract.ts';

const plain = (value: number | null, decimals?: number): Cell => ({
  kind: 'number',
  value,
  ...(decimals === undefined ? {} : { decimals }),
});

const table = (
  id: string,
  title: Text,
  parts: Pick<TableModel, 'columns' | 'rows'> & Partial<TableModel>,
): TableModel => ({
  id,
  number: '',
  title,
  stub: '',
  notes: [],
  isSynthetic: false,
  ...parts,
});

/** What `kaya threshold` prints before the model, in the order of xthreg. */
export function thresholdTables(result: ThresholdResult): readonly TableModel[] {
  return [
    estimatesTable(result),
    testsTable(result),
    ...(result.robust === null ? [] : [robustTable(result)]),
    ...(result.joint === null ? [] : [jointTable(result)]),
    ...(result.jump === null ? [] : [jumpTable(result)]),
    regimesTable(result),
  ];
}

/** What it prints after the model. */
export function equalSlopesTable({ equality }: ThresholdResult): TableModel | null {
  if (equality.length === 0) return null;
  return table(
    'equality',
    { key: 'threshold.equality' },
    {
      columns: [
        { id: 'difference', label: { key: 'threshold.difference' } },
        { id: 'se', label: { key: 'coef.se' } },
        { id: 'stat', label: { key: equality[0].df === null ? 'coef.z' : 'coef.t' } },
        { id: 'p', label: { key: equality[0].df === null ? 'coef.p_z' : 'coef.p' } },
      ],
      rows: equality.map((one, i) => ({
        id: String(i),
        label: { kind: 'label', label: `${one.variable}: [${one.regimes[1]}] - [${one.regimes[0]}]` },
        cells: [plain(one.difference), plain(one.se), plain(one.stat, 2), { kind: 'p', value: one.p }],
      })),
      notes: [{ key: 'threshold.given' }],
    },
  );
}

/** Thresholds with their sets: Th-1, then Th-21 and Th-22, … */
function estimatesTable({ tests, settings }: ThresholdResult): TableModel {
  const rows = tests.flatMap((test) =>
    test.gamma.map((gamma, t): TableRow => {
      const set = test.sets[t];
      const label = test.thresholds === 1 ? 'Th-1' : `Th-${test.thresholds}${t + 1}`;
      return {
        id: label,
        label: { kind: 'verbatim', text: label },
        cells: [plain(gamma), plain(set[0][0]), plain(set[set.length - 1][1]), { kind: 'count', value: set.length }],
      };
    }),
  );
  return table(
    'estimates',
    { key: 'threshold.estimates', values: { by: settings.by, level: tests[0].level } },
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
  const boot = tests[0].boot;
  return table(
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
              { id: '10', label: { key: 'threshold.crit', values: { level: 10 } } },
              { id: '5', label: { key: 'threshold.crit', values: { level: 5 } } },
              { id: '1', label: { key: 'threshold.crit', values: { level: 1 } } },
            ] as const)),
      ],
      rows: tests.map((test) => ({
        id: String(test.thresholds),
        label: { kind: 'word', key: names[test.thresholds - 1] },
        cells: [
          plain(test.ssr, 4),
          plain(test.ssr / scale.value, 4),
          plain(test.f, 2),
          ...(boot === 0
            ? []
            : [
                plain(test.p, 4),
                plain(test.p_adjusted, 4),
                plain(test.crit['10'], 2),
                plain(test.crit['5'], 2),
                plain(test.crit['1'], 2),
              ]),
        ],
      })),
      notes: [
        { key: `threshold.scale_${scale.name}`, values: { scale: scale.value } },
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
          values: { candidates: tests[0].candidates, distinct: settings.distinct, rows: settings.min_rows },
        },
      ],
    },
  );
}

function regimesTable({ regimes, switching, model }: ThresholdResult): TableModel {
  return table(
    'regimes',
    { key: 'threshold.regimes' },
    {
      columns: [
        { id: 'rows', label: { key: 'threshold.rows' } },
        { id: 'share', label: { key: 'threshold.share' } },
        { id: 'units', label: { key: 'threshold.units' } },
      ],
      rows: regimes.map(({ label, nobs, units }) => ({
        id: label,
        label: { kind: 'verbatim', text: label },
        cells: [{ kind: 'count', value: nobs }, plain((100 * nobs) / model.nobs, 1), { kind: 'count', value: units }],
      })),
      notes: [{ key: 'threshold.switching', values: switching }],
    },
  );
}

function jointTable({ joint, tests }: ThresholdResult): TableModel {
  const found = joint as NonNullable<typeof joint>; // printed only when asked for
  const sequential = tests.find((test) => test.thresholds === 2) as ThresholdTest;
  const row = (
    id: string,
    key: 'threshold.sequence' | 'threshold.pairs',
    one: { gamma: readonly number[]; ssr: number },
  ): TableRow => ({
    id,
    label: { kind: 'word', key },
    cells: [plain(one.gamma[0]), plain(one.gamma[1]), plain(one.ssr, 4)],
  });
  return table(
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

function robustTable({ robust }: ThresholdResult): TableModel {
  const found = robust as NonNullable<typeof robust>; // printed only when asked for
  return table(
    'robust',
    { key: 'threshold.robust', values: { boot: found.boot } },
    {
      columns: [
        { id: 'gamma', label: { key: 'threshold.gamma' } },
        { id: 'stat', label: { key: 'threshold.wald' } },
        { id: 'p', label: { key: 'threshold.prob' } },
        { id: 'padj', label: { key: 'threshold.prob_adjusted' } },
        { id: '10', label: { key: 'threshold.crit', values: { level: 10 } } },
        { id: '5', label: { key: 'threshold.crit', values: { level: 5 } } },
        { id: '1', label: { key: 'threshold.crit', values: { level: 1 } } },
      ],
      rows: [
        {
          id: 'sup',
          label: { kind: 'word', key: 'threshold.single' },
          cells: [
            plain(found.gamma),
            plain(found.stat, 2),
            plain(found.p, 4),
            plain(found.p_adjusted, 4),
            plain(found.crit['10'], 2),
            plain(found.crit['5'], 2),
            plain(found.crit['1'], 2),
          ],
        },
      ],
      notes: [{ key: `threshold.robust_${found.clusters}`, values: { grid: found.grid } }],
    },
  );
}

function jumpTable({ jump }: ThresholdResult): TableModel {
  const found = jump as NonNullable<typeof jump>; // printed only when asked for
  return table(
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
          cells: [plain(found.gamma_kink), plain(found.ssr_kink, 4), { kind: 'empty' }, { kind: 'empty' }],
        },
        {
          id: 'jump',
          label: { kind: 'word', key: 'threshold.jump' },
          cells: [plain(found.gamma_jump), plain(found.ssr_jump, 4), plain(found.f, 2), plain(found.p, 4)],
        },
      ],
      notes: [{ key: 'threshold.jump_note' }],
    },
  );
}
