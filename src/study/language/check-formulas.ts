import { ownEntry } from '../../error/at.ts';
import { type Expected, said } from '../../error/said.ts';
import { isStudyError } from '../../error/study-error.ts';
import { interceptName } from '../../model/estimate/constant.ts';
import { planModels } from '../../model/estimate-formula.ts';
import type { ModelFormula } from '../../model/formula/ast.ts';
import { namesInModel } from '../../model/formula/formula-names.ts';
import { printProduct } from '../../model/formula/print.ts';
import { readCovariance } from '../../model/inference/catalog.ts';
import { readSmallSample } from '../../model/inference/small-sample.ts';
import { readRequest } from '../../model/request/read.ts';
import { requestsOf } from '../../model/request/variant-requests.ts';
import { rangeIn } from '../../table/expression/ast.ts';
import { quoteName } from '../../table/expression/tokenize.ts';
import { requestFaults } from './check-models.ts';
import { faultAt, type KeyPath, type KnownNames, type PlacelessFault, unexpected, unknownName } from './faults.ts';
import type { StudyCoreSpec } from './spec.ts';

/** A formula, or a part of one, in the file. */
interface Written {
  readonly path: KeyPath;
  readonly text: string;
  /** Characters of the formula as it is read that stand before `text` and are not in the file. */
  readonly before: number;
}

/** Faults of a formula: it cannot be read, or it holds names that are none of the known ones. */
export function formulaFaults(
  { path, text, before }: Written,
  read: () => readonly string[],
  known: { readonly what: Expected; readonly names: KnownNames; readonly elsewhere?: readonly string[] },
): PlacelessFault[] {
  try {
    const found = new Set(read());
    const { names } = known;
    if (names === null) return [];
    const all = new Set([...names, ...(known.elsewhere ?? [])]);
    const strangers = [...found].filter((name) => !all.has(name));
    return strangers.map((name) => ({
      ...unknownName(path, known.what, name, names),
      offset: text.search(wholeWord(name)),
    }));
  } catch (error) {
    if (!isStudyError(error, 'formula-syntax')) throw error;
    const { column, suggestion } = error.detail;
    const fault = faultAt(path, { formula: error.detail }, suggestion);
    return [{ ...fault, offset: Math.max(0, column - 1 - before) }];
  }
}

/** A list of variables holds whatever a formula may hold; each name in it must be a column of the panel. */
export function variableFaults(study: Pick<StudyCoreSpec, 'variables'>, columns: KnownNames): PlacelessFault[] {
  const start = `${quoteName(columns?.[0] ?? 'y')} ~ `;
  return Object.entries(study.variables).flatMap(([name, members]) =>
    members.flatMap((text, i) =>
      formulaFaults(
        { path: ['variables', name, i], text, before: start.length },
        () => planModels(start + text, study.variables).flatMap(namesInModel),
        { what: said('noun.variable'), names: columns },
      ),
    ),
  );
}

export function modelFaults(study: StudyCoreSpec, names: KnownNames): PlacelessFault[] {
  // Members of the lists are judged where the lists are.
  const elsewhere = Object.values(study.variables).flat();
  return Object.entries(study.models).flatMap(([id, { formula, vcov, ssc, coords }]) => {
    const path = ['models', id];
    const read = (): readonly string[] => planModels(formula, study.variables).flatMap(namesInModel);
    return [
      ...formulaFaults({ path: [...path, 'formula'], text: formula, before: 0 }, read, {
        what: said('noun.variable'),
        names,
        elsewhere,
      }),
      ...inferenceFaults({ vcov: coords === undefined ? vcov : undefined, ssc }, path, names),
      ...requestFaults(id, study, names, termsOf([id], study)),
    ];
  });
}

/** Faults of the conventions that hold for every model. */
export function conventionFaults(study: StudyCoreSpec, columns: KnownNames): PlacelessFault[] {
  return inferenceFaults(study.conventions, ['conventions'], columns);
}

function inferenceFaults(
  { vcov, ssc }: { readonly vcov?: string | readonly string[] | undefined; readonly ssc?: string | undefined },
  path: KeyPath,
  columns: KnownNames,
): PlacelessFault[] {
  const covariances =
    vcov === undefined
      ? []
      : typeof vcov === 'string'
        ? covarianceFaults(vcov, [...path, 'vcov'], columns)
        : vcov.flatMap((one, i) => covarianceFaults(one, [...path, 'vcov', i], columns));
  return [...covariances, ...(ssc === undefined ? [] : optionFaults([...path, 'ssc'], () => readSmallSample(ssc)))];
}

function covarianceFaults(text: string, path: KeyPath, columns: KnownNames): PlacelessFault[] {
  return optionFaults(path, () => {
    const { method, request } = readCovariance(text);
    if (columns === null) return [];
    return method
      .columnsNeeded(request)
      .filter((name) => !columns.includes(name))
      .map((name) => ({
        ...unknownName(path, said('noun.variable'), name, columns),
        offset: text.search(wholeWord(name)),
      }));
  });
}

/** What a reader of an option throws, as a fault; what it finds wrong itself, as it is. */
function optionFaults(path: KeyPath, read: () => unknown): PlacelessFault[] {
  try {
    const found = read();
    return Array.isArray(found) ? found : [];
  } catch (error) {
    if (isStudyError(error, 'not-available'))
      return [faultAt(path, said('fault.not_in_version', { feature: error.detail.feature }))];
    if (!isStudyError(error, 'bad-option')) throw error;
    const { value, expected, suggestion } = error.detail;
    return [unexpected(path, expected, value, suggestion)];
  }
}

/**
 * Terms of the models by name, in order, instruments included; null when some are only known once there is data, such as
 * the levels of `i(f)` or the regimes of a threshold.
 */
export function termsOf(models: readonly string[], study: StudyCoreSpec): readonly string[] | null {
  const byModel = models.map((id) => ({
    id,
    planned: modelsWithVariants(id, study),
  }));
  const planned = byModel.flatMap((one) => one.planned);
  const products = planned.flatMap(({ products: own, instrumented }) => [
    ...own,
    ...(instrumented === null ? [] : [...instrumented.endogenous, ...instrumented.instruments]),
  ]);
  const isOpen = products
    .flat()
    .some(
      (factor) =>
        factor.kind === 'levels' ||
        factor.kind === 'event' ||
        rangeIn(factor.kind === 'lag' ? factor : factor.expression) !== null,
    );
  const hasRegimes = models.some((id) => ownEntry(study.models, id)?.threshold !== undefined);
  const hasConstant = byModel.some(({ id, planned: own }) => {
    const printed = printsConstant(ownEntry(study.models, id)?.ssc ?? study.conventions.ssc);
    return own.some((one) => one.hasConstant && (one.effects.length === 0 || printed));
  });
  if (isOpen || hasRegimes) return null;
  return [...new Set([...products.map(printProduct), ...(hasConstant ? [interceptName] : [])])];
}

/** Whether a convention gives models with fixed effects a constant; one that cannot be read is a fault of its own. */
function printsConstant(ssc: string): boolean {
  try {
    return readSmallSample(ssc).printsConstant;
  } catch (error) {
    if (isStudyError(error, 'bad-option')) return false;
    throw error;
  }
}

/** The single models of a formula; none when it cannot be read, which is a fault of its own. */
export function plannedModels(formula: string, study: StudyCoreSpec): readonly ModelFormula[] {
  try {
    return planModels(formula, study.variables);
  } catch (error) {
    if (!isStudyError(error)) throw error;
    return [];
  }
}

/** The single models of a model of the study, its variants among them; variants that cannot be read are faults of their own. */
function modelsWithVariants(id: string, study: StudyCoreSpec): readonly ModelFormula[] {
  const model = ownEntry(study.models, id);
  if (model === undefined) return [];
  const own = plannedModels(model.formula, study);
  if (model.variants === undefined || own.length !== 1) return own;
  const words = { variants: model.variants, ...(model.varied === undefined ? {} : { varied: model.varied }) };
  try {
    const request = readRequest({ ...words, formula: own.map(({ text }) => text) });
    return requestsOf(request).flatMap(({ formulas }) => formulas.flatMap(({ models }) => models));
  } catch (error) {
    if (!isStudyError(error)) throw error;
    return own;
  }
}

/** Whether a formula has leads and lags of a treatment. */
export function hasEvent(formula: string, study: StudyCoreSpec): boolean {
  return plannedModels(formula, study).some(({ products }) => products.flat().some(({ kind }) => kind === 'event'));
}

function wholeWord(name: string): RegExp {
  const letters = name.replace(/[^\p{L}\p{N}_]/gu, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`);
  return new RegExp(`(?<![\\p{L}\\p{N}_.])${letters}(?![\\p{L}\\p{N}_.])`, 'u');
}
