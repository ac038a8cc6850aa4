import { conventionFaults, modelFaults, plannedModels, termsOf, variableFaults } from './check-formulas.ts';
import { measuresFaults } from './check-measures.ts';
import { headerFaults } from './check-raw.ts';
import {
  faultAt,
  type KeyPath,
  type KnownNames,
  type PlacelessFault,
  repeatedNames,
  unknownName,
  unknownNames,
} from './faults.ts';
import type { StudyCoreSpec, StudySpec, TableSpec } from './spec.ts';
import { measureId, panelColumns } from './study-names.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What a study file says about things that are not there: names of measures, groups, models, tables, terms. */
export function checkStudy(study: StudySpec, vocabulary: Vocabulary): PlacelessFault[] {
  return [
    ...headerFaults(study, vocabulary),
    ...panelFaults(study, vocabulary),
    ...measuresFaults(study.measures, vocabulary),
    ...repeatedNames(study.measures.map(measureId), 'measure', (i) => ['measures', i]),
    ...coreFaults(study, { columns: panelColumns(study), described: study.measures.map(measureId), what: 'measure' }),
  ];
}

/** The names that models, tables and labels of a study may use. */
export interface StudyNames {
  /** Of the panel. */
  readonly columns: KnownNames;
  /** That tables of descriptive statistics may have, and what they are called. */
  readonly described: KnownNames;
  readonly what: 'measure' | 'variable';
}

/** Faults of what is made of a panel, wherever it comes from. */
export function coreFaults(study: StudyCoreSpec, { columns, described, what }: StudyNames): PlacelessFault[] {
  const formulas = [
    ...variableFaults(study, columns),
    ...conventionFaults(study, columns),
    ...modelFaults(study, columns),
  ];
  return [
    ...labelFaults(study, columns),
    ...formulas,
    ...tableFaults(study, what, described),
    ...pointerFaults(study),
    ...thresholdFaults(study),
    // Terms and columns come from the formulas: a slip there would be told again by everything that points at it.
    ...(formulas.length === 0 ? [...termFaults(study), ...columnFaults(study)] : []),
    ...repeatedNames(idsOf(study.tables), 'table', (i) => ['tables', i, 'id']),
    ...repeatedNames(idsOf(study.figures), 'figure', (i) => ['figures', i, 'id']),
    ...repeatedNames(idsOf(study.hypotheses), 'hypothesis', (i) => ['hypotheses', i, 'id']),
  ];
}

function panelFaults({ panel }: StudySpec, vocabulary: Vocabulary): PlacelessFault[] {
  const [first, last] = panel.years;
  const years =
    first > last ? [faultAt(['panel', 'years'], `the first year ${first} is after the last year ${last}`)] : [];
  const rules = panel.exclude.flatMap((rule, i) =>
    (rule.cities === undefined) === (rule.provinces === undefined)
      ? [faultAt(['panel', 'exclude', i], 'give either cities or provinces')]
      : [],
  );
  return [
    ...years,
    ...rules,
    ...unknownNames(panel.groups, 'group', Object.keys(vocabulary.groups), (i) => ['panel', 'groups', i]),
    ...repeatedNames(panel.groups, 'group', (i) => ['panel', 'groups', i]),
  ];
}

/** A label of a single name must be that of a column; a label of a term such as `ai:er` may be anything. */
function labelFaults(study: StudyCoreSpec, columns: KnownNames): PlacelessFault[] {
  if (columns === null) return [];
  return Object.keys(study.labels)
    .filter((name) => /^\w+$/.test(name) && !columns.includes(name))
    .map((name) => ({ ...unknownName(['labels', name], 'variable', name, columns), at: 'key' as const }));
}

function tableFaults(study: StudyCoreSpec, what: StudyNames['what'], described: KnownNames): PlacelessFault[] {
  const models = Object.keys(study.models);
  return study.tables.flatMap((table, i) =>
    table.kind === 'summary'
      ? unknownNames(table.variables, what, described, (j) => ['tables', i, 'variables', j])
      : unknownNames(table.models, 'model', table.kind === 'thresholds' ? thresholdModels(study) : models, (j) => [
          'tables',
          i,
          'models',
          j,
        ]),
  );
}

function thresholdModels({ models }: StudyCoreSpec): string[] {
  return Object.keys(models).filter((id) => models[id].threshold !== undefined);
}

interface Pointer {
  readonly table: string;
  readonly term: string;
  readonly path: KeyPath;
}

/** Figures, hypotheses and the headline: each points at a table and a term of it. */
function pointersOf({ figures, hypotheses, report }: StudyCoreSpec): Pointer[] {
  return [
    ...figures.flatMap((figure, i) => (figure.kind === 'coefficients' ? [{ ...figure, path: ['figures', i] }] : [])),
    ...hypotheses.flatMap((one, i) => ('table' in one ? [{ ...one, path: ['hypotheses', i] }] : [])),
    ...(report.headline === undefined ? [] : [{ ...report.headline, path: ['report', 'headline'] }]),
  ];
}

function pointerFaults(study: StudyCoreSpec): PlacelessFault[] {
  const tables = idsOf(regressionTables(study));
  return pointersOf(study)
    .filter(({ table }) => !tables.includes(table))
    .map(({ table, path }) => unknownName([...path, 'table'], 'regression table', table, tables));
}

/** Figures and hypotheses that point at a threshold model. */
function thresholdFaults(study: StudyCoreSpec): PlacelessFault[] {
  const pointed = [
    ...study.figures.flatMap((figure, i) =>
      'model' in figure ? [{ model: figure.model, path: ['figures', i, 'model'] }] : [],
    ),
    ...study.hypotheses.flatMap((one, i) =>
      'model' in one ? [{ model: one.model, path: ['hypotheses', i, 'model'] }] : [],
    ),
  ];
  const known = thresholdModels(study);
  return pointed.flatMap(({ model, path }) =>
    known.includes(model) ? [] : [unknownName(path, 'threshold model', model, known)],
  );
}

function termFaults(study: StudyCoreSpec): PlacelessFault[] {
  const listed = study.tables.flatMap((table, i) =>
    table.kind !== 'regression'
      ? []
      : table.terms.map((term, j) => ({ table: table.id, term, path: ['tables', i, 'terms', j] })),
  );
  const pointed = pointersOf(study).map((pointer) => ({ ...pointer, path: [...pointer.path, 'term'] }));
  const termsByTable = new Map(regressionTables(study).map(({ id, models }) => [id, termsOf(models, study)]));
  return [...listed, ...pointed].flatMap(({ table, term, path }) => {
    const terms = termsByTable.get(table) ?? null;
    return terms === null || terms.includes(term) ? [] : [unknownName(path, `term of ${table}`, term, terms)];
  });
}

function columnFaults(study: StudyCoreSpec): PlacelessFault[] {
  const { headline } = study.report;
  const target = regressionTables(study).find((one) => one.id === headline?.table);
  if (headline === undefined || headline.column === 'last' || target === undefined) return [];
  const count = target.models.reduce((sum, id) => {
    const model = study.models[id];
    return sum + plannedModels(model?.formula ?? '', study).length * (model?.samples?.length ?? 1);
  }, 0);
  if (count === 0 || headline.column <= count) return [];
  return [faultAt(['report', 'headline', 'column'], `${target.id} has ${count} columns, found ${headline.column}`)];
}

function regressionTables(study: StudyCoreSpec): readonly Extract<TableSpec, { kind: 'regression' }>[] {
  return study.tables.filter((table) => table.kind === 'regression');
}

function idsOf(entries: readonly { readonly id: string }[]): string[] {
  return entries.map((entry) => entry.id);
}
