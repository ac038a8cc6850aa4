import { at, ownEntry } from '../../error/at.ts';
import { said } from '../../error/said.ts';
import { isStudyError, StudyError } from '../../error/study-error.ts';
import type { DescribeRequest, RowGroups } from '../../model/describe/contract.ts';
import { readDescribe } from '../../model/describe/read.ts';
import { describeTable, type TestedResult } from '../../model/describe/run.ts';
import type { DescribeWords } from '../../model/describe/schema.ts';
import { placed } from '../../model/request/read.ts';
import { markRows } from '../../table/condition/evaluate.ts';
import { namesIn } from '../../table/expression/ast.ts';
import { parsePanelExpression } from '../../table/expression/parse.ts';
import { conditionFaults } from '../language/condition-faults.ts';
import { faultAt, type KeyPath, type PlacelessFault, unexpected, unknownNames } from '../language/faults.ts';
import type { ResolvedSample } from '../language/resolved-sample.ts';
import type { ExhibitContext, ExhibitNames, TableHead } from './contract.ts';

// What kinds of tables of the panel share: their words are those of `kaya describe`.

type Words = DescribeWords & { readonly variables: readonly string[] };

/** Names of variables that are not there, or text. */
export function variableFaults(
  variables: readonly string[],
  path: KeyPath,
  names: ExhibitNames,
): readonly PlacelessFault[] {
  return [
    ...unknownNames(variables, names.what, names.described, (j) => [...path, 'variables', j]),
    ...variables.flatMap((name, j) => textFaults(name, [...path, 'variables', j], names)),
  ];
}

/** Names of columns that are not there, or text, in variables that may be expressions; expressions that cannot be read. */
export function expressionFaults(
  variables: readonly string[],
  path: KeyPath,
  names: ExhibitNames,
): readonly PlacelessFault[] {
  const known = [...(names.described ?? []), ...(names.columns ?? [])];
  return variables.flatMap((variable, j) => {
    const own = [...path, 'variables', j];
    if (known.includes(variable)) return textFaults(variable, own, names);
    try {
      const inside = namesIn(parsePanelExpression(variable));
      const unknown = names.described === null ? [] : unknownNames(inside, names.what, known, () => own);
      return [...unknown, ...inside.flatMap((name) => textFaults(name, own, names))];
    } catch (error) {
      if (!isStudyError(error, 'formula-syntax')) throw error;
      return [faultAt(own, { formula: error.detail }, error.detail.suggestion)];
    }
  });
}

function textFaults(name: string, path: KeyPath, { kindOf, described }: ExhibitNames): readonly PlacelessFault[] {
  const isText = kindOf?.(name) === 'text' && described?.includes(name) === true;
  return isText ? [faultAt(path, said('fault.text_statistics', { name }))] : [];
}

/** Faults of a condition on the rows of a table. */
export function whereFaults(
  where: string | undefined,
  path: KeyPath,
  { columns, rowColumns, kindOf }: ExhibitNames,
): readonly PlacelessFault[] {
  const names = { columns: rowColumns ?? columns, what: said('noun.variable'), kindOf };
  return where === undefined ? [] : conditionFaults([...path, 'where'], where, names);
}

/** Faults of the words themselves, and names in them that are no columns. */
export function wordFaults(
  words: Words,
  path: KeyPath,
  { columns, rowColumns }: ExhibitNames,
): readonly PlacelessFault[] {
  try {
    // Conditions and variables are judged where they stand.
    const request = readDescribe({ ...words, where: undefined });
    const known = rowColumns ?? columns;
    const named = (word: string, names: readonly string[]): readonly PlacelessFault[] =>
      unknownNames(names, said('noun.column'), known, () => [...path, word]);
    if (request.kind === 'summary' || request.kind === 'panel_tests') return [];
    const groups = request.kind === 'correlations' || request.by === null ? [] : [request.by];
    return [...named('by', groups), ...named('vcov', clustersOf(request))];
  } catch (error) {
    if (!isStudyError(error, 'bad-option')) throw error;
    const { option, expected, value, suggestion } = error.detail;
    return [unexpected([...path, option], expected, value, suggestion)];
  }
}

function clustersOf(request: DescribeRequest): readonly string[] {
  if (request.kind === 'summary' || request.kind === 'panel_tests') return [];
  return (request.covariance?.by ?? []).flatMap((name) => name.split('^'));
}

/** Makes a table that tests something from the panel. @throws the codes of `describeTable`, with the table's place */
export function makeTested(
  words: Words,
  { id }: TableHead,
  { panel, study }: ExhibitContext,
  groups: RowGroups | null = null,
): TestedResult {
  try {
    const { unit, time, step = null } = study.panel;
    const result = describeTable({ ...readDescribe(words), panel: { unit, time, step } }, panel, groups);
    if (result.kind === 'summary') throw new StudyError('internal', { reason: 'a table of tests without any' });
    return result;
  } catch (error) {
    throw placed(error, `tables.${id}`);
  }
}

/** The parts of the panel that a model is written for, whether or not it can be estimated on them. */
export function partsOfModel(model: string, study: ExhibitContext['study']): readonly ResolvedSample[] {
  return ownEntry(study.parts ?? {}, model) ?? ownEntry(study.models ?? {}, model)?.samples ?? [];
}

/** The parts of the panel of a model that have rows, as groups. @throws bad-option where a row is in two of them */
export function groupsOfModel(model: string, id: string, { panel, study }: ExhibitContext): RowGroups {
  const parts = new Map(
    partsOfModel(model, study).flatMap(({ where, label }) =>
      where === null ? [] : [[where.text, { where, label: label?.en ?? where.text }] as const],
    ),
  );
  const codes = new Int32Array(panel.nrow).fill(-1);
  const labels = [...parts.values()].map(({ label }) => label);
  [...parts.values()].forEach(({ where }, code) => {
    const marks = markRows(where, panel, `models.${model}`);
    for (let row = 0; row < codes.length; row++) {
      if (marks[row] !== 1) continue;
      const other = codes[row] ?? -1;
      if (other >= 0) {
        const expected = said('expected.groups_apart', { first: at(labels, other), second: at(labels, code) });
        throw new StudyError('bad-option', { option: `tables.${id}.model`, value: model, expected, suggestion: null });
      }
      codes[row] = code;
    }
  });
  return { name: model, labels, codes };
}
