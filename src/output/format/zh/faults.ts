/** The score of the cleaning against the planted faults, Chinese. */
export const faultsZh = {
  'score.title': '植入的数据毛病：发现与修复（种子 {seed}，规模 {scale}）',
  'score.kind': '毛病',
  'score.planted': '植入',
  'score.found': '发现',
  'score.wrong': '误记',
  'score.recall': '召回率',
  'score.precision': '精确率',
  'score.all': '合计',
  'score.panel': '面板单元格与干净原始层之比较',
  'score.build': '构建',
  'score.cells': '单元格',
  'score.differing': '不同',
  'score.unexplained': '无法解释',
  'score.as_is': '原样',
  'score.ruled': '采用 {rules} 条建议规则后',
} as const;
