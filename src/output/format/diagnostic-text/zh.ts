import type { DiagnosticText } from '../error-text/contract.ts';
import { sheetNoteZh } from '../error-text/file-text.ts';
import { periodText } from '../error-text/lost-rows.ts';

/** Noteworthy things in Chinese. */
export const diagnosticTextZh: DiagnosticText = {
  'collinear-dropped': (d) => `因共线性略去：${d.text('terms', '若干项')}。它们是前面各项或固定效应的线性组合。`,
  'instruments-dropped': (d) =>
    `因共线性略去的工具变量：${d.text('terms', '若干')}。它们是外生解释变量、固定效应或前面工具变量的线性组合。`,
  'effect-contained': (d) =>
    `${d.text('coarse', '某变量')}的固定效应已包含在${d.text('fine', '另一变量')}的固定效应之中，不改变任何系数。`,
  'singletons-dropped': (d) =>
    `剔除了${d.text('count', '若干')}个单例观测值（${levelsOf(d.text('levels', '若干组'))}）：它们在某一固定效应的组中只有自己，不含信息。`,
  'singletons-kept': (d) =>
    `有${d.text('count', '若干')}个观测值在某一固定效应的组中只有自己（${levelsOf(d.text('levels', '若干组'))}）。予以保留；它们不改变系数，但计入观测值。`,
  'rows-undefined': (d) =>
    `${d.text('name', '函数')}在${d.text('count', '若干')}行无定义（自变量不为正或除数为零），这些行不在样本内。`,
  'event-cells-dropped': (d) =>
    `有${d.text('count', '若干')}个批次与期数的效应无法与固定效应区分（批次${d.text('cohorts', '')}）：当时没有未受处理的单元可比。平均数只含其余各项。`,
  'event-controls-treated': (d) =>
    `ref.c指定的对照（${d.text('cohorts', '')}）中有${d.text('count', '若干')}行在其自身受处理之后，仍按未受处理计，与fixest相同。请用--where剔除。`,
  'lags-absent': (d) =>
    `${d.text('count', '若干')}行没有${d.text('terms', '滞后项')}所需的那一期，不在样本内；其中${d.text('gaps', '若干')}行是序列中断，其余是个体的首期或末期。`,
  'panel-period': (d) => periodText(d, 'zh'),
  'identifiers-rounded': (d) =>
    `${d.text('names', '标识列')}以双精度存放不小于2^53的整数：不同的标识在写入文件时可能已合并为一个。请将其写为文本或64位整数。`,
  'panel-keys-swapped': (d) =>
    `${d.text('time', '第二列')}像是个体（${d.text('times', '?')}个值），${d.text('unit', '第一列')}像是时间（${d.text('units', '?')}个值）：是否应为--panel ${d.text('time', '第二列')},${d.text('unit', '第一列')}？滞后沿第二列向前。`,
  'panel-keys-missing': (d) =>
    `数据中有${d.text('count', '若干')}行没有${d.text('unit', '个体')}或${d.text('time', '时间')}：这些行不参与滞后。`,
  'perfect-fit': (d) =>
    `解释变量完全决定${d.text('outcome', '被解释变量')}，如同会计恒等式。残差和标准误只是舍入误差。`,
  'outcome-among-regressors': (d) =>
    `右侧的${d.text('terms', '某项')}就是${d.text('outcome', '被解释变量')}本身，或在固定效应内是它的线性函数。系数和标准误没有意义。`,
  'constant-outcome': (d) => `${d.text('outcome', '被解释变量')}在样本内为常数，无可解释。`,
  'threshold-wild-draws': (d) =>
    `面板不平衡，各个体的残差不能整块互换：自助法给每个个体的残差乘以同一个随机符号（${d.text('draw', 'wild')}）。`,
  'threshold-fewer-found': (d) =>
    `要求${d.text('asked', '')}个门槛，只有${d.text('found', '')}个能使每个区间至少有${d.text('minRows', '')}行；搜索到此为止。`,
  'threshold-few-switchers': (d) =>
    `${d.text('units', '')}个个体中只有${d.text('switchers', '')}个在一个以上的区间有观测。有个体效应时，个体内的斜率变化只由它们识别；对其余个体，门槛只是个体之间的差别。`,
  'threshold-set-broken': (d) =>
    `第${d.text('threshold', '')}个门槛的置信集由${d.text('count', '')}段互不相连的部分组成：所印区间是它们的外包。`,
  'threshold-not-joint': (d) => `逐个找到的门槛不是最优的一对：${d.text('gamma', '')}的残差平方和更小。`,
  'engine-accuracy': (d) =>
    `${d.text('names', '某些列')}：与固定效应内的变动相比，数值离零过远，双精度求和所得结果不足九位有效数字。请先从该列减去一个整数。`,
  'from-sums': (d) =>
    `由按${d.text('by', '组')}的分组和估计（${d.text('groups', '若干')}组，每组至少${d.text('least', '若干')}行），未用逐行数据。`,
  'few-clusters': (d) =>
    `按${d.text('by', '聚类变量')}聚类只有${d.text('clusters', '少数')}个聚类：聚类数这样少时聚类稳健标准误不可靠。协方差cr2:NAME的自由度已考虑这一点，聚类野自助法（--wild TERM；研究文件中为wild）亦然，二者相对可靠。--clusters TERM（clusters）把它们并列，列出各聚类对系数的影响，并说明应报告哪一个。`,
  'covariance-repaired': (d) =>
    `协方差矩阵不是半正定的（最小特征值与最大特征值之比为${d.text('smallest', '负数')}），已将其负特征值置为零。`,
  'error-undefined': (d) => {
    const terms = d.text('terms', '若干系数');
    switch (d.text('reason', '')) {
      case 'zero':
        return `${terms}没有t统计量：在此协方差下标准误恰为零。`;
      case 'held':
        return `${terms}没有标准误：工具变量完全解释了该变量，所余只是舍入误差。`;
      default:
        return `${terms}没有标准误：估计的方差不是可以表示的正数。`;
    }
  },
  'test-undefined': (d) => {
    const tests = d.text('tests', '某项检验');
    switch (d.text('reason', '')) {
      case 'covariance-rank':
        return `${tests}没有数值：协方差的方向（聚类、组或行）少于检验的约束${d.text('ranks', '')}。`;
      case 'too-few-degrees':
        return `${tests}没有数值：剩余自由度太少。`;
      case 'held':
        return `${tests}没有数值：工具变量完全解释了该变量，所余只是舍入误差。`;
      case 'no-variance':
        return `${tests}没有数值：在此协方差下约束没有方差。`;
      default:
        return `${tests}没有数值：其中的数过大或过小，无法表示。`;
    }
  },
  'constant-not-reported': (d) =>
    d.text('reason', '') === 'other-effects-not-estimable'
      ? '未报告xtreg, fe的常数项：除第一个固定效应外，其余固定效应不能全部作为虚拟变量估计。'
      : '常数项被固定效应吸收，不予报告。',
  'cells-interpolated': (d) =>
    `${d.text('measure', '某指标')}有${d.text('count', '若干')}个缺失值以观测年份之间的线性插值补齐。`,
  'cells-missing': (d) => `${d.text('measure', '某指标')}有${d.text('count', '若干')}个缺失值，未予补齐。`,
  'header-blank': (d) => `表头中没有名称的列（R和pandas这样写行名）按位置命名：${d.text('names', 'col1')}。`,
  'header-repeated': (d) =>
    `表头中${d.text('names', '有名称')}重复出现；除第一个外改称${d.text('called', '其他名称')}。`,
  'rows-unassigned': (d) => `有${d.text('count', '若干')}行无法归入${d.text('to', '任何城市')}，未予使用。`,
  ...sheetNoteZh,
  'comparison-undefined': (d) => {
    const names = d.text('names', '部分变量');
    switch (d.text('reason', '')) {
      case 'constant':
        return `${names}没有检验：在所用的行中是常数。请去掉它，或选取它有变化的行。`;
      case 'few-rows':
        return `${names}没有相关系数：同时有两者的行少于3行。请检查缺失值，或去掉其中一个变量。`;
      case 'no-rows':
        return `${names}没有检验：该组没有一行有值。请去掉该变量或该组。`;
      case 'one-row':
        return `${names}没有检验：只有一行的组没有方差。请与其他组合并，用条件剔除，或假定方差相等。`;
      case 'one-cluster':
        return `${names}没有检验：整个组位于同一聚类之中，无从得知其均值在聚类之间如何变化。请按更细的变量聚类，或比较其他组。`;
      case 'one-value':
        return `没有各组的联合检验，${names}：该组只有一个取值，而Welch的F要除以组内方差。请假定方差相等（variances equal），给出协方差（vcov），或去掉该组。`;
      case 'no-error':
        return `${names}没有检验：在这种误差下相关系数没有大于零的标准误，例如一个变量是另一个的线性函数。`;
      default:
        return `${names}没有检验：各组内部都没有变化，差异要么是确定的，要么不存在。`;
    }
  },
  'synthetic-data': () => '原始数据层为模拟生成：它不是作者的数据，结果也不是对论文的复现。',
};

/** Levels of effects, such as `province^year (a, b)`, with the marks of Chinese print. */
function levelsOf(levels: string): string {
  const listed = levels.replace(/ ?\(([^()]*)\)/g, (_, inside: string) => `：${inside.replaceAll(', ', '、')}`);
  return listed.replaceAll(', ', '；');
}
