import type { BudgetName } from '../../../error/budgets.ts';
import type { ErrorDetail } from '../../../error/codes.ts';

type Words = (asked: string, limit: string) => string;

const en: Readonly<Record<BudgetName, Words>> = {
  models: (asked, limit) =>
    `${asked} models are asked for; ${limit} is the most. Write fewer steps in sw() and csw(), or several formulas.`,
  terms: (asked, limit) =>
    `${asked} terms come of it; ${limit} is the most for one model. Write out the interactions that you need.`,
  nesting: (asked, limit) =>
    `brackets and calls stand ${asked} deep in each other; ${limit} is the most. Compute the inner part as a variable first.`,
  letters: (asked, limit) =>
    `the file has ${asked} characters; ${limit} is the most. Is it a file of data? Tables belong in files of their own.`,
  values: (asked, limit) =>
    `the file holds ${asked} values once its aliases (*name) are written out; ${limit} is the most. Repeat less by aliases.`,
  operators: (asked, limit) =>
    `an expression of ${asked} operators in a row; ${limit} is the most. Compute parts of it as variables first.`,
  lags: (asked, limit) => `a range of ${asked} periods; ${limit} is the most. Write a shorter range of lags.`,
  exhibits: (asked, limit) =>
    `${asked} tables and figures; ${limit} is the most for one study. Make several studies of it.`,
  cells: (asked, limit) =>
    `the regressors have ${asked} cells, rows times columns; ${limit} is the most. Make the factor with many levels a fixed effect, behind "|".`,
  periods: (asked, limit) => `${asked} periods; ${limit} is the most. Check the first and the last one.`,
  pairs: (asked, limit) =>
    `${asked} pairs of units whose correlation would be computed; ${limit} is the most. Choose units by a condition.`,
  correlations: (asked, limit) => `${asked} correlations; ${limit} is the most. Name the variables that you need.`,
  specifications: (asked, limit) => `${asked} specifications; ${limit} is the most. Name regressors that always stay.`,
  replicates: (asked, limit) => `${asked} replicates; ${limit} is the most. A few thousand settle a p-value.`,
  row_draws: (asked, limit) =>
    `${asked} rows times draws of a bootstrap by row; ${limit} is the most. Ask for fewer draws, or cluster the errors.`,
  cell: (asked, limit) =>
    `a cell has ${asked} bytes; ${limit} is the most. Is a quotation mark missing, or is a document stored in it? Leave such a column out.`,
  name: (asked, limit) =>
    `the name of a column has ${asked} letters; ${limit} is the most. Check that the first row holds names and what separates its cells.`,
  columns: (asked, limit) =>
    `the file has ${asked} columns; ${limit} is the most. Check what separates its cells, or split it.`,
  message: (_, limit) =>
    `a message of more than ${limit} bytes, the most; the server has ended. Data belong in a file.`,
  threads_per_core: (asked, limit) =>
    `${asked} threads; ${limit} for each core of this machine are the most. Leave --threads out: all cores are used.`,
  first_regressors: (asked, limit) => `${asked} regressors; ${limit} is the most.`,
};

const zh: Readonly<Record<BudgetName, Words>> = {
  models: (asked, limit) => `共需${asked}个模型，上限为${limit}个。请减少sw()、csw()中的步骤，或分写为几个公式。`,
  terms: (asked, limit) => `展开后有${asked}项，一个模型的上限为${limit}项。请只写出需要的交互项。`,
  nesting: (asked, limit) => `括号与函数嵌套达${asked}层，上限为${limit}层。请先把内层算成一个变量。`,
  letters: (asked, limit) => `文件有${asked}个字符，上限为${limit}个。这是数据文件吗？数据表应放在单独的文件中。`,
  values: (asked, limit) => `展开别名（*name）后文件含${asked}个值，上限为${limit}个。请减少以别名作的重复。`,
  operators: (asked, limit) => `一个表达式中连续的运算符达${asked}个，上限为${limit}个。请先把其中一部分算成变量。`,
  lags: (asked, limit) => `滞后范围含${asked}期，上限为${limit}期。请缩短滞后的范围。`,
  exhibits: (asked, limit) => `共${asked}个表与图，一项研究的上限为${limit}个。请分为几项研究。`,
  cells: (asked, limit) =>
    `解释变量共${asked}个单元格（行数乘列数），上限为${limit}个。取值很多的因子请写作固定效应，放在“|”之后。`,
  periods: (asked, limit) => `共${asked}期，上限为${limit}期。请检查首期与末期。`,
  pairs: (asked, limit) => `需计算相关系数的个体对共${asked}对，上限为${limit}对。可用条件选取个体。`,
  correlations: (asked, limit) => `共${asked}个相关系数，上限为${limit}个。请列出需要的变量。`,
  specifications: (asked, limit) => `共${asked}个设定，上限为${limit}个。可指定始终保留的解释变量。`,
  replicates: (asked, limit) => `重复${asked}次，上限为${limit}次。几千次已足以确定p值。`,
  row_draws: (asked, limit) =>
    `逐行自助法的行数乘抽样次数达${asked}，上限为${limit}。请减少抽样次数，或采用聚类标准误。`,
  cell: (asked, limit) =>
    `一个单元格有${asked}字节，上限为${limit}字节。是否缺了引号，或存入了整篇文档？请去掉这样的列。`,
  name: (asked, limit) => `一个列名有${asked}个字符，上限为${limit}个。请检查首行是否为列名，以及分隔符。`,
  columns: (asked, limit) => `文件有${asked}列，上限为${limit}列。请检查分隔符，或将文件拆开。`,
  message: (_, limit) => `一条消息超过上限${limit}字节，服务已结束。数据应放在文件中。`,
  threads_per_core: (asked, limit) => `${asked}个线程；本机每个核心最多${limit}个。请去掉--threads，默认使用全部核心。`,
  first_regressors: (asked, limit) => `${asked}个解释变量，上限为${limit}个。`,
};

/** Letters of a place that are shown: a formula of thousands of terms is found by its beginning. */
const longestPlace = 200;

/** What is beyond a budget, where, and what to do; the last sentence says how the limit is raised. */
export function overBudget(
  { where, budget, asked, limit }: ErrorDetail<'over-budget'>,
  language: 'en' | 'zh',
  number: (value: number) => string,
): string {
  const words = (language === 'en' ? en : zh)[budget](number(asked), number(limit));
  const place = where.length > longestPlace ? `${where.slice(0, longestPlace)}…` : where;
  return language === 'en'
    ? `${place}: ${words} On a larger machine KAYA_BUDGETS=${budget}=N sets another limit.`
    : `${place}：${words}在更大的机器上可用KAYA_BUDGETS=${budget}=N另设上限。`;
}
