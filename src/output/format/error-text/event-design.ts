import type { ErrorDetail } from '../../../error/codes.ts';
import type { Language } from '../text-key.ts';

type Fault = ErrorDetail<'event-design'>;

/** Why leads and lags of a treatment cannot be laid out, and what to do. */
export function eventDesignText(d: Fault, language: Language): string {
  return language === 'en' ? english(d) : chinese(d);
}

function english({ where, reason, name, found, wanted = [] }: Fault): string {
  const head = `${where} is no study of an event: `;
  const [first = '', second = '', third = ''] = found;
  switch (reason) {
    case 'date-varies':
      return `${head}${name} changes within unit ${first} (${second}, then ${third}). Give one time of treatment a unit in all of its rows (empty: never treated), or a path of 0 and 1 that stays at 1.`;
    case 'path-ends':
      return `${head}${name} goes back to 0 in unit ${first} at ${second}. Leads and lags take a treatment that stays; give the time of the first treatment instead, or leave those units out with --where.`;
    case 'path-needs-panel':
      return `${head}${name} is 0 and 1, and what a unit is was not declared, so that nobody knows when it begins. Add --panel UNIT,TIME, or give the time of treatment.`;
    case 'not-dated':
      return `${head}${name} is 0 or 1 in all periods of a unit: it says who is treated, not when. Give the time of treatment (empty: never treated), or a path that is 1 from the treatment on.`;
    case 'whole-periods':
      return `${head}${name} holds ${first}; periods since a treatment are whole numbers. Round them, or give the time of treatment and the time: event(first, ${name}).`;
    case 'bins-of-dates':
      return `${head}${name} is a date, and bin, bin.c and bin.p take numbers. Bin the periods since the treatment instead: bin.rel, or leads and lags.`;
    case 'none-treated':
      return `${head}nobody in the sample is treated, by ${name}. Look at what the filter leaves, and whether ${name} counts as the time does.`;
    case 'no-controls':
      return `${head}all are treated at the same time (${name} is ${first}), and nobody is left untreated to compare with. Add units that are never treated (${name} empty) or treated later.`;
    case 'all-treated':
      return `${head}all units are treated, so that ${list(found)} cannot be told from the effects of units and periods. Add units that are never treated (${name} empty); or name a second reference period, ref = c(-5, -1), or bin the ends, leads = 5; units that are all treated at once need the effect of the period left out.`;
    case 'no-reference':
      return `${head}no treated row is ${list(wanted)} periods from its treatment, so that there is no reference period. There are: ${found.join(', ')}. Name one of them: ref = ${first}.`;
    case 'path-alone':
      return `${head}${name} holds 0 and 1 alone, and one column counts the periods since the treatment. A path that turns 1 with the treatment needs the time beside it, event(${name}, TIME), and --panel UNIT,TIME; if these are periods, name the reference: ref = 0.`;
    case 'cohort-reference':
      return `${head}${found.length === 1 ? 'the cohort' : 'the cohorts'} ${list(found)} of ${name} ${found.length === 1 ? 'has' : 'have'} no row in a reference period, so that nothing is the zero of ${found.length === 1 ? 'its' : 'their'} effects. Name another one beside it, ref.p = c(-2, -1), or leave the cohort out with --where.`;
    case 'unknown-cohort':
      return `${head}ref.c names ${list(wanted)}, which is no cohort of ${name}. There are: ${found.join(', ')}.`;
    case 'nothing-left':
      return `${head}every period of ${name} is a reference or untreated. Name fewer reference periods.`;
  }
}

function chinese({ where, reason, name, found, wanted = [] }: Fault): string {
  const head = `${where}不是事件研究：`;
  const [first = '', second = '', third = ''] = found;
  switch (reason) {
    case 'date-varies':
      return `${head}${name}在单元${first}之内变动（先是${second}，后是${third}）。每个单元的各行请只写一个处理时间（空格表示从未受处理），或给出变为1后不再变的0/1列。`;
    case 'path-ends':
      return `${head}${name}在单元${first}于${second}又回到0。先行项与滞后项要求处理不再撤销；请改为首次处理的时间，或用--where剔除这些单元。`;
    case 'path-needs-panel':
      return `${head}${name}取0和1，但没有声明单元，无从知道处理何时开始。请加上--panel UNIT,TIME，或给出处理时间。`;
    case 'not-dated':
      return `${head}${name}在每个单元的各期都相同（0或1）：只说明谁受处理，没有说明何时。请给出处理时间（空格表示从未受处理），或处理后为1的0/1列。`;
    case 'whole-periods':
      return `${head}${name}中有${first}；距处理的期数须为整数。请取整，或给出处理时间与时间：event(first, ${name})。`;
    case 'bins-of-dates':
      return `${head}${name}是日期，而bin、bin.c与bin.p只用于数字。请改为合并距处理的期数：bin.rel，或leads与lags。`;
    case 'none-treated':
      return `${head}按${name}，样本中没有单元受处理。请检查筛选条件留下了哪些行，以及${name}与时间的写法是否一致。`;
    case 'no-controls':
      return `${head}所有单元同时受处理（${name}为${first}），没有未受处理的单元可比。请加入从未受处理（${name}为空）或更晚受处理的单元。`;
    case 'all-treated':
      return `${head}所有单元都受处理，${list(found, '、')}无法与单元效应和时间效应区分。请加入从未受处理的单元（${name}为空）；或再指定一个基期，ref = c(-5, -1)，或合并两端，leads = 5；若所有单元同时受处理，须去掉时间效应。`;
    case 'no-reference':
      return `${head}没有受处理的行距处理${list(wanted, '、')}期，因而没有基期。已有：${found.join('、')}。请从中选定：ref = ${first}。`;
    case 'path-alone':
      return `${head}${name}只有0和1，而单独一列表示距处理的期数。处理后为1的0/1列须附时间，event(${name}, TIME)，并声明--panel UNIT,TIME；若确为期数，请指定基期：ref = 0。`;
    case 'cohort-reference':
      return `${head}${name}的批次${list(found, '、')}在基期没有任何行，其效应没有零点。请再指定一个基期，ref.p = c(-2, -1)，或用--where剔除该批次。`;
    case 'unknown-cohort':
      return `${head}ref.c中的${list(wanted, '、')}不是${name}的批次。已有：${found.join('、')}。`;
    case 'nothing-left':
      return `${head}${name}的每一期不是基期就是未受处理。请少指定一些基期。`;
  }
}

function list(names: readonly string[], comma = ', '): string {
  return names.join(comma);
}
