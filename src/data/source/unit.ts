import { type Expected, said } from '../../error/said.ts';
import { type KnownBase, knownBases } from '../language/unit-bases.ts';

/** What a number is a number of: a known one, or any other text, which is its own name. */
export type Base = string;

/** Things that are counted: a bare number beside them is a number of them. */
const counted: readonly Base[] = ['person', 'household', 'firm', 'application'];

/** Unit of a number: 10^`power` times a product of bases. Percent is a pure number of power -2. */
export interface Unit {
  /** Base to its exponent, none of them 0; empty for a pure number. */
  readonly bases: Readonly<Record<Base, number>>;
  readonly power: number;
}

/** A unit with its name, as an indicator declares it. */
export interface DeclaredUnit extends Unit {
  readonly text: { readonly en: string; readonly zh: string };
}

/** The pure number of power 0: a share of 1, a logarithm. */
export const one: Unit = { bases: {}, power: 0 };

/** `10^4 CNY per person`; a pure number is `a pure number`, `percent`, or its power of ten. */
export function saidUnit({ bases: of, power }: Unit): Expected {
  const scale = `10^${power}`;
  const entries = Object.entries(of);
  if (entries.length === 0) return power === 0 ? said('unit.pure') : power === -2 ? said('unit.percent') : scale;
  const above = saidFactors(
    entries.filter(([, n]) => n > 0),
    'many',
  );
  const below = saidFactors(
    entries.filter(([, n]) => n < 0),
    'one',
  );
  const counted = power === 0 ? (above ?? '1') : above === null ? scale : said('unit.scaled', { scale, unit: above });
  return below === null ? counted : said('unit.per', { above: counted, below });
}

/** Bases with their exponents, multiplied; null for none. */
function saidFactors(factors: readonly (readonly [Base, number])[], form: 'one' | 'many'): Expected | null {
  const [first, ...others] = factors.map(([base, n]): Expected => {
    const name = Object.hasOwn(knownBases, base) ? said(knownBases[base as KnownBase][form]) : base; // checked on this line
    return Math.abs(n) === 1 ? name : said('unit.power', { unit: name, power: String(Math.abs(n)) });
  });
  if (first === undefined) return null;
  return others.reduce<Expected>((left, right) => said('unit.times', { left, right }), first);
}

export function isPure({ bases: of }: Unit): boolean {
  return Object.keys(of).length === 0;
}

/** Whether a bare number may stand beside it: shares and counts. */
export function takesNumber({ bases: of }: Unit): boolean {
  return Object.entries(of).every(([base, n]) => counted.includes(base) && n === 1);
}

export function isSameUnit(a: Unit, b: Unit): boolean {
  return a.power === b.power && hasSameBases(a, b);
}

export function hasSameBases(a: Unit, b: Unit): boolean {
  return isPure(product(a, power(b, -1)));
}

export function product(a: Unit, b: Unit): Unit {
  const sum: Record<Base, number> = { ...a.bases };
  for (const [base, n] of Object.entries(b.bases)) sum[base] = (sum[base] ?? 0) + n;
  const kept = Object.fromEntries(Object.entries(sum).filter(([, n]) => n !== 0));
  return { bases: kept, power: a.power + b.power };
}

export function power(unit: Unit, exponent: number): Unit {
  const entries = Object.entries(unit.bases).map(([base, n]) => [base, n * exponent] as const);
  return {
    bases: Object.fromEntries(entries.filter(([, n]) => n !== 0)),
    power: unit.power === 0 ? 0 : unit.power * exponent,
  };
}
