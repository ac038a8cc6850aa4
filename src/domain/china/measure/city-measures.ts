import type { BilingualText } from '../../../data/source/contract.ts';
import type { MeasureDefinition } from '../../contract.ts';

const share = { en: 'share of 1', zh: '比例（0-1）' };
const log = { en: 'log', zh: '对数' };

/** A section of the paper. */
const section = (number: string): BilingualText => ({ en: `section ${number}`, zh: `原文 ${number} 节` });

/** The thirteen variables of the city panel (paper, section 4.2), in the order of its Table 2. */
export const cityMeasures: readonly MeasureDefinition[] = [
  {
    id: 'cp',
    label: { en: 'carbon productivity', zh: '碳生产率' },
    unit: { en: '10^4 CNY of 2003 per t CO2', zh: '万元（2003 年价）/吨 CO2' },
    formula: 'gdp_real / co2',
    bounds: [0, null],
    source: { en: 'section 4.2.1, equation (9)', zh: '原文 4.2.1 节，式（9）' },
    missing: 'linear',
    note: {
      en: 'The paper names no factor for electricity: the regional grid factor is taken. `electricity: excluded` leaves it out.',
      zh: '论文未说明电力排放因子：取区域电网因子；`electricity: excluded` 则不计电力。',
    },
    option: {
      name: 'electricity',
      formulas: { regional_grid: 'gdp_real / co2', excluded: 'gdp_real / co2_fossil' },
    },
  },
  {
    id: 'ai',
    label: { en: 'artificial intelligence', zh: '人工智能水平' },
    unit: log,
    formula: 'log1p(ai_firms)',
    source: section('4.2.2'),
    missing: 'linear',
    note: {
      en: 'The paper takes the log of the count and is silent on zeros: ln(1 + n) is taken. `zeros: missing` takes ln(n).',
      zh: '论文取企业数的对数而未说明零值处理：取 ln(1+n)；`zeros: missing` 则取 ln(n)。',
    },
    option: { name: 'zeros', formulas: { log1p: 'log1p(ai_firms)', missing: 'log(ai_firms)' } },
  },
  {
    id: 'uis',
    label: { en: 'industrial structure', zh: '产业结构' },
    unit: share,
    formula: 'tertiary_share / 100',
    bounds: [0, 1],
    source: section('4.2.3'),
    missing: 'linear',
  },
  {
    id: 'envrpat',
    label: { en: 'green innovation', zh: '绿色创新' },
    unit: log,
    formula: 'log1p(green_patents)',
    source: section('4.2.3'),
    missing: 'linear',
    note: {
      en: 'Inventions and utility models by filing year; ln(1 + n), as the printed minimum is 0.',
      zh: '按申请年份合计发明与实用新型；印出的最小值为 0，故取 ln(1+n)。',
    },
  },
  {
    id: 'er',
    label: { en: 'environmental regulation', zh: '环境规制' },
    unit: { en: 'percent', zh: '%' },
    formula: 'waste_utilisation',
    bounds: [0, 100],
    source: section('4.2.4'),
    missing: 'linear',
  },
  {
    id: 'ip',
    label: { en: 'internet penetration', zh: '互联网普及率' },
    unit: { en: 'subscribers per person', zh: '户/人' },
    formula: 'internet_users / population',
    bounds: [0, 1],
    source: section('4.2.4'),
    missing: 'keep',
    note: {
      en: 'The paper says per 100 persons, but its Table 2 (median 0.125, maximum 355.18) mixes units; taken as it stands, missing cells kept (printed N 5,007).',
      zh: '论文称每百人用户数，但表 2（中位数 0.125，最大值 355.18）混用了单位；照原样计算，缺失值保留（印出 N 为 5,007）。',
    },
  },
  {
    id: 'hc',
    label: { en: 'human capital', zh: '人力资本' },
    unit: share,
    formula: 'students / (population * 10000)',
    bounds: [0, 1],
    source: section('4.2.5'),
    missing: 'linear',
    note: {
      en: 'The paper says students per 10,000 persons; the printed values are shares.',
      zh: '论文称每万人在校大学生数；印出的数值为比例。',
    },
  },
  {
    id: 'fin',
    label: { en: 'financial development', zh: '金融发展' },
    unit: { en: 'ratio to GDP', zh: '与 GDP 之比' },
    formula: '(deposits + loans) / gdp',
    bounds: [0, null],
    source: section('4.2.5'),
    missing: 'linear',
  },
  {
    id: 'pop',
    label: { en: 'population density', zh: '人口密度' },
    unit: { en: 'log of persons per km2', zh: '人/平方公里，对数' },
    formula: 'log(population * 10000 / area)',
    source: section('4.2.6'),
    missing: 'linear',
    note: {
      en: 'The paper says resident population; registered population fits its printed maximum.',
      zh: '论文称常住人口；户籍人口与印出的最大值相符。',
    },
  },
  {
    id: 'ope',
    label: { en: 'openness', zh: '对外开放' },
    unit: { en: 'ratio to GDP', zh: '与 GDP 之比' },
    formula: 'fdi * exchange_rate / gdp',
    source: section('4.2.6'),
    missing: 'linear',
    note: {
      en: 'The paper says imports + exports over GDP; its printed mean of 0.020 and negative minimum fit foreign capital used.',
      zh: '论文称进出口总额与 GDP 之比；印出的均值 0.020 与负的最小值符合实际使用外资。',
    },
  },
  {
    id: 'gov',
    label: { en: 'government intervention', zh: '政府干预' },
    unit: { en: 'ratio to GDP', zh: '与 GDP 之比' },
    formula: 'fiscal_expenditure / gdp',
    bounds: [0, 1],
    source: section('4.2.6'),
    missing: 'linear',
  },
  {
    id: 'fi',
    label: { en: 'fiscal investment', zh: '财政投资强度' },
    unit: { en: 'ratio to fiscal expenditure', zh: '与财政支出之比' },
    formula: 'fixed_investment / fiscal_expenditure',
    bounds: [0, null],
    source: section('4.2.6'),
    missing: 'linear',
  },
  {
    id: 'st',
    label: { en: 'science and technology', zh: '科技水平' },
    unit: { en: 'ratio to fiscal expenditure', zh: '与财政支出之比' },
    formula: 'science_expenditure / fiscal_expenditure',
    bounds: [0, 1],
    source: section('4.2.6'),
    missing: 'linear',
  },
];
