/**
 * The raw tables other than yearbooks: for each column the headers that it goes by, the usual one first. Files are
 * matched by header, never by position.
 */
export const registryHeaders = {
  name: ['企业名称', '公司名称', '名称', '企业名', '单位名称'],
  formerNames: ['曾用名', '历史名称'],
  uscc: ['统一社会信用代码', '信用代码', '社会信用代码', '统一信用代码', '注册号'],
  founded: ['成立日期', '注册日期', '成立时间', '注册时间', '登记日期'],
  status: ['登记状态', '经营状态', '企业状态', '状态'],
  closed: ['注销日期', '吊销日期', '注销/吊销日期', '注销日期/吊销日期', '注销时间', '核准注销日期', '注吊销日期'],
  province: ['所属省份', '省份', '所属省', '省'],
  city: ['所属城市', '城市', '所属市', '地级市', '市'],
  district: ['所属区县', '区县', '所属县区', '县区'],
  address: ['注册地址', '企业地址', '企业注册地址', '住所', '地址'],
  scope: ['经营范围', '业务范围', '营业范围'],
  type: ['企业类型', '公司类型', '企业(机构)类型', '市场主体类型'],
  industry: ['国标行业', '行业代码', '所属行业', '行业'],
  capital: ['注册资本', '实缴资本', '注册资金'],
  insured: ['参保人数'],
} as const;

/** Columns that say whose value a row holds, in any table by city: their headers, the usual one first. */
export const keyHeaders = {
  code: ['行政区划代码', '城市代码', '地区代码', '区划代码', '市代码', 'city_code', 'adcode', 'code'],
  name: ['城市', '地区', '城市名称', '地区名称', '地市', '市', 'city', 'city_zh', 'city_name'],
  province: ['省份', '所属省份', '省', '所在省份', 'province'],
  year: ['年份', '年度', '统计年度', '申请年份', 'year'],
  indicator: ['指标', '指标名称', '能源品种', '品种', 'indicator', 'fuel'],
  value: ['数值', '指标值', '值', '消费量', '消费数量', 'value', 'quantity'],
  unit: ['单位', '计量单位', 'unit'],
} as const;

export type KeyRole = keyof typeof keyHeaders;

export const energyHeaders = {
  code: ['行政区划代码', '城市代码'],
  year: ['年份', '年度'],
  fuel: ['能源品种', '品种'],
  quantity: ['消费量', '消费数量'],
  unit: ['单位', '计量单位'],
} as const;

export const patentHeaders = {
  code: ['行政区划代码', '城市代码'],
  year: ['年份', '申请年份'],
  inventions: ['绿色发明专利申请量', '绿色发明申请量'],
  utilityModels: ['绿色实用新型专利申请量', '绿色实用新型申请量'],
} as const;

export const exchangeRateHeaders = {
  year: ['年份'],
  rate: ['人民币对美元年平均汇价(元/百美元)', '人民币对美元年平均汇价(人民币元/100美元)'],
} as const;
