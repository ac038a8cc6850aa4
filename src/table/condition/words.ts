import { at, entryOf } from '../../error/at.ts';
import type { Condition } from './ast.ts';

/** What R, Stata and pandas write for a missing cell: a name that no column should bear. */
export function isNothing(condition: Extract<Condition, { kind: 'name' }>): boolean {
  return condition.isQuoted !== true && /^(?:\.|NA(?:_\w+_)?|None|NaN|np\.nan|pd\.NA)$/.test(condition.name);
}

export function missingTest(operand: Condition, isNot: boolean, at: number): Condition {
  return { kind: 'is', operand, what: 'missing', isNot, at };
}

/** `not` of something, written within it where it has a place for it. */
export function negationOf(operand: Condition, at: number): Condition {
  const hasPlace =
    operand.kind === 'in' || operand.kind === 'between' || operand.kind === 'like' || operand.kind === 'is';
  return hasPlace ? { ...operand, isNot: !operand.isNot } : { kind: 'not', operand, at };
}

/** @param args as many as `least` and `most` allow: the parser counts them */
type Build = (args: readonly Condition[], place: number) => Condition;

interface OtherCall {
  readonly least: number;
  readonly most: number;
  readonly build: Build;
}

const ofMissing = (isNot: boolean): OtherCall => ({
  least: 1,
  most: 1,
  build: (args, place) => missingTest(at(args, 0), isNot, place),
});

const ofList: OtherCall = {
  least: 2,
  most: Number.POSITIVE_INFINITY,
  build: (args, place) => ({ kind: 'in', operand: at(args, 0), values: args.slice(1), isNot: false, at: place }),
};

const ofRange: OtherCall = {
  least: 3,
  most: 3,
  build: (args, place) => ({
    kind: 'between',
    ...{ operand: at(args, 0), low: at(args, 1), high: at(args, 2) },
    isNot: false,
    at: place,
  }),
};

const ofCase: OtherCall = {
  least: 2,
  most: 3,
  build: (args, place) => ({
    kind: 'case',
    branches: [{ when: at(args, 0), result: at(args, 1) }],
    otherwise: args[2] ?? null,
    at: place,
  }),
};

/** The pattern before the text, as R's grepl has it. */
const ofPattern: OtherCall = {
  least: 2,
  most: 2,
  build: (args, place) => ({ kind: 'call', name: 'regexp_matches', args: [at(args, 1), at(args, 0)], at: place }),
};

/** Calls of other programs that are no functions here and have one meaning. */
const calls: Readonly<Record<string, OtherCall>> = {
  missing: ofMissing(false),
  mi: ofMissing(false),
  'is.na': ofMissing(false),
  isna: ofMissing(false),
  isnull: ofMissing(false),
  is_null: ofMissing(false),
  'pd.isna': ofMissing(false),
  'pd.isnull': ofMissing(false),
  notna: ofMissing(true),
  notnull: ofMissing(true),
  'pd.notna': ofMissing(true),
  'pd.notnull': ofMissing(true),
  inlist: ofList,
  inrange: ofRange,
  between: ofRange,
  if: ofCase,
  iif: ofCase,
  ifelse: ofCase,
  if_else: ofCase,
  cond: ofCase,
  grepl: ofPattern,
  pi: { least: 0, most: 0, build: (_, place) => ({ kind: 'number', value: Math.PI, at: place }) },
  pow: {
    least: 2,
    most: 2,
    build: (args, place) => ({ kind: 'arithmetic', operator: '^', left: at(args, 0), right: at(args, 1), at: place }),
  },
};

/** pandas' methods of a column: `x.isna()`, `x.isin([1, 2])`, `x.between(1, 2)`. */
const methods: Readonly<Record<string, OtherCall>> = {
  isna: ofMissing(false),
  isnull: ofMissing(false),
  notna: ofMissing(true),
  notnull: ofMissing(true),
  isin: ofList,
  between: ofRange,
};

/** What a call of another program stands for; null for none. */
export function otherCall(written: string): OtherCall | null {
  const lower = written.toLowerCase();
  const name = lower === 'power' ? 'pow' : lower;
  return Object.hasOwn(calls, name) ? entryOf(calls, name) : null;
}

/** The column and what is asked of it in a call such as `x.isna()`; null for none. */
export function otherMethod(written: string): { readonly column: string; readonly call: OtherCall } | null {
  const dot = written.lastIndexOf('.');
  const name = written.slice(dot + 1);
  return dot > 0 && Object.hasOwn(methods, name)
    ? { column: written.slice(0, dot), call: entryOf(methods, name) }
    : null;
}
