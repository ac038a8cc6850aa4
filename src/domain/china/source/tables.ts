/**
 * The raw tables other than yearbooks: for each column the headers that it goes by, the usual one first. Files are
 * matched by header, never by position.
 */
export const registryHeaders = {
  name: [
    '企业名称',
    '公司名称',
    '名称',
    '企业名',
    '单位名称',
    '企业全称',
    '公司全称',
    '机构名称',
    '市场主体名称',
    '主体名称',
  ],
  formerNames: ['曾用名', '历史名称'],
  uscc: [
    '统一社会信用代码',
    '信用代码',
    '社会信用代码',
    '统一信用代码',
    '统一社会信用码',
    '统一代码',
    '工商注册号',
    '注册号',
    '营业执照注册号',
  ],
  founded: [
    '成立日期',
    '注册日期',
    '成立时间',
    '注册时间',
    '登记日期',
    '成立时间(年月日)',
    '设立日期',
    '开业日期',
    '成立年月日',
    '成立年份',
    '成立年度',
  ],
  status: ['登记状态', '经营状态', '企业状态', '状态', '企业登记状态', '存续状态', '登记注册状态'],
  closed: ['注销日期', '吊销日期', '注销/吊销日期', '注销日期/吊销日期', '注销时间', '核准注销日期', '注吊销日期'],
  province: [
    '所属省份',
    '省份',
    '所属省',
    '所在省份',
    '所在省',
    '注册省份',
    '省级',
    '省份名称',
    '省、自治区、直辖市',
    '省',
  ],
  city: [
    '所属城市',
    '城市',
    '所属市',
    '所在城市',
    '所在市',
    '地级市',
    '所属地级市',
    '所在地级市',
    '注册城市',
    '城市名称',
    '地市',
    '市',
    '地区',
    '所属地区',
    '所在地区',
  ],
  district: ['所属区县', '区县', '所属县区', '县区', '所在区县', '所属区', '所在区', '区/县', '区(县)'],
  address: ['注册地址', '企业地址', '企业注册地址', '住所', '地址', '注册地', '经营场所', '住所(经营场所)'],
  scope: ['经营范围', '业务范围', '营业范围', '经营(业务)范围', '许可经营项目', '主营业务'],
  type: ['企业类型', '公司类型', '企业(机构)类型', '市场主体类型'],
  industry: ['国标行业', '行业代码', '所属行业', '行业'],
  capital: ['注册资本', '实缴资本', '注册资金'],
  insured: ['参保人数'],
} as const;

/** Usual headers of the city of a row: the code decides, the name is for people. */
export const cityCodeHeader = '行政区划代码';
export const cityNameHeader = '城市';

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
