import type { ErrorDetail, SheetOutline } from '../../../error/codes.ts';
import { saidText } from '../said-text.ts';
import { overBudget } from './budget.ts';
import { type ErrorText, numberText as n, pointAt, powerText as power, shortList } from './contract.ts';
import { notNumericText } from './data-file.ts';
import { chinese as engine } from './engine.ts';
import { eventDesignText } from './event-design.ts';
import { faultText } from './file-fault.ts';
import { unreadableZh } from './file-text.ts';
import { folderDiffersText } from './folder-differs.ts';
import { habitText } from './formula-habit.ts';
import { lackingText } from './lacking.ts';
import { emptyText } from './lost-rows.ts';
import { machineText } from './machine.ts';
import { namedFirst, namedText, pathAdvice } from './named-at.ts';
import { referenceText, unresolvedText } from './place.ts';
import { problemText } from './problem.ts';
import {
  duplicateSourceText,
  foreignAdvice,
  foreignReason,
  shareScaleText,
  unknownUnitText,
  unknownYearText,
} from './raw.ts';
import { chinese as spark } from './spark.ts';
import { chinese as sums } from './sums.ts';
import { unprintableText } from './unprintable.ts';
import { whereText } from './where.ts';
import { inUseText, refusedText } from './written-place.ts';

const list = (names: readonly string[]): string => shortList(names, '、', (left) => `等（另有${left}个）`);
const oneOf = (names: readonly string[]): string => (names.length === 0 ? '无' : list(names));
const meant = (name: string | null): string => (name === null ? '' : `是否想写${name}？`);

const sheetList = (sheets: readonly SheetOutline[]): string =>
  list(
    sheets.map(
      ({ name, rows, columns, isHidden }) => `${name}（${n(rows)}行${n(columns)}列${isHidden ? '，隐藏' : ''}）`,
    ),
  );

const helpZh = (command: string | null = 'kaya'): string =>
  command === null ? '' : `${command === 'kaya' ? '全部命令' : '全部选项'}见${command} --help。`;

/** Errors in Chinese: what was found, what was expected, where, and the next step. */
export const errorTextZh: ErrorText = {
  'bad-option': (d) =>
    `${d.option}${d.value === 'true' ? '需要' : `不接受“${d.value}”，${typeof d.expected === 'string' ? '可取' : '应为'}`}：${saidText(d.expected, 'zh')}。${meant(d.suggestion)}${helpZh(d.command)}`,
  'needs-more': (d) =>
    `${d.subject}还需要${saidText(d.needs, 'zh')}${d.example === null ? '' : `，例如${d.example}`}。${helpZh(d.command)}`,
  'not-available': (d) =>
    `${saidText(d.feature, 'zh')}已列入计划，本版本尚未提供。${d.instead === undefined ? '现有功能见kaya --help。' : `现有：${d.instead}。`}`,
  'formula-syntax': (d) =>
    d.habit === undefined
      ? `公式在第${d.column}个字符处无法解析：${d.found === '' ? '公式到此结束' : `遇到${d.found}`}，应为${saidText(d.expected, 'zh')}。${meant(d.suggestion)}${pointAt(d.formula, d.column)}`
      : `公式在第${d.column}个字符处无法解析。${habitText(d.habit, 'zh')}${pointAt(d.formula, d.column)}`,
  'study-invalid': (d) =>
    `${d.file}有${n(d.faults.length)}处错误。${d.faults.slice(0, mostFaults).map(fault(d.file)).join('')}${moreFaults(d.faults.length - mostFaults)}\n改正后请再次运行该命令。`,
  'file-not-found': (d) =>
    `找不到文件${d.path}（${saidText(d.role, 'zh')}）。${meant(d.nearest)}${pathAdvice(d.named, 'zh')}`,
  'outside-study': (d) =>
    `${namedFirst(d.named, 'zh')}${d.path}（${saidText(d.role, 'zh')}）指向研究文件夹 ${d.folder} 之外。请将其放入该文件夹，或写出完整路径：${d.target}`,
  'outside-folders': (d) =>
    `${d.path} 不在本服务可读写的文件夹之内：${list(d.folders)}。请在启动时一并给出该文件夹：kaya mcp 文件夹…`,
  'file-unreadable': unreadableZh,
  'unsupported-format': (d) =>
    d.fault === undefined
      ? `${d.path}的扩展名不是可读的格式。可读：${list(d.known)}。请转换格式或改正扩展名。${namedText(d.named, 'zh')}`
      : `无法读取${d.path}：${faultText(d.fault, 'zh')}。${namedText(d.named, 'zh')}`,
  'unknown-sheet': (d) =>
    d.sheets.length === 0
      ? `${d.path}没有工作表，“::${d.sheet}”无所指，请去掉。${namedText(d.named, 'zh')}`
      : `${d.path}中没有工作表或数据表${d.sheet}。${meant(d.nearest)}现有：${sheetList(d.sheets)}。${namedText(d.named, 'zh')}`,
  'choose-sheet': (d) =>
    `${d.path}的第一个工作表${d.first}中没有表格。请以${d.path}::SHEET指明。现有工作表：${sheetList(d.sheets)}。${namedText(d.named, 'zh')}`,
  'unknown-column': (d) => `${d.where}中的${d.name}不是数据中的列。${meant(d.nearest)}数据中的列：${oneOf(d.known)}。`,
  'not-numeric': (d) => notNumericText(d, 'zh'),
  'bad-where': (d) => whereText(d, 'zh'),
  'empty-sample': (d) => emptyText(d, 'zh'),
  'bad-weight': (d) => {
    const what = { negative: '为负', infinite: '不是有限数', text: '不是数字', fraction: '不是整数', missing: '缺失' }[
      d.reason
    ];
    if (d.isFrequency === true)
      return `${d.weights}表示每行代表的行数，而在数据第${n(d.row)}行${what}：${d.value}（共${n(d.count)}行）。它应为整数，0表示没有；不知道时请剔除该行。`;
    return `${d.where}的权重${what}：数据第${n(d.row)}行的${d.weights}为${d.value}（共${n(d.count)}行）。权重应为不小于0的数字；没有权重时请将单元格留空，或剔除该行。`;
  },
  'too-few-rows': (d) =>
    `${d.where}只有${n(d.nobs)}行，而参数（含固定效应）有${n(d.parameters)}个；行数至少要比参数多1。请减少解释变量或使用更粗的固定效应。`,
  collinear: (d) =>
    d.isAbsorbed === false
      ? `${d.where}没有可估计的解释变量：${list(d.terms)}在样本各行中没有变化。请检查筛选条件和缺失值之后剩下哪些行，或换用有变化的变量。`
      : `${d.where}没有可估计的解释变量：${list(d.terms)}是固定效应或彼此的线性组合。请去掉吸收它们的固定效应，或换用在组内有变化的变量。`,
  'instrument-shortage': (d) =>
    d.reason === 'count'
      ? `${d.where}可用的工具变量有${n(d.instruments.length)}个，而内生解释变量有${n(d.endogenous.length)}个（${list(d.endogenous)}）；工具变量至少要与之同样多。${d.dropped.length === 0 ? '' : `因是解释变量或固定效应的线性组合而略去：${list(d.dropped)}。`}请增加工具变量，或将某个解释变量视为外生。`
      : `${d.where}的工具变量（${list(d.instruments)}）不能区分${list(d.endogenous)}：它们的投影共线，系数不可识别。请换用其他工具变量。`,
  'no-within-variation': (d) =>
    `${d.name}在${d.where}的固定效应组内没有变化，无法估计。${d.finest === null ? '' : `${d.finest.name}在${n(d.finest.rows)}行中有${n(d.finest.levels)}个水平：它是否本应作为解释变量的数值？`}请使用更粗的固定效应，或换一个被解释变量。`,
  'cluster-too-few': (d) =>
    `${d.where}按${d.by}聚类，但只有${n(d.clusters)}个组，至少需要2个。请换用组数更多的聚类变量，或使用--vcov hc1。`,
  'missing-cluster': (d) =>
    `${d.where}按${d.by}聚类，但样本中有${n(d.rows)}行缺少${d.by}的取值。请补齐，或用--where "${d.by} is not null"去掉这些行。`,
  'covariance-undefined': (d) => {
    const head = `${d.where}无法计算--vcov ${d.vcov}：`;
    switch (d.reason) {
      case 'too-large':
        return `${head}精确杠杆值需要同时求解${n(d.count)}个虚拟变量${d.limit === null ? '' : `（除最大的固定效应外至多${n(d.limit)}个）`}。请改用不需要杠杆值的--vcov hc1或cluster:NAME。`;
      case 'saturated-rows':
        return `${head}有${n(d.count)}行无论被解释变量取何值都被解释变量完全拟合，杠杆值为1。请去掉只有这些行才有的解释变量，或使用--vcov hc1。`;
      case 'decisive-clusters':
        return `${head}去掉按${d.name}聚类中的${n(d.count)}个组后，某个系数不再可识别。请去掉只在一个组内变化的解释变量，或使用--vcov cr2:${d.name}。`;
      case 'instrumented':
        return `${head}刀切法需要逐一去掉${n(d.count)}个组后重新估计，带工具变量的模型不支持。请使用按第二阶段杠杆值调整的--vcov cr3:${d.name}。`;
      case 'uneven-time':
        return `${head}${d.name}的${n(d.count)}个取值之间不是整数步长，滞后没有意义。请给各期编号。`;
      case 'bad-coordinates':
        return `${head}${d.name}有${n(d.count)}行超出${d.limit}度。坐标依次为纬度、经度，以十进制度表示。`;
    }
  },
  'bad-table': (d) =>
    d.reason === 'shape'
      ? `数据为${saidText(d.found, 'zh')}，应为${saidText(d.expected, 'zh')}。各行以对象列表给出；各列用fromColumns。`
      : d.reason === 'name'
        ? `有一列的名称是${saidText(d.found, 'zh')}，公式无法指称它：请改名，或去掉该列。`
        : d.reason === 'length'
          ? `列${d.name}有${saidText(d.found, 'zh')}个值，应为${saidText(d.expected, 'zh')}。同一张表的各列长度应相同。`
          : `列${d.name}第${d.row}行为${saidText(d.found, 'zh')}，应为${saidText(d.expected, 'zh')}。一列要么全是数值，要么全是文本，请统一写法。`,
  'rows-needed': (d) => {
    const head = `${d.where}是在数据所在处估计的，各行数据没有取回：`;
    switch (d.use.kind) {
      case 'covariance':
        return `${head}--vcov ${d.use.vcov}需要逐行数据。请使用iid或估计时已要求的聚类，或在逐行数据上估计模型。`;
      case 'constant':
        return `${head}xtreg和areg的常数项要由各行算出。请换用其他--ssc，或在逐行数据上估计模型。`;
      case 'prediction':
        return `${head}拟合值和残差属于各行。请在逐行数据上估计模型。`;
      case 'effects':
        return `${head}固定效应的取值要由各行还原。请在逐行数据上估计模型。`;
      case 'random-effects':
        return `${head}随机效应要变换各行。请在逐行数据上估计模型。`;
      case 'instruments':
        return `${head}工具变量的检验要逐行计算。请在逐行数据上估计模型。`;
      case 'joint':
        return `${head}多个模型的联合协方差要把各行放在一起。请在逐行数据上估计这些模型。`;
      case 'permutation':
        return `${head}置换要移动各行。请在逐行数据上估计模型。`;
      case 'event':
        return `${head}各批次的平均按其行数加权。请在逐行数据上估计模型。`;
    }
  },
  'sums-refused': (d) => `${d.where}：${sums.refusal(d.use)}`,
  'engine-refused': (d) => `${d.where}：${engine.refusal(d.use)}${engine.ways}`,
  'spark-failed': spark,
  'no-threshold-candidate': (d) =>
    `${d.where}：${d.by}在${n(d.nobs)}行中只有${n(d.distinct)}个不同取值，没有一个能使两侧各有${n(d.minRows)}行（trim ${d.trim}）。请换一个变化更多的门槛变量，或减小 --trim。`,
  'out-of-scale': (d) =>
    d.reason === 'size'
      ? `${d.where}：${d.name}的数值达${power(d.size)}，其平方超出双精度的范围。请在公式或数据中将其除以${power(d.size)}。`
      : `${d.where}：${d.name}（最大${power(d.size)}）与被解释变量的量级相差过大，其系数的方差超出双精度的范围。请在公式或数据中将其除以${power(d.size)}。`,
  'over-budget': (d) => overBudget(d, 'zh', n),
  'not-converged': (d) =>
    `${d.where}未收敛：迭代${n(d.iterations)}次后变化量为${d.reached}，要求不大于${d.tolerance}。请检查是否有几乎相同的固定效应，并去掉其一。`,
  'panel-needed': (d) =>
    `${d.where}中的${d.operator}需要知道个体和时间。请加上--panel 个体,时间，例如--panel city,year。`,
  'duplicate-key': (d) => {
    const places = (d.examples ?? []).map(({ key, rows }) =>
      rows.length === 0 ? key : `${key}（第${rows.join('、')}行）`,
    );
    const first = places.length === 0 ? d.example : places.join('；');
    return `${d.where}中同一${list(d.keys)}有不止一行，首个为${first}（共${n(d.count)}个）。请每个键只留一行，或写明能唯一确定一行的键。${d.lacking === undefined ? '' : `data.panel中的文件是上下相接的，而${d.lacking.file}没有${list(d.lacking.columns)}：要左右并列的文件请写在data.join之下。`}`;
  },
  'join-refused': (d) => {
    const head = `${d.where}无法并入${d.file}：`;
    switch (d.reason) {
      case 'unmatched':
        return `${head}面板有${n(d.count)}行在其中找不到对应行，首个为${d.example}。请更正键（${list(d.names)}），或写明 unmatched: keep 或 drop。`;
      case 'same-columns':
        return `${head}面板已有${list(d.names)}。请在columns下写明要取的列，或为其中一列改名。`;
      case 'key-kinds':
        return `${head}${list(d.names)}在一侧是数值，在另一侧是文本（${d.example}）。请在data.text或data.number下写明。`;
    }
  },
  'time-unclear': (d) => {
    const head = `${d.where}中的${d.name}无法按期计数：`;
    switch (d.reason) {
      case 'unreadable':
        return `${head}其中有${d.example}。请为每行填写时间，或将单元格留空。`;
      case 'ambiguous':
        return `${head}${d.example}之类的数字可能是年月，也可能是年份加季度。请在面板键之后写明：个体,${d.name},month 或 个体,${d.name},quarter。`;
      case 'mixed':
        return `${head}时间单位不一（${d.example}）。请统一写法。`;
      case 'finer':
        return `${head}${d.example}不是所声明单位的时间。请声明该列本身的单位或更粗的单位。`;
      case 'clock':
        return `${head}${d.example}含有时刻。请写明按何种时期计数，其余部分舍去：个体,${d.name},day。`;
      case 'uneven':
        return `${head}各取值的间隔（${d.example}）没有公共步长。请给各期编号，或声明步长：个体,${d.name},STEP。`;
    }
  },
  'event-design': (d) => eventDesignText(d, 'zh'),
  'missing-header': (d) =>
    `${d.file}缺少列${d.header}。${meant(d.nearest)}以下列名均可：${oneOf(d.aliases)}。${d.known.length > 1 ? `文件中的列：${oneOf(d.known)}。` : '该文件不是表格：首行只有一个单元格。'}`,
  'unknown-unit': (d) => unknownUnitText(d, 'zh'),
  'unknown-year': (d) => unknownYearText(d, 'zh'),
  'duplicate-source': (d) => duplicateSourceText(d, 'zh'),
  'share-scale': (d) => shareScaleText(d, 'zh'),
  'nothing-to-make': (d) => `由这些原始表无法生成研究中的任何内容：${lackingText(d, 'zh')}`,
  'unused-rule': (d) =>
    `${d.where}修正${d.file === null ? '' : `${d.file}中的`}${d.indicator}，但没有任何数值符合。请改正其文件、城市或年份，或删除该规则。`,
  'unresolved-place': (d) => unresolvedText(d, 'zh'),
  'reference-invalid': (d) => referenceText(d, 'zh'),
  'unknown-city': (d) =>
    `${d.file}中有${n(d.count)}个城市名不在参照表中：${list(d.names)}。${meant(d.nearest)}请改正写法，或使用六位行政区划代码。`,
  'format-limit': (d) =>
    `${d.path}：表有${n(d.asked)}${{ rows: '行', columns: '列', cells: '个单元格', letters: '个字符在一个单元格中' }[d.of]}，此格式的文件最多${n(d.limit)}。请改存为csv或parquet，或减少列数。`,
  'output-not-writable': (d) =>
    `无法写入${d.path}：${saidText(d.reason, 'zh')}。${d.by === 'argument' ? '请另选一个文件夹。' : '请用--out另选位置。'}`,
  'figure-unprintable': (d) => unprintableText(d, 'zh'),
  'output-refused': (d) => refusedText(d, 'zh'),
  'folder-in-use': (d) => inUseText(d, 'zh'),
  'foreign-raw-layer': (d) =>
    `${d.path}中的原始数据不是kaya simulate为本研究生成的：${foreignReason(d, 'zh')}。没有覆盖任何文件。${foreignAdvice(d, 'zh')}`,
  'input-changed': (d) =>
    `${d.path}在运行读取期间被改动。结果不属于该文件的任何一个状态，故未写出任何结果。请等写入该文件的程序结束后重新运行。`,
  'folder-differs': (d) => folderDiffersText(d, 'zh'),
  'audit-findings': (d) => `${d.path}：A类${d.a}条、B类${d.b}条、C类${d.c}条：在所写口径下不能同时成立的印出数字。`,
  'runs-differ': (d) => `${d.b}与${d.a}有${d.verdicts}个结论、${d.marks}处符号或星号、${d.others}处其他内容不同。`,
  interrupted: (d) => `已被${d.signal}中止。已完成的步骤均已保留，再次运行同一命令即可继续。`,
  'missing-variable': (d) =>
    `${d.file}中${d.key}指定的环境变量${d.variable}${d.reason === 'unset' ? '没有设置' : '不足8个字符，不像是密钥'}。请在运行命令的终端中设置，切勿把密钥写入文件。`,
  'foreign-collection': (d) =>
    `${d.path}中已有用其他请求采集的数据：地址、参数、每页行数或主键字段不同。两者不能混用，原有内容未作改动。请用--out另选目录，或恢复当时的配置。`,
  'collection-stopped': (d) =>
    `${stopped(d)}${d.pages === 0 ? '尚未采集到任何一页。' : `已采集的${n(d.pages)}页均已保留，再次运行同一命令即可继续。`}`,
  'machine-refused': (d) => machineText(d, 'zh'),
  'engine-failure': (d) => `查询引擎出错：${d.reason}。这是Kaya的故障，请附上以下语句反馈：\n  ${d.sql}`,
  internal: (d) => `发生了不应出现的错误：${d.reason}。这是Kaya的故障，请附上所用命令反馈。`,
};

function stopped(d: ErrorDetail<'collection-stopped'>): string {
  const said = `${saidText(d.status, 'zh')}${d.message === '' ? '' : `：“${d.message}”`}`;
  switch (d.reason) {
    case 'denied':
      return `${d.url}拒绝访问（${said}），已停止请求。请检查密钥、口令和账户权限；若签名含时间，请校对本机时钟。`;
    case 'quota':
      return `${d.url}表示额度已用完（${said}），已停止请求。请等额度恢复，或向服务商增购。`;
    case 'bad-request':
      return `${d.url}不接受该请求（${said}）。请对照服务商的接口文档检查配置中的api和response。`;
    case 'redirected':
      return `${d.url}要求转到另一地址（${saidText(d.status, 'zh')}）。未经确认不会把密钥发往该处：请在api.url中写明正确的地址。`;
    case 'attempts':
      return `${d.url}连续${n(d.attempts)}次没有给出可用的应答，最后一次：${said}。请稍后再试，或调大pace.attempts或pace.timeout_seconds。`;
    case 'long-wait':
      return `${d.url}要求等到${d.resumesAt ?? '以后'}（${said}），超过pace.longest_wait_seconds的上限。`;
    case 'day-budget':
      return `今日的${n(d.attempts)}次请求（pace.per_day）已用完。接口的下一日始于${d.resumesAt ?? '零时'}。`;
  }
}

/** Faults that one message shows. */
const mostFaults = 20;

function moreFaults(left: number): string {
  return left > 0 ? `\n  ……另有${n(left)}处` : '';
}

function fault(file: string): (f: ErrorDetail<'study-invalid'>['faults'][number]) => string {
  return (f) => `\n  ${file}:${f.line}:${f.column} ${f.path}：${problemText(f.problem, 'zh')}。${meant(f.nearest)}`;
}
