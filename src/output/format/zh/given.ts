import type { givenEn } from '../en/given.ts';

/** Values that programs hand over, and places that are written to, Chinese. */
export const givenZh: Readonly<Record<keyof typeof givenEn, string>> = {
  'place.is_file': '这是一个文件',
  'place.not_empty': '文件夹不是空的',
  'place.there': '已经存在',
  'place.collected': '进程{pid}正在向其中采集（如果那不是采集进程，请删除{path}）',
  'table.rows': '由各行组成的列表',
  'table.row_object': '由各行组成的列表，第{row}行是以列名为键的对象',
  'table.columns': '以列名为键的各列',
  'table.values': '列{name}是由取值组成的列表',
  'table.length_of': '与{name}同为{length}个',
  'table.name': '名称',
  'table.text_as': '与第{row}行同为文本',
  'table.number_as': '与第{row}行同为数值',
  'table.exact': '双精度能精确表示的数，或其文本',
  'table.cell': '数值、文本、true或false、日期、null',
  'table.type': '类型为{type}的值',
  'table.object': '对象',
  'takes.function': '函数',
  'takes.path': '路径',
  'takes.ids': '由表和图的编号组成的列表',
  'takes.signal': 'AbortSignal',
};
