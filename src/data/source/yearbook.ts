import type { IndicatorDefinition, UnitFactors } from './contract.ts';

const money: UnitFactors = { 万元: 1, 亿元: 10_000, 元: 1e-4 };
const dollars: UnitFactors = { 万美元: 1, 亿美元: 10_000 };
const percent: UnitFactors = { '%': 1, '％': 1 };

/** Headers that name the city of a yearbook row: the code decides, names are for people. */
export const cityCodeHeaders = ['行政区划代码', '城市代码', '地区代码'] as const;
export const cityNameHeaders = ['城市', '地区', '城市名称'] as const;
export const yearHeaders = ['年份', '年度'] as const;

/** What city yearbooks report that this program reads; 全市 (the whole city, not 市辖区). */
export const yearbookIndicators: readonly IndicatorDefinition[] = [
  {
    id: 'gdp',
    label: { en: 'gross regional product, current prices', zh: '地区生产总值（当年价）' },
    unit: '10^4 CNY',
    headers: ['地区生产总值', '地区GDP', '生产总值'],
    units: money,
  },
  {
    id: 'gdp_index',
    label: { en: 'gross regional product index, previous year = 100', zh: '地区生产总值指数（上年=100）' },
    unit: 'previous year = 100',
    headers: ['地区生产总值指数'],
    units: { '上年=100': 1 },
  },
  {
    id: 'tertiary_share',
    label: { en: 'tertiary industry in gross regional product', zh: '第三产业占地区生产总值的比重' },
    unit: 'percent',
    headers: ['第三产业占地区生产总值的比重', '第三产业占GDP的比重'],
    units: percent,
  },
  {
    id: 'population',
    label: { en: 'registered population at year end', zh: '年末户籍人口' },
    unit: '10^4 persons',
    headers: ['年末户籍人口', '年末总人口', '户籍人口'],
    units: { 万人: 1, 人: 1e-4 },
  },
  {
    id: 'area',
    label: { en: 'administrative area', zh: '行政区域土地面积' },
    unit: 'km2',
    headers: ['行政区域土地面积'],
    units: { 平方公里: 1, 平方千米: 1, 万平方公里: 10_000 },
  },
  {
    id: 'fdi',
    label: { en: 'foreign capital actually used', zh: '当年实际使用外资金额' },
    unit: '10^4 USD',
    headers: ['当年实际使用外资金额', '实际使用外资', '当年实际利用外资'],
    units: dollars,
  },
  {
    id: 'fiscal_expenditure',
    label: { en: 'general public budget expenditure', zh: '地方一般公共预算支出' },
    unit: '10^4 CNY',
    headers: ['地方一般公共预算支出', '地方财政一般预算内支出', '财政支出'],
    units: money,
  },
  {
    id: 'science_expenditure',
    label: { en: 'science and technology expenditure', zh: '科学技术支出' },
    unit: '10^4 CNY',
    headers: ['科学技术支出', '科学支出', '科技支出'],
    units: money,
  },
  {
    id: 'fixed_investment',
    label: { en: 'fixed asset investment', zh: '固定资产投资' },
    unit: '10^4 CNY',
    headers: ['固定资产投资', '固定资产投资(不含农户)', '全社会固定资产投资'],
    units: money,
  },
  {
    id: 'deposits',
    label: { en: 'deposits of financial institutions at year end', zh: '年末金融机构人民币各项存款余额' },
    unit: '10^4 CNY',
    headers: ['年末金融机构人民币各项存款余额', '年末金融机构存款余额'],
    units: money,
  },
  {
    id: 'loans',
    label: { en: 'loans of financial institutions at year end', zh: '年末金融机构人民币各项贷款余额' },
    unit: '10^4 CNY',
    headers: ['年末金融机构人民币各项贷款余额', '年末金融机构贷款余额'],
    units: money,
  },
  {
    id: 'students',
    label: { en: 'students in regular higher education', zh: '普通本专科在校学生数' },
    unit: 'persons',
    headers: ['普通本专科在校学生数', '普通高等学校在校学生数'],
    units: { 人: 1, 万人: 10_000 },
  },
  {
    id: 'internet_users',
    label: { en: 'broadband internet subscribers', zh: '互联网宽带接入用户数' },
    unit: '10^4 households',
    headers: ['互联网宽带接入用户数', '国际互联网用户数'],
    units: { 万户: 1, 户: 1e-4 },
  },
  {
    id: 'waste_utilisation',
    label: { en: 'comprehensive utilisation rate of general industrial solid waste', zh: '一般工业固体废物综合利用率' },
    unit: 'percent',
    headers: ['一般工业固体废物综合利用率', '工业固体废物综合利用率'],
    units: percent,
  },
];
