/** Text in both languages of the program. */
export interface BilingualText {
  readonly en: string;
  readonly zh: string;
}

/** Unit as headers write it → factor that turns a value into the indicator's own unit. */
export type UnitFactors = Readonly<Record<string, number>>;

/**
 * A raw series by city and year, as yearbooks print it. `headers` are the names that it goes by, the usual one first; a
 * header is that name with its unit in brackets behind it, such as 地区生产总值(万元).
 */
export interface IndicatorDefinition {
  readonly id: string;
  readonly label: BilingualText;
  readonly unit: string;
  readonly headers: readonly string[];
  readonly units: UnitFactors;
}
