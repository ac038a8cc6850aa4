/**
 * The names that raw series go by in headers, the usual one first: those of the city yearbooks, of provincial yearbooks and
 * bulletins, and of the common vendors. {a,b} stands for either, {,a} for a or nothing. Compared without blanks, underscores and
 * case, units and notes apart. A name under `others` is of a near concept: it is taken, and the ledger says so.
 */
export interface HeaderNames {
  readonly names: readonly string[];
  readonly others?: readonly string[];
}

const money = '{人民币,}';

const written = {
  gdp: {
    names: [
      '地区生产总值',
      '地区GDP',
      '生产总值',
      'GDP',
      'gross regional product',
      '{国内生产总值,GDP总量,GDP总值,GDP总额,地区生产总值总量,地区生产总值绝对值,名义GDP,名义地区生产总值,当年价GDP,城市GDP,全市生产总值}',
      '{gross domestic product,GRP,regional GDP,nominal GDP,city GDP,GDP level}',
    ],
  },
  gdp_index: {
    names: [
      '地区生产总值指数',
      'GDP指数',
      'GDP index',
      '{国内,}生产总值指数',
      '地区{生产总值,GDP}发展{速度,指数}',
      '{indices of gross regional product,gross regional product index,index of gross regional product}',
    ],
  },
  gdp_growth: {
    names: [
      '地区生产总值增长率',
      'GDP增长率',
      '地区生产总值增长速度',
      'GDP growth',
      '{地区,国内,}生产总值{增速,增长,增幅,同比增长,同比增速,年增长率,比上年增长}',
      '{GDP,地区GDP}{增速,增长,增幅,增长速度,同比增长,同比增速,年增长率,比上年增长,实际增长率}',
      '{国内,}生产总值{增长率,增长速度}',
      '{GDP growth rate,growth rate of GDP,real GDP growth,growth of GDP,growth rate of gross regional product}',
    ],
  },
  tertiary_value: {
    names: [
      '第三产业增加值',
      '第三产业',
      'tertiary value added',
      '{第三产业生产总值,第三产业产值,第三产业总产值,三产增加值,第三产业地区生产总值,第三产业GDP,第三产业增加值总量}',
      '{地区,国内,}生产总值{:,-,_,|,}第三产业{增加值,}',
      '{value added of tertiary industry,tertiary industry value added,tertiary industry}',
    ],
    others: ['服务业增加值'],
  },
  tertiary_share: {
    names: [
      '第三产业占地区生产总值的比重',
      '第三产业占GDP的比重',
      'tertiary share',
      '{第三产业,三产}{增加值,}{占,占比:}{GDP,地区生产总值,国内生产总值,生产总值,地区GDP}{的,}{比重,比例,份额,百分比,比}',
      '{第三产业,三产}{增加值,}{占比,比重,所占比重,构成,结构比重,比例}',
      '{地区生产总值,生产总值,GDP}构成{:,-,_,|,}第三产业',
      '{share of tertiary industry,tertiary industry share,tertiary industry as percentage to GRP,tertiary industry to GDP}',
    ],
  },
  trade: {
    names: [
      '货物进出口总额',
      '进出口总额',
      'trade',
      '{货物,外贸,对外贸易,海关,}进出口{总额,总值,总量,贸易总额,额}',
      '{total imports and exports,total value of imports and exports,imports and exports,total trade}',
    ],
  },
  population: {
    names: [
      '年末户籍人口',
      '年末总人口',
      '户籍人口',
      'population',
      '{年末,年底,}{户籍,户籍总,总}{人口,人口数,人口总数}',
      '{年末户籍总人口,户籍人口总数,人口总数,人口数,人口,年末人口,年末人口数,全市总人口,总人口年末数}',
      '{total population,registered population,household registered population,household registered population at year-end,population at year-end,year-end population,total population at year-end}',
    ],
    others: [
      '{年末,年底,}常住{人口,人口数,总人口,人口总数}',
      '{年平均人口,平均人口,年均人口}',
      '{resident population,permanent population,permanent resident population,usual residents}',
    ],
  },
  area: {
    names: [
      '行政区域土地面积',
      'area',
      '{行政区域面积,行政区划面积,行政土地面积,行政面积,土地面积,土地总面积,区域面积,国土面积,辖区面积,全市面积,市域面积,幅员面积,总面积,行政区土地面积}',
      '{total land area of administrative region,land area,administrative area,total land area}',
    ],
  },
  fdi: {
    names: [
      '当年实际使用外资金额',
      '实际使用外资',
      '当年实际利用外资',
      'FDI',
      '{当年,全年,本年,}实际{使用,利用}{外资,外资金额,外资额,外商直接投资,外商直接投资额,外商投资,外商投资额,外商直接投资金额}',
      '{外商直接投资,外商直接投资额,外商直接投资实际使用额,实际到位外资,实际外资,利用外资,直接利用外资}',
      '{foreign direct investment,actual use of foreign capital,foreign capital actually utilized,amount of foreign capital actually utilized,actually utilized FDI}',
    ],
  },
  fiscal_expenditure: {
    names: [
      '地方一般公共预算支出',
      '地方财政一般预算内支出',
      '财政支出',
      'fiscal expenditure',
      '{地方,}{一般公共预算,公共财政预算,公共财政,一般预算,财政一般预算,财政预算内,预算内财政,一般公共财政预算}支出{,总额,合计}',
      '{地方,}财政{一般预算内,一般公共预算,预算,}支出{,总额,合计}',
      '{地方公共财政支出,政府财政支出,财政总支出,地方财政一般预算支出,一般公共预算支出数}',
      '{general public budget expenditure,local general public budget expenditure,government expenditure,public budget expenditure,local fiscal expenditure}',
    ],
  },
  science_expenditure: {
    names: [
      '科学技术支出',
      '科学支出',
      '科技支出',
      'science expenditure',
      '{财政,地方财政,一般公共预算,}{科学技术,科技,科学}{支出,经费支出,事业费支出,财政支出,投入}',
      '{一般公共预算支出,财政支出,地方财政支出,地方一般公共预算支出}{:,-,_,|,中的,}{科学技术,科技,科学}{支出,}',
      '{expenditure for science and technology,science and technology expenditure,S&T expenditure,expenditure on science and technology}',
    ],
  },
  fixed_investment: {
    names: [
      '固定资产投资',
      '固定资产投资(不含农户)',
      '全社会固定资产投资',
      'fixed asset investment',
      '{全社会,城镇,}固定资产投资{,总额,额,完成额,总量,总额(不含农户),额(不含农户),完成额(不含农户)}',
      '{全社会固定资产投资总额,固定资产投资完成总额,固投,固定投资}',
      '{investment in fixed assets,total investment in fixed assets,FAI,fixed assets investment}',
    ],
  },
  deposits: {
    names: [
      '年末金融机构人民币各项存款余额',
      '年末金融机构存款余额',
      'deposits',
      `{年末,年底,}{金融机构,银行业金融机构,全部金融机构,}${money}{各项,}存款{年末,年底,}余额`,
      `{年末,}${money}{各项存款,存款总额}`,
      '{金融机构存款,金融机构各项存款,各项存款年末余额,城乡金融机构存款余额}',
      '{deposits of financial institutions,deposits of national banking system at year-end,bank deposits,total deposits,balance of deposits}',
    ],
    others: ['{年末,}{金融机构,}本外币{各项,}存款余额'],
  },
  loans: {
    names: [
      '年末金融机构人民币各项贷款余额',
      '年末金融机构贷款余额',
      'loans',
      `{年末,年底,}{金融机构,银行业金融机构,全部金融机构,}${money}{各项,}贷款{年末,年底,}余额`,
      `{年末,}${money}{各项贷款,贷款总额}`,
      '{金融机构贷款,金融机构各项贷款,各项贷款年末余额,城乡金融机构贷款余额}',
      '{loans of financial institutions,loans of national banking system at year-end,bank loans,total loans,balance of loans}',
    ],
    others: ['{年末,}{金融机构,}本外币{各项,}贷款余额'],
  },
  students: {
    names: [
      '普通本专科在校学生数',
      '普通高等学校在校学生数',
      'students',
      '{普通,}{高等学校,高等院校,高校,本专科,大专院校,大学}在校{学生,生,学生人}数',
      '{普通,}{高等学校,高等院校,高校,本专科}{在校学生,在校生,学生数,在校大学生数}',
      '{在校大学生数,在校大学生人数,普通本专科学生数,大学生在校人数,普通高等学校在校生人数,普通高等学校本专科在校学生数,高等学校学生数,大学生数}',
      '{students in regular higher education,student enrollment in regular higher education institutions,college students,students enrolled,number of college students}',
    ],
  },
  internet_users: {
    names: [
      '互联网宽带接入用户数',
      '国际互联网用户数',
      'internet users',
      '{国际,}{互联网,互连网,因特网}{宽带,宽带接入,接入,}{用户,用户数,户数,上网用户数}',
      '{宽带接入用户数,宽带用户数,宽带用户,固定互联网宽带接入用户数,固定互联网宽带接入用户,固定宽带用户数,互联网接入用户数,宽带上网用户数}',
      '{internet broadband subscribers,broadband subscribers,subscribers of internet services,broadband internet users,internet subscribers}',
    ],
  },
  waste_utilisation: {
    names: [
      '一般工业固体废物综合利用率',
      '工业固体废物综合利用率',
      'waste utilisation',
      '{一般,}工业固体{废物,废弃物}{综合,处置,}利用率',
      '{一般工业,工业,}{固废,固体废物,固体废弃物}综合利用率',
      '{ratio of industrial solid wastes comprehensively utilized,comprehensive utilization rate of industrial solid waste,ratio of industrial solid wastes utilized,waste utilization}',
    ],
  },
  green_inventions: {
    names: [
      '绿色发明专利申请量',
      '绿色发明申请量',
      'green inventions',
      '{当年,}{申请的,}绿色发明{专利,}{申请,申请量,申请数,申请数量,数量,专利申请件数}',
      '{green invention applications,green invention patents,green invention patent applications}',
    ],
  },
  green_utility_models: {
    names: [
      '绿色实用新型专利申请量',
      '绿色实用新型申请量',
      'green utility models',
      '{当年,}{申请的,}绿色实用新型{专利,}{申请,申请量,申请数,申请数量,数量,专利申请件数}',
      '{green utility model applications,green utility model patents,green utility model patent applications}',
    ],
  },
} as const satisfies Readonly<Record<string, HeaderNames>>;

/** Ids of series whose names are listed. */
export type NamedSeries = keyof typeof written;

/** The names of a series written out, the usual one first, and those of them that are of a near concept. */
export function headerNames(id: NamedSeries): { headers: readonly string[]; otherConcepts: readonly string[] } {
  const { names, others = [] }: HeaderNames = written[id];
  const otherConcepts = others.flatMap(expand);
  return { headers: [...new Set([...names.flatMap(expand), ...otherConcepts])], otherConcepts };
}

/** Writes out the alternatives in braces; a comma inside a brace parts them. */
function expand(pattern: string): string[] {
  const brace = /\{([^{}]*)\}/u.exec(pattern);
  if (brace === null) return [pattern];
  const before = pattern.slice(0, brace.index);
  const behind = pattern.slice(brace.index + brace[0].length);
  return brace[1].split(',').flatMap((one) => expand(`${before}${one}${behind}`));
}
