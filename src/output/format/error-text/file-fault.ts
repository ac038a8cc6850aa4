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
    'web-page': 'it is a web page without a table (an error or login page saved by mistake?): download the file again',
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
    'ragged-row': 'the row has another number of cells than the header',
    'formula-without-value':
      'the cell holds a formula whose value was never saved: open the workbook in a spreadsheet, let it calculate, and save it',
    'xml-damaged': 'the XML of the workbook is damaged: open it in a spreadsheet and save it as xlsx',
    'xml-unknown': 'it is XML, but no workbook: save the table as csv or xlsx',
    'ods-damaged': 'the OpenDocument file is damaged or is no spreadsheet: open it and save it as xlsx',
    'workbook-protected': 'the workbook is protected by a password: save it without one',
    'xlsb-file': 'it is a binary workbook (xlsb): open it in Excel and save it as xlsx',
    'numbers-file': 'it is a document of Apple Numbers: export it as xlsx or csv',
    'web-archive': 'it is a web archive (mht): open it in Excel and save it as xlsx',
    'pdf-file': 'it is a PDF document: export its table as csv or xlsx',
    'word-file': 'it is a text document of an office program: copy its table into a spreadsheet and save it as xlsx',
    'compressed-file': 'it is a compressed file: unpack it and name the file inside',
    'spss-file':
      'it is a file of SPSS: in SPSS save it as Stata (.dta) or csv; in R write.csv(haven::read_sav(FILE), "data.csv"); in Python pandas.read_spss(FILE).to_csv("data.csv", index=False)',
    'sas-file':
      'it is a file of SAS: use proc export to csv; in R write.csv(haven::read_sas(FILE), "data.csv"); in Python pandas.read_sas(FILE).to_csv("data.csv", index=False)',
    'r-file': 'it is a file of R: write.csv(readRDS(FILE), "data.csv", row.names = FALSE), after load(FILE) for .RData',
    'feather-file':
      'it is an Arrow or Feather file: write it as Parquet, in R arrow::write_parquet, in Python to_parquet',
    'matlab-file': 'it is a file of MATLAB: writetable(T, "data.csv")',
    'sqlite-file': 'it is an SQLite database: export the table as csv or Parquet',
    'old-spreadsheet': 'it is a spreadsheet of a program that is not read (dbf, wk1, slk, dif): save it as xlsx or csv',
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
    'web-page': '这是没有表格的网页（误存的错误页或登录页？）：请重新下载文件',
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
    'ragged-row': '该行的单元格数与表头不同',
    'formula-without-value': '单元格中的公式没有保存计算结果：请用电子表格软件打开工作簿，计算后保存',
    'xml-damaged': '工作簿的XML已损坏：请用电子表格软件打开并另存为xlsx',
    'xml-unknown': '这是XML，但不是工作簿：请将表格另存为csv或xlsx',
    'ods-damaged': 'OpenDocument文件已损坏或不是电子表格：请打开并另存为xlsx',
    'workbook-protected': '工作簿有密码保护：请另存为无密码的文件',
    'xlsb-file': '这是二进制工作簿（xlsb）：请用Excel打开并另存为xlsx',
    'numbers-file': '这是Apple Numbers文档：请导出为xlsx或csv',
    'web-archive': '这是网页归档（mht）：请用Excel打开并另存为xlsx',
    'pdf-file': '这是PDF文档：请将其中的表格导出为csv或xlsx',
    'word-file': '这是文字处理文档：请将其中的表格复制到电子表格中并另存为xlsx',
    'compressed-file': '这是压缩文件：请解压后使用其中的文件',
    'spss-file':
      '这是SPSS文件：请在SPSS中另存为Stata（.dta）或csv；在R中用write.csv(haven::read_sav(FILE), "data.csv")；在Python中用pandas.read_spss(FILE).to_csv("data.csv", index=False)',
    'sas-file':
      '这是SAS文件：请用proc export导出csv；在R中用write.csv(haven::read_sas(FILE), "data.csv")；在Python中用pandas.read_sas(FILE).to_csv("data.csv", index=False)',
    'r-file': '这是R文件：请用write.csv(readRDS(FILE), "data.csv", row.names = FALSE)；.RData先load(FILE)',
    'feather-file': '这是Arrow或Feather文件：请写成Parquet，R中用arrow::write_parquet，Python中用to_parquet',
    'matlab-file': '这是MATLAB文件：请用writetable(T, "data.csv")',
    'sqlite-file': '这是SQLite数据库：请将表导出为csv或Parquet',
    'old-spreadsheet': '这是不支持的电子表格格式（dbf、wk1、slk、dif）：请另存为xlsx或csv',
  },
};

/** The faults that are at one place of a text or sheet, to be mended there; the sentences of the others say what to do. */
const mendable: ReadonlySet<string> = new Set<FileFault>([
  'no-header',
  'binary-text',
  'nul-byte',
  'damaged-utf8',
  'unknown-encoding',
  'unclosed-quote',
  'ragged-row',
]);

/** The sentence of a fault; other reasons stay as they are. */
export function faultText(reason: string, language: Language): string {
  const texts: Readonly<Record<string, string>> = faultTexts[language];
  return Object.hasOwn(texts, reason) ? texts[reason] : reason;
}

/** Whether the reader of the sentence must be told the next step. */
export function needsNextStep(reason: string, language: Language): boolean {
  return mendable.has(reason) || !Object.hasOwn(faultTexts[language], reason);
}
