import type { comparisonEn } from '../en/comparison.ts';

/** Printed and obtained numbers, truth and estimates, Simplified Chinese. */
export const comparisonZh: Readonly<Record<keyof typeof comparisonEn, string>> = {
  'comparison.title': '刊出数值与所得数值',
  'comparison.title_synthetic': '合成数据与刊出数值的距离',
  'comparison.note': '差值为所得减刊出。相同：按刊出位数一致；接近：在容差之内。',
  'comparison.note_synthetic': '差值为所得减刊出。它只说明模拟数据离论文数据有多远，不说明论文的结论是否成立。',
  'comparison.table': '表',
  'comparison.column': '列',
  'comparison.term': '行',
  'comparison.published': '刊出',
  'comparison.obtained': '所得',
  'comparison.difference': '差值',
  'comparison.tolerance': '容差',
  'comparison.verdict': '判定',
  'verdict.equal': '相同',
  'verdict.near': '接近',
  'verdict.far': '偏离',
  'verdict.missing': '未得到',
  'truth.title': '模拟参数及其估计',
  'truth.every': '全部参数（{count}个）',
  'truth.model': '模型',
  'truth.main': '{outcome}，全样本',
  'truth.truth': '真值',
  'truth.estimate': '估计值',
  'truth.se': '标准误',
  'truth.distance': '距离/标准误',
  'truth.covers': '是否覆盖',
  'truth.note':
    '覆盖：95%置信区间包含该参数。这些参数的抽样误差已被消去，各区间都应覆盖；此比例不说明区间在一般情形下的覆盖率。',
  'truth.note_sampled':
    '覆盖：95%置信区间包含该参数。有效的区间约有5%不包含；同一面板的各区间会一同偏离，因为各模型共用其误差。',
  'truth.intro_sampled': '模拟数据背后的参数是已知的，且数据含有抽样误差：估计值如同样本一样在参数周围波动。',
  'truth.intro':
    '模拟数据背后的参数是已知的。生成时调整了误差项，使样本上的最小二乘估计等于这些参数（只差原始表格的舍入）。因此这里检验的是从原始表格到估计值的全过程，而不是估计量的抽样性质。',
  'truth.coverage': '{count}个区间中有{covered}个覆盖真值。',
  'comparison.intro': '论文在本研究涉及的表格中刊出{count}个数值，逐一与此处所得数值并列。',
  'comparison.intro_synthetic':
    '论文在本研究涉及的表格中刊出{count}个数值，逐一与由合成数据所得的数值并列。模拟正是以其中一部分数值校准的，接近是刻意为之；这些距离描述的是模拟，而不是论文。',
  'comparison.intro_sampled':
    '论文在本研究的各表中印出{count}个数字，逐一与由含抽样误差的合成数据得到的数字对照，印出的系数即模拟的参数。差距来自抽样误差以及模拟未加约束之处，并不说明论文。',
  'comparison.summary': '刊出数值按距离分类',
  'comparison.numbers': '数值个数',
  'comparison.of_table': '表{table}',
  'comparison.all': '合计',
  'comparison.every': '全部数值（{count}个）',
};
