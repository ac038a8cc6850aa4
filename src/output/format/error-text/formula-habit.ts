import type { FormulaHabit, HabitAdvice, OtherCommand } from '../../../error/formula-habit.ts';
import type { Language } from '../text-key.ts';

/** What another language's way of writing is called here, as a whole sentence. */
const habitTexts: Readonly<Record<Language, Readonly<Record<FormulaHabit, string>>>> = {
  en: {
    'pasted-command': 'This is a command of another program; here the formula stands alone and its settings beside it.',
    'other-command': 'This is a command of another program.',
    'options-behind': 'Options do not stand behind a formula; each has a place of its own.',
    'variable-list':
      'Variables between blanks are a list of Stata; a formula has ~ behind the outcome and + between regressors.',
    'equals-sign': 'The outcome is followed by ~, not by an equals sign.',
    'blank-between': 'Two names follow each other; + joins terms.',
    'comma-between': 'Terms are joined by +, not by commas.',
    'effects-by-bars': 'The first | begins the fixed effects; + joins them. A second | begins instruments.',
    'fourth-part': 'Clusters are no part of the formula.',
    'every-column': 'The point of R, every other column, is not taken: name each regressor.',
    polynomial: 'poly() makes orthogonal columns, whose coefficients depend on the sample; powers give the same fit.',
    'power-of-sum': 'A power of a sum is written with *: each term alone and their product.',
    arithmetic: 'Arithmetic stands inside I().',
    'in-operator': '%in% is written as comparisons inside I(); to choose rows use a condition over the data.',
    offset: 'A term with coefficient 1 is taken from the outcome.',
    'random-effect': 'Random effects of the unit are asked for beside the formula.',
    'effects-as-term': 'Fixed effects stand behind |, not among the regressors.',
    'cluster-as-term': 'Clusters are no part of the formula.',
    'entity-effects':
      'The fixed effects of the panel are named by its columns (or declare the panel, and the names are understood).',
    'base-level': 'The level that is left out is named with ref.',
    'hash-without-prefix':
      'Beside # Stata takes a bare name for a factor; here : multiplies numbers, and i(f) makes dummies.',
    'operator-of-list': 'An operator before a list is written before each name.',
    'sign-of-lag':
      'A negative number of periods is a lead in some programs and a lag in others: l() looks back, f() looks ahead.',
    'lags-listed': 'Several lags that are not a range a:b are a term each.',
    shift: 'Shifting is l() for the value before, f() for the one after, d() for the change, within the unit.',
    indicator: 'A condition is 1 or 0 inside I().',
    standardized: 'There is no standardizing in a formula: prepare the column in the data, or scale the coefficient.',
    'as-number': 'Columns are numbers or text by the data; a formula does not convert them.',
    spline: 'There are no splines or classes in a formula: powers are, and columns prepared in the data.',
    'slopes-alone': 'Slopes by group come with the levels of the group: f[x].',
    'times-sign': 'A product of variables is written with a colon; * adds each of them alone too.',
    brackets: 'Brackets around terms have no meaning here.',
    'endogenous-twice':
      'The same variable is among the regressors and among the endogenous ones, so it is on both sides.',
    'instruments-as-effects':
      'What follows the first | are fixed effects here, and a number with fractions among them is a regressor too: this looks like the two parts of ivreg.',
  },
  zh: {
    'pasted-command': '这是其他软件的整条命令；这里公式单独书写，设置写在旁边。',
    'other-command': '这是其他软件的命令。',
    'options-behind': '选项不写在公式后面，各有其位置。',
    'variable-list': '以空格分隔变量是Stata的写法；公式在被解释变量之后写~，解释变量之间写+。',
    'equals-sign': '被解释变量之后写~，不写等号。',
    'blank-between': '两个名称相连；各项之间写+。',
    'comma-between': '各项之间写+，不写逗号。',
    'effects-by-bars': '第一个|之后是固定效应，彼此以+相连；第二个|之后是工具变量。',
    'fourth-part': '聚类不属于公式。',
    'every-column': '不接受R中代表其余各列的点号：请逐一写出解释变量。',
    polynomial: 'poly()生成正交列，其系数随样本而变；用幂可得同样的拟合。',
    'power-of-sum': '和的幂请用*书写：各项及其乘积。',
    arithmetic: '算术写在I()之内。',
    'in-operator': '%in%请写成I()之内的比较；选取样本请用关于数据的条件。',
    offset: '系数为1的项请从被解释变量中减去。',
    'random-effect': '个体随机效应在公式之外指定。',
    'effects-as-term': '固定效应写在|之后，不写在解释变量之中。',
    'cluster-as-term': '聚类不属于公式。',
    'entity-effects': '面板的固定效应以列名表示（声明面板后即可理解这些名称）。',
    'base-level': '略去的水平用ref写明。',
    'hash-without-prefix': '在Stata中#旁的裸变量名是因子；这里以:表示数值相乘，以i(f)生成虚拟变量。',
    'operator-of-list': '列表前的算子请写在每个变量名之前。',
    'sign-of-lag': '负的期数在有的软件中是前导，在有的软件中是滞后：l()向前看过去，f()看将来。',
    'lags-listed': '不成a:b范围的若干滞后请各写一项。',
    shift: '个体内的移动：l()为前期值，f()为后期值，d()为变化。',
    indicator: '条件写在I()之内，取值为1或0。',
    standardized: '公式中不作标准化：请在数据中备好该列，或换算系数。',
    'as-number': '一列是数值还是文本由数据决定，公式不作转换。',
    spline: '公式中没有样条或分组：可用幂，或在数据中备好该列。',
    'slopes-alone': '分组斜率连同该组的水平一起给出：f[x]。',
    'times-sign': '变量的乘积写冒号；*还会加上各变量本身。',
    brackets: '括号在这里没有意义。',
    'endogenous-twice': '同一变量既在外生解释变量中，又在内生变量中。',
    'instruments-as-effects': '第一个|之后是固定效应，而其中带小数的变量同时又是解释变量：这像是ivreg的两部分公式。',
  },
};

/** Settings beside a formula, as the command line names them; a study has keys of the same names. */
function besideText(beside: HabitAdvice['beside']): string {
  return Object.entries(beside)
    .map(([setting, value]) =>
      value === '' ? ` --${setting}` : ` --${setting} ${/^[\w:+.,-]+$/.test(value) ? value : `"${value}"`}`,
    )
    .join('');
}

/** What is said of a command that is no linear model here. */
const otherTexts: Readonly<Record<Language, Readonly<Record<OtherCommand['kind'], (name: string) => string>>>> = {
  en: {
    estimator: (name) =>
      `Kaya has no ${name}; it estimates linear models: least squares, fixed effects, random effects and instruments.`,
    between: (name) =>
      `Kaya has no between estimator (${name}); its panel models are fixed effects, random effects (--re) and first differences.`,
    weights: (name) =>
      `Kaya has no frequency or importance weights (${name}); --weights are analytic, and other errors would follow.`,
    threshold: (name) => `${name} is a command of its own here: kaya threshold DATA "FORMULA" with its options.`,
    event: (name) =>
      `${name} is a term here: y ~ event(since, leads = 5, lags = 5) | id + year with the periods since the treatment (empty: never), or event(first, year) with its time; sunab(first, year) estimates by cohort (Sun and Abraham 2021).`,
    describe: (name) => `${name} is no model; columns are summarised by kaya describe DATA VAR....`,
    prepare: (name) =>
      `${name} is no model; a formula makes its columns itself, such as log(x), I(a/b) or l(x), and others are made in the data.`,
  },
  zh: {
    estimator: (name) => `Kaya没有${name}；它估计线性模型：最小二乘、固定效应、随机效应与工具变量。`,
    between: (name) => `Kaya没有组间估计量（${name}）；面板模型有固定效应、随机效应（--re）与一阶差分。`,
    weights: (name) => `Kaya没有频数权重或重要性权重（${name}）；--weights是分析权重，标准误会不同。`,
    threshold: (name) => `${name}在这里是单独的命令：kaya threshold DATA "FORMULA"及其选项。`,
    event: (name) =>
      `${name}在这里是公式中的一项：y ~ event(since, leads = 5, lags = 5) | id + year，since为距处理的期数（空格表示从未受处理），或以处理时间写event(first, year)；sunab(first, year)逐批次估计（Sun和Abraham，2021）。`,
    describe: (name) => `${name}不是模型；各列的概要请用kaya describe DATA VAR...。`,
    prepare: (name) => `${name}不是模型；公式自行生成列，如log(x)、I(a/b)、l(x)，其余请在数据中备好。`,
  },
};

function lostText(lost: readonly string[], language: Language): string {
  if (lost.length === 0) return '';
  return language === 'en' ? ` Not carried over: ${lost.join('; ')}.` : `未能转换：${lost.join('；')}。`;
}

/** Letters of a formula that anybody types again; a longer one is not repeated in a sentence. */
const longestFormula = 500;

/** The sentence of a habit, what to write instead, and what of the text that leaves out. */
export function habitText(advice: HabitAdvice, language: Language): string {
  const { name, beside, lost = [], other } = advice;
  const write = advice.write !== null && advice.write.length > longestFormula ? null : advice.write;
  const said = other === undefined ? habitTexts[language][name] : otherTexts[language][other.kind](other.name);
  const settings = besideText(beside);
  const meaning = placeholders(`${write ?? ''}${settings}`, language);
  const left = lostText(lost, language);
  if (write === null) {
    if (settings === '') return `${said}${left}`;
    return language === 'en'
      ? `${said} Beside it:${settings}${meaning}.${left}`
      : `${said}另加：${settings}${meaning}。${left}`;
  }
  return language === 'en'
    ? `${said} Write "${write}"${settings}${meaning}.${left}`
    : `${said}请写"${write}"${settings}${meaning}。${left}`;
}

const placeholderTexts: ReadonlyMap<string, Readonly<Record<Language, string>>> = new Map([
  ['UNIT', { en: 'UNIT the column of the unit', zh: 'UNIT为个体所在的列' }],
  ['TIME', { en: 'TIME the column of the period', zh: 'TIME为时期所在的列' }],
  ['BASE', { en: 'BASE the level to compare with', zh: 'BASE为作比较的水平' }],
]);

/** What the placeholders mean that stand in `advice`, in its order. */
function placeholders(advice: string, language: Language): string {
  const words = new Set(advice.match(/\b[A-Z]+\b/g));
  const said = [...words].flatMap((word) => placeholderTexts.get(word)?.[language] ?? []);
  if (said.length === 0) return '';
  return language === 'en' ? `, ${said.join(', ')}` : `（${said.join('，')}）`;
}
