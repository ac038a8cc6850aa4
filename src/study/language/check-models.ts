import { at, entryOf } from '../../error/at.ts';
import type { ErrorDetail } from '../../error/codes.ts';
import { said } from '../../error/said.ts';
import { isStudyError } from '../../error/study-error.ts';
import { interceptName } from '../../model/estimate/constant.ts';
import { namesInModel } from '../../model/formula/formula-names.ts';
import { singleTerm } from '../../model/post/clusters/cluster-report.ts';
import { familyTerms } from '../../model/post/family-tests.ts';
import { checkTexts } from '../../model/post/model-tests.ts';
import { placeboTerm } from '../../model/post/placebo-tests.ts';
import { readRestrictions } from '../../model/post/restrictions.ts';
import { oneTerm } from '../../model/post/term-names.ts';
import { columnsNamed } from '../../model/request/columns.ts';
import type { ModelRequest } from '../../model/request/contract.ts';
import { readRequest } from '../../model/request/read.ts';
import { requestsOf } from '../../model/request/variant-requests.ts';
import { splitNames } from '../../table/expression/name-list.ts';
import { listOf } from '../../table/words/texts.ts';
import { faultAt, type KeyPath, type KnownNames, type PlacelessFault, unexpected, unknownName } from './faults.ts';
import { resolveModel } from './resolve-models.ts';
import type { StudyCoreSpec } from './spec.ts';

type Model = StudyCoreSpec['models'][string];
type Conventions = Pick<StudyCoreSpec, 'conventions' | 'variables'>;

/**
 * Faults of what a model asks for beside its formula and inference: what does not go together, columns that are none of the
 * panel's, tests of terms that it lacks.
 * @param columns null where they are only known once a file was read.
 * @param terms of the model; null where some are only known once there is data.
 */
export function requestFaults(
  id: string,
  study: Conventions & Pick<StudyCoreSpec, 'models'>,
  columns: KnownNames,
  terms: KnownNames,
): PlacelessFault[] {
  const model = entryOf(study.models, id);
  const path = ['models', id];
  return wordFaults(model, path, { study, columns, terms });
}

/** Faults of the request that the model makes. */
function wordFaults(
  model: Model,
  path: KeyPath,
  { study, columns, terms }: { readonly study: Conventions; readonly columns: KnownNames; readonly terms: KnownNames },
): PlacelessFault[] {
  try {
    // Conditions are judged where they stand.
    const resolved = resolveModel(
      { ...model, where: undefined, samples: undefined },
      study.conventions,
      study.variables,
    );
    // What a unit and a period is stands with the panel; here it is enough that there are some.
    const panel = { unit: 'unit', time: 'time' };
    const request = readRequest({ ...resolved.words, formula: [...resolved.expanded], panel });
    return [
      ...(columns === null ? [] : columnFaults(model, request, path, columns)),
      ...(columns === null ? [] : variantColumnFaults(request, path, columns)),
      ...partFaults(model, resolved.expanded.length * (model.samples?.length ?? 1), path),
      ...(terms === null ? [] : textFaults(request, path, { model, terms })),
    ];
  } catch (error) {
    return faultsOf(error, path, model).filter((fault) => !isToldElsewhere(fault, model));
  }
}

/** The covariances and the convention are judged entry by entry, unless coordinates belong to them. */
function isToldElsewhere({ path }: PlacelessFault, { coords }: Model): boolean {
  return path[2] === 'ssc' || (path[2] === 'vcov' && coords === undefined);
}

/** A fault of a request at its field; none for a formula, which is judged where it stands. */
function faultsOf(error: unknown, path: KeyPath, model: Model): PlacelessFault[] {
  if (isStudyError(error, 'formula-syntax')) return [];
  if (isStudyError(error, 'not-available'))
    return [faultAt(path, said('fault.not_in_version', { feature: error.detail.feature }))];
  if (isStudyError(error, 'bad-where')) return variantRowFaults(error.detail, path, model);
  if (!isStudyError(error, 'bad-option')) throw error;
  const { option, value, expected, suggestion } = error.detail;
  const field = [...path, ...keysOf(option)];
  const entry = option === 'threshold.regime' ? listOf(model.threshold?.regime).lastIndexOf(value) : -1;
  const isEntry = entry >= 0 && Array.isArray(model.threshold?.regime);
  return [unexpected(isEntry ? [...field, entry] : field, expected, value, suggestion)];
}

/** A condition that cannot be read, of a variant written in one line; that of a mapping is judged where it stands. */
function variantRowFaults(
  { fault, place = '' }: ErrorDetail<'bad-where'>,
  path: KeyPath,
  { variants }: Model,
): PlacelessFault[] {
  const [field, entry] = keysOf(place);
  const isInOneLine = typeof entry === 'number' && typeof listOf(variants)[entry] === 'string';
  if (field !== 'variants' || !isInOneLine) return [];
  return [faultAt([...path, field, ...(Array.isArray(variants) ? [entry] : [])], { condition: fault })];
}

function columnFaults(
  model: Model,
  request: ModelRequest,
  path: KeyPath,
  columns: readonly string[],
): PlacelessFault[] {
  const coords = model.coords === undefined ? null : splitNames(model.coords);
  return columnsNamed(request, columns).flatMap(({ field, names }) => {
    // What a unit and a period is stands with the panel, and covariances are judged entry by entry, unless coordinates belong to them.
    if (field === 'panel' || (field === 'vcov' && coords === null)) return [];
    const pathOf = (name: string): KeyPath => [
      ...path,
      ...(field === 'vcov' && coords?.includes(name) === true ? 'coords' : field).split('.'),
    ];
    try {
      return names()
        .filter((name) => !columns.includes(name))
        .map((name) => unknownName(pathOf(name), said('noun.variable'), name, columns));
    } catch (error) {
      if (!isStudyError(error, 'formula-syntax')) throw error;
      return [faultAt(pathOf(''), { formula: error.detail }, error.detail.suggestion)];
    }
  });
}

/** `variants[2].add` as keys of the file. */
function keysOf(option: string): KeyPath {
  return option.split('.').flatMap((key) => {
    const [, name, place] = /^(\w+)\[(\d+)\]$/.exec(key) ?? [];
    return name === undefined ? [key] : [name, Number(place)];
  });
}

/** Names in what a variant changes that are none of the panel's; those of the baseline are told with it. */
function variantColumnFaults(request: ModelRequest, path: KeyPath, columns: readonly string[]): PlacelessFault[] {
  if (request.variants === null) return [];
  const namesOf = (one: ModelRequest): readonly string[] => [
    ...one.formulas.flatMap(({ models }) => models.flatMap(namesInModel)),
    ...columnsNamed(one, columns).flatMap(({ field, names }) => (field === 'panel' ? [] : names())),
  ];
  const [baseline, ...variants] = requestsOf(request);
  return variants.flatMap((variant, i) => {
    const place = [...path, 'variants', i];
    try {
      const told = new Set([...columns, ...(baseline === undefined ? [] : namesOf(baseline))]);
      const strangers = [...new Set(namesOf(variant))].filter((name) => !told.has(name));
      return strangers.map((name) => unknownName(place, said('noun.variable'), name, columns));
    } catch (error) {
      if (!isStudyError(error, 'formula-syntax')) throw error;
      return [faultAt(place, { formula: error.detail }, error.detail.suggestion)];
    }
  });
}

/** Parts of the sample beside a split, and columns that are too few to be compared. */
function partFaults(model: Model, count: number, path: KeyPath): PlacelessFault[] {
  const field = model.split === undefined ? 'fsplit' : 'split';
  const split = model[field];
  if (model.variants !== undefined && model.samples !== undefined) {
    return [unexpected([...path, 'variants'], said('expected.no_variants_beside'), String(model.variants.length))];
  }
  if (split !== undefined) {
    return model.samples === undefined ? [] : [unexpected([...path, field], said('expected.no_samples'), split)];
  }
  if (count > 1) return [];
  return (['equal', 'differences'] as const).flatMap((word) => {
    const [text] = listOf(model[word]);
    return text === undefined ? [] : [unexpected([...path, word], said('expected.several_columns'), text)];
  });
}

/** What is asked for after the fit, read against the terms of the model. */
function textFaults(
  { after, formulas }: ModelRequest,
  path: KeyPath,
  { model, terms }: { readonly model: Model; readonly terms: readonly string[] },
): PlacelessFault[] {
  // The constant that some conventions add to fixed effects is none of the fit's, which is what is drawn from.
  const isOwn = formulas.some(({ models }) => models.some(({ effects }) => effects.length === 0));
  const drawn = terms.filter((term) => isOwn || term !== interceptName);
  const none = { tests: [], lincoms: [], nlcoms: [] };
  const { wild, omitted, clusters, mediation, curve, leaveOut, dfbeta, addedVariable, permute, placebo, family } =
    after;
  const mediated = mediation?.mediated ?? null;
  const single = formulas.flatMap(({ models }) => models);
  const readers: readonly (readonly [field: string, read: () => void])[] = [
    ...(after.differences?.terms ?? []).map(
      (text) => ['differences', () => oneTerm(text, terms, 'differences')] as const,
    ),
    ...after.tests.map((text) => ['test', () => checkTexts({ ...none, tests: [text] }, terms)] as const),
    ...after.lincoms.map((text) => ['lincom', () => checkTexts({ ...none, lincoms: [text] }, terms)] as const),
    ...after.nlcoms.map((text) => ['nlcom', () => checkTexts({ ...none, nlcoms: [text] }, terms)] as const),
    ...(after.changes === null ? [] : [['changes', () => oneTerm(after.changes ?? '', terms, 'changes')] as const]),
    ...(wild === null ? [] : [['wild', () => readRestrictions(wild.text, drawn, 'wild')] as const]),
    ...(mediated === null ? [] : [['mediated', () => oneTerm(mediated, terms, 'mediated')] as const]),
    ...(curve === null ? [] : [['curve', () => oneTerm(at(curve.terms, 0), terms, 'curve')] as const]),
    ...(leaveOut === null ? [] : [['leave_out', () => oneTerm(leaveOut.text, terms, 'leave_out')] as const]),
    ...(addedVariable === null
      ? []
      : [['added_variable', () => oneTerm(addedVariable, terms, 'added_variable')] as const]),
    ...(dfbeta === null ? [] : [['dfbeta', () => oneTerm(dfbeta.text, terms, 'dfbeta')] as const]),
    ...(omitted === null ? [] : [['omitted', () => oneTerm(omitted.text, terms, 'omitted')] as const]),
    ...(clusters === null ? [] : [['clusters', () => singleTerm(clusters.text, drawn)] as const]),
    ...(permute === null ? [] : [['permute', () => oneTerm(permute.term, terms, 'permute')] as const]),
    ...(placebo === null ? [] : [['placebo', () => placeboTerm(placebo.term, single, terms)] as const]),
    ...(family === null ? [] : [['family', () => familyTerms(family.text, terms)] as const]),
  ];
  return readers.flatMap(([field, read]) => {
    try {
      read();
      return [];
    } catch (error) {
      if (!isStudyError(error, 'formula-syntax')) return faultsOf(error, path, model);
      return [faultAt([...path, field], { formula: error.detail }, error.detail.suggestion)];
    }
  });
}
