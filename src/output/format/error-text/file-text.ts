import type { ErrorDetail } from '../../../error/codes.ts';
import { type DiagnosticText, numberText as n } from './contract.ts';
import { mixedColumnText } from './data-file.ts';
import { faultText, needsNextStep } from './file-fault.ts';

type Unreadable = ErrorDetail<'file-unreadable'>;

/** A file that cannot be read: place, what is wrong there, and the next step. */
export function unreadableEn(d: Unreadable): string {
  const sheet = d.sheet == null ? '' : `, sheet ${d.sheet}`;
  const line = d.line === null ? '' : `, ${d.sheet == null ? 'line' : 'row'} ${d.line}`;
  const column = d.column === null ? '' : `, column ${d.column}`;
  const field = d.field === undefined || d.field === '' ? '' : `, ${d.field}`;
  const counts = d.expected === undefined ? '' : ` (${n(d.expected)} expected, ${n(d.found ?? 0)} found)`;
  const cell = d.cell === undefined ? '' : `"${d.cell}" `;
  const more = d.more === undefined || d.more === 0 ? '' : ` (and ${n(d.more)} more)`;
  const step = needsNextStep(d.reason)
    ? ' Open the file at that place and mend it, or save it again as UTF-8 CSV.'
    : '';
  return `${d.path}${sheet}${line}${column}${field} cannot be read: ${cell}${faultText(d.reason, 'en')}${counts}${more}.${step}`;
}

export function unreadableZh(d: Unreadable): string {
  const sheet = d.sheet == null ? '' : `，工作表${d.sheet}`;
  const line = d.line === null ? '' : `，第${d.line}行`;
  const column = d.column === null ? '' : `${d.column}列`;
  const field = d.field === undefined || d.field === '' ? '' : `的${d.field}`;
  const counts = d.expected === undefined ? '' : `（应有${n(d.expected)}个，实有${n(d.found ?? 0)}个）`;
  const cell = d.cell === undefined ? '' : `“${d.cell}”`;
  const more = d.more === undefined || d.more === 0 ? '' : `（另有${n(d.more)}处）`;
  const step = needsNextStep(d.reason) ? '请打开文件改正该处，或另存为UTF-8编码的CSV。' : '';
  return `无法读取${d.path}${sheet}${line}${column}${field}：${cell}${faultText(d.reason, 'zh')}${counts}${more}。${step}`;
}

type SheetNotes = Pick<
  DiagnosticText,
  'column-is-text' | 'sheet-taken' | 'titles-passed' | 'encoding-judged' | 'coded-missing'
>;

/** What is said of how a file was read. */
export const sheetNoteEn: SheetNotes = {
  'column-is-text': (d) => mixedColumnText(d, 'en'),
  'sheet-taken': (d) =>
    `${d.text('path', 'The workbook')}: sheet ${d.text('sheet', 'the first')} was taken. Other sheets: ${d.text('others', 'some')}; name one as FILE::SHEET.`,
  'titles-passed': (d) =>
    `${d.text('path', 'The file')}: the first ${d.text('rows', 'few')} rows are titles above the table and were passed over; the header is in row ${d.text('header', 'below them')}.`,
  'encoding-judged': (d) =>
    `${d.text('path', 'The file')} does not say its encoding; its text was taken for ${d.text('encoding', 'the likeliest')}, such as "${d.text('example', '')}". If that is wrong, save it as UTF-8 (in Stata: unicode encoding set, unicode translate).`,
  'coded-missing': (d) =>
    `${d.text('path', 'The file')} has ${d.text('count', 'some')} coded missing values (${d.text('codes', '.a to .z')}); all are missing here.`,
};

export const sheetNoteZh: SheetNotes = {
  'column-is-text': (d) => mixedColumnText(d, 'zh'),
  'sheet-taken': (d) =>
    `${d.text('path', '工作簿')}：取用工作表${d.text('sheet', '第一个')}。其他工作表：${d.text('others', '若干')}；可写作FILE::SHEET。`,
  'titles-passed': (d) =>
    `${d.text('path', '文件')}：表格上方的${d.text('rows', '若干')}行标题已略过，表头在第${d.text('header', '其下')}行。`,
  'encoding-judged': (d) =>
    `${d.text('path', '文件')}没有写明编码，其文本按${d.text('encoding', '最可能的编码')}读取，例如“${d.text('example', '')}”。如有误，请另存为UTF-8（Stata中：unicode encoding set、unicode translate）。`,
  'coded-missing': (d) =>
    `${d.text('path', '文件')}有${d.text('count', '若干')}个带代码的缺失值（${d.text('codes', '.a至.z')}），此处一律视为缺失。`,
};
