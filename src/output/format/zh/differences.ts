import type { differencesEn } from '../en/differences.ts';

/** Slopes compared across groups, Chinese. */
export const differencesZh: Readonly<Record<keyof typeof differencesEn, string>> = {
  'differences.groups': '各组中{term}的系数',
  'differences.group': '组别',
  'differences.p': 'P值',
  'differences.nobs': '观测数',
  'differences.units': '个体数',
  'differences.rows': '行',
  'differences.absent': '{group}：控制变量与固定效应使{term}在该组中没有剩余变异，未参与比较。',
  'differences.wild_note':
    'P（自助法）：聚类数少于30的组采用{type}型聚类野自助法，误差按{errors}聚类；聚类数少于12时用Webb权重，否则用Rademacher权重。',
  'differences.title': '{term}的组间系数差异',
  'differences.pairs': '组别比较',
  'differences.pair': '{model}减{base}',
  'differences.all_equal': '各组系数相同',
  'differences.difference': '差异',
  'differences.p_holm': 'P值（Holm）',
  'differences.larger': '不小于',
  'differences.chow': '交互模型',
  'differences.suest': '联合协方差',
  'differences.both': '交互模型',
  'differences.permute': '置换检验',
  'differences.chow_note': '交互模型：在同一回归中，所有系数与固定效应均与组别交互（Chow检验），采用上述协方差。',
  'differences.suest_note': '联合协方差：由堆叠影响函数得到的似无相关模型检验（suest）。',
  'differences.both_note':
    '交互模型：在同一回归中，所有系数与固定效应均与组别交互（Chow检验）。在该协方差下，似无相关模型检验（suest）结果相同。',
  'differences.joint_f': '{form}，各组系数相同：F({df1}, {df2}) = {f}。',
  'differences.joint_chi2': '{form}，各组系数相同：chi2({df1}) = {chi2}。',
  'differences.permute_note':
    '置换检验：组别标签以个体（{unit}）为单位整体互换，并重新估计两组模型（费舍尔组合检验）。原假设为各组毫无差别，因此误差波动更大的组也可能被区分出来。',
  'differences.drawn_note':
    '随机置换的P值为（1 + #）/（1 + B）：B次抽样中有#次的差异绝对值不小于样本差异。种子{seed}。',
  'differences.exact_note': '可能的分组方式较少时逐一枚举：P值是精确的，为# / B。',
  'differences.failed': '有{failed}次抽样中某组系数无法估计，未计入。',
  'differences.holm_note': 'P值（Holm）：对全部{pairs}个两两比较作多重检验校正。',
  'differences.without': '{method}：没有数值，因为{reason}。',
  'differences.shared': '有{units}个个体同属多个组，共有{rows}行重合。',
  'differences.orders': '{term}系数的大小次序',
  'differences.order': '论断',
  'differences.above': '{first} > {second}',
  'differences.largest': '{group}最大',
  'differences.observed': '估计值',
  'differences.probability': '抽样占比',
  'differences.p_order': 'P值（反面）',
  'differences.order_note': '在各组内对个体（{unit}）有放回抽样，系数呈此次序的抽样占比；种子{seed}。',
  'differences.order_p_note': 'P值（反面）：检验该次序中至少一处不成立，取各差异单侧P值的最大者（交并检验）。',
};
