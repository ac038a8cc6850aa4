import { modelFaults, plannedModels, termsOf, variableFaults } from './check-formulas.ts';
import { measureFaults } from './check-measures.ts';
import { faultAt, type KeyPath, type PlacelessFault, unknownName } from './faults.ts';
import type { StudySpec, TableSpec } from './spec.ts';
import { measureId, panelColumns } from './study-names.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What a study file says about things that are not there: names of measures, groups, models, tables, terms. */
export function checkStudy(study: StudySpec, vocabulary: Vocabulary): PlacelessFault[] {
  return [
    ...panelFaults(study, vocabulary),
    ...study.measures.flatMap((measure, i) => measureFaults(measure, ['measures', i], vocabulary)),
    ...repeated(study.measures.map(measureId), 'measure', (i) => ['measures', i]),
    ...labelFaults(study),
    ...variableFaults(study),
    ...modelFaults(study),
    ...tableFaults(study),
    ...pointerFaults(study),
    ...repeated(idsOf(study.tables), 'table', (i) => ['tables', i, 'id']),
    ...repeated(idsOf(study.figures), 'figure', (i) => ['figures', i, 'id']),
    ...repeated(idsOf(study.hypotheses), 'hypothesis', (i) => ['hypotheses', i, 'id']),
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
    ...unknown(panel.groups, 'group', vocabulary.groups, (i) => ['panel', 'groups', i]),
    ...repeated(panel.groups, 'group', (i) => ['panel', 'groups', i]),
  ];
}

/** A label of a single name must be that of a column; a label of a term such as `ai:er` may be anything. */
function labelFaults(study: StudySpec): PlacelessFault[] {
  const columns = panelColumns(study);
  return Object.keys(study.labels)
    .filter((name) => /^\w+$/.test(name) && !columns.includes(name))
    .map((name) => ({ ...unknownName(['labels', name], 'variable', name, columns), at: 'key' as const }));
}

function tableFaults(study: StudySpec): PlacelessFault[] {
  const measures = study.measures.map(measureId);
  const models = Object.keys(study.models);
  return study.tables.flatMap((table, i) => {
    const path = ['tables', i];
    if (table.kind === 'summary') {
      return unknown(table.variables, 'measure', measures, (j) => [...path, 'variables', j]);
    }
    const terms = termsOf(table.models, study);
    return [
      ...unknown(table.models, 'model', models, (j) => [...path, 'models', j]),
      ...(terms === null ? [] : unknown(table.terms, 'term', terms, (j) => [...path, 'terms', j])),
    ];
  });
}

/** Figures, hypotheses and the headline point at a table and a term of it. */
function pointerFaults(study: StudySpec): PlacelessFault[] {
  const { headline } = study.report;
  const pointers = [
    ...study.figures.map((figure, i) => ({ ...figure, path: ['figures', i] })),
    ...study.hypotheses.map((hypothesis, i) => ({ ...hypothesis, path: ['hypotheses', i] })),
    ...(headline === undefined ? [] : [{ ...headline, path: ['report', 'headline'] }]),
  ];
  const tables = study.tables.filter((table) => table.kind === 'regression');
  const faults = pointers.flatMap(({ table, term, path }) => {
    const target = tables.find((one) => one.id === table);
    if (target === undefined) return [unknownName([...path, 'table'], 'regression table', table, idsOf(tables))];
    const terms = termsOf(target.models, study);
    return terms === null || terms.includes(term)
      ? []
      : [unknownName([...path, 'term'], `term of ${table}`, term, terms)];
  });
  return [...faults, ...columnFaults(study, tables)];
}

function columnFaults(
  study: StudySpec,
  tables: readonly Extract<TableSpec, { kind: 'regression' }>[],
): PlacelessFault[] {
  const { headline } = study.report;
  const target = tables.find((one) => one.id === headline?.table);
  if (headline === undefined || headline.column === 'last' || target === undefined) return [];
  const count = target.models.flatMap((id) => plannedModels(study.models[id]?.formula ?? '', study)).length;
  if (headline.column <= count || count === 0) return [];
  return [faultAt(['report', 'headline', 'column'], `${target.id} has ${count} columns, found ${headline.column}`)];
}

function idsOf(entries: readonly { readonly id: string }[]): string[] {
  return entries.map((entry) => entry.id);
}

function unknown(
  names: readonly string[],
  what: string,
  known: readonly string[],
  pathOf: (index: number) => KeyPath,
): PlacelessFault[] {
  return names.flatMap((name, i) => (known.includes(name) ? [] : [unknownName(pathOf(i), what, name, known)]));
}

function repeated(names: readonly string[], what: string, pathOf: (index: number) => KeyPath): PlacelessFault[] {
  return names.flatMap((name, i) =>
    names.indexOf(name) < i ? [faultAt(pathOf(i), `${what} '${name}' is there twice`)] : [],
  );
}
