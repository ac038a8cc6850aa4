import { coefficientPlot } from '../figure/coefficient-plot.ts';
import type { ReportModel } from '../report/outline.ts';
import type { ComparisonRow } from '../table/comparison-table.ts';
import { inferenceTable } from '../table/inference-table.ts';
import { regressionTable } from '../table/regression/regression-table.ts';
import { summaryTable } from '../table/summary-table.ts';
import {
  publishedColumns,
  publishedDescriptives,
  publishedModel,
  publishedModels,
  termLabels,
} from './published-tables.ts';
import { sampleDataAccount } from './sample-data-account.ts';

/** A whole report on the printed numbers, for tests of the page: nothing in it was estimated. */

export const names = { city: { en: 'city', zh: '城市' }, cp: 'CP' } as const;

export const table3 = regressionTable({
  id: 'table3',
  number: '3',
  title: { en: 'Baseline regression results', zh: '基准回归结果' },
  columns: publishedModels.map((model, i) => ({ label: `(${i + 1})`, model })),
  terms: termLabels,
  r2: 'xtreg_within',
  statistic: 't',
  fixedEffects: [
    { effect: 'year', label: { en: 'year', zh: '年份固定效应' } },
    { effect: 'city', label: { en: 'city', zh: '城市固定效应' } },
  ],
  outcome: 'CP',
  names,
  notes: [],
  isSynthetic: true,
});

export const table2 = summaryTable({
  id: 'table2',
  number: '2',
  title: { en: 'Descriptive statistics of the main variables', zh: '主要变量的描述性统计' },
  rows: publishedDescriptives,
  notes: [],
  isSynthetic: true,
});

export const otherErrors = inferenceTable({
  id: 'table3-errors',
  number: '',
  title: { en: 'Table 3 with each kind of standard error', zh: '表3：各种标准误并列' },
  columns: publishedColumns,
  terms: termLabels,
  names,
  notes: [],
  isSynthetic: true,
});

export const figure1 = coefficientPlot({
  id: 'ai-baseline',
  number: '1',
  title: { en: 'AI coefficient over the six baseline columns', zh: '六列基准回归中的AI系数' },
  term: 'ai',
  termLabel: 'AI',
  columns: publishedColumns,
  names,
  notes: [],
  isSynthetic: true,
});

const obtained = (value: number, i: number): number => value * (1 + 0.013 * ((i * 7) % 11) - 0.05);

export const comparison: readonly ComparisonRow[] = [
  ...publishedDescriptives.flatMap(({ label, statistics }, i): ComparisonRow[] => [
    {
      table: '2',
      column: 'Obs',
      term: label,
      published: statistics.obs === 5149 ? '5,149' : '5,007',
      obtained: statistics.obs,
      tolerance: 0.5,
      verdict: 'equal',
    },
    {
      table: '2',
      column: 'Mean',
      term: label,
      published: (statistics.mean ?? 0).toFixed(3),
      obtained: obtained(statistics.mean ?? 0, i),
      tolerance: 0.05,
      verdict: i % 3 === 0 ? 'near' : 'far',
    },
  ]),
  ...publishedModels.map(
    (model, i): ComparisonRow => ({
      table: '3',
      column: `(${i + 1})`,
      term: 'AI',
      published: `${model.coef[0].estimate.toFixed(3)}***`,
      obtained: i === 5 ? null : obtained(model.coef[0].estimate, i),
      tolerance: 0.005,
      verdict: i === 5 ? 'missing' : i % 2 === 0 ? 'near' : 'far',
    }),
  ),
];

const first = publishedModel(6);
const second = publishedModel(6, 1.9);

export const sampleReport: ReportModel = {
  language: 'en',
  study: {
    id: 'ai-carbon-productivity',
    title: { en: 'Artificial intelligence and urban carbon productivity', zh: '人工智能与城市碳生产率' },
    subtitle: {
      en: 'City and year fixed effects for Chinese prefecture-level cities, 2003–2021, from raw tables to results.',
      zh: '2003–2021年中国地级及以上城市的双向固定效应研究：从原始表格到结果。',
    },
    authors: { en: 'A study by the Kaya maintainers', zh: 'Kaya维护者的研究' },
    follows: { en: 'a published study of AI and carbon productivity', zh: '一项已发表的人工智能与碳生产率研究' },
  },
  isSynthetic: true,
  names,
  headline: {
    size: [
      { label: { key: 'report.cities' }, value: { key: 'report.count', values: { count: 271 } } },
      { label: { key: 'report.years' }, value: '2003–2021' },
      { label: { key: 'report.observations' }, value: { key: 'report.count', values: { count: 5149 } } },
    ],
    coefficient: {
      term: 'AI',
      outcome: 'CP',
      place: { en: 'Table 3, column (6)', zh: '表3第（6）列' },
      estimate: 0.098,
      intervals: [first, second].map((model) => ({
        vcov: model.vcov,
        ci95: model.coef[0].ci95 ?? [0, 0],
      })),
    },
  },
  hypotheses: [
    {
      id: 'H1',
      text: { en: 'AI raises urban carbon productivity', zh: '人工智能提升城市碳生产率' },
      rule: 'positive',
      level: 0.01,
      verdicts: [
        { vcov: first.vcov, holding: 6, columns: 6, verdict: 'supported' },
        { vcov: second.vcov, holding: 4, columns: 6, verdict: 'partly' },
      ],
    },
  ],
  origin: {
    kind: 'raw-tables',
    ledger: {
      universe: { label: { en: 'Prefecture-level cities and municipalities', zh: '地级及以上城市' }, cities: 286 },
      steps: [
        {
          rule: { en: 'Bijie, Tongren', zh: '毕节、铜仁' },
          reason: { en: 'prefecture-level only since 2011', zh: '2011年才设为地级市' },
          citiesOut: 2,
          citiesLeft: 284,
          isAssumption: false,
        },
        {
          rule: {
            en: 'Linfen, Shuozhou, Lüliang, Karamay, Jiayuguan, Jinchang, Guyuan, Dingxi, Zhongwei',
            zh: '临汾、朔州、吕梁、克拉玛依、嘉峪关、金昌、固原、定西、中卫',
          },
          reason: { en: 'sporadic missing data (named in section 4.3)', zh: '数据零星缺失（见论文4.3节）' },
          citiesOut: 9,
          citiesLeft: 275,
          isAssumption: false,
        },
        {
          rule: { en: 'Longnan, Wuwei, Zhangye, Jiuquan', zh: '陇南、武威、张掖、酒泉' },
          reason: {
            en: 'four more that the paper does not name; this set reproduces every printed N',
            zh: '论文未列出的另外四个城市；此组合可重现全部刊出的样本量',
          },
          citiesOut: 4,
          citiesLeft: 271,
          isAssumption: true,
        },
      ],
      cities: 271,
      years: 19,
      observations: 5149,
    },
    data: sampleDataAccount,
    measures: [
      {
        id: 'cp',
        symbol: 'CP',
        name: { en: 'Carbon productivity', zh: '碳生产率' },
        role: { en: 'outcome', zh: '被解释变量' },
        unit: { en: '10⁴ yuan per tonne of CO₂', zh: '万元/吨二氧化碳' },
        formula:
          'gdp_real / co2; gdp_real = gdp_2003 × Π(index / 100); co2 = Σ fuel × heat × carbon × oxidation × 44/12',
        inputs: [],
        cells: { observed: 5149, interpolated: 0, missing: 0 },
        source: {
          en: 'City yearbook; nine fuels; regional grid factors',
          zh: '城市统计年鉴；九种能源；区域电网排放因子',
        },
        missingRule: { en: 'linear between observed years, none at the ends', zh: '观测年份之间线性插值，两端不外推' },
        assumption: {
          en: 'Electricity is counted with the grid factor of the year.',
          zh: '用电按当年区域电网排放因子计。',
        },
      },
      {
        id: 'ai',
        symbol: 'AI',
        name: { en: 'Artificial intelligence', zh: '人工智能水平' },
        role: { en: 'core regressor', zh: '核心解释变量' },
        unit: { en: 'log count', zh: '对数' },
        formula: 'ln(1 + firms founded in the year whose name or scope has one of 40 keywords)',
        inputs: [],
        cells: { observed: 5149, interpolated: 0, missing: 0 },
        source: { en: 'Company registry', zh: '企业工商注册信息' },
        missingRule: { en: 'no firm is zero, never missing', zh: '没有企业记为零，不作缺失' },
        assumption: null,
      },
    ],
  },
  exhibits: [
    { part: 'data', table: [{ kind: 'table', table: table2 }], figures: [] },
    {
      part: 'results',
      table: [
        { kind: 'table', table: table3 },
        {
          kind: 'fold',
          heading: { en: 'The same columns with city-clustered standard errors', zh: '同样各列的城市聚类稳健标准误' },
          blocks: [{ kind: 'table', table: otherErrors }],
        },
      ],
      figures: [figure1],
    },
  ],
  comparison,
  truth: [
    { outcome: 'cp', model: 'baseline (6)', term: 'ai', truth: 0.1, estimate: 0.098, se: 0.0183, covers: true },
    { outcome: 'cp', model: 'baseline (6)', term: 'pop', truth: 0.35, estimate: 0.355, se: 0.0445, covers: true },
    { outcome: 'cp', model: 'baseline (6)', term: 'ope', truth: -0.75, estimate: -1.525, se: 0.355, covers: false },
  ],
  provenance: {
    entries: [
      { label: { en: 'Version', zh: '版本' }, value: '0.1.0' },
      { label: { en: 'Seed', zh: '随机数种子' }, value: '20240601' },
    ],
    inputs: [
      {
        path: 'raw/energy.csv',
        sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
        bytes: 181233,
      },
    ],
  },
  citation: {
    text: {
      en: 'Kaya maintainers: Artificial intelligence and urban carbon productivity, a study on synthetic data, version 0.1.0.',
      zh: 'Kaya维护者：人工智能与城市碳生产率（合成数据研究），0.1.0版。',
    },
    bibtex:
      '@misc{kaya-ai-carbon,\n  title = {Artificial intelligence and urban carbon productivity},\n  note = {Synthetic data},\n  year = {2026}\n}',
  },
  results: { tables: [], note: '</script><script>alert(1)</script>' },
};
