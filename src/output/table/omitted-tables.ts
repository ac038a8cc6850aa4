import type {
  CoefficientChange,
  OmittedVariables,
  RobustnessValues,
  SelectionBounds,
  SelectionMeasure,
} from '../../model/result/omitted.ts';
import type { ModelAfterFit, OfModel } from './after-fit-parts.ts';
import { modelCells, textOf, withModels } from './after-fit-parts.ts';
import { coefficientCells, coefficientColumns } from './coefficient-cells.ts';
import type { Cell, TableColumn, TableModel, TableRow, Text } from './contract.ts';
import { covarianceName } from './covariance-name.ts';
import { counted, plain, tableOf } from './parts.ts';

/** What an omitted variable would have to be, for every model: bounds, robustness values, benchmarks, and what each regressor moves. */
export function omittedTables(asked: readonly OfModel<OmittedVariables>[], hasModels: boolean): readonly TableModel[] {
  const parts = <T>(pick: (one: OmittedVariables) => T | null): readonly Part<T>[] =>
    asked.flatMap(({ model, value }) => {
      const part = pick(value);
      return part === null ? [] : [{ model, term: value.term, part }];
    });
  const notes = asked.flatMap(({ model, value }): Text[] =>
    value.reason === undefined
      ? []
      : [{ key: `omitted.no_${value.reason}`, values: { text: textOf(model, value.term, hasModels) } }],
  );
  const robustness = parts((one) => one.robustness);
  const changes = parts((one) => one.decomposition);
  return [
    selectionTable(
      parts((one) => one.selection),
      hasModels,
      notes,
    ),
    ...(robustness.length === 0 ? [] : [robustnessTable(robustness, hasModels), benchmarkTable(robustness, hasModels)]),
    ...(changes.length === 0 ? [] : [changeTable(changes, hasModels)]),
  ];
}

interface Part<T> {
  readonly model: ModelAfterFit;
  readonly term: string;
  readonly part: T;
}

const selectionColumns: readonly TableColumn[] = [
  { id: 'measure', label: { key: 'omitted.measure' } },
  { id: 'short', label: { key: 'omitted.short' } },
  { id: 'long', label: { key: 'omitted.long' } },
  { id: 'r2_short', label: { key: 'omitted.r2_short' } },
  { id: 'r2_long', label: { key: 'omitted.r2_long' } },
  { id: 'r2_max', label: { key: 'omitted.r2_max' } },
  { id: 'delta', label: { key: 'omitted.delta' } },
  { id: 'beta', label: { key: 'omitted.beta' } },
];

function selectionTable(
  parts: readonly Part<SelectionBounds>[],
  hasModels: boolean,
  notes: readonly Text[],
): TableModel {
  const isTurned = parts.some(({ part }) => part.measures.some(isOther));
  const hasNone = parts.some(({ part }) => part.measures.some(({ delta, beta }) => delta === null || beta === null));
  return tableOf(
    'omitted-selection',
    { key: 'omitted.selection' },
    {
      columns: withModels(selectionColumns, hasModels),
      rows: parts.flatMap(({ model, term, part }) =>
        part.measures.map(
          (one): TableRow => ({
            id: `${model.id}.${term}.${one.measure}`,
            label: { kind: 'verbatim', text: term },
            cells: [...modelCells(model, hasModels), ...measureCells(part, one)],
          }),
        ),
      ),
      notes: [
        ...(parts.length === 0 ? [] : [{ key: 'omitted.selection_note' } as const]),
        ...(isTurned ? [{ key: 'omitted.turned' } as const] : []),
        ...(hasNone ? [{ key: 'omitted.no_bound' } as const] : []),
        ...notes,
      ],
    },
  );
}

/** No solution keeps the direction: the nearest is printed all the same. */
function isOther({ beta, solutions }: SelectionMeasure): boolean {
  return beta !== null && !solutions.some((one) => one.keeps_direction);
}

function measureCells({ short, long }: SelectionBounds, one: SelectionMeasure): readonly Cell[] {
  return [
    { kind: 'word', key: `omitted.measure_${one.measure}`, align: 'end' },
    ...[short, long, one.r2_short, one.r2_long, one.r2_max, one.delta, one.beta].map((value) => plain(value)),
  ];
}

const robustnessColumns: readonly TableColumn[] = [
  { id: 't', label: { key: 'omitted.t' } },
  { id: 'df', label: { key: 'omitted.df' } },
  { id: 'partial_r2', label: { key: 'omitted.partial_r2' } },
  { id: 'value', label: { key: 'omitted.value' } },
  { id: 'value_alpha', label: { key: 'omitted.value_alpha' } },
];

function robustnessTable(parts: readonly Part<RobustnessValues>[], hasModels: boolean): TableModel {
  return tableOf(
    'omitted-robustness',
    { key: 'omitted.robustness' },
    {
      columns: withModels(robustnessColumns, hasModels),
      rows: parts.map(({ model, term, part }) => ({
        id: `${model.id}.${term}`,
        label: { kind: 'verbatim', text: term },
        cells: [
          ...modelCells(model, hasModels),
          plain(part.t, 2),
          counted(part.df),
          ...[part.partial_r2, part.value, part.value_alpha].map((value) => plain(value)),
        ],
      })),
      notes: [{ key: 'omitted.robustness_note' }],
    },
  );
}

const benchmarkColumns: readonly TableColumn[] = [
  { id: 'times', label: { key: 'omitted.times' } },
  { id: 'r2_term', label: { key: 'omitted.r2_term' } },
  { id: 'r2_outcome', label: { key: 'omitted.r2_outcome' } },
  { id: 'estimate', label: { key: 'omitted.moved' } },
  { id: 'se', label: { key: 'coef.se' } },
  { id: 't', label: { key: 'coef.t' } },
];

function benchmarkTable(parts: readonly Part<RobustnessValues>[], hasModels: boolean): TableModel {
  return tableOf(
    'omitted-benchmarks',
    { key: 'omitted.benchmarks' },
    {
      stub: { key: 'omitted.benchmark' },
      columns: withModels(benchmarkColumns, hasModels),
      rows: parts.flatMap(({ model, part }) =>
        part.benchmarks.map(
          (one): TableRow => ({
            id: `${model.id}.${one.term}.${one.times}`,
            label: { kind: 'verbatim', text: one.term },
            cells: [
              ...modelCells(model, hasModels),
              counted(one.times),
              ...[one.r2_term, one.r2_outcome, one.estimate, one.se].map((value) => plain(value)),
              plain(one.t, 2),
            ],
          }),
        ),
      ),
      notes: [{ key: 'omitted.benchmarks_note' }],
    },
  );
}

function changeTable(parts: readonly Part<CoefficientChange>[], hasModels: boolean): TableModel {
  const [first] = parts;
  return tableOf(
    'omitted-change',
    { key: 'omitted.change' },
    {
      stub: { key: 'omitted.regressor' },
      columns: withModels([...coefficientColumns(false), { id: 'share', label: { key: 'omitted.share' } }], hasModels),
      rows: parts.flatMap(({ model, part }) => [
        ...part.parts.map(
          (one): TableRow => ({
            id: `${model.id}.${one.term}`,
            label: { kind: 'verbatim', text: one.term },
            cells: [...modelCells(model, hasModels), ...coefficientCells(one), plain(one.share)],
          }),
        ),
        {
          id: `${model.id}.total`,
          label: { kind: 'word', key: 'omitted.total' },
          cells: [...modelCells(model, hasModels), ...coefficientCells(part.total), plain(1)],
        },
      ]),
      notes: [
        { key: 'omitted.change_note' },
        ...(first === undefined
          ? []
          : [
              {
                key: 'after.vcov',
                values: { vcov: covarianceName(first.part.vcov), ssc: first.part.vcov.ssc },
              } as const,
            ]),
      ],
    },
  );
}
