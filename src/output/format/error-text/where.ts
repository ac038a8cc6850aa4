import type { ErrorDetail } from '../../../error/codes.ts';
import type { WhereFault } from '../../../error/where-fault.ts';
import type { Language } from '../text-key.ts';
import { numberText as n, pointAt } from './contract.ts';

/** A condition on rows that cannot be used: what is wrong with it, and how it would be right. */
export function whereText({ where, fault, column, place }: ErrorDetail<'bad-where'>, language: Language): string {
  const isEnglish = language === 'en';
  const at = place === undefined ? '' : isEnglish ? ` of ${place}` : `（${place}）`;
  const head = isEnglish ? `The condition "${where}"${at} cannot be used: ` : `条件“${where}”${at}无法使用：`;
  const mark = column === undefined || column === null ? '' : pointAt(where, column);
  return `${head}${isEnglish ? faultEn(fault, column ?? null) : faultZh(fault, column ?? null)}${mark}`;
}

/** What is wrong with a condition, where its place is told by somebody else. */
export function conditionFaultText(fault: WhereFault, language: Language): string {
  return language === 'en' ? faultEn(fault, null) : faultZh(fault, null);
}

function faultEn(fault: WhereFault, column: number | null): string {
  switch (fault.kind) {
    case 'syntax': {
      const at = column === null ? '' : ` at character ${column}`;
      return `${fault.near === '' ? 'it ends too early' : `it cannot be read at "${fault.near}"`}${at}. Write conditions such as year >= 2010 and region in ('East', 'West'); kaya help where lists all.`;
    }
    case 'not-a-row-condition':
      return `"${fault.found}" says more than one row by itself can. Use comparisons, arithmetic, in, between, like, case, is missing and functions of one row.`;
    case 'unknown-function':
      return `${fault.name}() is no function that a condition has.${fault.nearest === null ? ' It has functions of one row: abs, log, round, lower, substr, length, regexp_matches, coalesce, year and their like.' : ` Did you mean ${fault.nearest}()?`}`;
    case 'not-supported':
      return `${fault.name} is no part of conditions here.${fault.write === null ? ' Make a column of it in the data, and compare that.' : ` What comes nearest: ${fault.write}`}`;
    case 'argument-count':
      return `${fault.name}() takes ${countEn(fault.least, fault.most)}.`;
    case 'argument':
      return `${fault.name}() takes ${argumentEn[fault.expected]}.`;
    case 'other-words':
      return `texts stand in quotes, and missing cells are asked for by is missing.${writeEn(fault.write)}`;
    case 'ambiguous':
      return `${fault.sign} is read differently by different programs there.${writeEn(fault.write)}`;
    case 'text-as-number':
      return `${fault.name ?? 'a text'} is text and cannot be taken for a number, for two texts may be one number.${fault.name === null || fault.written === null ? ' Put quotes around what it is compared with.' : ` Write ${fault.name} with '${unquoted(fault.written)}' in quotes, or read the column as numbers: --number ${fault.name}.`}`;
    case 'no-such-value':
      return `no row of ${fault.name} is ${fault.written.map((text) => `'${text}'`).join(' or ')}.${fault.nearest === null ? '' : ` Did you mean '${fault.nearest}'?`} ${fault.name} holds: ${fault.values.join(', ')}${fault.count > fault.values.length ? ` and ${n(fault.count - fault.values.length)} more` : ''}.`;
    case 'number-as-text':
      if (fault.values !== undefined) {
        return `${fault.name} is a number and is compared with the text ${fault.written}. Compare it with a number: ${fault.name} holds ${fault.values.join(', ')}; write ${fault.name} = ${fault.values[0]}, say. Labels that a file keeps beside numbers are no values.`;
      }
      return `${fault.name ?? 'a number'} is a number and is compared with text.${fault.written === null ? '' : ` Write ${unquoted(fault.written)} without quotes`}${fault.name === null || fault.written === null ? '' : `, or read the column as text: --text ${fault.name}`}${fault.written === null ? '' : '.'}`;
    case 'date-as-number':
      return `a date is no number${fault.name === null ? '' : `, and ${fault.name} is one`}. Compare dates with dates (date '2010-01-31'), and parts of them with numbers (year(x) = 2010).`;
    case 'not-a-date':
      return `'${fault.written}' is no day of the calendar. Write dates as date '2010-01-31'.`;
    case 'not-a-pattern':
      return `'${fault.written}' is no pattern that can be used. Look-around and back references are none; like takes % for any characters and _ for one.`;
    case 'not-a-truth':
      return 'it is a text or a date, not a condition. Compare it with something.';
    case 'cannot-convert':
      return `${fault.cell === null ? 'a cell' : `the cell '${fault.cell}'`} cannot be converted as it asks. Use try_cast, which leaves such cells out.`;
    case 'bit-sign':
      return fault.sign === '||'
        ? '|| joins texts, and stands between conditions for or: which is meant here cannot be told. Write or, or concat().'
        : `between conditions stands ${fault.word}; ${fault.sign} between other things is not read.${writeEn(fault.write)}`;
    case 'number-too-large':
      return 'a number in it is larger than a double can hold.';
    case 'too-deep':
      return 'its brackets are too deep to be read. Write it in fewer levels, or make a column of a part of it.';
  }
}

function faultZh(fault: WhereFault, column: number | null): string {
  switch (fault.kind) {
    case 'syntax': {
      const at = column === null ? '' : `第${column}个字符`;
      return `${at}${fault.near === '' ? '条件没有写完' : `“${fault.near}”处无法读懂`}。条件例如year >= 2010 and region in ('East', 'West')；全部写法见kaya help where。`;
    }
    case 'not-a-row-condition':
      return `“${fault.found}”不是单独一行能判断的。请使用比较、算术、in、between、like、case、is missing及按行计算的函数。`;
    case 'unknown-function':
      return `条件没有函数${fault.name}()。${fault.nearest === null ? '可用按行计算的函数，如abs、log、round、lower、substr、length、regexp_matches、coalesce、year。' : `是否想写${fault.nearest}()？`}`;
    case 'not-supported':
      return `条件中不能使用${fault.name}。${fault.write === null ? '请先在数据中生成一列，再与之比较。' : `最接近的写法：${fault.write}`}`;
    case 'argument-count':
      return `${fault.name}()应有${countZh(fault.least, fault.most)}个参数。`;
    case 'argument':
      return `${fault.name}()的参数应为${argumentZh[fault.expected]}。`;
    case 'other-words':
      return `文本应写在引号内，缺失值用is missing判断。${writeZh(fault.write)}`;
    case 'ambiguous':
      return `各软件对此处的${fault.sign}理解不同。${writeZh(fault.write)}`;
    case 'text-as-number':
      return `${fault.name ?? '文本'}是文本，不能当作数值，因为两个不同的文本可能是同一个数值。${fault.name === null || fault.written === null ? '请给比较的值加引号。' : `请写成带引号的'${unquoted(fault.written)}'，或按数值读取该列：--number ${fault.name}。`}`;
    case 'no-such-value':
      return `${fault.name}没有一行是${fault.written.map((text) => `'${text}'`).join('或')}。${fault.nearest === null ? '' : `是否想写'${fault.nearest}'？`}${fault.name}的取值：${fault.values.join('、')}${fault.count > fault.values.length ? `等${n(fault.count)}个` : ''}。`;
    case 'number-as-text':
      if (fault.values !== undefined) {
        return `${fault.name}是数值，却与文本${fault.written}比较。请与数值比较：${fault.name}的取值如${fault.values.join('、')}，例如写${fault.name} = ${fault.values[0]}。文件中数值旁的标签不是取值。`;
      }
      return `${fault.name ?? '数值'}是数值，却与文本比较。${fault.written === null ? '' : `请去掉${unquoted(fault.written)}的引号`}${fault.name === null || fault.written === null ? '' : `，或按文本读取该列：--text ${fault.name}`}${fault.written === null ? '' : '。'}`;
    case 'date-as-number':
      return `日期不是数值${fault.name === null ? '' : `，而${fault.name}是数值`}。日期与日期比较（date '2010-01-31'），年月等与数值比较（year(x) = 2010）。`;
    case 'not-a-date':
      return `'${fault.written}'不是日历上的日期。日期写作date '2010-01-31'。`;
    case 'not-a-pattern':
      return `'${fault.written}'不是可用的模式。不支持环视和反向引用；like中%代表任意字符，_代表一个字符。`;
    case 'not-a-truth':
      return '它是文本或日期，不是条件。请将它与某个值比较。';
    case 'cannot-convert':
      return `${fault.cell === null ? '有单元格' : `单元格'${fault.cell}'`}不能按要求转换。请用try_cast，它会略过这样的单元格。`;
    case 'bit-sign':
      return fault.sign === '||'
        ? '||既可连接文本，也可在条件之间表示or，此处无法判断。请写or或concat()。'
        : `条件之间应写${fault.word}；其他位置的${fault.sign}无法读懂。${writeZh(fault.write)}`;
    case 'number-too-large':
      return '其中的数值超出双精度所能表示的范围。';
    case 'too-deep':
      return '括号层数过多。请减少层数，或先在数据中生成一列。';
  }
}

const argumentEn = {
  text: 'a text',
  number: 'a number',
  date: "a date, such as date '2010-01-31', or a text column of dates",
  literal: 'a text that stands in the condition itself',
  part: "'year', 'quarter', 'month', 'week' or 'day' first",
} as const;

const argumentZh = {
  text: '文本',
  number: '数值',
  date: "日期（如date '2010-01-31'）或日期文本列",
  literal: '写在条件中的文本',
  part: "'year'、'quarter'、'month'、'week'或'day'（第一个参数）",
} as const;

function countEn(least: number, most: number | null): string {
  if (most === null) return `at least ${n(least)} ${least === 1 ? 'argument' : 'arguments'}`;
  return `${least === most ? n(least) : `${n(least)} to ${n(most)}`} ${most === 1 ? 'argument' : 'arguments'}`;
}

function countZh(least: number, most: number | null): string {
  if (most === null) return `至少${n(least)}`;
  return least === most ? n(least) : `${n(least)}至${n(most)}`;
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
