import { units } from '../../../data/source/unit.ts';
import type { DerivedIndicator } from '../../contract.ts';

/** Series computed from the raw tables; the statements are in `data/panel`. */
export const derivedIndicators: readonly DerivedIndicator[] = [
  {
    id: 'gdp_real',
    label: { en: 'gross regional product at 2003 prices', zh: '地区生产总值（2003 年价）' },
    unit: units.realCny8,
    method: {
      en: "nominal product of the panel's first year, carried on by the city's own index (previous year = 100)",
      zh: '面板首年的名义值，按本市指数（上年=100）逐年连乘',
    },
    source: 'section 4.2.1',
  },
  {
    id: 'co2',
    label: { en: 'carbon dioxide from nine kinds of energy', zh: '九类能源的二氧化碳排放' },
    unit: units.co24,
    method: {
      en: 'sum over eight fuels of quantity × net calorific value × carbon content × oxidation × 44/12, plus electricity × factor of the regional grid in the nearest published year',
      zh: '八种化石燃料：消费量 × 平均低位发热量 × 单位热值含碳量 × 碳氧化率 × 44/12 之和，加上电力 × 区域电网排放因子（取最近公布年份）',
    },
    source: 'equation (9); IPCC 2006; regional grid factors',
  },
  {
    id: 'co2_fossil',
    label: { en: 'carbon dioxide from the eight fossil fuels', zh: '八种化石燃料的二氧化碳排放' },
    unit: units.co24,
    method: { en: 'as co2, without electricity', zh: '同 co2，不含电力' },
    source: 'equation (9)',
  },
  {
    id: 'ai_firms',
    label: { en: 'AI firms founded in the year', zh: '当年成立的人工智能企业数' },
    unit: units.firms,
    method: {
      en: 'registry rows whose name or business scope contains one of the 40 keywords, each firm once, by registered city and founding year',
      zh: '企业名称或经营范围含 40 个关键词之一的登记企业，一企一计，按所属城市与成立年份汇总',
    },
    source: 'section 4.2.2; Table 1',
  },
  {
    id: 'green_patents',
    label: { en: 'green patent applications', zh: '绿色专利申请量' },
    unit: units.applications,
    method: { en: 'inventions + utility models', zh: '发明专利 + 实用新型专利' },
    source: 'section 4.2.3',
  },
  {
    id: 'exchange_rate',
    label: { en: 'exchange rate, yearly average', zh: '人民币对美元年平均汇价' },
    unit: units.cnyPerUsd,
    method: { en: 'reference table, per 100 USD, divided by 100', zh: '参考表（元/百美元）除以 100' },
    source: 'China Statistical Yearbook',
  },
];
