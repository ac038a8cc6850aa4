import type { MeasureDefinition } from '../data/measure/contract.ts';
import { isStudyError } from '../error/study-error.ts';
import { expandFormula } from '../model/formula/expand.ts';
import { parseFormula } from '../model/formula/parse.ts';
import { namesIn } from '../table/expression/ast.ts';
import { parseExpression } from '../table/expression/parse.ts';
import { faultAt, type KeyPath, type PlacelessFault, unknownName } from './faults.ts';
import { namesInModel } from './formula-names.ts';
import type { MeasureSpec, StudySpec } from './spec.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What a study file says about things that are not there: names of measures, groups, models, tables, terms. */
export function checkStudy(study: StudySpec, vocabulary: Vocabulary): PlacelessFault[] {
  return [
    ...panelFaults(study, vocabulary),
    ...study.measures.flatMap((measure, i) => measureFaults(measure, ['measures', i], vocabulary)),
    ...repeated(study.measures.map(measureId), (i) => ['measures', i], 'measure'),
    ...Object.keys(study.labels).flatMap((name) => labelFaults(name, study)),
    ...variableFaults(study),
    ...modelFaults(study),
    ...tableFaults(study),
    ...pointerFaults(study),
  ];
}

export function measureId(measure: MeasureSpec): string {
  return typeof measure === 'string' ? measure : measure.id;
}

function panelFaults({ panel }: StudySpec, vocabulary: Vocabulary): PlacelessFault[] {
  const faults: PlacelessFault[] = [];
  const [first, last] = panel.years;
  if (first > last) faults.push(faultAt(['panel', 'years'], `the first year ${first} is after the last year ${last}`));
  panel.exclude.forEach((rule, i) => {
    if ((rule.cities === undefined) === (rule.provinces === undefined)) {
      faults.push(faultAt(['panel', 'exclude', i], 'give either cities or provinces'));
    }
  });
  panel.groups.forEach((group, i) => {
    if (!vocabulary.groups.includes(group))
      faults.push(unknownName(['panel', 'groups', i], 'group', group, vocabulary.groups));
  });
  return [...faults, ...repeated(panel.groups, (i) => ['panel', 'groups', i], 'group')];
}

function measureFaults(measure: MeasureSpec, path: KeyPath, vocabulary: Vocabulary): PlacelessFault[] {
  const known = vocabulary.measures.map((definition) => definition.id);
  const id = measureId(measure);
  if (typeof measure !== 'string' && measure.formula !== undefined) return newMeasureFaults(measure, path, vocabulary);
  const definition = vocabulary.measures.find((one) => one.id === id);
  if (definition === undefined)
    return [unknownName(typeof measure === 'string' ? path : [...path, 'id'], 'measure', id, known)];
  return typeof measure === 'string' ? [] : optionFaults(measure, path, definition);
}

type MeasureMapping = Exclude<MeasureSpec, string>;

function newMeasureFaults(measure: MeasureMapping, path: KeyPath, vocabulary: Vocabulary): PlacelessFault[] {
  const { id, formula = '', unit, label, missing: _missing, ...others } = measure;
  const faults = unknownKeys(others, path, ['id', 'formula', 'unit', 'label', 'missing']);
  if (vocabulary.measures.some((definition) => definition.id === id)) {
    faults.push(faultAt([...path, 'id'], `'${id}' is a known measure: give the new one another id`));
  }
  if (unit === undefined) faults.push(faultAt(path, "missing key 'unit' of a new measure"));
  if (label === undefined) faults.push(faultAt(path, "missing key 'label' of a new measure"));
  const read = readNames([...path, 'formula'], 0, () => namesIn(parseExpression(formula)));
  faults.push(...read.faults);
  for (const name of strangers(read.names, vocabulary.indicators)) {
    const fault = unknownName([...path, 'formula'], 'indicator', name, vocabulary.indicators);
    faults.push({ ...fault, offset: formula.search(wholeWord(name)) });
  }
  return faults;
}

/** A known measure takes `missing` and its own option. */
function optionFaults(measure: MeasureMapping, path: KeyPath, { id, option }: MeasureDefinition): PlacelessFault[] {
  const { id: _id, missing: _missing, ...options } = measure;
  const name = option?.name ?? '';
  const values = Object.keys(option?.formulas ?? {});
  return Object.entries(options).flatMap(([key, value]) => {
    if (key !== name)
      return unknownKeys({ [key]: value }, path, ['id', 'missing', ...(option === undefined ? [] : [name])]);
    return values.includes(String(value))
      ? []
      : [unknownName([...path, key], `${key} of ${id}`, String(value), values)];
  });
}

function unknownKeys(found: object, path: KeyPath, known: readonly string[]): PlacelessFault[] {
  return Object.keys(found).map((key) => ({ ...unknownName([...path, key], 'key', key, known), at: 'key' as const }));
}

function labelFaults(name: string, study: StudySpec): PlacelessFault[] {
  const columns = panelColumns(study);
  if (columns.includes(name) || !/^\w+$/.test(name)) return [];
  return [{ ...unknownName(['labels', name], 'variable', name, columns), at: 'key' }];
}

/** A list of variables holds whatever a formula may hold; each name in it must be a column of the panel. */
function variableFaults(study: StudySpec): PlacelessFault[] {
  return Object.entries(study.variables).flatMap(([name, members]) =>
    members.flatMap((member, i) =>
      formulaFaults(`${panelColumns(study)[0]} ~ ${member}`, member, ['variables', name, i], study),
    ),
  );
}

function modelFaults(study: StudySpec): PlacelessFault[] {
  return Object.entries(study.models).flatMap(([id, { formula }]) =>
    formulaFaults(formula, formula, ['models', id, 'formula'], study),
  );
}

/** @param shown the part of `formula` that stands at `path` */
function formulaFaults(formula: string, shown: string, path: KeyPath, study: StudySpec): PlacelessFault[] {
  const columns = panelColumns(study);
  // Members of the lists are judged where the lists are.
  const listed = formula === shown ? Object.values(study.variables).flat() : [];
  const read = readNames(path, formula.length - shown.length, () =>
    expandFormula(parseFormula(formula), study.variables, formula).flatMap(namesInModel),
  );
  return [
    ...read.faults,
    ...strangers(read.names, [...columns, ...listed]).map((name) => ({
      ...unknownName(path, 'variable', name, columns),
      offset: shown.search(wholeWord(name)),
    })),
  ];
}

/** The names that `read` finds, or the fault that it throws, `before` characters of the formula not being in the file. */
function readNames(
  path: KeyPath,
  before: number,
  read: () => readonly string[],
): { names: readonly string[]; faults: PlacelessFault[] } {
  try {
    return { names: read(), faults: [] };
  } catch (error) {
    if (!isStudyError(error, 'formula-syntax')) throw error;
    const { column, found, expected, suggestion } = error.detail;
    const fault = faultAt(path, `found ${found}, expected ${expected}`, suggestion);
    return { names: [], faults: [{ ...fault, offset: Math.max(0, column - 1 - before) }] };
  }
}

function strangers(names: readonly string[], known: readonly string[]): string[] {
  return [...new Set(names)].filter((name) => !known.includes(name));
}

function wholeWord(name: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}_.])${name.replace(/[^\p{L}\p{N}_]/gu, '\\$&')}(?![\\p{L}\\p{N}_.])`, 'u');
}

/** Columns that formulas may use. */
export function panelColumns({ panel, measures }: StudySpec): string[] {
  return [...measures.map(measureId), panel.unit, panel.time, 'province', ...panel.groups];
}

function tableFaults(study: StudySpec): PlacelessFault[] {
  const measures = study.measures.map(measureId);
  const models = Object.keys(study.models);
  const faults = repeated(
    study.tables.map((one) => one.id),
    (i) => ['tables', i, 'id'],
    'table',
  );
  study.tables.forEach((table, i) => {
    if (table.kind === 'summary') {
      table.variables.forEach((variable, j) => {
        if (!measures.includes(variable))
          faults.push(unknownName(['tables', i, 'variables', j], 'measure', variable, measures));
      });
    } else {
      table.models.forEach((model, j) => {
        if (!models.includes(model)) faults.push(unknownName(['tables', i, 'models', j], 'model', model, models));
      });
    }
  });
  return faults;
}

/** Figures, hypotheses and the headline point at tables. */
function pointerFaults(study: StudySpec): PlacelessFault[] {
  const tables = study.tables.filter((table) => table.kind === 'regression').map((table) => table.id);
  const faults = [
    ...repeated(
      study.figures.map((one) => one.id),
      (i) => ['figures', i, 'id'],
      'figure',
    ),
    ...repeated(
      study.hypotheses.map((one) => one.id),
      (i) => ['hypotheses', i, 'id'],
      'hypothesis',
    ),
  ];
  study.figures.forEach(({ table }, i) => {
    if (!tables.includes(table)) faults.push(unknownName(['figures', i, 'table'], 'regression table', table, tables));
  });
  study.hypotheses.forEach(({ table }, i) => {
    if (!tables.includes(table))
      faults.push(unknownName(['hypotheses', i, 'table'], 'regression table', table, tables));
  });
  const headline = study.report.headline?.table;
  if (headline !== undefined && !tables.includes(headline)) {
    faults.push(unknownName(['report', 'headline', 'table'], 'regression table', headline, tables));
  }
  return faults;
}

function repeated(ids: readonly string[], pathOf: (index: number) => KeyPath, what: string): PlacelessFault[] {
  return ids.flatMap((id, i) => (ids.indexOf(id) < i ? [faultAt(pathOf(i), `${what} '${id}' is there twice`)] : []));
}
