import { ownEntry } from '../../error/at.ts';
import { requireBudget } from '../../error/budget.ts';
import { type Expected, said } from '../../error/said.ts';
import type { Kind } from '../../table/condition/ast.ts';
import { listOf } from '../../table/words/texts.ts';
import { figureKindOf, type TableSpec, tableKindOf } from '../exhibit/catalog.ts';
import type { ExhibitNames } from '../exhibit/contract.ts';
import { termPointerFaults } from '../exhibit/pointers.ts';
import { sampleFaults } from './check-conditions.ts';
import { conventionFaults, hasEvent, modelFaults, plannedModels, termsOf, variableFaults } from './check-formulas.ts';
import { claimedColumns, hypothesisFaults } from './check-hypotheses.ts';
import { measureFaults, missingPack } from './check-measures.ts';
import { headerFaults } from './check-raw.ts';
import { faultAt, type KnownNames, type PlacelessFault, repeatedNames, unknownName, unknownNames } from './faults.ts';
import { partsCompared } from './order-claims.ts';
import type { RawStudySpec, StudyCoreSpec } from './spec.ts';
import { measureId, panelColumns } from './study-names.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What a study file says about things that are not there: names of measures, groups, models, tables, terms. */
export function checkRawStudy(study: RawStudySpec, vocabulary: Vocabulary): PlacelessFault[] {
  // Without its pack every other name of it would be told as well.
  const missing = missingPack(study.measures, vocabulary);
  if (missing !== null) return [missing];
  return [
    ...headerFaults(study, vocabulary),
    ...panelFaults(study, vocabulary),
    ...study.measures.flatMap((measure, i) => measureFaults(measure, ['measures', i], vocabulary)),
    ...repeatedNames(study.measures.map(measureId), said('noun.measure'), (i) => ['measures', i]),
    ...coreFaults(study, {
      columns: panelColumns(study),
      rowColumns: [...panelColumns(study), ...['zh', 'en'].map((language) => `${study.panel.unit}_${language}`)],
      kindOf: kindsOfPanel(study, vocabulary),
      described: study.measures.map(measureId),
      what: said('noun.measure'),
      isCounting: true,
    }),
  ];
}

/** The names that models, tables and labels of a study may use. */
export interface StudyNames {
  /** Of the panel. */
  readonly columns: KnownNames;
  /** That conditions on rows may name as well: names of units. Left out: none but `columns`. */
  readonly rowColumns?: KnownNames;
  /** What columns hold, as far as that is known before there is a panel. */
  readonly kindOf?: ((name: string) => Kind) | undefined;
  /** That tables of descriptive statistics may have, and what they are called. */
  readonly described: KnownNames;
  readonly what: Expected;
  /** Whether rows of raw tables may be counted by words; left out: they are not. */
  readonly isCounting?: boolean;
}

/** Faults of what is made of a panel, wherever it comes from. */
export function coreFaults(study: StudyCoreSpec, names: StudyNames): PlacelessFault[] {
  const { columns } = names;
  requireBudget('exhibits', study.tables.length + study.figures.length, 'tables, figures');
  const formulas = [
    ...variableFaults(study, columns),
    ...conventionFaults(study, columns),
    ...modelFaults(study, columns),
  ];
  return [
    ...labelFaults(study, columns),
    ...formulas,
    ...sampleFaults(study, { columns: names.rowColumns ?? columns, what: said('noun.variable'), kindOf: names.kindOf }),
    ...pointerFaults(study, exhibitNames(study, names, formulas.length === 0)),
    ...(formulas.length === 0 ? columnFaults(study) : []),
    ...repeatedNames(idsOf(study.tables), said('noun.table'), (i) => ['tables', i, 'id']),
    ...repeatedNames(idsOf(study.figures), said('noun.figure'), (i) => ['figures', i, 'id']),
    ...repeatedNames(idsOf(study.hypotheses), said('noun.hypothesis'), (i) => ['hypotheses', i, 'id']),
  ];
}

/** Measures and times are numbers, groups are flags or texts; what a unit is called is known with the panel. */
export function kindsOfPanel({ measures, panel }: RawStudySpec, { groups }: Vocabulary): (name: string) => Kind {
  const numbers = new Set([...measures.map(measureId), panel.time]);
  return (name) => {
    if (numbers.has(name)) return 'number';
    const group = ownEntry(groups, name);
    return group?.isFlag === true || group?.isNumber === true ? 'number' : 'missing';
  };
}

function panelFaults({ panel }: RawStudySpec, vocabulary: Vocabulary): PlacelessFault[] {
  const [first, last] = panel.years;
  requireBudget('periods', last - first + 1, 'panel.years');
  const years =
    first > last
      ? [faultAt(['panel', 'years'], said('fault.years_order', { first: String(first), last: String(last) }))]
      : [];
  const rules = panel.exclude.flatMap((rule, i) =>
    (rule.cities === undefined) === (rule.provinces === undefined)
      ? [faultAt(['panel', 'exclude', i], said('fault.either', { left: 'cities', right: 'provinces' }))]
      : [],
  );
  return [
    ...years,
    ...rules,
    ...unknownNames(panel.groups, said('noun.group'), Object.keys(vocabulary.groups), (i) => ['panel', 'groups', i]),
    ...repeatedNames(panel.groups, said('noun.group'), (i) => ['panel', 'groups', i]),
  ];
}

/** A label of a single name must be that of a column; a label of a term such as `ai:er` may be anything. */
function labelFaults(study: StudyCoreSpec, columns: KnownNames): PlacelessFault[] {
  if (columns === null) return [];
  return Object.keys(study.labels)
    .filter((name) => /^\w+$/.test(name) && !columns.includes(name))
    .map((name) => ({ ...unknownName(['labels', name], said('noun.variable'), name, columns), at: 'key' as const }));
}

/** What tables and figures may point at. Terms come from the formulas: a slip there would be told again by everything that points at it. */
function exhibitNames(study: StudyCoreSpec, names: StudyNames, areFormulasRight: boolean): ExhibitNames {
  const models = Object.keys(study.models);
  const termsIn = (of: readonly string[]) => (areFormulasRight ? termsOf(of, study) : null);
  const ofCoefficients = coefficientTables(study);
  return {
    ...names,
    models,
    thresholdModels: models.filter((id) => ownEntry(study.models, id)?.threshold !== undefined),
    modelsAsking: (word) =>
      models.filter((id) => {
        const model = ownEntry(study.models, id);
        return word === 'event' ? hasEvent(model?.formula ?? '', study) : model?.[word] !== undefined;
      }),
    coefficientTables: idsOf(ofCoefficients),
    hypotheses: idsOf(study.hypotheses),
    partsOf: (models) => partsCompared(models, study.models),
    termsOf: termsIn,
    termsOfTable: (id) => {
      const table = ofCoefficients.find((one) => one.id === id);
      return table === undefined ? null : termsIn(tableKindOf(table).coefficientModels(table));
    },
  };
}

/** What tables, figures, hypotheses and the headline point at. */
function pointerFaults(study: StudyCoreSpec, names: ExhibitNames): PlacelessFault[] {
  const {
    tables,
    figures,
    report: { headline },
  } = study;
  return [
    ...tables.flatMap((table, i) => tableKindOf(table).check(table, ['tables', i], names)),
    ...figures.flatMap((figure, i) => figureKindOf(figure).check(figure, ['figures', i], names)),
    ...hypothesisFaults(study, names),
    ...(headline === undefined ? [] : termPointerFaults(headline, ['report', 'headline'], names)),
  ];
}

/** Columns of a table that the headline and claims name by number. */
function columnFaults(study: StudyCoreSpec): PlacelessFault[] {
  const { headline } = study.report;
  const named = [
    ...(headline === undefined || headline.column === 'last'
      ? []
      : [{ table: headline.table, column: headline.column, path: ['report', 'headline', 'column'] }]),
    ...claimedColumns(study.hypotheses),
  ];
  return named.flatMap(({ table, column, path }) => {
    const count = columnCount(table, study);
    if (count === null || column <= count) return [];
    return [faultAt(path, said('fault.table_columns', { table, count, found: String(column) }))];
  });
}

/** How many columns a table of coefficients will have; null where that is not known before there is a panel. */
function columnCount(id: string, study: StudyCoreSpec): number | null {
  const target = coefficientTables(study).find((one) => one.id === id);
  if (target === undefined) return null;
  const count = tableKindOf(target)
    .coefficientModels(target)
    .reduce((sum, id) => {
      const model = ownEntry(study.models, id);
      const variants = listOf(model?.variants).length;
      const hidden = variants > 0 && target.kind === 'regression' && !target.baselines ? 1 : 0;
      return (
        sum + plannedModels(model?.formula ?? '', study).length * (model?.samples?.length ?? 1) + variants - hidden
      );
    }, 0);
  return count === 0 ? null : count;
}

/** Tables whose columns are models. */
function coefficientTables(study: StudyCoreSpec): readonly TableSpec[] {
  return study.tables.filter((table) => tableKindOf(table).coefficientModels(table).length > 0);
}

function idsOf(entries: readonly { readonly id: string }[]): string[] {
  return entries.map((entry) => entry.id);
}
