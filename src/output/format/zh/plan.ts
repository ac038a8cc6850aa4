import type { planEn } from '../en/plan.ts';

/** The plan of a set of models, Simplified Chinese. */
export const planZh: Readonly<Record<keyof typeof planEn, string>> = {
  'plan.title': '计划：{models} 个模型；行、固定效应与权重均相同的组：{groups}',
  'plan.group': '第 {number} 组：模型 {models}；{rows} 行',
  'plan.sample': '样本：{sample}',
  'plan.effects': '固定效应：{effects}',
  'plan.effect': '{name}（{levels}）',
  'plan.no_effects': '无固定效应',
  'plan.weights': '权重：{weights}',
  'plan.absorbed': '只吸收一次：{columns} 列（共出现 {named} 次）；{method}，迭代次数：{iterations}',
  'plan.method.none': '无需吸收',
  'plan.method.one-way': '组内均值',
  'plan.method.balanced-two-way': '平衡面板的双向均值',
  'plan.method.direct': '精确消元',
  'plan.method.conjugate-gradient': '共轭梯度法',
  'plan.solved': '不经原始行求解：{models} 个中的 {solves} 个，每个只是 {rank} 行的问题',
  'plan.clusters': '按 {by} 的交叉乘积只算一次：{clusters} 个聚类',
  'plan.fallback': '在原始行上估计：模型 {model}，{reason}',
  'plan.reason.ill-conditioned': '其各列接近共线',
  'plan.reason.near-perfect-fit': '其拟合接近完全',
  'plan.reason.dependent-columns': '全部模型的列合在一起共线',
  'plan.reason.large-mean': '均值远大于其离散程度',
  'plan.reason.refused': '无法估计',
  'plan.time': '用时：{ms} 毫秒',
  'plan.alone': '单独估计：{models}',
  'plan.total': '全部估计用时：{ms} 毫秒',
};
