/**
 * What names and business scopes of made-up firms are composed of. Every name carries （合成）, so that no row can be taken
 * for a real company, and no phrase here contains a keyword: a test holds that.
 */

/** First and second syllable of a brand. */
export const brandFirst = [...'晨瀚澜岚璟翊霖曜沐祺昱珩彧稷楷泓铄蔚菁琅'];
export const brandSecond = [...'朔衍昉屿珞槿溯尧弈琛翎攸澈荀邈隽彤淼骞旻'];

/** Marks every made-up name. */
export const syntheticMark = '（合成）';

/** Trades of firms without a keyword in the name. */
export const plainTrades = [
  '科技',
  '信息技术',
  '网络科技',
  '电子',
  '商贸',
  '机械设备',
  '建材',
  '生物科技',
  '咨询服务',
  '自动化设备',
];

/** Trades that decoys have more often. */
export const decoyTrades = [
  '商贸',
  '餐饮管理',
  '建材',
  '物流',
  '服装',
  '装饰工程',
  '农产品',
  '汽车销售',
  '文化传播',
  '机械设备',
];

/** Scope phrases that any firm may have. */
export const plainPhrases = [
  '技术开发',
  '技术咨询',
  '软件开发',
  '计算机系统服务',
  '信息系统集成',
  '电子产品销售',
  '货物进出口',
  '会议及展览服务',
  '广告设计',
  '机械设备租赁',
  '办公用品销售',
  '数据处理服务',
];

/** Scope phrases of decoys: near a keyword, or split by a separator, but no keyword. */
export const trapPhrases = [
  '互联网信息服务',
  '智能监控设备安装',
  '计算机、视觉设计',
  '人工、智能卡制作',
  '机器、学习用品销售',
  '智能门锁销售',
  '神经内科医疗服务',
  '图像制作',
  '语音通讯设备',
  '无人机销售',
  '人脸彩绘',
  '智慧书屋经营',
];

/** How a keyword is used in a scope. */
export const keywordUses = ['技术开发', '技术服务', '系统集成', '软件销售', '应用', '设备研发'];

/** Registration status with its weight in percent. */
export const statuses: readonly (readonly [text: string, weight: number])[] = [
  ['存续', 62],
  ['在业', 16],
  ['注销', 15],
  ['吊销', 6],
  ['迁出', 1],
];

/** Industry codes of GB/T 4754-2017 that such firms have. */
export const industryCodes = ['I65', 'I64', 'M75', 'M73', 'F51', 'C39', 'L72'];

/** Keyword weights: a few keywords make up most hits, as in real registries. */
export function keywordWeight(index: number): number {
  return index === 0 ? 30 : index === 1 ? 34 : 40 / (index + 2);
}
