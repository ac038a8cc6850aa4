import { at } from '../../error/at.ts';
import type { Coefficient } from '../../model/result/coefficients.ts';
import type { ModelResult } from '../../model/result/result.ts';
import type { Cell, TableModel, TableRow, Text } from './contract.ts';
import { covarianceName } from './covariance-name.ts';
import { empty, joinedBy, plain, spannerOver } from './parts.ts';

/** Which member of the R2 family a table prints (see FitMeasures). */
export type R2Key = keyof ModelResult['r2'];

export interface RegressionTableSpec {
  readonly id: string;
  readonly number: string;
  readonly title: Text;
  readonly columns: readonly { readonly label: Text; readonly model: ModelResult }[];
  /** Terms in printed order with their labels; terms of the models that are not listed follow in model order. */
  readonly terms: readonly { readonly term: string; readonly label: Text }[];
  /** One row each. */
  readonly r2: R2Key | readonly R2Key[];
  /** Printed under each estimate. */
  readonly statistic: 't' | 'se';
  /** Rows such as "year Yes": the fixed effect of the models and the label of its row. */
  readonly fixedEffects: readonly { readonly effect: string; readonly label: Text }[];
  /** The outcome when all columns share it; else each column shows its own. */
  readonly outcome?: Text;
  /** A row that names the sample of each column. */
  readonly samples?: readonly Text[];
  /** Rows below R2, a value a column: tests that belong to the models. */
  readonly tests?: readonly {
    readonly id: string;
    readonly label: Text;
    readonly values: readonly (number | null)[];
    /** The values are probabilities: printed as such, never as 0. */
    readonly areP?: boolean;
  }[];
  /** Printed labels of variables that notes mention, such as the cluster variable. */
  readonly names?: Readonly<Record<string, Text>>;
  readonly notes: readonly Text[];
  readonly isSynthetic: boolean;
}

const constant = '(Intercept)';

/** A table of models side by side: estimates with stars, a statistic below, then effects, observations and R2. */
export function regressionTable(spec: RegressionTableSpec): TableModel {
  const models = spec.columns.map((column) => column.model);
  const rows = orderedTerms(spec, models).flatMap((entry) => termRows(entry, models, spec.statistic));
  return {
    id: spec.id,
    number: spec.number,
    title: spec.title,
    stub: '',
    ...(spec.outcome === undefined
      ? {}
      : { spanners: [spannerOver(models.length, { key: 'table.outcome', values: { outcome: spec.outcome } })] }),
    columns: spec.columns.map((column, i) => ({
      id: `${i + 1}`,
      label: column.label,
      ...(spec.outcome === undefined ? { sublabel: spec.names?.[column.model.depvar] ?? column.model.depvar } : {}),
    })),
    rows: [...rows, ...effectRows(spec, models), ...sampleRows(spec), ...fitRows(spec, models)],
    notes: [...standardNotes(spec, models), ...spec.notes],
    isSynthetic: spec.isSynthetic,
  };
}

/** Listed terms that some model has, then the others in model order; a constant that is not listed comes last. */
function orderedTerms(spec: RegressionTableSpec, models: readonly ModelResult[]): { term: string; label: Text }[] {
  const present = new Set(models.flatMap((model) => [...model.coef.map((c) => c.term), ...model.collinear]));
  const listed = spec.terms.filter((entry) => present.has(entry.term));
  for (const entry of listed) present.delete(entry.term);
  const hasConstant = present.delete(constant);
  const others = [...present].map((term) => ({ term, label: spec.names?.[term] ?? term }));
  return [...listed, ...others, ...(hasConstant ? [{ term: constant, label: { key: 'row.constant' } as const }] : [])];
}

function termRows(
  entry: { term: string; label: Text },
  models: readonly ModelResult[],
  statistic: 't' | 'se',
): readonly TableRow[] {
  const found = models.map((model) => model.coef.find((c) => c.term === entry.term));
  const estimates = found.map((c, i): Cell => {
    if (c !== undefined) return { kind: 'estimate', value: c.estimate, p: c.p };
    return at(models, i).collinear.includes(entry.term) ? { kind: 'word', key: 'omitted' } : empty;
  });
  const below = found.map(
    (c): Cell =>
      c === undefined ? empty : { kind: 'statistic', value: statisticOf(c, statistic), isError: statistic === 'se' },
  );
  const head: TableRow = { id: entry.term, label: { kind: 'label', label: entry.label }, cells: estimates };
  if (below.every((cell) => cell.kind === 'empty')) return [head];
  return [
    head,
    {
      id: `${entry.term}.${statistic}`,
      label: empty,
      cells: below,
      aloneLabel: { key: statistic === 't' ? 'row.t_of' : 'row.se_of', values: { term: entry.label } },
    },
  ];
}

function statisticOf(coefficient: Coefficient, statistic: 't' | 'se'): number | null {
  return statistic === 't' ? coefficient.stat : coefficient.se;
}

function effectRows(spec: RegressionTableSpec, models: readonly ModelResult[]): TableRow[] {
  return spec.fixedEffects.map((effect, i) => ({
    id: `effect.${effect.effect}`,
    label: { kind: 'label', label: effect.label },
    cells: models.map((model): Cell => ({ kind: 'word', key: effect.effect in model.fixef ? 'yes' : 'no' })),
    ...(i === 0 ? { ruled: true } : {}),
  }));
}

function sampleRows(spec: RegressionTableSpec): TableRow[] {
  if (spec.samples === undefined) return [];
  return [
    {
      id: 'sample',
      label: { kind: 'label', label: { key: 'row.sample' } },
      cells: spec.samples.map((label): Cell => ({ kind: 'label', label, align: 'end' })),
      ...(spec.fixedEffects.length === 0 ? { ruled: true } : {}),
    },
  ];
}

function fitRows(spec: RegressionTableSpec, models: readonly ModelResult[]): TableRow[] {
  return [
    {
      id: 'nobs',
      label: { kind: 'label', label: { key: 'row.observations' } },
      cells: models.map((model): Cell => ({ kind: 'count', value: model.nobs })),
      ...(spec.fixedEffects.length === 0 && spec.samples === undefined ? { ruled: true } : {}),
    },
    ...keysOf(spec).map(
      (key): TableRow => ({
        id: `r2.${key}`,
        label: { kind: 'label', label: { key: `row.r2.${key}` } },
        cells: models.map((model) => plain(model.r2[key])),
      }),
    ),
    ...(spec.tests ?? []).map(
      ({ id, label, values, areP = false }): TableRow => ({
        id: `test.${id}`,
        label: { kind: 'label', label },
        cells: values.map((value) => (value === null ? empty : areP ? { kind: 'p', value } : plain(value))),
      }),
    ),
  ];
}

function keysOf(spec: RegressionTableSpec): readonly R2Key[] {
  return typeof spec.r2 === 'string' ? [spec.r2] : spec.r2;
}

/** What stands in parentheses, the stars, the kind of standard error of each column, and which R2 is shown. */
function standardNotes(spec: RegressionTableSpec, models: readonly ModelResult[]): Text[] {
  const notes: Text[] = [{ key: spec.statistic === 't' ? 'note.t_below' : 'note.se_below' }];
  const groups = new Map<string, { model: ModelResult; columns: Text[] }>();
  for (const [i, model] of models.entries()) {
    const id = JSON.stringify([model.vcov.type, model.vcov.by, model.vcov.clusters, model.vcov.ssc]);
    const group = groups.get(id) ?? { model, columns: [] };
    group.columns.push(at(spec.columns, i).label);
    groups.set(id, group);
  }
  for (const { model, columns } of groups.values()) {
    const values = { vcov: covarianceName(model.vcov, spec.names), ssc: model.vcov.ssc };
    if (groups.size === 1) notes.push({ key: 'note.vcov', values });
    else notes.push({ key: 'note.vcov_columns', values: { ...values, columns: joinedBy(columns, 'list.comma') } });
  }
  if (keysOf(spec).includes('xtreg_within')) notes.push({ key: 'note.r2_xtreg_within' });
  return notes;
}
