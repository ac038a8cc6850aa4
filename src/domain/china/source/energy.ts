import type { IndicatorDefinition, UnitFactors } from '../../../data/source/contract.ts';
import { declaredUnit } from '../../../data/source/declared-unit.ts';
import type { FuelWords } from '../../contract.ts';

/** What the reference table of fuels says of one kind of energy. */
export interface FuelRow {
  readonly key: string;
  readonly nameZh: string;
  readonly nameEn: string;
  /** kg, m3 or kWh. */
  readonly baseUnit: string;
  /** Standard coal, kg per base unit; null where none is given. */
  readonly kgcePerUnit: number | null;
}

/** Indicator of a kind of energy: its consumption by city and year. */
export const fuelIndicator = (key: string): string => `fuel.${key}`;

/** Kind of table of a fuel's consumption: energy. */
export function kindOfIndicator(indicator: string): string | null {
  return indicator.startsWith(fuelIndicator('')) ? 'energy' : null;
}

const quantityUnits = {
  kg: declaredUnit({ en: '10^4 t', zh: '万吨' }),
  m3: declaredUnit({ en: '10^8 m3', zh: '亿立方米' }),
  kWh: declaredUnit({ en: '10^8 kWh', zh: '亿千瓦时' }),
} as const;

/**
 * Energy tables as indicators, in 10^4 t, 10^8 m3 or 10^8 kWh. Standard coal (tce) is taken back to the physical unit by the
 * fuel's own equivalent: 10^4 tce divided by tce per t, and by ten times that for 10^4 tce per 10^8 m3 or kWh.
 */
export function fuelIndicators(fuels: readonly FuelRow[], written: FuelWords): IndicatorDefinition[] {
  return fuels.map(({ key, nameZh, nameEn, baseUnit, kgcePerUnit }) => {
    const physical = baseUnit === 'kg' || baseUnit === 'm3' ? baseUnit : 'kWh';
    const perStandardCoal = kgcePerUnit === null ? null : 1 / (kgcePerUnit * (baseUnit === 'kg' ? 1 : 10));
    const coal: UnitFactors =
      perStandardCoal === null
        ? {}
        : Object.fromEntries(
            Object.entries(written.units.coal).map(([unit, factor]) => [unit, perStandardCoal * factor]),
          );
    return {
      id: fuelIndicator(key),
      label: { en: nameEn, zh: nameZh },
      unit: quantityUnits[physical],
      headers: [
        nameZh,
        ...written.words.map((word) => `${nameZh}${word}`),
        nameEn,
        `${nameEn} consumption`,
        ...(written.names[key] ?? []),
      ],
      units: { ...written.units[physical], ...coal },
      bounds: { hard: [0, null] },
    };
  });
}
