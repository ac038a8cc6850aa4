import { nearestName } from '../../error/nearest-name.ts';
import { type Expected, said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { modelOfText } from '../../export/model-calls.ts';
import { namesInModel, namesInProduct } from '../../model/formula/formula-names.ts';
import { printModelFormula } from '../../model/formula/print.ts';
import { type Column, type ColumnTable, columnNamed, ownColumns } from '../../table/column.ts';
import { type RowCondition, readRowCondition } from '../../table/condition/row-condition.ts';
import { evaluateExpression } from '../../table/expression/evaluate.ts';
import { parseExpression } from '../../table/expression/parse.ts';
import { quoteName } from '../../table/expression/tokenize.ts';
import type { ResolvedTable } from '../exhibit/catalog.ts';
import type { ResolvedModel, StudyCore } from '../language/resolve.ts';
import { unitKeys } from '../unit-names.ts';
import type { Version } from './contract.ts';

/** A study on its panel. */
export interface StudyOnPanel {
  readonly study: StudyCore;
  readonly table: ColumnTable;
}

/**
 * The study of a version: the same tables and figures of models that ask for what the reader changed. Rows go by conditions, so
 * that lags still see the periods around them, as `if` and `--where` have it.
 * @throws bad-option for a unit or a control that is not there, bad-where, the codes of formulas
 */
export function versionOf({ study, table }: StudyOnPanel, version: Version): StudyOnPanel {
  requireKnown('dropped', version.dropped, table.names, said('noun.variable'));
  const rows = rowsOf(version, study, table);
  const models = Object.entries(study.models).map(([id, model]) => [id, changed(model, version, rows)] as const);
  return {
    study: {
      ...study,
      models: Object.fromEntries(models),
      tables: rows === null ? study.tables : study.tables.map((one) => onRows(one, rows)),
    },
    table: version.tails === null ? table : withoutTails(table, study, version.tails),
  };
}

/** @throws bad-option for a name that is not there, with the nearest */
function requireKnown(option: string, names: readonly string[], known: readonly string[], expected: Expected): void {
  const stranger = names.find((name) => !known.includes(name));
  if (stranger === undefined) return;
  throw new StudyError('bad-option', {
    option,
    value: stranger,
    expected,
    suggestion: nearestName(stranger, known),
    command: null,
  });
}

/** The rows of a version as a condition; null: all of them. @throws bad-option for a unit that is not there, bad-where */
export function rowsOf({ period, where, without }: Version, { panel }: StudyCore, table: ColumnTable): string | null {
  if (without.length > 0) {
    const known = [...new Set(unitKeys(table, panel.unit).filter((key) => key !== null))];
    requireKnown('without', without, known, said('expected.unit_of_panel', { unit: panel.unit }));
  }
  const [unit, time] = [quoteName(panel.unit), quoteName(panel.time)];
  const isText = table.columns[panel.unit]?.kind === 'text';
  const keys = without.map((key) => (isText ? `'${key.replaceAll("'", "''")}'` : key));
  const parts = [
    ...(period === null ? [] : [`${time} >= ${period[0]} and ${time} <= ${period[1]}`]),
    ...(keys.length === 0 ? [] : [`${unit} not in (${keys.join(', ')})`]),
    ...(where === null ? [] : [`(${readRowCondition(where, 'where').text})`]),
  ];
  return parts.length === 0 ? null : parts.join(' and ');
}

function changed(model: ResolvedModel, version: Version, rows: string | null): ResolvedModel {
  const { vcov, dropped } = version;
  const covariances = vcov === null ? model.vcov : [vcov, ...model.vcov.filter((one) => one !== vcov)];
  const threshold = thresholdOf(model, version);
  return {
    ...model,
    expanded: dropped.length === 0 ? model.expanded : model.expanded.map((text) => withoutTerms(text, dropped)),
    vcov: covariances,
    threshold,
    where: joined(model.where, rows),
    samples: model.samples.map((sample) => ({ ...sample, where: joined(sample.where, rows) })),
    words: { ...model.words, vcov: [...covariances], ...(threshold === null ? {} : { threshold }) },
  };
}

function thresholdOf({ threshold }: ResolvedModel, { thresholdTrim, replicates }: Version): ResolvedModel['threshold'] {
  if (threshold === null) return null;
  return {
    ...threshold,
    ...(thresholdTrim === null ? {} : { trim: thresholdTrim }),
    ...(replicates === null ? {} : { boot: replicates }),
  };
}

function joined(condition: RowCondition | null, rows: string | null): RowCondition | null {
  if (rows === null) return condition;
  return readRowCondition(condition === null ? rows : `(${condition.text}) and (${rows})`);
}

/** A formula without the regressors that have one of the names in them; effects and instruments stay. */
function withoutTerms(text: string, dropped: readonly string[]): string {
  const model = modelOfText(text);
  const products = model.products.filter((product) => !namesInProduct(product).some((name) => dropped.includes(name)));
  return products.length === model.products.length ? text : printModelFormula({ ...model, products });
}

/** Tables of the data describe the rows of the version. */
function onRows(table: ResolvedTable, rows: string): ResolvedTable {
  if (!('variables' in table)) return table;
  return { ...table, where: table.where === undefined ? rows : `(${table.where}) and (${rows})` };
}

/** Variables that models take as numbers: outcomes, regressors, instruments; no keys, no effects, no parts of the panel. */
export function numbersOf({ models, panel }: StudyCore, table: ColumnTable): readonly string[] {
  const keys = [panel.unit, panel.time];
  const names = Object.values(models).flatMap(({ expanded, threshold }) => [
    ...expanded.flatMap((text) => {
      const { outcome, products, instrumented } = modelOfText(text);
      return namesInModel({ text, outcome, products, instrumented, hasConstant: true, effects: [] });
    }),
    ...(threshold === null ? [] : [threshold.regime, threshold.by].flat().flatMap(namesWritten)),
  ]);
  return [...new Set(names)].filter((name) => !keys.includes(name) && table.columns[name]?.kind === 'number');
}

function namesWritten(term: string): readonly string[] {
  return namesInModel(modelOfText(`y ~ ${term}`)).slice(1);
}

/**
 * The variables of the models with their tails cut, over the whole panel and by Stata's percentiles: set to the percentile, or
 * made missing.
 */
function withoutTails(table: ColumnTable, study: StudyCore, tails: NonNullable<Version['tails']>): ColumnTable {
  const cut = new Set(numbersOf(study, table));
  const columns = table.names.map((name): readonly [string, Column] => {
    const column = columnNamed(table, name);
    return [name, cut.has(name) && column.kind === 'number' ? cutColumn(table, name, column.values, tails) : column];
  });
  return { ...table, columns: ownColumns(columns) };
}

function cutColumn(
  table: ColumnTable,
  name: string,
  values: Float64Array,
  { how, share }: NonNullable<Version['tails']>,
): Column {
  const expression = parseExpression(`winsor(${quoteName(name)}, ${share}, ${100 - share})`);
  const cut = evaluateExpression(expression, table, name);
  return {
    kind: 'number',
    values: how === 'winsor' ? cut : values.map((value, i) => (cut[i] === value ? value : NaN)),
  };
}
