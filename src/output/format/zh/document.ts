import type { documentEn } from '../en/document.ts';

/** What a format says of blocks that it cannot show, Chinese. */
export const documentZh: Readonly<Record<keyof typeof documentEn, string>> = {
  'document.figure_not_drawn': '[{title}：此格式不显示图，html可以。]',
  'document.descriptives': '描述性统计',
  'document.in_full': '模型全部结果',
  'document.coefficients': '系数',
  'document.left_out': '{format}放不下：{names}。text、md、tex、html、typst与json均有全部内容。',
  'document.latex_needs': '导言区需要：{preamble}。中文：XeLaTeX或LuaLaTeX，并用ctex宏包。',
  'document.fold_elsewhere': '[{title}：见{file}。]',
  'document.words': '说明',
};
