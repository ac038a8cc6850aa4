import type { mediationEn } from '../en/mediation.ts';

/** 中介效应。 */
export const mediationZh: Readonly<Record<keyof typeof mediationEn, string>> = {
  'mediation.steps': '{treatment}对{outcome}的中介效应：逐步回归',
  'mediation.step': '步骤',
  'mediation.total': '总效应：{treatment}对{outcome}',
  'mediation.a': 'a，第一步：{treatment}对{mediator}',
  'mediation.b': 'b：{mediator}对{outcome}',
  'mediation.direct': '直接效应：控制中介变量后{treatment}对{outcome}',
  'mediation.indirect': '{treatment}对{outcome}的中介效应：间接效应',
  'mediation.path': '路径',
  'mediation.all': '全部中介变量',
  'mediation.estimate': 'a·b',
  'mediation.sobel_se': '标准误（Sobel）',
  'mediation.z': 'z值',
  'mediation.p': 'P>|z|',
  'mediation.monte_carlo': '蒙特卡洛 [95%]',
  'mediation.percentile': '自助法 [95%]',
  'mediation.bca': 'BCa [95%]',
  'mediation.share': '占总效应比例',
  'mediation.share_interval': '比例 [95%]',
  'mediation.carried':
    '经由{mediator}：a·b的{interval}不含0，间接效应在5%水平上显著。该结论以没有同时影响{mediator}与{outcome}的遗漏因素为前提：两方程误差相关系数为{rho}时，间接效应即为0。',
  'mediation.first_only':
    '经由{mediator}：{treatment}对{mediator}的影响显著（第一步，5%），但a·b的{interval}包含0。仅凭第一步不能断言{treatment}经由{mediator}影响{outcome}。',
  'mediation.not_carried': '经由{mediator}：a·b的{interval}包含0，第一步在5%水平上也不显著，不足以支持中介效应。',
  'mediation.interval_bootstrap': '自助法区间',
  'mediation.interval_monte_carlo': '蒙特卡洛区间',
  'mediation.interval_none': '区间（无）',
  'mediation.no_interval':
    '经由{mediator}：此处a·b没有区间，不能据以下结论。请使用多个方程可共有的协方差，如按个体聚类。',
  'mediation.rests':
    '中介效应的结论应以间接效应a·b及其自助法区间为据。仅有第一步只说明解释变量影响中介变量，并未说明中介变量影响被解释变量；总效应显著也并非必要条件。Sobel检验假定a·b服从正态分布，仅在大样本下成立；蒙特卡洛法只假定a与b服从正态分布。',
  'mediation.drawn':
    '自助法：对{units}个个体（{by}）有放回抽样{reps}次，种子{seed}；每次重新估计各方程与全部固定效应。',
  'mediation.drawn_rows': '自助法：对{units}行有放回抽样{reps}次，种子{seed}。',
  'mediation.failed': '其中{failed}次有方程无法估计，已剔除。',
  'mediation.none_one-unit': '没有自助法结果：只有一个个体（{by}）。',
  'mediation.none_too-many-levels':
    '没有自助法结果：跨个体（{by}）的固定效应水平过多。请按能包含这些效应的个体聚类，或去掉较细的固定效应。',
  'mediation.none_failed': '没有自助法结果：{reps}次抽样中有{failed}次方程无法估计。请减少解释变量，或采用更粗的个体。',
  'mediation.joint_stacked': 'Sobel与蒙特卡洛：a与b的联合协方差由堆叠方程得到，{vcov}。',
  'mediation.joint_classical': 'Sobel与蒙特卡洛：误差独立同分布，此时a与b不相关。',
  'mediation.joint_none': '没有Sobel与蒙特卡洛区间：同一样本上的多个方程没有这一类联合协方差（{vcov}）。',
  'mediation.lost': '模型中有{lost}行缺少中介变量，未进入任何方程，以使各效应可加。',
  'mediation.sensitivity': '两方程误差相关时的间接效应',
  'mediation.alone': 'ρ=0',
  'mediation.rho_zero': '间接效应为0的ρ',
  'mediation.rho_interval': '[95%]',
  'mediation.r2_product': 'R²乘积',
  'mediation.at_rho': 'ρ={rho}',
  'mediation.sensitivity_note':
    'Imai、Keele和Yamamoto（2010），逐个中介变量单独计算：数据本身不能说明ρ的大小。R²乘积：共同原因在中介变量与被解释变量未解释部分中所占比例之积。',
  'mediation.curve_axis': '误差相关系数（ρ）',
  'mediation.curve_value': '{treatment}经由{mediator}的间接效应',
  'mediation.curve_title': '误差相关时经由{mediator}的间接效应',
  'mediation.curve_note': 'ρ={rho}时为零。阴影：自助法逐点的95%区间。',
  'mediation.curve_note_bare': 'ρ={rho}时为零。',
};
