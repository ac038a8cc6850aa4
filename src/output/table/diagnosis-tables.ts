import { roundSignificant } from '../../math/round-significant.ts';
import type { ModelDiagnosis, ModelTestLine, VarianceInflation } from '../../model/result/diagnosis.ts';
import type { TestLine } from '../../model/result/panel-tests.ts';
import type { ModelAfterFit, OfModel } from './after-fit-parts.ts';
import { modelCells, modelName, withModels } from './after-fit-parts.ts';
import type { Cell, TableColumn, TableModel, TableRow, Text } from './contract.ts';
import { covarianceName } from './covariance-name.ts';
import { joinedBy, plain, tableOf } from './parts.ts';

/** The checks of models, and the variance inflation of their regressors. */
export function diagnosisTables(asked: readonly OfModel<ModelDiagnosis>[], hasModels: boolean): readonly TableModel[] {
  const tested = asked.filter(({ value }) => value.tests.length > 0);
  const inflated = asked.flatMap(({ model, value }) => (value.vif === null ? [] : [{ model, value: value.vif }]));
  return [
    ...(tested.length === 0 ? [] : [checksTable(tested, hasModels)]),
    ...(inflated.length === 0 ? [] : [inflationTable(inflated, hasModels)]),
  ];
}

function checksTable(asked: readonly OfModel<ModelDiagnosis>[], hasModels: boolean): TableModel {
  return tableOf(
    'checks',
    { key: 'check.title' },
    {
      stub: { key: 'check.test' },
      columns: withModels(
        [
          { id: 'statistic', label: { key: 'check.statistic' } },
          { id: 'distribution', label: { key: 'check.distribution' } },
          { id: 'p', label: { key: 'after.p' } },
        ],
        hasModels,
      ),
      rows: asked.flatMap(({ model, value }) =>
        value.tests.map((line): TableRow => {
          const label = { kind: 'label', label: testName(line) } as const;
          return {
            id: `${model.id}.${line.test}`,
            label,
            cells: [...modelCells(model, hasModels), ...lineCells(line)],
          };
        }),
      ),
      notes: [...aboutNotes(asked), ...asked.flatMap(({ model, value }) => ownNotes(model, value, hasModels))],
    },
  );
}

function testName({ test, powers }: ModelTestLine): Text {
  return test === 'reset'
    ? { key: 'check.reset', values: { power: Math.max(...(powers ?? [])) } }
    : { key: `check.${test}` };
}

/** Statistic, its distribution under the null hypothesis, p. */
function lineCells(line: TestLine<string, string>): readonly Cell[] {
  const { stat, p } = line;
  const distribution = stat === null ? '' : distributionOf(line);
  return [plain(stat, 4), { kind: 'label', label: distribution, align: 'end' }, { kind: 'p', value: p }];
}

function distributionOf({ distribution, df: [a = 0, b = 0] }: TestLine<string, string>): Text {
  return { key: `check.${distribution}`, values: { a: Math.round(a * 10) / 10, b: Math.round(b * 10) / 10 } };
}

/** What each test asks, once. */
function aboutNotes(asked: readonly OfModel<ModelDiagnosis>[]): readonly Text[] {
  const has = (test: ModelTestLine['test']): boolean =>
    asked.some(({ value }) => value.tests.some((one) => one.test === test));
  const [first] = asked;
  const vcov = first === undefined ? '' : covarianceName(first.model.vcov);
  return [
    ...(has('reset') ? [{ key: 'check.about_reset', values: { vcov } } as const] : []),
    ...(has('wooldridge') ? [{ key: 'check.about_wooldridge' } as const] : []),
    ...(has('wooldridge-within') ? [{ key: 'check.about_wooldridge-within' } as const] : []),
    ...(has('modified-wald') ? [{ key: 'check.about_modified-wald' } as const] : []),
    ...(has('lm') ? [{ key: 'check.about_lm' } as const] : []),
    ...(has('cd') && asked.some(({ value }) => value.has_period_effects)
      ? [{ key: 'check.period_effects' } as const]
      : []),
  ];
}

function ownNotes(model: ModelAfterFit, { tests, pairs }: ModelDiagnosis, hasModels: boolean): readonly Text[] {
  const of = (test: Text): Text =>
    hasModels ? { key: 'check.of_model', values: { model: modelName(model.id), test } } : test;
  const lines = tests.flatMap((line): readonly Text[] => {
    const test = of(testName(line));
    const { estimate, null_value: value, rows = 0, units = 0, left_out = 0, dropped = [], reason } = line;
    return [
      ...(estimate === undefined || value === undefined
        ? []
        : [
            {
              key: 'check.coefficient',
              values: { test, estimate: roundSignificant(estimate, 4), value: roundSignificant(value, 4), rows, units },
            } as const,
          ]),
      ...(left_out === 0 ? [] : [{ key: 'check.left_out', values: { test, count: left_out } } as const]),
      ...(dropped.length === 0
        ? []
        : [{ key: 'check.dropped', values: { test, names: joinedBy(dropped, 'list.comma') } } as const]),
      ...(reason === undefined ? [] : [reasonNote(test, reason)]),
    ];
  });
  if (pairs === null) return lines;
  const { mean_correlation: mean, mean_absolute_correlation: absolute } = pairs;
  return [
    ...lines,
    ...(mean === null || absolute === null
      ? []
      : [
          {
            key: 'check.about_cd',
            values: {
              pairs: pairs.pairs,
              units: pairs.units,
              mean: roundSignificant(mean, 3),
              absolute: roundSignificant(absolute, 3),
            },
          } as const,
        ]),
    ...(pairs.left_out === 0 ? [] : [{ key: 'check.pairs_left_out', values: { count: pairs.left_out } } as const]),
  ];
}

/** Why a test has no statistic. */
export function reasonNote(test: Text, reason: NonNullable<ModelTestLine['reason']>): Text {
  return { key: 'check.none', values: { test, reason: { key: `check.no_${reason}` } } };
}

function inflationTable(asked: readonly OfModel<readonly VarianceInflation[]>[], hasModels: boolean): TableModel {
  const hasEffects = asked.some(({ value }) => value.some(({ pooled }) => pooled !== null));
  const columns: readonly TableColumn[] = hasEffects
    ? [
        { id: 'net', label: { key: 'vif.net' } },
        { id: 'pooled', label: { key: 'vif.pooled' } },
        { id: 'dummies', label: { key: 'vif.dummies' } },
      ]
    : [{ id: 'vif', label: { key: 'vif.plain' } }];
  const cells = (one: Omit<VarianceInflation, 'term'>): readonly Cell[] =>
    (hasEffects ? [one.vif, one.pooled, one.with_dummies] : [one.vif]).map((value) => plain(value, 3));
  return tableOf(
    'inflation',
    { key: 'vif.title' },
    {
      stub: { key: 'vif.regressor' },
      columns: withModels(columns, hasModels),
      rows: asked.flatMap(({ model, value }): readonly TableRow[] => [
        ...value.map((one): TableRow => {
          const label = { kind: 'verbatim', text: one.term } as const;
          return { id: `${model.id}.${one.term}`, label, cells: [...modelCells(model, hasModels), ...cells(one)] };
        }),
        ...(value.length < 2
          ? []
          : [
              {
                id: `${model.id}.mean`,
                label: { kind: 'label', label: { key: 'vif.mean' } } as const,
                cells: [...modelCells(model, hasModels), ...cells(meanOf(value))],
              },
            ]),
      ]),
      notes: [{ key: 'vif.note' }, ...(hasEffects ? [{ key: 'vif.note_effects' } as const] : [])],
    },
  );
}

function meanOf(all: readonly VarianceInflation[]): Omit<VarianceInflation, 'term'> {
  const mean = (pick: (one: VarianceInflation) => number | null): number | null => {
    const values = all.flatMap((one) => pick(one) ?? []);
    return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  return {
    vif: mean(({ vif }) => vif) ?? 0,
    pooled: mean((one) => one.pooled),
    with_dummies: mean((one) => one.with_dummies),
  };
}
