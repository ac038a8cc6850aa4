import type { ErrorDetail, NotNumericCells, WhereFault } from '../../../error/codes.ts';
import type { Language } from '../text-key.ts';
import { type DetailReader, numberText as n, pointAt } from './contract.ts';

type NotNumeric = ErrorDetail<'not-numeric'>;

/** A column that numbers are asked of: its first offending cell, how many there are, and what would make it a number. */
export function notNumericText({ where, name, example, cell }: NotNumeric, language: Language): string {
  const isEnglish = language === 'en';
  const isWords = cell?.reason === 'cells' && cell.notNumbers === cell.filled && looksOf(example) === null;
  if (cell === undefined || cell.first === null || isWords) {
    // A threshold variable is ordered; dummies would be no answer.
    if (/^(?:--)?(?:by|regime) [^~]*$/.test(where)) {
      return isEnglish
        ? `${where} needs numbers, but ${name} holds text such as "${example}". A threshold orders the rows by numbers; use --split ${name} of kaya reg for one model a group.`
        : `${where}需要数值，而${name}是文本，例如“${example}”。门槛按数值排列各行；若要按组各估计一个模型，请用kaya reg的--split ${name}。`;
    }
    return isEnglish
      ? `${where} needs numbers, but ${name} holds text such as "${example}". Use it as a fixed effect or with i(${name}), or turn it into numbers in the data.`
      : `${where}需要数值，而${name}是文本，例如“${example}”。可将其用作固定效应，或写成i(${name})，或先在数据中转为数值。`;
  }
  const { text, at, unit } = cell.first;
  const place = isEnglish ? `${unit} ${at}` : `第${at}${unit === 'line' ? '行' : '行数据'}`;
  if (cell.reason === 'cells') {
    const found = offending(where, name, text, place, cell, isEnglish);
    return `${found}${isEnglish ? ' ' : ''}${remedy(text, cell, language)}`;
  }
  if (cell.reason === 'declared') {
    return isEnglish
      ? `${where} needs numbers, but ${name} is stored as text ("${text}", ${place}). If its cells are amounts, read them as numbers: --number ${name}.`
      : `${where}需要数值，而${name}以文本存储（“${text}”，${place}）。如果它是数量，请按数值读取：--number ${name}。`;
  }
  const reason = shapes[language][cell.reason];
  return isEnglish
    ? `${where} needs numbers, but ${name} is read as text: "${text}" in ${place} ${reason}, as identifiers do. If its cells are amounts, read them as numbers: --number ${name}.`
    : `${where}需要数值，而${name}按文本读取：${place}的“${text}”${reason}，像是代码。如果它是数量，请按数值读取：--number ${name}。`;
}

const shapes: Readonly<
  Record<Language, Readonly<Record<Exclude<NotNumericCells['reason'], 'cells' | 'declared'>, string>>>
> = {
  en: {
    'leading-zero': 'begins with a zero',
    'beyond-exact': 'has more digits than a number keeps (2^53)',
    'plus-sign': 'has a plus sign',
    exponent: 'has an exponent without sign or point',
  },
  zh: {
    'leading-zero': '以0开头',
    'beyond-exact': '的位数超出数值能精确保存的范围（2^53）',
    'plus-sign': '带有加号',
    exponent: '带有既无符号也无小数点的指数',
  },
};

function offending(
  where: string,
  name: string,
  text: string,
  place: string,
  { notNumbers, filled }: NotNumericCells,
  isEnglish: boolean,
): string {
  return isEnglish
    ? `${where} needs numbers, but ${n(notNumbers)} of the ${n(filled)} filled cells of ${name} ${notNumbers === 1 ? 'is no number' : 'are no numbers, the first of them'}: "${text}" in ${place}.`
    : `${where}需要数值，而${name}的${n(filled)}个非空单元格中有${n(notNumbers)}个不是数值：${notNumbers === 1 ? '' : '第一个是'}${place}的“${text}”。`;
}

/** What a cell that is no number looks like, and what to do about it. */
function remedy(text: string, { marks }: Pick<NotNumericCells, 'marks'>, language: Language): string {
  const isEnglish = language === 'en';
  const looks = looksOf(text);
  if (looks !== null) return advice[language][looks](numberIn(text, looks));
  // A number in another way of writing is no mark of a missing cell.
  const unlike = marks.filter((mark) => looksOf(mark) === null);
  const list = (unlike.length === 0 ? [text] : unlike).join(',');
  if (list.includes('"') || unlike.some((mark) => mark.includes(',')) || text.includes(','))
    return advice[language].other('');
  return isEnglish
    ? `If ${unlike.length > 1 ? 'they stand' : 'it stands'} for a missing cell, say so: --missing "${list}"; otherwise mend the data.`
    : `如果表示缺失，请写明：--missing "${list}"；否则请修正数据。`;
}

type Looks =
  | 'comma'
  | 'thousands'
  | 'percent'
  | 'wide'
  | 'minus'
  | 'accounting'
  | 'behind'
  | 'stars'
  | 'currency'
  | 'infinite';

function looksOf(text: string): Looks | null {
  if (/^[-+]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text)) return 'thousands';
  if (/^[-+]?\d{1,3}([ \u00a0\u202f'’]\d{3})+([.,]\d+)?$/.test(text)) return 'thousands';
  if (/^[-+]?(\d{1,3}(\.\d{3})+|\d*),\d+$/.test(text)) return 'comma';
  if (/^[-+]?[\d.,]+\s*[%％‰]$/.test(text)) return 'percent';
  if (/^[-+]?inf(inity)?$/i.test(text)) return 'infinite';
  if (/[０-９．]/.test(text) && /^[-+－＋]?[\d０-９.．,，]+$/.test(text)) return 'wide';
  if (/^[−–—－]\s*[.,]?\d|^-\s+[.,]?\d/.test(text)) return 'minus';
  if (/^\(\s*[$€£¥￥]?\s*[\d.,]*\d[\d.,]*\s*[%％]?\s*\)$|^（[\d.,]*\d[\d.,]*）$/.test(text)) return 'accounting';
  if (/^[\d.,]*\d[\d.,]*\s*[-−]$/.test(text)) return 'behind';
  if (/^[-+]?[\d.,]*\d[\d.,]*\s*\*+$/.test(text)) return 'stars';
  return /^[-−]?\s*[$€£¥￥]\s*-?[\d.,]+$|^-?[\d.,]+\s*[$€£¥￥元]$/.test(text) ? 'currency' : null;
}

/** The number that a cell seems to hold, as it would be read; empty where that is not certain. */
function numberIn(text: string, looks: Looks): string {
  const plain = text
    .normalize('NFKC')
    .replace(/[−–—]/g, '-')
    .replace(/[()\s'’%‰*$€£¥元]/g, '');
  const isDecimalComma =
    looks === 'comma' || (looks !== 'thousands' && /^-?\d*,\d+$/.test(plain) && !/,\d{3}$/.test(plain));
  const pointed = isDecimalComma ? plain.replaceAll('.', '').replace(',', '.') : plain.replaceAll(',', '');
  const signed = looks === 'accounting' || looks === 'behind' ? `-${pointed.replace(/-$/, '')}` : pointed;
  return /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)$/.test(signed) ? signed : '';
}

type Advice = Readonly<Record<Looks | 'other', (number: string) => string>>;

const shownEn = (number: string): string => (number === '' ? '' : ` (${number})`);
const shownZh = (number: string): string => (number === '' ? '' : `（${number}）`);

const advice: Readonly<Record<Language, Advice>> = {
  en: {
    comma: (number) => `It looks like a decimal comma: write decimal points in the file${shownEn(number)}.`,
    thousands: (number) => `It looks like a number with thousands separators: write it without them${shownEn(number)}.`,
    percent: (number) =>
      `It looks like a percentage: write the number without the sign${shownEn(number)}, in one unit throughout.`,
    wide: (number) => `It has full-width digits: write them as 0 to 9${shownEn(number)}.`,
    minus: (number) =>
      `Its minus is another sign than the hyphen-minus of numbers, or stands apart: write ${number === '' ? '-5' : number}.`,
    accounting: (number) =>
      `It looks like a negative number in the brackets of accounts: write the minus${shownEn(number)}. If it is a standard error or a footnote, mend the data.`,
    behind: (number) => `It looks like a number with its minus behind: write the minus before it${shownEn(number)}.`,
    stars: (number) =>
      `It looks like a number with stars of significance or of a footnote: write it alone${shownEn(number)}.`,
    currency: (number) => `It has a currency sign: write the number alone${shownEn(number)}.`,
    infinite: () =>
      'An infinite value is no number to compute with: if it stands for a missing cell, add it to --missing.',
    other: () => 'Mend the data, or empty the cell if it is missing.',
  },
  zh: {
    comma: (number) => `看起来是小数逗号：请在文件中使用小数点${shownZh(number)}。`,
    thousands: (number) => `看起来带有千位分隔符：请去掉${shownZh(number)}。`,
    percent: (number) => `看起来是百分数：请去掉百分号${shownZh(number)}，全列用同一单位。`,
    wide: (number) => `含有全角数字：请改为半角0至9${shownZh(number)}。`,
    minus: (number) => `其负号不是数值用的减号，或与数字分开：请写${number === '' ? '-5' : number}。`,
    accounting: (number) => `看起来是会计括号表示的负数：请写负号${shownZh(number)}。如果是标准误或脚注，请修正数据。`,
    behind: (number) => `看起来负号写在数字之后：请写在前面${shownZh(number)}。`,
    stars: (number) => `看起来带有显著性星号或脚注：请只写数值${shownZh(number)}。`,
    currency: (number) => `带有货币符号：请只写数值${shownZh(number)}。`,
    infinite: () => '无穷值不能参与计算：如果表示缺失，请加入--missing。',
    other: () => '请修正数据；如果是缺失，请留空。',
  },
};

/** Why a column that is otherwise numbers is text: how many cells, the first of them, and what to do about it. */
export function mixedColumnText(d: DetailReader, language: Language): string {
  const [name, text, at] = [d.text('name', ''), d.text('text', ''), d.text('at', '')];
  const [wrong, filled] = [d.text('not_numbers', ''), d.text('filled', '')];
  const step = remedy(text, { marks: [text] }, language);
  if (language === 'en') {
    const are = d.word('not_numbers', 'is no number', 'are no numbers, the first of them');
    return `${name} is text: ${wrong} of its ${filled} filled cells ${are}: "${text}" in ${d.text('unit', 'row')} ${at}. ${step}`;
  }
  const first = d.word('not_numbers', '', '第一个是');
  const unit = d.text('unit', 'row') === 'line' ? '行' : '行数据';
  return `${name}是文本：其${filled}个非空单元格中有${wrong}个不是数值：${first}第${at}${unit}的“${text}”。${step}`;
}

/** A filter that cannot be used: what is wrong with it, and how it would be right. */
export function whereText({ where, fault }: ErrorDetail<'bad-where'>, language: Language): string {
  const isEnglish = language === 'en';
  const head = isEnglish ? `The filter "${where}" cannot be used: ` : `筛选条件“${where}”无法使用：`;
  const place = fault.kind === 'syntax' && fault.column !== null ? pointAt(where, fault.column) : '';
  return `${head}${isEnglish ? faultEn(fault) : faultZh(fault)}${place}`;
}

function faultEn(fault: WhereFault): string {
  switch (fault.kind) {
    case 'syntax': {
      const at = fault.column === null ? '' : ` at character ${fault.column}`;
      return `${fault.near === '' ? 'it ends too early' : `it cannot be read at "${fault.near}"`}${at}. It must be an SQL condition over the columns, such as year >= 2010 and region = 'East'.${writeEn(fault.write)}`;
    }
    case 'not-a-row-condition':
      return `"${fault.found}" says more than one row by itself can. Use comparisons, arithmetic, in, between, like, case, is null and functions of one row.`;
    case 'unknown-function':
      return `${fault.name}() is no function that a filter has.${fault.nearest === null || fault.write !== undefined ? '' : ` Did you mean ${fault.nearest}()?`}${fault.write === undefined ? ' A filter has functions of one row: abs, log, round, lower, substr, length, regexp_matches, coalesce and their like.' : writeEn(fault.write)}`;
    case 'text-as-number':
      return `${fault.name ?? 'a text'} is text and cannot be taken for a number, for two texts may be one number.${fault.name === null || fault.written === null ? ' Put quotes around what it is compared with.' : ` Write ${fault.name} with '${unquoted(fault.written)}' in quotes, or read the column as numbers: --number ${fault.name}.`}`;
    case 'other-words':
      return `a text stands in single quotes, and words of other programs have words of SQL.${writeEn(fault.write)}`;
    case 'no-such-value':
      return `no row of ${fault.name} is ${fault.written.map((text) => `'${text}'`).join(' or ')}.${fault.nearest === null ? '' : ` Did you mean '${fault.nearest}'?`} ${fault.name} holds: ${fault.values.join(', ')}${fault.count > fault.values.length ? ` and ${n(fault.count - fault.values.length)} more` : ''}.`;
    case 'number-as-text':
      if (fault.values !== undefined) {
        return `${fault.name} is a number and is compared with the text ${fault.written}. Compare it with a number: ${fault.name} holds ${fault.values.join(', ')}; write ${fault.name} = ${fault.values[0]}, say. Labels that a file keeps beside numbers are no values.`;
      }
      return `${fault.name ?? 'a number'} is a number and is compared with text.${fault.written === null ? '' : ` Write ${unquoted(fault.written)} without quotes`}${fault.name === null || fault.written === null ? '' : `, or read the column as text: --text ${fault.name}`}${fault.written === null ? '' : '.'}`;
    case 'not-a-truth':
      return 'it is a text or a date, not a condition. Compare it with something.';
    case 'cannot-convert':
      return `${fault.cell === null ? 'a cell' : `the cell '${fault.cell}'`} cannot be converted as it asks. Use try_cast, which leaves such cells out.`;
    case 'no-value':
      return 'a function has no value for some row, such as the logarithm of zero or of a negative number. Choose the rows where it has one first: case when x > 0 then log(x) > 1 else false end.';
    case 'bit-sign':
      return `between conditions stands ${fault.word}, not ${fault.sign}.${writeEn(fault.write)}`;
    case 'number-too-large':
      return 'a number in it is larger than a double can hold.';
    case 'cannot-compute':
      return 'its parts do not go together: look at the functions and what they are given.';
  }
}

function faultZh(fault: WhereFault): string {
  switch (fault.kind) {
    case 'syntax': {
      const at = fault.column === null ? '' : `第${fault.column}个字符`;
      return `${at}${fault.near === '' ? '条件没有写完' : `“${fault.near}”处无法读懂`}。它应是关于数据各列的SQL条件，例如year >= 2010 and region = 'East'。${writeZh(fault.write)}`;
    }
    case 'not-a-row-condition':
      return `“${fault.found}”不是单独一行能判断的。请使用比较、算术、in、between、like、case、is null及按行计算的函数。`;
    case 'unknown-function':
      return `筛选条件没有函数${fault.name}()。${fault.nearest === null || fault.write !== undefined ? '' : `是否想写${fault.nearest}()？`}${fault.write === undefined ? '可用按行计算的函数，如abs、log、round、lower、substr、length、regexp_matches、coalesce。' : writeZh(fault.write)}`;
    case 'text-as-number':
      return `${fault.name ?? '文本'}是文本，不能当作数值，因为两个不同的文本可能是同一个数值。${fault.name === null || fault.written === null ? '请给比较的值加引号。' : `请写成带引号的'${unquoted(fault.written)}'，或按数值读取该列：--number ${fault.name}。`}`;
    case 'other-words':
      return `文本应写在单引号内，其他软件的写法应改为SQL的写法。${writeZh(fault.write)}`;
    case 'no-such-value':
      return `${fault.name}没有一行是${fault.written.map((text) => `'${text}'`).join('或')}。${fault.nearest === null ? '' : `是否想写'${fault.nearest}'？`}${fault.name}的取值：${fault.values.join('、')}${fault.count > fault.values.length ? `等${n(fault.count)}个` : ''}。`;
    case 'number-as-text':
      if (fault.values !== undefined) {
        return `${fault.name}是数值，却与文本${fault.written}比较。请与数值比较：${fault.name}的取值如${fault.values.join('、')}，例如写${fault.name} = ${fault.values[0]}。文件中数值旁的标签不是取值。`;
      }
      return `${fault.name ?? '数值'}是数值，却与文本比较。${fault.written === null ? '' : `请去掉${unquoted(fault.written)}的引号`}${fault.name === null || fault.written === null ? '' : `，或按文本读取该列：--text ${fault.name}`}${fault.written === null ? '' : '。'}`;
    case 'not-a-truth':
      return '它是文本或日期，不是条件。请将它与某个值比较。';
    case 'cannot-convert':
      return `${fault.cell === null ? '有单元格' : `单元格'${fault.cell}'`}不能按要求转换。请用try_cast，它会略过这样的单元格。`;
    case 'no-value':
      return '有的行上函数没有值，例如零或负数的对数。请先限定有值的行：case when x > 0 then log(x) > 1 else false end。';
    case 'bit-sign':
      return `条件之间应写${fault.word}，而不是${fault.sign}。${writeZh(fault.write)}`;
    case 'number-too-large':
      return '其中的数值超出双精度所能表示的范围。';
    case 'cannot-compute':
      return '各部分不相配：请检查函数及其参数。';
  }
}

function writeEn(write: string | undefined): string {
  return write === undefined ? '' : ` Write: ${write}`;
}

function writeZh(write: string | undefined): string {
  return write === undefined ? '' : `请写成：${write}`;
}

function unquoted(literal: string): string {
  return literal.replace(/^'|'$/g, '');
}
