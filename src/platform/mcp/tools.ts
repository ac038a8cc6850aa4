import { describeTool, regTool, thresholdTool } from './data-tools.ts';
import { panelWhyTool, studyCheckTool, studyInitTool, studyRunTool, studyVerifyTool } from './study-tools.ts';
import type { Tool } from './tool.ts';

/** Every tool of the server, in the order in which they are listed. */
export const tools: readonly Tool[] = [
  describeTool,
  regTool,
  thresholdTool,
  studyInitTool,
  studyCheckTool,
  studyRunTool,
  studyVerifyTool,
  panelWhyTool,
];
