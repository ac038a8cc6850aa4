/** What numbers are often numbers of, with their names. A unit may have other bases, which are their own names. */
export const knownBases = {
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
export type KnownBase = keyof typeof knownBases;
