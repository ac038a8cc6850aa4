import type { IndicatorDefinition, UnitFactors } from '../../../data/source/contract.ts';
import { units } from '../../../data/source/unit.ts';
import { headerNames } from './header-names.ts';

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

/** Other names of kinds of energy in tables. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  raw_coal: ['煤炭', '煤炭消费量', '原煤消费总量', '煤'],
  coke: ['焦碳'],
  natural_gas: ['天然气供气总量', '天然气用量'],
  electricity: ['电', '用电量', '全社会用电量', '电力消费总量', '电量'],
  lpg: ['液化气', '液化石油气供气总量'],
};

const masses: UnitFactors = { 万吨: 1, 吨: 1e-4, 亿吨: 1e4 };
const volumes: UnitFactors = { 亿立方米: 1, 万立方米: 1e-4, 立方米: 1e-8 };
const powers: UnitFactors = { 亿千瓦时: 1, 万千瓦时: 1e-4, 千瓦时: 1e-8, 亿度: 1, 万度: 1e-4 };

/**
 * Energy tables as indicators, in 10^4 t, 10^8 m3 or 10^8 kWh. Standard coal (tce) is taken back to the physical unit by the
 * fuel's own equivalent: 10^4 tce divided by tce per t, and by ten times that for 10^4 tce per 10^8 m3 or kWh.
 */
export function fuelIndicators(fuels: readonly FuelRow[]): IndicatorDefinition[] {
  return fuels.map(({ key, nameZh, nameEn, baseUnit, kgcePerUnit }) => {
    const physical = baseUnit === 'kg' ? masses : baseUnit === 'm3' ? volumes : powers;
    const perStandardCoal = kgcePerUnit === null ? null : 1 / (kgcePerUnit * (baseUnit === 'kg' ? 1 : 10));
    const coal: UnitFactors =
      perStandardCoal === null
        ? {}
        : { 万吨标准煤: perStandardCoal, 吨标准煤: perStandardCoal * 1e-4, 万吨标煤: perStandardCoal };
    return {
      id: fuelIndicator(key),
      label: { en: nameEn, zh: nameZh },
      unit: baseUnit === 'kg' ? units.tonnes4 : baseUnit === 'm3' ? units.gas8 : units.electricity8,
      headers: [
        nameZh,
        ...['消费量', '消费', '消耗量', '使用量', '终端消费量', '消费总量', '用量'].map((word) => `${nameZh}${word}`),
        nameEn,
        `${nameEn} consumption`,
        ...(otherNames[key] ?? []),
      ],
      units: { ...physical, ...coal },
      bounds: { hard: [0, null] },
    };
  });
}

const pieces: UnitFactors = { 件: 1, 项: 1, 万件: 10_000 };

/** Green patent applications by city and year. */
export const patentIndicators: readonly IndicatorDefinition[] = [
  {
    id: 'green_inventions',
    label: { en: 'green invention applications', zh: '绿色发明专利申请量' },
    unit: units.applications,
    ...headerNames('green_inventions'),
    units: pieces,
    bounds: { hard: [0, null] },
  },
  {
    id: 'green_utility_models',
    label: { en: 'green utility model applications', zh: '绿色实用新型专利申请量' },
    unit: units.applications,
    ...headerNames('green_utility_models'),
    units: pieces,
    bounds: { hard: [0, null] },
  },
];
