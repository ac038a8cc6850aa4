import { at } from '../../error/at.ts';
import type { IndirectEffect, Interval, MediatedPath, Mediation, ShareMediated } from '../../model/result/mediation.ts';
import type { ModelAfterFit, OfModel } from './after-fit-parts.ts';
import { modelCells, withModels } from './after-fit-parts.ts';
import { coefficientCells, coefficientColumns } from './coefficient-cells.ts';
import type { Cell, TableColumn, TableModel, TableRow, Text } from './contract.ts';
import { covarianceName, covarianceNote } from './covariance-name.ts';
import { plain, tableOf, words } from './parts.ts';

/** The mediations of models: the steps, the indirect effects with what a claim rests on, and what correlated errors would do. */
export function mediationTables(asked: readonly OfModel<Mediation>[], hasModels: boolean): readonly TableModel[] {
  return [stepsTable(asked, hasModels), indirectTable(asked, hasModels), sensitivityTable(asked, hasModels)];
}

function titleValues(asked: readonly OfModel<Mediation>[]): { readonly treatment: string; readonly outcome: string } {
  const { treatment, outcome } = at(asked, 0).value;
  return { treatment, outcome };
}

function stepsTable(asked: readonly OfModel<Mediation>[], hasModels: boolean): TableModel {
  const rows = asked.flatMap(({ model, value }): TableRow[] => {
    const { treatment, outcome } = value;
    const row = (id: string, label: Text, line: Parameters<typeof coefficientCells>[0]): TableRow => ({
      id: `${model.id}.${id}`,
      label: words(label),
      cells: [...modelCells(model, hasModels), ...coefficientCells(line)],
    });
    return [
      row('total', { key: 'mediation.total', values: { treatment, outcome } }, value.total),
      ...value.paths.map(({ mediator, a }) =>
        row(`a.${mediator}`, { key: 'mediation.a', values: { treatment, mediator } }, a),
      ),
      ...value.paths.map(({ mediator, b }) =>
        row(`b.${mediator}`, { key: 'mediation.b', values: { mediator, outcome } }, b),
      ),
      row('direct', { key: 'mediation.direct', values: { treatment, outcome } }, value.direct),
    ];
  });
  const { vcov } = at(asked, 0).value;
  return tableOf(
    'mediation-steps',
    { key: 'mediation.steps', values: titleValues(asked) },
    {
      stub: { key: 'mediation.step' },
      columns: withModels(coefficientColumns(false), hasModels),
      rows,
      notes: [covarianceNote(vcov), ...lostNotes(asked)],
    },
  );
}

function lostNotes(asked: readonly OfModel<Mediation>[]): readonly Text[] {
  return asked.flatMap(({ value: { lost } }) =>
    lost === 0 ? [] : [{ key: 'mediation.lost', values: { lost } } as const],
  );
}

const indirectColumns: readonly TableColumn[] = [
  { id: 'estimate', label: { key: 'mediation.estimate' } },
  { id: 'se', label: { key: 'mediation.sobel_se' } },
  { id: 'z', label: { key: 'mediation.z' } },
  { id: 'p', label: { key: 'mediation.p' } },
  { id: 'monte_carlo', label: { key: 'mediation.monte_carlo' } },
  { id: 'percentile', label: { key: 'mediation.percentile' } },
  { id: 'bca', label: { key: 'mediation.bca' } },
  { id: 'share', label: { key: 'mediation.share' } },
  { id: 'share_interval', label: { key: 'mediation.share_interval' } },
];

function indirectTable(asked: readonly OfModel<Mediation>[], hasModels: boolean): TableModel {
  return tableOf(
    'mediation-indirect',
    { key: 'mediation.indirect', values: titleValues(asked) },
    {
      stub: { key: 'mediation.path' },
      columns: withModels(indirectColumns, hasModels),
      rows: asked.flatMap(({ model, value }) => indirectRows(model, value, hasModels)),
      notes: [
        { key: 'mediation.rests' },
        ...asked.flatMap(({ value }) => value.paths.map((path) => verdict(value, path))),
        ...asked.flatMap(({ value }) => methodNotes(value)),
      ],
    },
  );
}

function indirectRows(model: ModelAfterFit, { paths, sum }: Mediation, hasModels: boolean): readonly TableRow[] {
  const row = (id: string, label: Cell, indirect: IndirectEffect, share: ShareMediated): TableRow => ({
    id: `${model.id}.${id}`,
    label,
    cells: [
      ...modelCells(model, hasModels),
      ...effectCells(indirect),
      plain(share.estimate, 3),
      interval(share.percentile),
    ],
  });
  return [
    ...paths.map(({ mediator, indirect, share }) =>
      row(mediator, { kind: 'verbatim', text: mediator }, indirect, share),
    ),
    ...(paths.length === 1 ? [] : [row('all', words({ key: 'mediation.all' }), sum.indirect, sum.share)]),
  ];
}

function effectCells({ estimate, sobel, monte_carlo, bootstrap }: IndirectEffect): readonly Cell[] {
  return [
    plain(estimate),
    plain(sobel?.se ?? null),
    plain(sobel?.stat ?? null, 2),
    { kind: 'p', value: sobel?.p ?? null },
    interval(monte_carlo),
    interval(bootstrap?.percentile ?? null),
    interval(bootstrap?.bca ?? null),
  ];
}

function interval(ends: Interval | null): Cell {
  return { kind: 'interval', low: ends?.[0] ?? null, high: ends?.[1] ?? null };
}

/** What the claim that the effect goes through this mediator has to rest on, in words. */
function verdict({ treatment, outcome }: Mediation, { mediator, a, indirect, sensitivity }: MediatedPath): Text {
  const percentile = indirect.bootstrap?.percentile ?? null;
  const ends = percentile ?? indirect.monte_carlo;
  if (ends === null) return { key: 'mediation.no_interval', values: { mediator } };
  const values = {
    ...{ treatment, outcome, mediator, rho: rounded(sensitivity.rho_zero) },
    interval: { key: percentile === null ? 'mediation.interval_monte_carlo' : 'mediation.interval_bootstrap' } as const,
  };
  if (ends[0] > 0 || ends[1] < 0) return { key: 'mediation.carried', values };
  return { key: a.p !== null && a.p < 0.05 ? 'mediation.first_only' : 'mediation.not_carried', values };
}

/** Two digits after the point. */
function rounded(value: number): number {
  return Math.round(100 * value) / 100;
}

function methodNotes({ bootstrap, joint, vcov }: Mediation): readonly Text[] {
  const { by, units, reps, seed, failed, reason } = bootstrap;
  const values = { by: by ?? '', units, reps, seed: String(seed), failed };
  const drawn: readonly Text[] =
    reason === undefined
      ? [
          { key: by === null ? 'mediation.drawn_rows' : 'mediation.drawn', values },
          ...(failed === 0 ? [] : [{ key: 'mediation.failed', values: { failed } } as const]),
        ]
      : [{ key: `mediation.none_${reason}`, values }];
  return [...drawn, { key: `mediation.joint_${joint}`, values: { vcov: covarianceName(vcov) } }];
}

/** Correlations that are printed; the result has the whole curve. */
const printed = [-0.3, -0.1, 0.1, 0.3] as const;

function sensitivityTable(asked: readonly OfModel<Mediation>[], hasModels: boolean): TableModel {
  const columns: readonly TableColumn[] = [
    { id: 'alone', label: { key: 'mediation.alone' } },
    ...printed.map((rho): TableColumn => ({ id: `at${rho}`, label: { key: 'mediation.at_rho', values: { rho } } })),
    { id: 'rho_zero', label: { key: 'mediation.rho_zero' } },
    { id: 'rho_interval', label: { key: 'mediation.rho_interval' } },
    { id: 'r2_product', label: { key: 'mediation.r2_product' } },
  ];
  return tableOf(
    'mediation-sensitivity',
    { key: 'mediation.sensitivity' },
    {
      stub: { key: 'mediation.path' },
      columns: withModels(columns, hasModels),
      rows: asked.flatMap(({ model, value }) =>
        value.paths.map(({ mediator, sensitivity }): TableRow => {
          const at = (rho: number): number | null =>
            sensitivity.curve.find((point) => point.rho === rho)?.indirect ?? null;
          return {
            id: `${model.id}.${mediator}`,
            label: { kind: 'verbatim', text: mediator },
            cells: [
              ...modelCells(model, hasModels),
              plain(sensitivity.alone),
              ...printed.map((rho) => plain(at(rho))),
              plain(sensitivity.rho_zero, 3),
              interval(sensitivity.rho_zero_interval),
              plain(sensitivity.r2_product, 4),
            ],
          };
        }),
      ),
      notes: [{ key: 'mediation.sensitivity_note' }],
    },
  );
}
