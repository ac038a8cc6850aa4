import { unitOfExpression } from '../../data/source/unit-of-expression.ts';
import type { MeasureDefinition } from '../../domain/contract.ts';
import { said } from '../../error/said.ts';
import { namesIn } from '../../table/expression/ast.ts';
import { parseExpression } from '../../table/expression/parse.ts';
import { tokenize } from '../../table/expression/tokenize.ts';
import { formulaFaults } from './check-formulas.ts';
import { faultAt, type KeyPath, type PlacelessFault, unknownName } from './faults.ts';
import type { MeasureSpec } from './spec.ts';
import { measureId } from './study-names.ts';
import type { Vocabulary } from './vocabulary.ts';

type MeasureMapping = Exclude<MeasureSpec, string>;

/** A study that names no pack and measures of one: the line that it lacks; null for every other. */
export function missingPack(measures: readonly MeasureSpec[], vocabulary: Vocabulary): PlacelessFault | null {
  if (vocabulary.pack !== null) return null;
  for (const [i, measure] of measures.entries()) {
    const isNew = typeof measure !== 'string' && measure.formula !== undefined;
    const pack = isNew ? null : vocabulary.packWith(measureId(measure));
    if (pack === null) continue;
    const problem = said('fault.no_pack', { measure: measureId(measure), pack });
    return faultAt(['measures', i], problem);
  }
  return null;
}

/** A known measure must be known, with options that it takes; a new one must be whole. */
export function measureFaults(measure: MeasureSpec, path: KeyPath, vocabulary: Vocabulary): PlacelessFault[] {
  const id = measureId(measure);
  const known = vocabulary.measures.find((definition) => definition.id === id);
  if (typeof measure === 'string') return known === undefined ? [unknownMeasure(path, id, vocabulary)] : [];
  if (measure.formula !== undefined) return newMeasureFaults(measure, path, vocabulary);
  return known === undefined ? [unknownMeasure([...path, 'id'], id, vocabulary)] : optionFaults(measure, path, known);
}

function unknownMeasure(path: KeyPath, id: string, vocabulary: Vocabulary): PlacelessFault {
  const known = vocabulary.measures.map((definition) => definition.id);
  return unknownName(path, said('noun.measure'), id, known);
}

function newMeasureFaults(measure: MeasureMapping, path: KeyPath, vocabulary: Vocabulary): PlacelessFault[] {
  const { id, formula = '', unit, label, missing: _missing, ...others } = measure;
  const faults = Object.keys(others).map((key) => unknownKey(path, key, ['id', 'formula', 'unit', 'label', 'missing']));
  if (vocabulary.measures.some((definition) => definition.id === id)) {
    faults.push(faultAt([...path, 'id'], said('fault.known_measure', { id })));
  }
  if (unit === undefined) faults.push(faultAt(path, said('fault.new_measure_lacks', { key: 'unit' })));
  if (label === undefined) faults.push(faultAt(path, said('fault.new_measure_lacks', { key: 'label' })));
  const written = { path: [...path, 'formula'], text: formula, before: 0 };
  const known = { what: said('noun.indicator'), names: vocabulary.indicators };
  const unread = formulaFaults(written, () => namesIn(parseExpression(formula)), known);
  return [...faults, ...(unread.length > 0 ? unread : unitFaults(formula, written.path, vocabulary))];
}

/** Sums and comparisons of unlike units, each at the operand that does not fit. */
function unitFaults(formula: string, path: KeyPath, { unitOf }: Vocabulary): PlacelessFault[] {
  const { faults } = unitOfExpression(parseExpression(formula), unitOf);
  if (faults.length === 0) return [];
  const tokens = tokenize(formula);
  const leaves = tokens.filter(
    ({ kind, isQuoted }, i) => kind === 'number' || (kind === 'name' && (isQuoted || tokens[i + 1]?.text !== '(')),
  );
  return faults.map(({ leaf, problem }) => ({ ...faultAt(path, problem), offset: (leaves[leaf]?.column ?? 1) - 1 }));
}

/** A known measure takes `missing` and its own option. */
function optionFaults(measure: MeasureMapping, path: KeyPath, definition: MeasureDefinition): PlacelessFault[] {
  const { id, missing: _missing, ...options } = measure;
  const { option } = definition;
  const values = Object.keys(option?.formulas ?? {});
  const keys = ['id', 'missing', ...(option === undefined ? [] : [option.name])];
  return Object.entries(options).flatMap(([key, value]) => {
    if (key !== option?.name) return [unknownKey(path, key, keys)];
    const found = String(value);
    return values.includes(found)
      ? []
      : [unknownName([...path, key], said('noun.option_of', { key, id }), found, values)];
  });
}

function unknownKey(path: KeyPath, key: string, known: readonly string[]): PlacelessFault {
  return { ...unknownName([...path, key], said('noun.key'), key, known), at: 'key' };
}
