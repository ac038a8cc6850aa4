import type { mcpEn } from '../en/mcp.ts';

/** Sentences of the server of tools, Chinese. */
export const mcpZh: Readonly<Record<keyof typeof mcpEn, string>> = {
  'mcp.described': '共{variables}个数值变量、{texts}个文本列。',
  'mcp.estimated': '共{models}个模型；第一个以{outcome}为被解释变量，观测值{rows}行。',
  'mcp.written': '在 {program} 中重复它的 {lines} 行语句；未作估计。',
  'mcp.threshold': '门槛值{gamma}，p = {p}。',
  'mcp.started': '{file}可直接运行。',
  'mcp.checked': '{file}没有错误。',
  'mcp.verified': '{folder}与其manifest一致。',
  'mcp.ran': '已完成。报告为{folder}中的 report.html。',
  'mcp.explained': '该数值所据的原始单元格。',
};
