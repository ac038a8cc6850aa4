/** Sentences of the server of tools, English. */
export const mcpEn = {
  'mcp.described': '{variables:numeric variable/numeric variables}, {texts:text column/text columns}.',
  'mcp.estimated': '{models:model/models}; the first explains {outcome} on {rows:row/rows}.',
  'mcp.written': '{lines:line/lines} of {program} that repeat it; nothing was estimated.',
  'mcp.threshold': 'Threshold at {gamma}, p = {p}.',
  'mcp.started': '{file} runs as it stands.',
  'mcp.checked': '{file} has no fault.',
  'mcp.verified': '{folder} is as its manifest says.',
  'mcp.ran': 'Done. The report is report.html in {folder}.',
  'mcp.explained': 'The raw cells behind the number.',
} as const;
