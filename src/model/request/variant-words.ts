import { at } from '../../error/at.ts';
import { nearestName } from '../../error/nearest-name.ts';
import { type Expected, said } from '../../error/said.ts';
import { isStudyError, StudyError } from '../../error/study-error.ts';
import type { RowCondition } from '../../table/condition/row-condition.ts';
import { readRowCondition } from '../../table/condition/row-condition.ts';
import { splitTerms } from '../../table/expression/name-list.ts';
import { fieldFault } from '../../table/words/field-fault.ts';
import { listOf } from '../../table/words/texts.ts';
import type { CovarianceRequest } from '../contract.ts';
import type { EstimatorChoice } from '../estimate/instrumental-variables/options.ts';
import { printEstimator, readEstimator } from '../estimate/instrumental-variables/options.ts';
import { readCovariance } from '../inference/catalog.ts';
import { printCovariance } from '../inference/print-covariance.ts';
import type { VariantLabel } from '../result/variants.ts';
import type { CheckedWords, RequestWords } from './schema.ts';
import type { CheckedVariant, VariantWords } from './variant-schema.ts';
import { variantSchema } from './variant-schema.ts';

/** Variants of one baseline: the model as it is asked for, and each as what differs. */
export interface VariantsRequest {
  /** The regressor whose coefficient is compared; null: the first of the model. */
  readonly varied: string | null;
  readonly list: readonly VariantRequest[];
}

/** What differs from the baseline; null and empty lists: nothing of the kind. */
export interface VariantRequest {
  readonly label: VariantLabel;
  readonly where: RowCondition | null;
  /** Variables as the formula has them, and what stands in their places. */
  readonly replace: readonly Replacement[];
  readonly add: readonly string[];
  readonly drop: readonly string[];
  /** Fixed effects in place of those of the baseline; `none`. */
  readonly effects: string | null;
  readonly addEffects: string | null;
  readonly weights: string | null;
  readonly estimator: EstimatorChoice | null;
  readonly covariances: readonly CovarianceRequest[];
  /** The source does not define it. */
  readonly isAssumption: boolean;
}

export interface Replacement {
  readonly from: string;
  readonly to: string;
}

/** @throws bad-option where `varied` stands without variants, of a variant that cannot be read; bad-where */
export function variantsOf({ variants, varied }: CheckedWords): VariantsRequest | null {
  if (variants === undefined) {
    if (varied === undefined) return null;
    throw refused('varied', varied, said('expected.variants_beside'));
  }
  const list = listOf(variants).map((one, i) => {
    const place = variantPlace(i);
    const words = typeof one === 'string' ? checked(wordsOfText(one, place), place) : one;
    return variantOf(words, place);
  });
  return { varied: varied?.trim() ?? null, list };
}

/** Where a variant stands, for messages. */
export function variantPlace(i: number): string {
  return `variants[${i}]`;
}

/** A label in an error, which is told in one language: the English one of two. */
export function plainLabel(label: VariantLabel): string {
  return typeof label === 'string' ? label : label.en;
}

function variantOf(words: CheckedVariant, place: string): VariantRequest {
  const { label, where, replace, add, drop, effects, add_effects, weights, estimator, vcov, assumption } = words;
  const { label: _label, assumption: _assumption, ...changes } = words;
  if (Object.values(changes).every((value) => value === undefined)) {
    throw refused(place, plainLabel(label), said('expected.variant_change'));
  }
  return {
    label,
    where: where === undefined ? null : readRowCondition(where, `${place}.where`),
    replace: replacementsOf(replace, `${place}.replace`),
    add: listOf(add).flatMap(splitTerms),
    drop: listOf(drop).flatMap(splitTerms),
    effects: effects ?? null,
    addEffects: add_effects ?? null,
    weights: weights ?? null,
    estimator: estimator === undefined ? null : inPlace(place, () => readEstimator(estimator)),
    covariances: inPlace(place, () => listOf(vcov).map((text) => readCovariance(text).request)),
    isAssumption: assumption,
  };
}

function inPlace<T>(place: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!isStudyError(error, 'bad-option')) throw error;
    throw new StudyError(
      'bad-option',
      { ...error.detail, option: `${place}.${error.detail.option}` },
      { cause: error },
    );
  }
}

function replacementsOf(replace: CheckedVariant['replace'], option: string): readonly Replacement[] {
  if (replace === undefined) return [];
  if (typeof replace !== 'string') return Object.entries(replace).map(([from, to]) => ({ from: from.trim(), to }));
  return splitTerms(replace).map((text) => {
    const sign = text.indexOf('=');
    const [from, to] = [text.slice(0, sign).trim(), text.slice(sign + 1).trim()];
    if (sign < 1 || to === '') throw refused(option, text, said('expected.replacement'));
    return { from, to };
  });
}

/** Words of a variant by `word text`, apart by semicolons: `No municipalities: where municipality = 0; vcov hc1`. */
function wordsOfText(text: string, place: string): Record<string, unknown> {
  const [head = '', quoted, plain] = /^\s*(?:"([^"]*)"|([^:]*))\s*:/.exec(text) ?? [];
  const label = (quoted ?? plain ?? '').trim();
  const parts = piecesOf(text.slice(head.length));
  if (label === '' || parts.length === 0) throw refused(place, text, said('expected.variant_text'));
  const known = Object.keys(variantSchema.shape).filter((word) => word !== 'label');
  const words = parts.map((part): [string, unknown] => {
    const [word = ''] = /^\S+/.exec(part) ?? [];
    const value = part.slice(word.length).trim();
    if (!known.includes(word)) {
      const expected = said('expected.one_of', { names: known });
      throw new StudyError('bad-option', {
        option: place,
        value: word,
        expected,
        suggestion: nearestName(word, known),
      });
    }
    return [word, word === 'assumption' ? true : value];
  });
  return { label, ...Object.fromEntries(words) };
}

/** A variant as a command line has it. */
export function variantText(variant: string | VariantWords): string {
  if (typeof variant === 'string') return variant;
  const { label, assumption = false, ...changes } = variant;
  const name = typeof label === 'string' ? label : label.en;
  const written = Object.entries(changes).flatMap(([word, value]) =>
    value === undefined ? [] : [`${word} ${changeText(value)}`],
  );
  return `${name.includes(':') ? `"${name}"` : name}: ${[...written, ...(assumption ? ['assumption'] : [])].join('; ')}`;
}

/** What a word of a variant is, as one text: `cp = winsor(cp, 1, 99)`. */
export function changeText(value: string | string[] | Readonly<Record<string, string>>): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.join(', ');
  return Object.entries(value)
    .map(([from, to]) => `${from} = ${to}`)
    .join(', ');
}

/** Between semicolons outside quotation marks. */
function piecesOf(text: string): readonly string[] {
  const pieces = text.match(/(?:'[^']*'|"[^"]*"|`[^`]*`|[^;])+/g) ?? [];
  return pieces.map((piece) => piece.trim()).filter((piece) => piece !== '');
}

function checked(words: Record<string, unknown>, place: string): CheckedVariant {
  const shape = variantSchema.safeParse(words);
  if (shape.success) return shape.data;
  const fault = fieldFault(at(shape.error.issues, 0), words, variantSchema);
  throw new StudyError('bad-option', { ...fault.detail, option: `${place}.${fault.detail.option}` });
}

function refused(option: string, value: string, expected: Expected): StudyError<'bad-option'> {
  return new StudyError('bad-option', { option, value, expected, suggestion: null });
}

/** The words that `variantsOf` reads to the same. */
export function printVariants({ varied, list }: VariantsRequest): Pick<RequestWords, 'variants' | 'varied'> {
  return {
    variants: list.map((one) => ({
      label: one.label,
      ...changesInWords(one),
      ...(one.isAssumption ? { assumption: true } : {}),
    })),
    ...(varied === null ? {} : { varied }),
  };
}

/** What a variant changes, by its words. */
export function changesInWords(variant: VariantRequest): Omit<VariantWords, 'label' | 'assumption'> {
  const { where, replace, add, drop, effects, addEffects, weights, estimator, covariances } = variant;
  return {
    ...(where === null ? {} : { where: where.text }),
    ...(replace.length === 0 ? {} : { replace: Object.fromEntries(replace.map(({ from, to }) => [from, to])) }),
    ...(add.length === 0 ? {} : { add: [...add] }),
    ...(drop.length === 0 ? {} : { drop: [...drop] }),
    ...(effects === null ? {} : { effects }),
    ...(addEffects === null ? {} : { add_effects: addEffects }),
    ...(weights === null ? {} : { weights }),
    ...(estimator === null ? {} : { estimator: printEstimator(estimator) }),
    ...(covariances.length === 0 ? {} : { vcov: covariances.map(printCovariance) }),
  };
}
