import type { ErrorDetail } from '../../../error/codes.ts';
import type { Language } from '../text-key.ts';
import { type DetailReader, numberText as n } from './contract.ts';

type Lost = ErrorDetail<'empty-sample'>;

const reasonsEn: Readonly<Record<string, string>> = {
  where: 'taken out by the filter',
  split: 'in other parts of the split',
  missing: 'with missing values',
  undefined: 'where a function has no value',
  lag: 'without the period that a lag asks for',
  weight_missing: 'without a weight',
  weight_zero: 'with zero weight',
  cluster: 'without a value that the standard errors need',
  always_treated: 'treated on every row, or before the data begin',
  last_treated: 'after the last cohort is treated',
  singleton: 'alone in a group of a fixed effect',
};

const reasonsZh: Readonly<Record<string, string>> = {
  where: '被筛选条件剔除',
  split: '属于其他子样本',
  missing: '有缺失值',
  undefined: '的函数无定义',
  lag: '没有滞后所需的那一期',
  weight_missing: '没有权重',
  weight_zero: '权重为零',
  cluster: '缺少标准误所需的取值',
  always_treated: '始终受处理，或在数据开始之前已受处理',
  last_treated: '在最后一批受处理之后',
  singleton: '在固定效应的组内仅此一行',
};

/** What took the rows of a sample that is empty, and the next step for the step that took most. */
export function emptyText(d: Lost, language: Language): string {
  const lost = Object.entries(d.dropped).filter(([, rows]) => rows > 0);
  if (language === 'zh') {
    const parts = lost.map(([reason, rows]) => `${n(rows)}行${reasonsZh[reason] ?? reason}`);
    const why = parts.length === 0 ? '' : `其中${parts.join('，')}。`;
    return `${d.where}的${n(d.rows)}行数据一行不剩。${why}${nextZh(d)}`;
  }
  const parts = lost.map(([reason, rows]) => `${n(rows)} ${reasonsEn[reason] ?? reason}`);
  const why = parts.length === 0 ? '' : ` Rows lost: ${parts.join(', ')}.`;
  return `${d.where} has no rows left of ${n(d.rows)}.${why} ${nextEn(d)}`;
}

/** The reason that took most rows, with what it failed at where it is something of the model. */
function largest({ dropped, most }: Lost): { readonly reason: string; readonly name: string } {
  const reason = Object.keys(dropped).reduce((a, b) => ((dropped[b] ?? 0) > (dropped[a] ?? 0) ? b : a), '');
  return { reason, name: most?.reason === reason ? most.name : '' };
}

function nextEn(d: Lost): string {
  const { reason, name } = largest(d);
  const at = name === '' ? '' : ` (${name})`;
  switch (reason) {
    case 'where':
      return 'Loosen the filter.';
    case 'split':
      return 'Use a split whose parts have rows.';
    case 'undefined':
      return `Its argument is not positive, or a divisor is zero${at}: use the variable itself, or look at those rows.`;
    case 'lag':
      return `Check what one period of the panel is${at}; it can be declared behind the panel's keys: UNIT,TIME,STEP.`;
    case 'weight_missing':
    case 'weight_zero':
      return `Check the weights${at}.`;
    case 'cluster':
      return `Fill ${name === '' ? 'that column' : name}, or ask for another covariance.`;
    case 'always_treated':
    case 'last_treated':
      return `Check the time of treatment${at}: somebody must be seen before it, and somebody be untreated.`;
    case 'missing':
      return `Leave out the variable with the most missing values${at}, or fill it.`;
    default:
      return 'Check that the data hold the rows that you mean.';
  }
}

function nextZh(d: Lost): string {
  const { reason, name } = largest(d);
  const at = name === '' ? '' : `（${name}）`;
  switch (reason) {
    case 'where':
      return '请放宽筛选条件。';
    case 'split':
      return '请换用各组都有数据的分组变量。';
    case 'undefined':
      return `函数的自变量不为正或除数为零${at}：请直接使用该变量，或检查这些行。`;
    case 'lag':
      return `请检查面板的一期是什么${at}；可在面板键之后声明步长STEP。`;
    case 'weight_missing':
    case 'weight_zero':
      return `请检查权重${at}。`;
    case 'cluster':
      return `请填补${name === '' ? '该列' : name}，或换用其他协方差。`;
    case 'always_treated':
    case 'last_treated':
      return `请检查处理时间${at}：须有处理之前的观测，也须有未受处理的单元。`;
    case 'missing':
      return `请去掉缺失最多的变量${at}，或填补其缺失值。`;
    default:
      return '请检查数据是否含有所需的行。';
  }
}

const unitsEn: Readonly<Record<string, readonly [string, string]>> = {
  number: ['unit', 'units'],
  year: ['year', 'years'],
  half: ['half-year', 'half-years'],
  quarter: ['quarter', 'quarters'],
  month: ['month', 'months'],
  week: ['week', 'weeks'],
  day: ['day', 'days'],
};

const unitsZh: Readonly<Record<string, string>> = {
  number: '个单位',
  year: '年',
  half: '个半年',
  quarter: '个季度',
  month: '个月',
  week: '周',
  day: '天',
};

/** What one period of the panel was found to be. */
export function periodText(d: DetailReader, language: Language): string {
  const [time, step, unit] = [d.text('time', 'time'), d.text('step', '1'), d.text('unit', 'number')];
  if (language === 'zh') {
    return `面板的一期为${step}${unitsZh[unit] ?? unit}（由${time}的取值得出）；如有不同，请在面板键之后声明步长STEP。`;
  }
  const words = unitsEn[unit] ?? [unit, unit];
  return `One period of the panel is ${step} ${step === '1' ? words[0] : words[1]}${unit === 'number' ? ` of ${time}` : ''}, found from the values of ${time}. If it is another, declare it behind the panel's keys: UNIT,${time},STEP.`;
}
