/** Fake treatment dates, Chinese. */
export const placeboZh = {
  'placebo.earlier_title': '安慰剂检验：处理时间提前',
  'placebo.periods_earlier': '处理',
  'placebo.moved': '{term}，提前{periods}期',
  'placebo.own': '{term}，实际时间',
  'placebo.units': '状态改变的单元',
  'placebo.rows': '受处理的行',
  'placebo.earlier_note': '只用处理之前的各行，将处理时间提前：此时尚无单元受处理，若有效应则并非来自处理。',
  'placebo.average': '事件项event与sunab：处理之后各期效应按受处理行数的平均。',
  'placebo.no_none-switch': '{text}，提前{periods}期：没有单元在移动后的处理前后都有观测，无从估计。请少提前几期。',
  'placebo.no_not-estimable': '{text}，提前{periods}期：在处理之前的各行上，固定效应与控制变量完全吸收了它。',
  'placebo.dates_title': '安慰剂检验：随机处理时间',
  'placebo.term': '处理',
  'placebo.how_units': '处理时间在{units}个单元（其中{treated}个受处理）之间互换',
  'placebo.how_periods': '{treated}个受处理单元的处理时间各自从{periods}个时期中随机抽取',
  'placebo.how_both': '从{units}个单元中随机抽取{treated}个作为处理组，其处理时间各自从{periods}个时期中随机抽取',
  'placebo.note':
    '{what}；抽样{reps}次，种子{seed}，每次重新估计模型。P为绝对值不小于样本值的抽样所占比例，旁边为单侧；用（1+#）/（1+B）则无论抽样次数多少都能保持检验水平。',
  'placebo.note_enumerated': '{what}；全部{reps}种不同排列各取一次，若处理时间是随机给定的，P是精确的。',
  'placebo.failed': '{text}：{reps}次抽样中有{failed}次，模型在抽取的时间下无法估计，不计入P。',
  'figure.earlier_axis': '处理提前的期数（0为实际处理时间）',
  'figure.earlier_value': '{term}的估计效应与95%置信区间',
  'figure.earlier_moved': '提前，只用处理之前的行',
  'figure.earlier_own': '实际时间，全部行',
  'figure.dates_axis': '随机处理时间下{term}的效应',
  'figure.dates_note':
    '共{reps}次抽取处理时间：均值{mean}，标准差{sd}；效应不小于基准估计值的比例为{p}。Epanechnikov核，带宽按Silverman法则；横虚线为P=0.1。',
};
