import type { runEn } from '../en/run.ts';

/** The steps of a run, Simplified Chinese. */
export const runZh: Readonly<Record<keyof typeof runEn, string>> = {
  'step.simulate': '合成原始数据',
  'step.raw': '原始数据表',
  'step.panel': '面板',
  'step.models': '模型',
  'step.tables': '表与图',
  'step.report': '报告',
  'step.write': '文件',
  'step.reused': '沿用',
  'step.raw_size': '将在 {folder} 写入约 {size} MB 的合成原始数据表',
  'step.own': '用户文件',
  'step.made': '新生成',
  'step.panel_done': '{cities} 个城市，{observations} 个观测值',
  'step.panel_rows': '{rows}行',
  'run.open': '请先打开',
  'run.synthetic': '原始数据为合成数据：并非作者数据，也不是对论文的复现。',
};
