/** What numbers are often numbers of, with their names. A unit may have other bases, which are their own names. */
export const knownBases = {
  cny: { one: 'base.cny', many: 'base.cny' },
  /** At the prices of the panel's first year: not to be added to current prices. */
  first_year_cny: { one: 'base.first_year_cny', many: 'base.first_year_cny' },
  usd: { one: 'base.usd', many: 'base.usd' },
  person: { one: 'base.person', many: 'base.persons' },
  household: { one: 'base.household', many: 'base.households' },
  firm: { one: 'base.firm', many: 'base.firms' },
  application: { one: 'base.application', many: 'base.applications' },
  km2: { one: 'base.km2', many: 'base.km2' },
  t: { one: 'base.t', many: 'base.t' },
  m3: { one: 'base.m3', many: 'base.m3' },
  kwh: { one: 'base.kwh', many: 'base.kwh' },
  tce: { one: 'base.tce', many: 'base.tce' },
  co2: { one: 'base.co2', many: 'base.co2' },
} as const;
export type KnownBase = keyof typeof knownBases;
