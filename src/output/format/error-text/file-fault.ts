import type { FileFault } from '../../../error/file-fault.ts';
import type { Language } from '../text-key.ts';

/** What is wrong with a file, as the middle of a sentence: "data.csv, line 3 cannot be read: …". */
const faultTexts: Readonly<Record<Language, Readonly<Record<FileFault, string>>>> = {
  en: {
    folder: 'it is a folder, not a file',
    'no-permission': 'its permissions do not let you read it',
    'not-utf8': 'it is no text in UTF-8',
    'empty-file': 'the file is empty',
    'no-header': 'no header line',
    'too-large': 'the file is larger than is read at once; split it',
    'binary-text': 'a control character stands in the text, so this is not a text file, or it is damaged',
    'nul-byte': 'a NUL byte stands in the text: this is no text file, or it is UTF-16 without its byte order mark',
    'damaged-utf8': 'the text is UTF-8 but some bytes are broken (a cell cut within a character?)',
    'unknown-encoding': 'the text is neither UTF-8, UTF-16 nor GB18030',
    'lost-characters': 'characters were lost in an earlier conversion (�, 锟斤拷): go back to the file before it',
    'garbled-text':
      'the text was decoded in the wrong encoding and saved again (å Ã, 鍖椾含): go back to the file before that',
    'web-page': 'it is a web page under the name of a table: open it in a spreadsheet and save it as xlsx',
    'unclosed-quote': 'the quote that opens here is never closed',
    'zip-damaged': 'the workbook is cut short or damaged',
    'zip-encrypted': 'the workbook is protected by a password: save it without one',
    'zip-bomb': 'the workbook unpacks to more than is read at once',
    'not-xlsx': 'it is no xlsx workbook',
    'xlsx-damaged': 'a part of the workbook is damaged: open it in a spreadsheet and save it again',
    'sheet-too-large': 'a sheet of the workbook has more cells than are read at once',
    'no-sheet': 'the workbook has no sheet with cells',
    'xls-damaged': 'it is no xls workbook, or it is damaged: save it as xlsx',
    'xls-protected': 'the workbook is protected by a password: save it without one',
    'xls-limits': 'reading the workbook takes more time or memory than is allowed: save it as xlsx',
    'dta-version': 'it is no dta file of formats 113 to 115 or 117 to 119 (Stata 8 and later): save it anew in Stata',
    'dta-damaged': 'the dta file is cut short or damaged',
    'row-unreadable': 'the row is no row of this table (a quote that is not closed?)',
    'no-table': 'the database has no table of that name',
    'engine-damaged': 'it is no file of that format, or it is cut short or damaged',
  },
  zh: {
    folder: '这是文件夹，不是文件',
    'no-permission': '没有读取权限',
    'not-utf8': '不是UTF-8编码的文本',
    'empty-file': '文件是空的',
    'no-header': '没有表头行',
    'too-large': '文件超过一次读取的上限，请拆分',
    'binary-text': '文本中有控制字符，不是文本文件或已损坏',
    'nul-byte': '文本中有NUL字节：不是文本文件，或是缺少字节顺序标记的UTF-16',
    'damaged-utf8': '文本是UTF-8，但有损坏的字节（单元格在字符中间被截断？）',
    'unknown-encoding': '文本不是UTF-8、UTF-16或GB18030编码',
    'lost-characters': '先前的转换丢失了字符（�、锟斤拷）：请用转换之前的文件',
    'garbled-text': '文本曾以错误的编码读取后再保存（å Ã、鍖椾含）：请用那之前的文件',
    'web-page': '这是以表格命名的网页：请用电子表格软件打开并另存为xlsx',
    'unclosed-quote': '此处开始的引号没有结束',
    'zip-damaged': '工作簿被截断或已损坏',
    'zip-encrypted': '工作簿有密码保护：请另存为无密码的文件',
    'zip-bomb': '工作簿解压后超过一次读取的上限',
    'not-xlsx': '不是xlsx工作簿',
    'xlsx-damaged': '工作簿的一部分已损坏：请用电子表格软件打开后重新保存',
    'sheet-too-large': '工作表的单元格数超过一次读取的上限',
    'no-sheet': '工作簿中没有含单元格的工作表',
    'xls-damaged': '不是xls工作簿或已损坏：请另存为xlsx',
    'xls-protected': '工作簿有密码保护：请另存为无密码的文件',
    'xls-limits': '读取工作簿所需的时间或内存超过上限：请另存为xlsx',
    'dta-version': '不是113至115或117至119格式（Stata 8及以后）的dta文件：请用Stata重新保存',
    'dta-damaged': 'dta文件被截断或已损坏',
    'row-unreadable': '这一行不像表中的一行（引号未结束？）',
    'no-table': '数据库中没有这个名称的表',
    'engine-damaged': '不是该格式的文件，或已被截断或损坏',
  },
};

/** The sentence of a fault; other reasons, such as the engine's own words, stay as they are. */
export function faultText(reason: string, language: Language): string {
  const texts: Readonly<Record<string, string>> = faultTexts[language];
  return Object.hasOwn(texts, reason) ? texts[reason] : reason;
}
