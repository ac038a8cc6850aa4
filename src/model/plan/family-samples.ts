import type { ModelFormula, Product } from '../formula/ast.ts';
import { printModelFormula, printProduct } from '../formula/print.ts';
import { hasControl } from '../result/specification-curve.ts';
import type { SampleInput } from './sample-groups.ts';
import { maskReader } from './sample-groups.ts';

/** One outcome with one regressor of interest, and what may stand beside it. */
export interface FamilyTerms {
  readonly frame: ModelFormula;
  readonly focal: readonly Product[];
  readonly controls: readonly (readonly Product[])[];
}

/** Of one pair of outcome and regressor, the specifications on one sample. */
export interface FamilyPair {
  /** Position among the pairs. */
  readonly pair: number;
  readonly terms: FamilyTerms;
  readonly indices: readonly number[];
  /** Every control that any of them has. */
  readonly union: number;
}

/** The model with the controls of a mask. */
export function formulaOf({ frame, focal, controls }: FamilyTerms, mask: number): ModelFormula {
  const chosen = [...focal, ...controls.flatMap((products, j) => (hasControl(mask, j) ? products : []))];
  const products = [...new Map(chosen.map((product) => [printProduct(product), product])).values()];
  const bare = { ...frame, products };
  return { ...bare, text: printModelFormula(bare) };
}

/**
 * Specifications by the rows that they can use: a list a sample, in which every pair of outcome and regressor is once.
 * @param isCommon all on the rows that are complete in every control
 */
export function familySamples(
  { isCommon, ...input }: SampleInput & { readonly isCommon: boolean },
  pairs: readonly FamilyTerms[],
  masks: Float64Array,
): readonly (readonly FamilyPair[])[] {
  const reader = maskReader(input);
  const samples = new Map<number, Map<number, { indices: number[]; controls: Set<number> }>>();
  pairs.forEach((terms, pair) => {
    // What cannot be evaluated is left in one sample, whose layout throws with its reason.
    const base = reader.ofModel(terms.frame) ?? 0;
    const own = terms.controls.map((products) => reader.ofProducts(products) ?? 0);
    const all = isCommon ? reader.meet([base, ...own]) : 0;
    const everyControl = own.map((_, j) => j);
    const met = new Map<string, number>();
    masks.forEach((mask, index) => {
      const chosen = isCommon ? everyControl : everyControl.filter((j) => hasControl(mask, j));
      let sample = all;
      if (!isCommon) {
        const numbers = [...new Set(chosen.map((j) => own[j]))];
        const key = numbers.join();
        sample = met.get(key) ?? reader.meet([base, ...numbers]);
        met.set(key, sample);
      }
      const ofSample = samples.get(sample) ?? new Map<number, { indices: number[]; controls: Set<number> }>();
      samples.set(sample, ofSample);
      const found = ofSample.get(pair) ?? { indices: [], controls: new Set() };
      ofSample.set(pair, found);
      found.indices.push(index);
      for (const j of chosen) found.controls.add(j);
    });
  });
  return [...samples.values()].map((ofSample) =>
    [...ofSample].map(([pair, { indices, controls }]) => ({
      ...{ pair, terms: pairs[pair], indices },
      union: [...controls].reduce((sum, j) => sum + 2 ** j, 0),
    })),
  );
}
