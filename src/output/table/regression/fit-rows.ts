import { nearestName } from '../../../error/nearest-name.ts';
import { said } from '../../../error/said.ts';
import { StudyError } from '../../../error/study-error.ts';
import type { ModelResult } from '../../../model/result/result.ts';
import { decimalsFor } from '../../format/format-number.ts';
import type { TableLayout } from '../../layout/contract.ts';
import type { FitRow } from '../../layout/shown-rows.ts';
import type { Cell, TableRow, Text } from '../contract.ts';
import { empty, plain } from '../parts.ts';
import type { RegressionTableSpec, TestRow } from './contract.ts';

/** A row with a cell a model; cells of statistics beside the estimates stay empty. */
export interface ModelRow {
  readonly id: string;
  readonly label: Text;
  readonly cells: readonly Cell[];
}

/** Which fixed effects the models have. @throws bad-option for an effect of none of them */
export function effectRows(
  spec: RegressionTableSpec,
  models: readonly ModelResult[],
  { effects }: TableLayout,
): readonly ModelRow[] {
  const known = spec.fixedEffects.map(({ effect }) => effect);
  const unknown = effects?.find((one) => !known.includes(one));
  if (unknown !== undefined) {
    const expected = said('expected.effect_of_table', { names: known.join(', ') });
    throw new StudyError('bad-option', {
      option: 'effects',
      value: unknown,
      expected,
      suggestion: nearestName(unknown, known),
    });
  }
  const shown =
    effects === null ? spec.fixedEffects : spec.fixedEffects.filter(({ effect }) => effects.includes(effect));
  return shown.map(({ effect, label }) => ({
    id: `effect.${effect}`,
    label,
    cells: models.map((model): Cell => ({ kind: 'word', key: effect in model.fixef ? 'yes' : 'no' })),
  }));
}

const fitOfR2 = {
  overall: 'r2',
  adj: 'r2_adj',
  within: 'r2_within',
  within_adj: 'r2_within_adj',
  xtreg_within: 'r2_xtreg_within',
  xtreg_between: 'r2_xtreg_between',
  xtreg_overall: 'r2_xtreg_overall',
} as const satisfies Readonly<Record<keyof ModelResult['r2'], FitRow>>;

/** The rows that a spec has by itself: observations, then its R2. */
export function fitOf({ r2 }: RegressionTableSpec): readonly FitRow[] {
  return ['nobs', ...(typeof r2 === 'string' ? [r2] : r2).map((key) => fitOfR2[key])];
}

/** A row of the fit, a cell a model. */
export function fitRow(fit: FitRow, models: readonly ModelResult[], observations: Text | null): ModelRow {
  const own = fits[fit];
  return {
    id: own.id,
    label: fit === 'nobs' && observations !== null ? observations : { key: own.label },
    cells: models.map(own.cell),
  };
}

type R2Name = keyof ModelResult['r2'];

function r2Of<Key extends R2Name>(key: Key) {
  return {
    id: `r2.${key}`,
    label: `row.r2.${key}`,
    cell: (model: ModelResult): Cell => ({ kind: 'number', value: model.r2[key], isShare: true }),
  } as const;
}

/** A cell for a number that only some models have. */
function known(value: number | null | undefined, decimals?: number): Cell {
  if (value === undefined || value === null) return empty;
  // What would print as 0 gets the digits that it needs.
  const isTiny = decimals === undefined && value !== 0 && Math.abs(value) < 0.005;
  return plain(value, isTiny ? decimalsFor([value], { significant: 2, least: 3, most: 12 }) : decimals);
}

const fits = {
  nobs: {
    id: 'nobs',
    label: 'row.observations',
    cell: (model: ModelResult): Cell => ({ kind: 'count', value: model.nobs }),
  },
  r2: r2Of('overall'),
  r2_adj: r2Of('adj'),
  r2_within: r2Of('within'),
  r2_within_adj: r2Of('within_adj'),
  r2_xtreg_within: r2Of('xtreg_within'),
  r2_xtreg_between: r2Of('xtreg_between'),
  r2_xtreg_overall: r2Of('xtreg_overall'),
  rmse: { id: 'rmse', label: 'row.rmse', cell: (model: ModelResult): Cell => known(model.rmse) },
  f: { id: 'f', label: 'row.f', cell: (model: ModelResult): Cell => known(model.f?.stat, 2) },
  f_p: {
    id: 'f_p',
    label: 'row.f_p',
    cell: (model: ModelResult): Cell =>
      model.f === undefined || model.f === null ? empty : { kind: 'p', value: model.f.p },
  },
  first_stage_f: {
    id: 'first_stage_f',
    label: 'row.first_stage_f',
    cell: (model: ModelResult): Cell => known(model.iv?.kleibergen_paap_f, 2),
  },
  outcome_mean: {
    id: 'outcome_mean',
    label: 'row.outcome_mean',
    cell: (model: ModelResult): Cell => known(model.outcome?.mean),
  },
  outcome_sd: {
    id: 'outcome_sd',
    label: 'row.outcome_sd',
    cell: (model: ModelResult): Cell => known(model.outcome?.sd),
  },
  clusters: {
    id: 'clusters',
    label: 'row.clusters',
    cell: ({ vcov }: ModelResult): Cell =>
      vcov.clusters.length === 0 ? empty : { kind: 'count', value: Math.min(...vcov.clusters) },
  },
} as const satisfies Readonly<Record<FitRow, { id: string; label: string; cell: (model: ModelResult) => Cell }>>;

/** Tests that belong to the models, of some of the columns. */
export function testRows(tests: readonly TestRow[], from: number, count: number): readonly ModelRow[] {
  return tests.map(({ id, label, values, areP = false }) => ({
    id: `test.${id}`,
    label,
    cells: values
      .slice(from, from + count)
      .map((value): Cell => (value === null ? empty : areP ? { kind: 'p', value } : plain(value))),
  }));
}

/** Rows of the author's own. @throws bad-option unless there is a value a column */
export function addedRows({ rows }: TableLayout, from: number, count: number, models: number): readonly ModelRow[] {
  return rows.map(({ label, values }, i) => {
    if (values.length !== models) {
      const expected = said('expected.values_of_row', { count: models });
      throw new StudyError('bad-option', { option: 'rows', value: values.join(', '), expected, suggestion: null });
    }
    const cells = values
      .slice(from, from + count)
      .map((value): Cell => ({ kind: 'label', label: value, align: 'end' }));
    return { id: `added.${i + 1}`, label, cells };
  });
}

/** A table row of a model row: a cell at each place, empty beside it. */
export function rowOf(
  { id, label, cells }: ModelRow,
  shown: readonly { readonly place: number; readonly shows: string }[],
): TableRow {
  return {
    id,
    label: { kind: 'label', label },
    cells: shown.map(({ place, shows }) => (shows === 'estimate' ? (cells[place] ?? empty) : empty)),
  };
}
