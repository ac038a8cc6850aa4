import type { exportEn } from '../en/export.ts';

/** `kaya export` 的输出，简体中文。 */
export const exportZh: Readonly<Record<keyof typeof exportEn, string>> = {
  'export.folder': '面板与脚本：{folder}',
  'export.script': '  {file}：与 Kaya 比较 {compared} 个数，{rest} 个不重复；运行：{run}',
  'export.synthetic': '数据为合成数据：脚本重复的是本程序的计算，而不是论文。',
};
