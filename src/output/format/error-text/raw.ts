import { at } from '../../../error/at.ts';
import type { ErrorDetail } from '../../../error/codes.ts';
import type { Language } from '../text-key.ts';
import { numberText as n, shortList } from './contract.ts';

type Said = Readonly<Record<Language, string>>;

function list(names: readonly string[], language: Language): string {
  return shortList(names, language === 'en' ? ', ' : '、', (left) =>
    language === 'en' ? ` and ${left} more` : `等，另${left}个`,
  );
}

/** A unit that was not taken: its cell, what it would take, and how to declare it. */
export function unknownUnitText(d: ErrorDetail<'unknown-unit'>, language: Language): string {
  const isEnglish = language === 'en';
  const row = d.row === null ? '' : isEnglish ? `, row ${d.row}` : `第${d.row}行`;
  const column = d.column === null ? '' : isEnglish ? `, column ${d.column}` : `第${d.column}列`;
  const beside = d.cell === null ? '' : isEnglish ? ` beside "${d.cell}"` : `（数值“${d.cell}”）`;
  const place = isEnglish
    ? `${d.file}${row}${column} (${d.header})${beside}`
    : `${d.file}${row}${column}（${d.header}）${beside}`;
  const reasons: Readonly<Record<typeof d.reason, Said>> = {
    unknown: {
      en: `"${d.unit}" is no known unit, and no known note either`,
      zh: `“${d.unit}”既不是已知单位，也不是已知的说明`,
    },
    'other-dimension': {
      en: `"${d.unit}" is no unit of ${d.indicator}`,
      zh: `“${d.unit}”不是${d.indicator}的单位`,
    },
    conflict: {
      en: `the column of units says "${d.unit}", the header another unit`,
      zh: `单位列为“${d.unit}”，与表头的单位不同`,
    },
    blank: {
      en: `the column of units is blank, and neither header nor title gives one`,
      zh: `单位列为空，表头与表题也没有写单位`,
    },
    several: {
      en: `the title gives several units that fit (${d.unit})`,
      zh: `表题给出的多个单位都适用（${d.unit}）`,
    },
  };
  const more = d.more === 0 ? '' : isEnglish ? ` (and ${n(d.more)} more)` : `（另有${n(d.more)}处）`;
  const declare = `data: { headers: { ${JSON.stringify(d.header)}: { indicator: ${d.indicator}, unit: ${d.known[0] ?? '…'} } } }`;
  return isEnglish
    ? `${place}: ${reasons[d.reason].en}${more}. Units of ${d.indicator}: ${list(d.known, language)}. Write one of them in the header or beside the number, or declare it in study.yaml: ${declare}`
    : `${place}：${reasons[d.reason].zh}${more}。${d.indicator}的单位：${list(d.known, language)}。请在表头或数值旁写明其中之一，或在study.yaml中声明：${declare}`;
}

/** A table whose year is not known, and how to say it. */
export function unknownYearText(d: ErrorDetail<'unknown-year'>, language: Language): string {
  const isEnglish = language === 'en';
  const years = d.years.join(isEnglish ? ', ' : '、');
  const declared = (value: string | number): string =>
    `data: { file_years: { ${JSON.stringify(d.file.replace(/ \[.*\]$/u, ''))}: ${value} } }`;
  if (d.reason === 'yearbook') {
    const year = at(d.years, 0);
    return isEnglish
      ? `${d.file} has no column of years, and "${d.written}" is named as a yearbook: one of ${year} holds the data of ${year - 1} as a rule. Say which in study.yaml: ${declared('yearbook')} (data of ${year - 1}) or ${declared('data')} (data of ${year}), or add a column 年份.`
      : `${d.file}没有年份列，而“${d.written}”像是年鉴：${year}年的年鉴一般载${year - 1}年的数据。请在study.yaml中写明：${declared('yearbook')}（${year - 1}年数据）或${declared('data')}（${year}年数据），或加上年份列。`;
  }
  return isEnglish
    ? `${d.file} has no column of years, and its name and titles (${d.written}) give several: ${years}. Add a column 年份, or say the year in study.yaml: ${declared(at(d.years, 0))}`
    : `${d.file}没有年份列，而其名称与标题（${d.written}）中有多个年份：${years}。请加上年份列，或在study.yaml中写明：${declared(at(d.years, 0))}`;
}

/** Two cells of one city and year, and how to say which counts. */
export function duplicateSourceText(d: ErrorDetail<'duplicate-source'>, language: Language): string {
  const isEnglish = language === 'en';
  const cells = d.cells.join(isEnglish ? ' and ' : '与');
  const head = isEnglish
    ? `${d.indicator} of ${d.city} in ${d.year} has two values: ${cells} (${n(d.count)} such ${d.count === 1 ? 'pair' : 'pairs'} in all).`
    : `${d.city}在${d.year}年的${d.indicator}有两个数值：${cells}（此类共${n(d.count)}对）。`;
  if (d.files.length < 2) {
    return isEnglish
      ? `${head} Both stand in one file: delete one of the rows or columns${d.hasRules === false ? '.' : ', or take one out with data.rules (missing: true).'}`
      : `${head}两者在同一文件中：请删去其中一行或一列${d.hasRules === false ? '。' : '，或以data.rules（missing: true）去掉其一。'}`;
  }
  const priority = `data: { priority: [${d.files.map((file) => JSON.stringify(file)).join(', ')}] }`;
  return isEnglish
    ? `${head} Say in study.yaml which source counts, the most trusted first: ${priority}`
    : `${head}请在study.yaml中写明以哪个来源为准，最可信的在前：${priority}`;
}

/** A column of shares on another scale than its header says, with the rule to paste. */
export function shareScaleText(d: ErrorDetail<'share-scale'>, language: Language): string {
  const range = `${d.lowest} … ${d.highest}`;
  if (d.hasRules === false)
    return language === 'en'
      ? `${d.file}, row ${d.row}, column ${d.column} ("${d.cell}"): the ${n(d.cells)} values of ${d.indicator} in this column are ${range} percent by their header. They are on another scale. Correct the header or its unit.`
      : `${d.file}第${d.row}行第${d.column}列（“${d.cell}”）：按表头，该列${d.indicator}的${n(d.cells)}个数值为${range}（百分比），尺度不符。请改正表头或其单位。`;
  return language === 'en'
    ? `${d.file}, row ${d.row}, column ${d.column} ("${d.cell}"): the ${n(d.cells)} values of ${d.indicator} in this column are ${range} percent by their header. They are on another scale. Correct it, or look at the column and paste under data of study.yaml:\n    rules:\n${scaleRule(d, 'the values are of another scale than the header says')}\nA rule that multiplies by 1 keeps the values as they are.`
    : `${d.file}第${d.row}行第${d.column}列（“${d.cell}”）：按表头，该列${d.indicator}的${n(d.cells)}个数值为${range}（百分比），尺度不符。请改正表头，或核对该列后在study.yaml的data下粘贴：\n    rules:\n${scaleRule(d, '数值与表头的尺度不符')}\n乘以1的规则则按原值保留。`;
}

/** Why a folder is no raw layer of the study's own. */
export function foreignReason({ reason, file }: ErrorDetail<'foreign-raw-layer'>, language: Language): string {
  const words = {
    gone: { en: `${file} is gone`, zh: `缺少 ${file}` },
    'not-ours': {
      en: 'it holds files that were not made by kaya simulate',
      zh: '其中有不是 kaya simulate 生成的文件',
    },
  };
  return words[reason][language];
}

/** What to do with such a folder. No option lets a file of the user go that was not named. */
export function foreignAdvice({ reason }: ErrorDetail<'foreign-raw-layer'>, language: Language): string {
  const words = {
    gone: { en: 'Make the layer anew with --force.', zh: '请加--force重新生成。' },
    changed: {
      en: 'Bring the file back, or make the layer anew with --force and name the file with --replace.',
      zh: '请恢复该文件，或加--force重新生成并用--replace写出该文件。',
    },
    'not-ours': { en: 'Name another folder.', zh: '请另写一个目录。' },
  };
  return words[reason][language];
}

/** The rule that mends a column of another scale, to paste as it is. */
function scaleRule({ indicator, path, factor }: ErrorDetail<'share-scale'>, reason: string): string {
  return [
    `    - indicator: ${indicator}`,
    `      file: ${JSON.stringify(path)}`,
    factor > 1 ? `      multiply: ${factor}` : `      divide: ${1 / factor}`,
    `      reason: ${reason}`,
  ].join('\n');
}
