/** What a number can be a number of. Anything else is a pure number. */
const bases = {
  cny: { one: 'CNY', many: 'CNY' },
  /** At the prices of the panel's first year: not to be added to current prices. */
  first_year_cny: { one: 'CNY of the first year', many: 'CNY of the first year' },
  usd: { one: 'USD', many: 'USD' },
  person: { one: 'person', many: 'persons' },
  household: { one: 'household', many: 'households' },
  firm: { one: 'firm', many: 'firms' },
  application: { one: 'application', many: 'applications' },
  km2: { one: 'km2', many: 'km2' },
  t: { one: 't', many: 't' },
  m3: { one: 'm3', many: 'm3' },
  kwh: { one: 'kWh', many: 'kWh' },
  tce: { one: 't of standard coal', many: 't of standard coal' },
  co2: { one: 't CO2', many: 't CO2' },
} as const;
export type Base = keyof typeof bases;

/** Things that are counted: a bare number beside them is a number of them. */
const counted: readonly Base[] = ['person', 'household', 'firm', 'application'];

/** Unit of a number: 10^`power` times a product of bases. Percent is a pure number of power -2. */
export interface Unit {
  /** Base to its exponent, none of them 0; empty for a pure number. */
  readonly bases: Readonly<Partial<Record<Base, number>>>;
  readonly power: number;
}

/** A unit with its name, as an indicator declares it. */
export interface DeclaredUnit extends Unit {
  readonly text: { readonly en: string; readonly zh: string };
}

/** The pure number of power 0: a share of 1, a logarithm. */
export const one: Unit = { bases: {}, power: 0 };

function declared(power: number, of: Unit['bases'], zh: string, en?: string): DeclaredUnit {
  const unit = { bases: of, power };
  return { ...unit, text: { en: en ?? printUnit(unit), zh } };
}

/** The units that indicators have. */
export const units = {
  cny4: declared(4, { cny: 1 }, '万元'),
  realCny8: declared(8, { first_year_cny: 1 }, '亿元，首年价'),
  usd4: declared(4, { usd: 1 }, '万美元'),
  cnyPerUsd: declared(0, { cny: 1, usd: -1 }, '元/美元'),
  percent: declared(-2, {}, '%'),
  /** 110 says 1.1 times the year before. */
  chainIndex: declared(-2, {}, '上年=100', 'previous year = 100'),
  persons: declared(0, { person: 1 }, '人'),
  persons4: declared(4, { person: 1 }, '万人'),
  households4: declared(4, { household: 1 }, '万户'),
  km2: declared(0, { km2: 1 }, '平方公里'),
  tonnes4: declared(4, { t: 1 }, '万吨'),
  gas8: declared(8, { m3: 1 }, '亿立方米'),
  electricity8: declared(8, { kwh: 1 }, '亿千瓦时'),
  standardCoal4: declared(4, { tce: 1 }, '万吨标准煤'),
  co24: declared(4, { co2: 1 }, '万吨 CO2'),
  firms: declared(0, { firm: 1 }, '家'),
  applications: declared(0, { application: 1 }, '件'),
} as const;

/** `10^4 CNY per person`; a pure number is `a pure number`, `percent`, or its power of ten. */
export function printUnit({ bases: of, power }: Unit): string {
  const entries = Object.entries(of) as [Base, number][];
  if (entries.length === 0) return power === 0 ? 'a pure number' : power === -2 ? 'percent' : `10^${power}`;
  const factors = (list: [Base, number][], form: 'one' | 'many'): string =>
    list.map(([base, n]) => `${bases[base][form]}${Math.abs(n) === 1 ? '' : `^${Math.abs(n)}`}`).join(' × ');
  const above = entries.filter(([, n]) => n > 0);
  const below = entries.filter(([, n]) => n < 0);
  const words = [
    ...(power === 0 ? (above.length === 0 ? ['1'] : []) : [`10^${power}`]),
    ...(above.length === 0 ? [] : [factors(above, 'many')]),
    ...(below.length === 0 ? [] : [`per ${factors(below, 'one')}`]),
  ];
  return words.join(' ');
}

export function isPure({ bases: of }: Unit): boolean {
  return Object.keys(of).length === 0;
}

/** Whether a bare number may stand beside it: shares and counts. */
export function takesNumber({ bases: of }: Unit): boolean {
  return (Object.entries(of) as [Base, number][]).every(([base, n]) => counted.includes(base) && n === 1);
}

export function isSameUnit(a: Unit, b: Unit): boolean {
  return a.power === b.power && hasSameBases(a, b);
}

export function hasSameBases(a: Unit, b: Unit): boolean {
  return isPure(product(a, power(b, -1)));
}

export function product(a: Unit, b: Unit): Unit {
  const sum: Partial<Record<Base, number>> = { ...a.bases };
  for (const [base, n] of Object.entries(b.bases) as [Base, number][]) sum[base] = (sum[base] ?? 0) + n;
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
