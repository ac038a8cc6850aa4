import type { ErrorDetail, NotNumericCells } from '../../../error/codes.ts';
import type { Language } from '../text-key.ts';
import { type DetailReader, numberText as n } from './contract.ts';

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
    // An engine tells no cells.
    if (example === '') {
      return isEnglish
        ? `${where} needs numbers, but ${name} is text. Use it as a fixed effect or with i(${name}), or turn it into numbers in the data; whole numbers beyond 2^53 are text unless --number ${name} is given.`
        : `${where}需要数值，而${name}是文本。可将其用作固定效应，或写成i(${name})，或先在数据中转为数值；超出2^53的整数按文本读取，除非写明--number ${name}。`;
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
