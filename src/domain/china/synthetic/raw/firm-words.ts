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

/** Phrases that hold a keyword and mean something else; each with the keyword. */
export const keywordTraps: readonly (readonly [keyword: string, phrase: string])[] = [
  ['智能保险', '智能保险柜销售'],
  ['智能保险', '智能保险箱制造'],
  ['无人驾驶', '无人驾驶航空器销售'],
  ['无人驾驶', '无人驾驶飞机租赁'],
  ['智能计算', '智能计算机销售'],
  ['智能计算', '智能计算器制造'],
  ['智能零售', '智能零售柜租赁'],
];

/** Latin words with AI, VR, AR, CV … inside. */
export const latinWords = ['MAINBOARD', 'EMAIL', 'RAIL', 'VRAM', 'ARENA', 'CVTS', 'FAIR', 'CLAIM'];

/** Keywords in traditional characters: none is counted unless variants are asked for. */
export const traditionalKeywords = ['人工智慧', '物聯網', '機器學習', '電腦視覺', '語音辨識', '虛擬實境', '人臉辨識'];

/** How a scope denies a keyword: what stands before it and behind it. */
export const denials: readonly (readonly [before: string, after: string])[] = [
  ['软件开发（不含', '）'],
  ['技术服务（不包括', '技术服务）'],
  ['不得从事', '业务'],
  ['不涉及', '、金融信息服务'],
  ['除', '外的软件开发'],
  ['', '应用除外'],
];

/** What scopes carry before and behind the list of trades. */
export const boilerplates: readonly (readonly [before: string, after: string])[] = [
  ['', '（依法须经批准的项目，经相关部门批准后方可开展经营活动）'],
  ['一般项目：', '（除依法须经批准的项目外，凭营业执照依法自主开展经营活动）'],
  ['许可经营项目：无。一般经营项目：', '（国家法律、法规禁止的除外，限制的取得许可后方可经营）'],
  [
    '法律、法规、国务院决定规定禁止的不得经营；法律、法规、国务院决定规定应当许可（审批）的，经审批机关批准后凭许可（审批）文件经营；',
    '。（不含前置许可项目；不涉及外商投资准入特别管理措施）',
  ],
];

/** What stands around trades in one clause and denies none of them: 除 that removes, 外 that is a place, rules quoted. */
export const nearDenials: readonly (readonly [before: string, after: string])[] = [
  ['除尘设备、', '、销往海外'],
  ['除湿机销售、', '、产品销往国内外'],
  ['除草服务、除雪服务、', '、户外、室外的安装'],
  ['除锈、除臭、', '、境外的技术服务'],
  ['不锈钢制品、', '、外观设计'],
  ['国家法律法规禁止的除外、', ''],
  ['国家禁止或限制的项目除外、', ''],
];

/** In the column of the city instead of it. */
export const countiesInCity = ['高新技术产业开发区', '经济技术开发区', '市辖区', '城关镇', '郊区'];

/** Districts that are called like a city elsewhere, by province: the division of the code is to win. */
export const homonymDistricts: Readonly<Record<string, readonly string[]>> = {
  北京市: ['朝阳区'],
  上海市: ['长宁区', '黄浦区'],
  江苏省: ['鼓楼区', '清江浦区'],
  内蒙古自治区: ['海南区'],
  黑龙江省: ['西安区', '大同区'],
  吉林省: ['朝阳区', '西安区'],
  广东省: ['南海区'],
  山西省: ['城区'],
};

/** Roads of addresses; some are called like a city. */
export const roads = ['文三路', '北京路', '长江大道', '南京东路', '人民路', '吉林街', '苏州大街', '工业园一路'];

/** 登记状态 as other exports write it. */
export const statusVariants: Readonly<Record<string, string>> = {
  存续: '存续（在营、开业、在册）',
  在业: '开业',
  吊销: '吊销，未注销',
  迁出: '迁往市外',
};
