import { at } from '../../error/at.ts';
import type {
  Combination,
  EqualityTest,
  HausmanStatistic,
  MundlakTest,
  WaldTest,
} from '../../model/result/after-fit.ts';
import type { FamilyTest } from '../../model/result/family.ts';
import { addedVariableTable } from './added-variable-table.ts';
import type { LevelName, ModelAfterFit, OfModel } from './after-fit-parts.ts';
import { absentNote, asWritten, modelCells, modelName, textOf, withModels } from './after-fit-parts.ts';
import { clusterTables } from './cluster-tables.ts';
import { coefficientCells, coefficientColumns } from './coefficient-cells.ts';
import type { Cell, TableColumn, TableModel, TableRow, Text } from './contract.ts';
import { covarianceName, covarianceNote } from './covariance-name.ts';
import { curveTables } from './curve-tables.ts';
import { dfbetaTable } from './dfbeta-table.ts';
import { diagnosisTables } from './diagnosis-tables.ts';
import { eventTables } from './event-tables.ts';
import { familyTable } from './family-table.ts';
import { leaveOutTable } from './leave-out-table.ts';
import { marginsTables } from './margins-tables.ts';
import { mediationTables } from './mediation-tables.ts';
import { omittedTables } from './omitted-tables.ts';
import { joinedBy, plain, tableOf } from './parts.ts';
import { permutationTable } from './permutation-table.ts';
import { placeboTables } from './placebo-tables.ts';
import { randomEffectsTable } from './random-effects-table.ts';
import { wildTable } from './wild-table.ts';

/** What was asked for after the fits, as tables in reading order; empty ones are left out. */
export function afterFitTables(
  models: readonly ModelAfterFit[],
  equality: readonly EqualityTest[] = [],
  families: readonly FamilyTest[] = [],
  levelName: LevelName = asWritten,
): readonly TableModel[] {
  const hasModels = models.length > 1;
  const each = <T>(pick: (model: ModelAfterFit) => readonly T[] | undefined): OfModel<T>[] =>
    models.flatMap((model) => (pick(model) ?? []).map((value) => ({ model, value })));
  const events = each((model) => (model.event === undefined ? [] : [model.event]));
  const tests = each((model) => model.tests);
  const combinations = each((model) => model.combinations);
  const wild = each((model) => (model.wild === undefined ? [] : [model.wild]));
  const omitted = each((model) => (model.omitted === undefined ? [] : [model.omitted]));
  const clusters = each((model) => (model.clusters === undefined ? [] : [model.clusters]));
  const margins = each((model) => model.margins);
  const mediation = each((model) => (model.mediation === undefined ? [] : [model.mediation]));
  const left = each((model) => (model.leave_out === undefined ? [] : [model.leave_out]));
  const added = each((model) => (model.added_variable === undefined ? [] : [model.added_variable]));
  const influence = each((model) => (model.dfbeta === undefined ? [] : [model.dfbeta]));
  const curves = each((model) => (model.curve === undefined ? [] : [model.curve]));
  const permutations = each((model) => (model.permutation === undefined ? [] : [model.permutation]));
  const placebos = each((model) => (model.placebo === undefined ? [] : [model.placebo]));
  const diagnoses = each((model) => (model.diagnosis === undefined ? [] : [model.diagnosis]));
  const effects = models.filter((model) => model.effects !== undefined);
  const specification = models.filter((model) => model.hausman !== undefined || model.mundlak !== undefined);
  return [
    ...eventTables(events, hasModels),
    ...(tests.length === 0 ? [] : [testsTable(tests, hasModels)]),
    ...(combinations.length === 0 ? [] : [combinationsTable(combinations, hasModels)]),
    ...(wild.length === 0 ? [] : [wildTable(wild, hasModels)]),
    ...(omitted.length === 0 ? [] : omittedTables(omitted, hasModels)),
    ...(clusters.length === 0 ? [] : clusterTables(clusters, hasModels, levelName)),
    ...marginsTables(margins, hasModels),
    ...(mediation.length === 0 ? [] : mediationTables(mediation, hasModels)),
    ...(curves.length === 0 ? [] : curveTables(curves, hasModels)),
    ...(left.length === 0 ? [] : [leaveOutTable(left, hasModels, levelName)]),
    ...(added.length === 0 ? [] : [addedVariableTable(added, hasModels)]),
    ...(influence.length === 0 ? [] : [dfbetaTable(influence, hasModels, levelName)]),
    ...(permutations.length === 0 ? [] : [permutationTable(permutations, hasModels)]),
    ...placeboTables(placebos, hasModels),
    ...(equality.length === 0 ? [] : equalityTables(models, equality)),
    ...families.map((family) => familyTable(family)),
    ...models.flatMap((model) =>
      model.random_effects === undefined ? [] : [randomEffectsTable(model, model.random_effects, hasModels)],
    ),
    ...(specification.length === 0 ? [] : [specificationTable(specification, hasModels)]),
    ...models.flatMap((model) => (model.mundlak === undefined ? [] : [meansTable(model, model.mundlak, hasModels)])),
    ...diagnosisTables(diagnoses, hasModels),
    ...(effects.length === 0 ? [] : [effectsTable(effects, hasModels)]),
  ];
}

const testColumns: readonly TableColumn[] = [
  { id: 'f', label: { key: 'after.f' } },
  { id: 'df1', label: { key: 'after.df1' } },
  { id: 'df2', label: { key: 'after.df2' } },
  { id: 'chi2', label: { key: 'after.chi2' } },
  { id: 'p', label: { key: 'after.p' } },
];

function testCells(test: WaldTest): readonly Cell[] {
  const exists = test.chi2 !== null;
  return [
    plain(test.f, 4),
    { kind: 'count', value: exists ? test.df[0] : null },
    exists && test.df[1] !== null && !Number.isInteger(test.df[1])
      ? plain(test.df[1], 1)
      : { kind: 'count', value: exists ? test.df[1] : null },
    plain(test.chi2, 4),
    { kind: 'p', value: test.p },
  ];
}

function testsTable(tests: readonly OfModel<WaldTest>[], hasModels: boolean): TableModel {
  return tableOf(
    'tests',
    { key: 'after.tests' },
    {
      stub: { key: 'after.restrictions' },
      columns: withModels(testColumns, hasModels),
      rows: tests.map(({ model, value }) => ({
        id: `${model.id}.${value.text}`,
        label: { kind: 'verbatim', text: value.text },
        cells: [...modelCells(model, hasModels), ...testCells(value)],
      })),
      notes: tests.flatMap(({ model, value }) => testNotes(model, value, hasModels)),
    },
  );
}

function testNotes(model: ModelAfterFit, test: WaldTest, hasModels: boolean): readonly Text[] {
  const text = textOf(model, test.text, hasModels);
  return [
    ...leftOutNote('after.implied', text, test.implied),
    ...leftOutNote('after.untestable', text, test.untestable),
    ...(test.reason === undefined ? [] : [{ key: `after.no_test_${test.reason}`, values: { text } } as const]),
    ...absentNote(model, test, hasModels),
  ];
}

function leftOutNote(
  key: 'after.implied' | 'after.untestable',
  text: Text | string,
  restrictions: readonly string[],
): readonly Text[] {
  return restrictions.length === 0 ? [] : [{ key, values: { text, dropped: joinedBy(restrictions, 'list.comma') } }];
}

function reasonNote(model: ModelAfterFit, { text, reason }: Combination, hasModels: boolean): readonly Text[] {
  return reason === undefined
    ? []
    : [{ key: `after.no_error_${reason}`, values: { text: textOf(model, text, hasModels) } }];
}

function combinationsTable(combinations: readonly OfModel<Combination>[], hasModels: boolean): TableModel {
  const isNonlinear = combinations.some(({ value }) => value.kind === 'nlcom');
  return tableOf(
    'combinations',
    { key: 'after.combinations' },
    {
      stub: { key: 'after.combination' },
      columns: withModels(coefficientColumns(false), hasModels),
      rows: combinations.map(({ model, value }) => ({
        id: `${model.id}.${value.text}`,
        label: { kind: 'verbatim', text: value.text },
        cells: [...modelCells(model, hasModels), ...coefficientCells(value)],
      })),
      notes: [
        ...(isNonlinear ? [{ key: 'after.delta' } as const] : []),
        ...combinations.flatMap(({ model, value }) => [
          ...absentNote(model, value, hasModels),
          ...reasonNote(model, value, hasModels),
        ]),
      ],
    },
  );
}

/** The joint tests, then every difference. Models are named by their part of the sample where they have one. */
function equalityTables(models: readonly ModelAfterFit[], equality: readonly EqualityTest[]): readonly TableModel[] {
  const samples = models.map((model) => model.sample);
  // Several formulas on the same parts: the number says which.
  const isRepeated = new Set(samples).size < samples.length;
  const nameOf = (id: string): Text => {
    const sample = models.find((model) => model.id === id)?.sample ?? null;
    if (sample === null) return modelName(id);
    return isRepeated ? { key: 'after.sample_model', values: { sample, model: modelName(id) } } : sample;
  };
  const { vcov } = at(equality, 0);
  const inference: Text = covarianceNote(vcov);
  const tests = tableOf(
    'equality',
    { key: 'after.equal' },
    {
      stub: { key: 'after.restrictions' },
      columns: testColumns,
      rows: equality.map((one) => ({
        id: `${one.text}.${one.models.join('.')}`,
        label: {
          kind: 'label',
          label: {
            key: 'after.equal_row',
            values: { text: one.text, models: joinedBy(one.models.map(nameOf), 'list.comma') },
          },
        },
        cells: testCells(one.test),
      })),
      notes: [inference],
    },
  );
  const rows = equality.flatMap((one) =>
    one.differences.map(
      (difference): TableRow => ({
        id: `${difference.model}.${difference.term}`,
        label: {
          kind: 'label',
          label: {
            key: 'after.difference_row',
            values: { term: difference.term, model: nameOf(difference.model), base: nameOf(difference.base) },
          },
        },
        cells: coefficientCells(difference),
      }),
    ),
  );
  return [tests, tableOf('differences', { key: 'after.differences' }, { columns: coefficientColumns(false), rows })];
}

/** Hausman in its forms and Mundlak, a row each. */
function specificationTable(models: readonly ModelAfterFit[], hasModels: boolean): TableModel {
  const rows: TableRow[] = [];
  const notes: Text[] = [{ key: 'after.null' }];
  for (const model of models) {
    const { hausman, mundlak } = model;
    const add = (id: string, label: Text, cells: readonly Cell[]): void => {
      const row = { id: `${model.id}.${id}`, label: { kind: 'label', label } as const };
      rows.push({ ...row, cells: [...modelCells(model, hasModels), ...cells] });
    };
    if (hausman !== undefined) {
      for (const form of ['classical', 'sigmamore'] as const) {
        const label: Text = { key: `after.hausman_${form}` };
        add(form, label, statisticCells(hausman[form]));
        if (!hausman[form].is_semidefinite) notes.push({ key: 'after.not_semidefinite', values: { test: label } });
      }
      add('auxiliary', { key: 'after.hausman_auxiliary' }, chiCells(hausman.auxiliary));
    }
    if (mundlak !== undefined) add('mundlak', { key: 'after.mundlak' }, chiCells(mundlak.test));
  }
  const { hausman: classical, mundlak: within } = at(models, 0);
  const vcov = classical?.vcov ?? within?.vcov;
  if (vcov !== undefined) notes.push({ key: 'after.robust', values: { vcov: covarianceName(vcov) } });
  return tableOf(
    'specification',
    { key: 'after.hausman' },
    {
      stub: { key: 'after.test' },
      columns: withModels(
        [3, 1, 4].map((j) => at(testColumns, j)),
        hasModels,
      ),
      rows,
      notes,
    },
  );
}

/** The unit means that Mundlak's test adds to the random effects. */
function meansTable(model: ModelAfterFit, { means }: MundlakTest, hasModels: boolean): TableModel {
  const values = { model: modelName(model.id) };
  return tableOf(
    `means.${model.id}`,
    hasModels ? { key: 'after.mundlak_means_of', values } : { key: 'after.mundlak_means' },
    {
      stub: model.depvar,
      columns: coefficientColumns(true),
      rows: means.map((c) => ({
        id: c.term,
        label: { kind: 'verbatim', text: c.term },
        cells: coefficientCells(c),
      })),
    },
  );
}

function statisticCells({ chi2, df, p }: HausmanStatistic): readonly Cell[] {
  return [plain(chi2, 4), { kind: 'count', value: df }, { kind: 'p', value: p }];
}

function chiCells({ chi2, df, p }: WaldTest): readonly Cell[] {
  return statisticCells({ chi2, df: df[0], p, is_semidefinite: true });
}

function effectsTable(models: readonly ModelAfterFit[], hasModels: boolean): TableModel {
  const notes: Text[] = [];
  const rows = models.flatMap((model): TableRow[] => {
    const { effects } = model;
    if (effects === undefined) return [];
    notes.push({ key: 'after.effects_note', values: { components: effects.components } });
    if (!effects.is_unique) notes.push({ key: 'after.effects_not_unique' });
    return effects.effects.map((effect) => ({
      id: `${model.id}.${effect.name}`,
      label: { kind: 'verbatim', text: effect.name },
      cells: [
        ...modelCells(model, hasModels),
        { kind: 'count', value: effect.levels },
        { kind: 'count', value: effect.zeros },
      ],
    }));
  });
  return tableOf(
    'effects',
    { key: 'after.effects' },
    {
      stub: { key: 'after.effect' },
      columns: withModels(
        [
          { id: 'levels', label: { key: 'after.levels' } },
          { id: 'zeros', label: { key: 'after.zeros' } },
        ],
        hasModels,
      ),
      rows,
      notes,
    },
  );
}
