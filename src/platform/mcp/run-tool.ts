import { isStudyError } from '../../error/study-error.ts';
import { formatText } from '../../output/format/format-text.ts';
import { terminalStyle } from '../../output/format/number-style.ts';
import type { CommandContext, RunCommand } from '../app/context.ts';
import { type Folders, insideFolders } from './folders.ts';
import type { Tool, ToolData } from './tool.ts';

/** What a call gives back: data and a sentence, or what was wrong and the next step. */
export type Answer =
  | { readonly isError: false; readonly sentence: string; readonly data: ToolData }
  | { readonly isError: true; readonly sentence: string };

/** What tools run with: of the frame of the command that serves them. */
export type ToolFrame = Pick<CommandContext, 'language'> & { readonly run: RunCommand; readonly folders: Folders };

/**
 * Runs a tool as the command line that it stands for. A call that fails is an answer: the paragraph that the command prints.
 * @param signal ends the command when the caller takes the call back
 */
export async function runTool(tool: Tool, input: object, frame: ToolFrame, signal: AbortSignal): Promise<Answer> {
  const { language, run, folders } = frame;
  const guard = (path: string): string => insideFolders(folders, path);
  try {
    const argv = tool.argv(input, guard);
    let printed = '';
    let said = '';
    const status = await run([`--lang=${language}`, ...argv], {
      print: (text) => {
        printed += text;
      },
      stderr: { write: (text) => (said += text) },
      environment: {},
      signal,
    });
    if (status !== 0) return { isError: true, sentence: said.trim() };
    const data = tool.data(printed, input, guard);
    return { isError: false, sentence: formatText(tool.sentence(data), language, terminalStyle), data };
  } catch (error) {
    if (!isStudyError(error)) throw error;
    const { describeError } = await import('../../output/format/error-text/describe.ts');
    return { isError: true, sentence: describeError(error, language) };
  }
}
