/** Words in figures, Chinese. */
export const figureZh = {
  'framework.supported': '成立',
  'framework.partly': '部分成立',
  'framework.not-supported': '不成立',
  'framework.untested': '未检验',
  'framework.moderator': '调节变量',
  'framework.mediator': '中介变量',
  'framework.threshold': '门槛变量',
  'framework.threshold_at': '门槛值：{value}',
  'framework.note': '结论所依标准误：{vcov}。',
  'framework.second_note': '无编号的箭头没有对应的假设。',
  'framework.pathless': '路径未知、未绘出者：{ids}。',
};
