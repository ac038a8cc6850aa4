import { ownEntry } from '../../error/at.ts';
import { isStudyError } from '../../error/study-error.ts';
import { bareName, placesOf } from '../../model/post/differences/order.ts';
import { splitTerms } from '../../table/expression/name-list.ts';
import { listOf } from '../../table/words/texts.ts';
import { type Bilingual, bilingual } from './bilingual.ts';
import type { ModelSpec } from './spec-models.ts';

/** A claim on the order of a slope in the groups of a model, as a study writes it. */
export interface OrderClaim {
  readonly model: string;
  readonly term: string;
  /** Largest first; groups by their label, their condition or their number. */
  readonly order: string;
}

/** A claim on an order of a table of differences. */
export interface TableOrderClaim {
  readonly table: string;
  /** Largest first; models of the table by name or number, the parts of one model by their label too. */
  readonly order: string;
}

/** Parts of the panel, as they are written or with every default visible. */
type Samples = readonly { readonly where: string | null; readonly label: string | Bilingual | null }[] | undefined;

/** The number of the part of the panel that a name in an order stands for; null where it is none of the labels and conditions. */
function sampleNumber(name: string, samples: Samples): number | null {
  const bare = bareName(name);
  const at = (samples ?? []).findIndex((sample) => {
    const label = sample.label === null ? null : bilingual(sample.label);
    return [label?.en, label?.zh, sample.where].includes(bare);
  });
  return at < 0 ? null : at + 1;
}

/** An order with the numbers of the parts in place of their labels; what cannot be read stays as it is. */
export function orderInNumbers(order: string, samples: Samples): string {
  try {
    const places = placesOf(order).map((names) => names.map((name) => String(sampleNumber(name, samples) ?? name)));
    return places.map((names) => names.join(', ')).join(' > ');
  } catch (error) {
    if (isStudyError(error, 'bad-option')) return order;
    throw error;
  }
}

/** The parts of the panel that a list of models is of, where it is one model with `samples`. */
export function partsCompared(
  [only, ...others]: readonly string[],
  specs: Readonly<Record<string, Pick<ModelSpec, 'samples'>>>,
): ModelSpec['samples'] {
  return only === undefined || others.length > 0 ? undefined : ownEntry(specs, only)?.samples;
}

/**
 * An order of a table of differences, numbers in place of labels where its columns are the parts of one model: it is then the order of that model.
 */
export function tableOrderInNumbers(
  order: string,
  models: readonly string[],
  specs: Readonly<Record<string, Pick<ModelSpec, 'samples'>>>,
): string {
  const samples = partsCompared(models, specs);
  return samples === undefined ? order : orderInNumbers(order, samples);
}

/** Names of an order that stand for no part of the panel. @throws bad-option where it is none */
export function unknownGroups(order: string, samples: NonNullable<Samples>): readonly string[] {
  return placesOf(order)
    .flat()
    .filter((name) => name !== '*' && sampleNumber(name, samples) === null && !isNumberOf(name, samples.length));
}

function isNumberOf(name: string, count: number): boolean {
  return /^\d+$/.test(name) && Number(name) >= 1 && Number(name) <= count;
}

/** A model with what claims on its groups ask of it: the slopes compared, and the share of draws in which each order holds. */
export function withOrderClaims(model: ModelSpec, claims: readonly OrderClaim[]): ModelSpec {
  const written = listOf(model.differences_order).map((order) => orderInNumbers(order, model.samples));
  const orders = [...new Set([...written, ...claims.map(({ order }) => orderInNumbers(order, model.samples))])];
  if (orders.length === 0) return model;
  const terms = [...new Set([...listOf(model.differences).flatMap(splitTerms), ...claims.map(({ term }) => term)])];
  return { ...model, ...(terms.length === 0 ? {} : { differences: terms }), differences_order: orders };
}
