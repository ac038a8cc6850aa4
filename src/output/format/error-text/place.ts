import type { ErrorDetail, UnresolvedPlace } from '../../../error/codes.ts';
import type { Language } from '../text-key.ts';
import { numberText as n, shortList } from './contract.ts';

type Unresolved = ErrorDetail<'unresolved-place'>;
type Reference = ErrorDetail<'reference-invalid'>;

const reasons: Readonly<Record<Language, Readonly<Record<UnresolvedPlace['reason'], string>>>> = {
  en: {
    empty: 'names no place',
    'no-unit': 'is no prefecture-level city, or not in its year',
    ambiguous: 'can be more than one place; write the province beside it, or the code',
    unknown: 'is no known name or code, or not one of its year',
    contradiction: 'contradicts itself: code, province and name are not of one city',
  },
  zh: {
    empty: '没有写明地方',
    'no-unit': '不是地级市，或在该年不是',
    ambiguous: '可指不止一处，请写明省份或代码',
    unknown: '不是已知的名称或代码，或不属该年',
    contradiction: '自相矛盾：代码、省份与名称不属于同一城市',
  },
};

const unitReasons: typeof reasons = {
  en: {
    empty: 'names no unit',
    'no-unit': 'is no unit, or not in its year',
    ambiguous: 'can be more than one unit; write its code',
    unknown: 'is no known name or code, or not one of its year',
    contradiction: 'contradicts itself: code and name are not of one unit',
  },
  zh: {
    empty: '没有写明单元',
    'no-unit': '不是单元，或在该年不是',
    ambiguous: '可指不止一个单元，请写代码',
    unknown: '不是已知的名称或代码，或不属该年',
    contradiction: '自相矛盾：代码与名称不属于同一单元',
  },
};

/** What to do about units that were not found. */
function unitAdvice(entries: readonly string[], isEnglish: boolean): string {
  if (entries.length === 0) return isEnglish ? 'Correct these rows.' : '请改正这些行。';
  const lead = isEnglish
    ? 'Correct these rows, or check and paste into reference/aliases.csv, columns alias,code,from,to (an empty code: no unit, its rows are left out):'
    : '请改正这些行，或核对后粘贴到reference/aliases.csv，列为alias,code,from,to（代码留空表示不是单元，其行不用）：';
  return `${lead}${entries.join('')}`;
}

const shown = 10;

/** The places that were not found, a line each, and the rows of the alias table to paste. */
export function unresolvedText({ file, count, places, unproposed, kind }: Unresolved, language: Language): string {
  const isEnglish = language === 'en';
  const said = kind === 'city' ? reasons : unitReasons;
  const lines = places.slice(0, shown).map(({ written, row, rows, reason, nearest }) => {
    const near = shortList(nearest, isEnglish ? ', ' : '、', () => '', 5);
    const meant = near === '' ? '' : isEnglish ? ` (nearest: ${near})` : `（相近：${near}）`;
    const also = rows <= 1 ? '' : isEnglish ? ` and ${n(rows - 1)} more` : `等${n(rows)}行`;
    const at = row === null ? '' : isEnglish ? `row ${row}${also}: ` : `第${row}行${also}：`;
    return `\n  ${at}${written} ${said[language][reason]}${meant}`;
  });
  const entries = places.slice(0, shown).flatMap(({ entry }) => (entry === null ? [] : [`\n  ${entry}`]));
  const left = places.length - lines.length;
  const open =
    unproposed === 0
      ? ''
      : isEnglish
        ? `; for ${n(unproposed)} of them no near name was looked for`
        : `，其中${n(unproposed)}处未查找相近的名称`;
  const more = left <= 0 ? '' : isEnglish ? `\n  and ${n(left)} more${open}` : `\n  另有${n(left)}处${open}`;
  const head = isEnglish
    ? `${file}: ${n(count)} ${count === 1 ? 'row has' : 'rows have'} no ${kind}.`
    : `${file}中有${n(count)}行找不到${kind === 'city' ? '城市' : '单元'}。`;
  if (kind === 'unit') return `${head}${lines.join('')}${more}\n${unitAdvice(entries, isEnglish)}`;
  const next =
    entries.length === 0
      ? isEnglish
        ? 'Correct these rows, or write the six-digit code.'
        : '请改正这些行，或写六位行政区划代码。'
      : isEnglish
        ? 'Correct these rows, or check and paste into reference/city_aliases.csv (an empty code: no city, its rows are left out):'
        : '请改正这些行，或核对后粘贴到reference/city_aliases.csv（代码留空表示不是城市，其行不用）：';
  return `${head}${lines.join('')}${more}\n${next}${entries.join('')}`;
}

/** What is wrong with a cell of a reference table, and what it may be. */
export function referenceText({ file, line, column, value, reason, known }: Reference, language: Language): string {
  const list = shortList(known, language === 'en' ? ', ' : '、', () => ' …');
  const said: Readonly<Record<Language, Readonly<Record<Reference['reason'], string>>>> = {
    en: {
      'no-column': `the column is missing`,
      empty: 'the cell is empty',
      'not-a-number': `"${value}" is no number`,
      'not-a-code': `"${value}" is no division code (six digits, or their first four for all counties)`,
      'unknown-city': `${value} is no city of reference/cities.csv`,
      'not-known': `"${value}" is none of ${list}`,
      shares: `the shares of ${value} do not sum to 1, or one is missing`,
    },
    zh: {
      'no-column': '缺少该列',
      empty: '单元格为空',
      'not-a-number': `“${value}”不是数`,
      'not-a-code': `“${value}”不是行政区划代码（六位，或代表其所有县的前四位）`,
      'unknown-city': `${value}不是reference/cities.csv中的城市`,
      'not-known': `“${value}”不在可取之列：${list}`,
      shares: `${value}的各份额之和不为1，或有缺`,
    },
  };
  const what = said[language][reason];
  return language === 'en'
    ? `${file}, line ${line}, column ${column}: ${what}. Correct the reference table; docs/methods/raw-data.md says what it holds.`
    : `${file}第${line}行${column}列：${what}。请改正参照表，其内容见docs/methods/raw-data.md。`;
}
