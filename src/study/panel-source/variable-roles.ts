import { planModels } from '../../model/estimate-formula.ts';
import { namesInModel, namesInTerms } from '../../model/formula/formula-names.ts';
import { splitTerms } from '../../table/expression/name-list.ts';
import { quoteName, unquoteName } from '../../table/expression/tokenize.ts';
import { tableKindOf } from '../exhibit/catalog.ts';
import type { StudyCore } from '../language/resolve.ts';

/** What a variable is in the study's models. */
export function roleOf(study: StudyCore, id: string): 'outcome' | 'main' | 'control' | 'other' {
  const isOutcome = Object.values(study.models).some(({ formula }) => formula.trim().startsWith(`${quoteName(id)} `));
  if (isOutcome) return 'outcome';
  const { headline } = study.report;
  if (headline !== null && unquoteName(headline.term) === id) return 'main';
  if (study.variables.controls?.some((name) => unquoteName(name) === id)) return 'control';
  return 'other';
}

/** Columns that the models and tables of a study use, in the order in which they come first. */
export function usedVariables(study: StudyCore): readonly string[] {
  const described = study.tables.flatMap((table) => tableKindOf(table).variables(table));
  const modelled = Object.values(study.models).flatMap(({ expanded, threshold }) => [
    ...expanded.flatMap((formula) => planModels(formula).flatMap(namesInModel)),
    ...(threshold === null ? [] : namesInTerms([threshold.by, ...[threshold.regime].flat().flatMap(splitTerms)])),
  ]);
  return [...new Set([...described, ...modelled])];
}
