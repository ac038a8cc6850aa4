import type { DeclaredUnit } from './unit.ts';

/** Text in both languages of the program. */
export interface BilingualText {
  readonly en: string;
  readonly zh: string;
}

/** Unit as headers write it → factor that turns a value into the indicator's own unit. */
export type UnitFactors = Readonly<Record<string, number>>;

/**
 * A raw series by place and year, as tables print it. `headers` are the names that it goes by, the usual one first; a
 * header is that name with its unit in brackets behind it, such as 地区生产总值(万元).
 */
export interface IndicatorDefinition {
  readonly id: string;
  readonly label: BilingualText;
  readonly unit: DeclaredUnit;
  readonly headers: readonly string[];
  /** Those of them that name another concept (resident for registered population): taken, and said. */
  readonly otherConcepts?: readonly string[];
  /** Units as headers usually write them; others of the same dimension are read as well (`unit-text.ts`). */
  readonly units: UnitFactors;
  /** A zero in a table means that the value is missing, unless the study says otherwise. */
  readonly isZeroMissing?: boolean;
  /** Outside `hard` a value is impossible and is taken for missing; outside `soft` it is reported and kept. Own unit. */
  readonly bounds?: { readonly hard?: Bounds; readonly soft?: Bounds };
  /** A level whose neighbours in time are near it: jumps by powers of ten are slips of unit. */
  readonly isSmoothLevel?: boolean;
}

/** Lowest and highest value; null for none. */
export type Bounds = readonly [low: number | null, high: number | null];
