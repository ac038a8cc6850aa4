import type { ownTablesEn } from './en.ts';

/** The same in Chinese. */
export const ownTablesZh: Readonly<Record<keyof typeof ownTablesEn, string>> = {
  'tables.passed':
    '未读取{file}：其中没有城市列，或没有已知指标的列，表头为{header}。若是城市数据表，请将城市列命名为“{name}”或“{code}”，并在study.yaml的data.headers中声明指标；否则请将文件移出该文件夹。',
  'tables.gap': '各表均无{series}在{years}的数值。其位置按各变量的填补规则（`missing`）补齐，否则为缺失。',
  'tables.slip':
    '疑似单位错误：{file}中的{series}（{years}，{cells}个单元格）为相邻年份的10^{power}倍。未作改动；请核对该处单位，或采用`kaya study run`的报告中给出的规则。',
  'tables.strays':
    '{folder}中有{count}个表格不在其子文件夹内，未被读取：{names}。年鉴表放入{folder}/yearbook，能源表放入{folder}/energy，专利表放入{folder}/patents，企业登记表放入{folder}/registry。',
  'tables.summary':
    '由这些原始表可得研究中的{tables}张表和{figures}幅图；另有{lost_tables}张表、{lost_figures}幅图和{claims}项论断无法得到，因其需要{variables}。',
  'tables.made': '可生成的表：{names}。',
  'tables.unmade': '无法生成的表：{names}。',
};
